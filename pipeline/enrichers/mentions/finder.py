"""Decides which mentions an article has: candidates of every kind, the longest of those that overlap, then people by one word."""

from pipeline.enrichers.documents import Document
from pipeline.enrichers.mentions.candidates import Candidate, beside, without_overlaps
from pipeline.enrichers.mentions.coreference import Person, aliases_of, find_aliases
from pipeline.enrichers.mentions.headed import find_headed
from pipeline.enrichers.mentions.people import find_people
from pipeline.enrichers.mentions.places import Evidence, find_known
from pipeline.enrichers.mentions.scan import Scan


def find_mentions(document: Document) -> list[tuple[Scan, list[Candidate]]]:
    """The mentions of headline and body, each in text order."""
    scans = [Scan(text) for text in document.texts]
    evidence = Evidence.of(scans)
    found = [without_overlaps([*find_known(scan, evidence), *find_people(scan), *find_headed(scan)]) for scan in scans]
    people = _people(scans, found)
    aliases = aliases_of(people)
    named = {person.words: person for person in people}
    return [
        (scan, _identified(scan, beside(kept, find_aliases(scan, aliases)) if aliases else kept, named))
        for scan, kept in zip(scans, found, strict=True)
    ]


def _people(scans: list[Scan], found: list[list[Candidate]]) -> list[Person]:
    """The people named in full, each name once, in the order of the article."""
    people: dict[tuple[str, ...], Person] = {}
    for scan, kept in zip(scans, found, strict=True):
        for candidate in kept:
            if candidate.entity_type == "PER":
                words = tuple(scan.text[candidate.start : candidate.end].split())
                if len(words) > 1 and words not in people:
                    name = candidate.entity_name or scan.source.span(candidate.start, candidate.end)["span_text"]
                    people[words] = Person(words, candidate.entity_id, name)
    return list(people.values())


def _identified(scan: Scan, kept: list[Candidate], named: dict[tuple[str, ...], Person]) -> list[Candidate]:
    """The same, with the name in full for people that no gazetteer knows."""
    return [
        candidate._replace(entity_name=named[words].entity_name)
        if candidate.entity_type == "PER"
        and candidate.entity_name is None
        and (words := tuple(scan.text[candidate.start : candidate.end].split())) in named
        else candidate
        for candidate in kept
    ]
