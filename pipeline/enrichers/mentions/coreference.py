"""Decides where an article names a person again whom it names in full: by the full name, the last or the first."""

from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.enrichers.mentions.candidates import SCORES, Candidate, Naming
from pipeline.enrichers.mentions.cuts import ARTICLE
from pipeline.enrichers.mentions.english import is_english_word
from pipeline.enrichers.mentions.lexicon import function_words, part_kinds
from pipeline.enrichers.mentions.scan import PART, Scan
from pipeline.enrichers.mentions.words import is_common

_PARTICLES = frozenset(("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"))
_JOINS, _SAYS = function_words("join"), function_words("say")
_SHORTEST = 3
_NEVER = frozenset(("علي",))  # على too, in the fold


class Person(NamedTuple):
    """A person named in full: the folded words of the name, the name, and what is known of who it is."""

    words: tuple[str, ...]
    name: str
    entity_id: str | None
    entity_name: str


class Alias(NamedTuple):
    """What a word may stand for: people whose full name it ends, and alone one of them, who is None when two share it.

    A doubtful one is also a common word, and alone needs a cue before it.
    """

    people: tuple[Person, ...]
    person: Person | None
    rule: str
    is_doubtful: bool


def aliases_of(people: Sequence[Person]) -> dict[str, Alias]:
    """By word: the last names of people named in full, and those first names that are in the list of sure ones."""
    aliases: dict[str, Alias] = {}
    for word, bearers in _by_word(people, -1).items():
        is_alone = _are_one(bearers) and not _is_opened(bearers[0].words)
        person = bearers[0] if is_alone and _may_stand(word) else None
        aliases[word] = Alias(bearers, person, "last_name", _is_doubtful(word))
    for word, bearers in _by_word(people, 0).items():
        if word not in aliases and part_kinds().get(word) == "sure" and _may_stand(word) and _are_one(bearers):
            aliases[word] = Alias((), bearers[0], "first_name", False)
    return aliases


def _by_word(people: Sequence[Person], place: int) -> dict[str, tuple[Person, ...]]:
    """The people who share the word at a place of their names, by that word."""
    bearers: dict[str, tuple[Person, ...]] = {}
    for person in people:
        word = person.words[place]
        bearers[word] = (*bearers.get(word, ()), person)
    return bearers


@lru_cache(maxsize=100_000)
def _is_doubtful(word: str) -> bool:
    return (is_common(word) and part_kinds().get(word) != "sure") or is_english_word(word)


def _are_one(people: Sequence[Person]) -> bool:
    return len(people) == 1 or all(_same(people[0], other) for other in people)


def _may_stand(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in _JOINS and word not in _NEVER


def _is_opened(words: tuple[str, ...]) -> bool:
    """Whether the last word is only half of a last name: محمد بن سلمان, خالد عبد الناصر."""
    return words[-2] in _JOINS


def _same(one: Person, other: Person) -> bool:
    """Whether two full names may be the same person's: the words of one are among those of the other."""
    return set(one.words) <= set(other.words) or set(other.words) <= set(one.words)


def find_aliases(
    scan: Scan, article: tuple[int, int], aliases: dict[str, Alias], ends: Container[int]
) -> Iterator[Candidate]:
    """Candidates for people named again between two places, but for those that end where a known mention of one does."""
    text = scan.text
    start, stop = article
    for word, alias in aliases.items():
        place = text.find(word, start, stop)
        while place >= 0:
            end = place + len(word)
            if end not in ends and not text[end].isalpha():
                yield from _meant(scan, place, end, alias)
            place = text.find(word, end, stop)


def _meant(scan: Scan, place: int, end: int, alias: Alias) -> Iterator[Candidate]:
    for person in alias.people:
        start = end - len(person.name)
        if start < place and scan.text.startswith(person.name, start):
            if scan.text[scan.starts[scan.joined.word_at(start)] : start] in _PARTICLES:
                yield _candidate(start, end, person, "full_name")
            return
    if alias.person is None:
        return
    number = scan.joined.word_at(place)
    first = scan.starts[number]
    if scan.text[first:place] not in _PARTICLES or not scan.is_written_as_a_name(place, end):
        return
    before = scan.joined.word_before(number)
    if alias.is_doubtful and first - 1 not in scan.direct and before not in _SAYS:
        return
    if not _is_in_another_name(scan, end, before, alias.rule):
        yield _candidate(place, end, alias.person, alias.rule)


def _candidate(start: int, end: int, person: Person, rule: str) -> Candidate:
    score = SCORES["coreference"]
    return start, end, Naming("PER", person.entity_id, person.entity_name, "coreference", score, rule)


def _is_in_another_name(scan: Scan, end: int, before: str, rule: str) -> bool:
    """Whether a first name stands before a last name, a last one after another first name, or any one after أم, بن and the like."""
    if before in _JOINS:
        return True
    if rule == "last_name":
        return part_kinds().get(before) == "sure"
    last = scan.joined.word_at(end)
    after = scan.next_to(last) if scan.joined.end_of(last) == end else -1
    return after >= 0 and (scan.flags[after] & (PART | ARTICLE) > 0 or scan.word(after) in _JOINS)
