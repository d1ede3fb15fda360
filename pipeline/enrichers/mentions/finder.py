"""Decides which mentions an article has: candidates of every kind, the longest of those that overlap, then people by one word."""

from pipeline.enrichers.documents import Document, Text
from pipeline.enrichers.mentions.candidates import Candidate, beside, without_overlaps
from pipeline.enrichers.mentions.coreference import Alias, Person, aliases_of, find_aliases
from pipeline.enrichers.mentions.english import find_people_in_latin
from pipeline.enrichers.mentions.headed import find_headed
from pipeline.enrichers.mentions.model import TokenClassifier
from pipeline.enrichers.mentions.people import find_people
from pipeline.enrichers.mentions.places import Evidence, find_known
from pipeline.enrichers.mentions.scan import Scan

_LATIN = "Latn"  # ISO 15924, of most letters of the body


def find_mentions(document: Document, model: TokenClassifier | None = None) -> list[tuple[Scan, list[Candidate]]]:
    """The mentions of headline and body, each in text order."""
    scans = [Scan(text) for text in document.texts]
    evidence = Evidence.of(scans)
    more = find_people_in_latin if document.row["script"] == _LATIN else _none
    found = [
        without_overlaps([*find_known(scan, evidence), *find_people(scan), *find_headed(scan), *more(scan.source)])
        for scan in scans
    ]
    if model:
        found = [beside(kept, model.candidates(scan.source)) for scan, kept in zip(scans, found, strict=True)]
    people = _people(scans, found)
    aliases = aliases_of(people)
    named = {person.words: person for person in people}
    return [
        (scan, _identified(scan, beside(kept, find_aliases(scan, aliases, kept)) if aliases else kept, named, aliases))
        for scan, kept in zip(scans, found, strict=True)
    ]


def _none(text: Text) -> tuple[Candidate, ...]:
    return ()


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


def _identified(
    scan: Scan, kept: list[Candidate], people: dict[tuple[str, ...], Person], aliases: dict[str, Alias]
) -> list[Candidate]:
    """The same, with the full name of people that no gazetteer knows, and the right one of two people of a last name."""
    ids = {person.entity_id for person in people.values()}
    namesakes = {person.words[-1]: person for person in people.values() if person.entity_id is None}
    identified = []
    for candidate in kept:
        if candidate.entity_type == "PER":
            words = tuple(scan.text[candidate.start : candidate.end].split())
            if candidate.rule == "people" and candidate.entity_id not in ids and words[-1] in namesakes:
                candidate = candidate._replace(entity_id=None, entity_name=namesakes[words[-1]].entity_name)
            elif candidate.entity_name is None:
                alias = aliases.get(words[0]) if len(words) == 1 else None
                person = people.get(words) or (alias.person if alias else None)
                if person:
                    candidate = candidate._replace(entity_id=person.entity_id, entity_name=person.entity_name)
        identified.append(candidate)
    return identified
