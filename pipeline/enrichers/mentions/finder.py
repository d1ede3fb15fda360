"""Decides which mentions articles have: candidates of every kind, the longest of those that overlap, then people by one word."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.enrichers.documents import Document, Text
from pipeline.enrichers.mentions.candidates import Candidate, Candidates, beside, without_overlaps
from pipeline.enrichers.mentions.coreference import Alias, Person, aliases_of, find_aliases
from pipeline.enrichers.mentions.english import find_people_in_latin
from pipeline.enrichers.mentions.headed import find_headed
from pipeline.enrichers.mentions.joined import Joined
from pipeline.enrichers.mentions.model import TokenClassifier
from pipeline.enrichers.mentions.people import find_people
from pipeline.enrichers.mentions.places import find_known
from pipeline.enrichers.mentions.scan import Scan

_LATIN = "Latn"  # ISO 15924, of most letters of the body
Words = tuple[str, ...]


def find_mentions(joined: Joined, documents: Sequence[Document], model: TokenClassifier | None = None) -> Candidates:
    """The mentions of headlines and bodies in the order of the joined text."""
    scan = Scan(joined)
    is_latin = [document.row["script"] == _LATIN for document in documents for _ in document.texts]
    found = find_known(scan)
    for people in (find_people(scan), find_headed(scan), _in_texts(joined, is_latin, find_people_in_latin)):
        found.add(people)
    kept = without_overlaps(found)
    if model:
        kept.add(beside(kept, _in_texts(joined, [True] * len(is_latin), model.candidates)))
        kept = kept.in_order()
    kept.add(list(_named_again(scan, kept)))
    return kept.in_order()


def _in_texts(
    joined: Joined, chosen: Sequence[bool], find: Callable[[Text], Iterable[Candidate]]
) -> Iterator[Candidate]:
    """What is found in each of the chosen texts by itself."""
    for text, first, is_chosen in zip(joined.texts, joined.first.tolist(), chosen, strict=True):
        if is_chosen:
            yield from ((first + start, first + end, naming) for start, end, naming in find(text))


def _named_again(scan: Scan, kept: Candidates) -> Iterator[Candidate]:
    """Candidates for the people whom articles name again; those that name someone in full are told whom."""
    of_people = [number for number, naming in enumerate(kept.namings) if naming.entity_type == "PER"]
    bounds = [*scan.joined.first[::2].tolist(), len(scan.text)]
    places = [bisect_left(of_people, bound, key=kept.starts.__getitem__) for bound in bounds]
    for article, (low, high) in zip(pairwise(bounds), pairwise(places), strict=True):
        numbers = of_people[low:high]
        words = [tuple(scan.text[kept.starts[number] : kept.ends[number]].split()) for number in numbers]
        if people := _people(scan, kept, numbers, words):
            aliases = aliases_of(list(people.values()))
            yield from beside(kept, find_aliases(scan, article, aliases, {kept.ends[number] for number in numbers}))
            _identify(kept, numbers, words, people, aliases)


def _people(scan: Scan, kept: Candidates, numbers: Sequence[int], names: Sequence[Words]) -> dict[Words, Person]:
    """The people named in full by some of the mentions, each name once, in the order of the article."""
    people: dict[Words, Person] = {}
    for number, words in zip(numbers, names, strict=True):
        if len(words) > 1 and words not in people:
            naming = kept.namings[number]
            name = naming.entity_name or scan.joined.written(kept.starts[number], kept.ends[number])
            people[words] = Person(words, " ".join(words), naming.entity_id, name)
    return people


def _identify(
    kept: Candidates,
    numbers: Sequence[int],
    names: Sequence[Words],
    people: dict[Words, Person],
    aliases: dict[str, Alias],
) -> None:
    """Gives people that no gazetteer knows their full name, and the right one of two people of a last name."""
    ids = {person.entity_id for person in people.values()}
    namesakes = {words[-1]: person for words, person in people.items() if person.entity_id is None}
    for number, words in zip(numbers, names, strict=True):
        naming = kept.namings[number]
        person = None
        if naming.rule == "people" and naming.entity_id not in ids and words[-1] in namesakes:
            person = namesakes[words[-1]]
        elif naming.entity_name is None:
            alias = aliases.get(words[0]) if len(words) == 1 else None
            person = people.get(words) or (alias.person if alias else None)
        if person:
            kept.namings[number] = naming._replace(entity_id=person.entity_id, entity_name=person.entity_name)
