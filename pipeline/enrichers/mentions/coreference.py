"""Decides where an article names a person by one word whom it names in full elsewhere."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.enrichers.mentions.candidates import SCORES, Candidate
from pipeline.enrichers.mentions.lexicon import function_words, part_kinds
from pipeline.enrichers.mentions.scan import Scan
from pipeline.enrichers.mentions.words import is_common

_PARTICLES = frozenset(("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"))
_JOINING = frozenset(("بن", "ابن", "بنت", "ابو", "عبد", "ال", "ابي", "ام", "دي", "فان"))
_SHORTEST = 3
_NEVER = frozenset(("علي",))  # على too, in the fold


class Person(NamedTuple):
    """A person named in full: the folded words of the name, and what is known of who it is."""

    words: tuple[str, ...]
    entity_id: str | None
    entity_name: str


class Alias(NamedTuple):
    """A word that stands for a person; a doubtful one is also a common word, and needs a cue before it."""

    person: Person
    is_doubtful: bool


def aliases_of(people: Sequence[Person]) -> dict[str, Alias]:
    """What stands for one of the people named in full: the full name, the last, the first; nothing that two share."""
    found: dict[str, Alias | None] = {}
    for place in (-1, 0):
        for person in people:
            word = _alias(person, place)
            if word is None:
                continue
            other = found.get(word)
            if place == 0 and part_kinds().get(word) != "sure":
                continue
            if word not in found:
                found[word] = Alias(person, is_common(word) and part_kinds().get(word) != "sure")
            elif other is None or not _same(other.person, person):
                found[word] = None
    in_full = {" ".join(person.words): Alias(person, False) for person in people}
    return in_full | {word: alias for word, alias in found.items() if alias}


def _alias(person: Person, place: int) -> str | None:
    words = person.words
    word = words[place]
    if len(word) < _SHORTEST or word in _JOINING or word in _NEVER or (place == -1 and words[-2] in _JOINING):
        return None
    return word


def _same(one: Person, other: Person) -> bool:
    """Whether two full names may be the same person's: the words of one are among those of the other."""
    return set(one.words) <= set(other.words) or set(other.words) <= set(one.words)


def find_aliases(scan: Scan, aliases: dict[str, Alias]) -> Iterator[Candidate]:
    """Candidates for people named by one word."""
    text = scan.text
    for word, alias in aliases.items():
        place = text.find(word)
        while place >= 0:
            end = place + len(word)
            if not text[end : end + 1].isalpha():
                first = scan.particle_start(place)
                is_meant = not alias.is_doubtful or _is_cued(scan, first)
                if (
                    text[first:place] in _PARTICLES
                    and is_meant
                    and not _is_in_another_name(scan, first, end, word, alias)
                ):
                    person = alias.person
                    yield Candidate(
                        place,
                        end,
                        "PER",
                        person.entity_id,
                        person.entity_name,
                        "coreference",
                        SCORES["coreference"],
                        _rule(word, person),
                    )
            place = text.find(word, end)


def _is_in_another_name(scan: Scan, first: int, end: int, word: str, alias: Alias) -> bool:
    """Whether a first name stands before a last name, or any one after أم, بن and the like."""
    before = scan.word_before(first)
    if before in _JOINING:
        return True
    if word != alias.person.words[0]:
        return False
    after = scan.next_word(end)
    return after >= 0 and (after in scan.parts or scan.has_article(after) or scan.word(after) in _JOINING)


def _rule(word: str, person: Person) -> str:
    return "last_name" if word == person.words[-1] else "first_name" if word == person.words[0] else "full_name"


def _is_cued(scan: Scan, first: int) -> bool:
    """Whether a verb of saying, or the like, or a title stands before a doubtful alias."""
    before = scan.word_before(first)
    return before in function_words("say") or any(end == first - 1 for _, end, kind in scan.titles if kind == "direct")
