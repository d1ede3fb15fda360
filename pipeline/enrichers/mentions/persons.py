"""Decides which words may stand for the people whom an article names in full."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pipeline.enrichers.mentions.english import is_english_word
from pipeline.enrichers.mentions.lexicon import function_words, part_kinds
from pipeline.enrichers.mentions.words import is_common
from pipeline.text.remembered import Remembered

_JOINS = function_words("join")
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


class Mentioned(NamedTuple):
    """What follows from one mention of a person: its words, the person when these are a full name, and what the last and the first
    of them stand for when nobody else has it."""

    words: tuple[str, ...]
    person: Person | None
    by_last: Alias | None
    by_first: Alias | None


def _mentioned(known: tuple[str, str | None, str]) -> Mentioned:
    folded, entity_id, entity_name = known
    words = tuple(folded.split())
    if len(words) < 2:
        return Mentioned(words, None, None, None)
    person = Person(words, " ".join(words), entity_id, entity_name)
    return Mentioned(words, person, _by_last((person,)), _by_first((person,)))


MENTIONED: Final = Remembered(_mentioned)
"""The same by folded text, identifier and name."""


def aliases_of(people: Sequence[Mentioned]) -> dict[str, Alias]:
    """By word: the last names of people named in full, and those first names that are in the list of sure ones."""
    aliases = {one.words[0]: one.by_first for one in people}
    if len(aliases) < len(people):
        aliases |= _shared(people, 0, _by_first)
    lasts = {one.words[-1]: one.by_last for one in people}
    if len(lasts) < len(people):
        lasts |= _shared(people, -1, _by_last)
    return {word: alias for word, alias in (aliases | lasts).items() if alias}


def _shared(
    people: Sequence[Mentioned], place: int, alias_of: Callable[[Sequence[Person]], Alias | None]
) -> dict[str, Alias | None]:
    """What the words stand for that several people have at a place of their names."""
    bearers: dict[str, list[Person]] = {}
    for one in people:
        if one.person:
            bearers.setdefault(one.words[place], []).append(one.person)
    return {word: alias_of(persons) for word, persons in bearers.items() if len(persons) > 1}


def _by_last(bearers: Sequence[Person]) -> Alias:
    words = bearers[0].words
    is_alone = _are_one(bearers) and not _is_opened(words) and _may_stand(words[-1])
    return Alias(tuple(bearers), bearers[0] if is_alone else None, "last_name", _is_doubtful(words[-1]))


def _by_first(bearers: Sequence[Person]) -> Alias | None:
    word = bearers[0].words[0]
    is_alone = part_kinds().get(word) == "sure" and _may_stand(word) and _are_one(bearers)
    return Alias((), bearers[0], "first_name", False) if is_alone else None


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
