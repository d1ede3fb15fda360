"""Decides which parts of a text can hold a date, so that only these are cut into tokens; it reads none."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.text.dates.lexicon import lexicon
from pipeline.text.dates.spelling import Spelled, Words

# Patterns begin with a set, which `re` looks for without trying the rest at each character.
_NUMERIC: Final = re.compile(r"[0-9](?: ?[-/.] ?[0-9]{1,2} ?[-/.] ?[0-9]{2}|[0-9]{7}t[0-9])")
_DIGIT: Final = re.compile(r"[0-9]")
# How far an expression reaches before and after the word that gives it away, in characters, by the class of the word.
_ABSOLUTE_REACH: Final = {"M": (48, 56), "m": (48, 56), "k": (48, 56), "V": (8, 16), "Y": (8, 0)}
_RELATIVE_REACH: Final = _ABSOLUTE_REACH | {
    "R": (24, 32),
    "W": (12, 12),
    "L": (24, 10),
    "X": (24, 10),
    "C": (24, 10),
    "A": (18, 18),
}
# With an anchor these give a date away without a number; the others need one in reach.
_UNNUMBERED: Final = frozenset("MmRWLXCA")


@dataclass(frozen=True, slots=True)
class _Telltale:
    """How far an expression reaches before and after a word, and whether it takes a number to be one."""

    before: int
    after: int
    numbered: bool


@cache
def _telltales(relative: bool) -> tuple[Words, dict[str, _Telltale]]:
    """The words without which there is no date but in numbers."""
    reaches = _RELATIVE_REACH if relative else _ABSOLUTE_REACH
    found: dict[str, _Telltale] = {}
    for word, classes in lexicon().triggers.items():
        kinds = [kind for kind in classes if kind in reaches]
        if kinds:
            before, after = (max(reaches[kind][side] for kind in kinds) for side in (0, 1))
            found[word] = _Telltale(before, after, not relative or not _UNNUMBERED.intersection(kinds))
    return Words(found), found


def text_windows(spelled: Spelled, relative: bool) -> list[tuple[int, int]]:
    """The parts of a text that can hold a date: around the words and numbers without which there is none."""
    text = spelled.text
    digits = _DIGIT.search(text) is not None
    if not (digits or relative):
        return []
    spans = [(m.start() - 48, m.end() + 48) for m in _NUMERIC.finditer(text)] if digits else []
    words, telltales = _telltales(relative)
    for word in spelled.found(words):
        telltale = telltales[word]
        if telltale.numbered and not digits:
            continue
        size = len(word)
        position = text.find(word)
        while position >= 0:
            end = position + size
            if not (text[position - 1 : position].isalpha() or text[end : end + 1].isalpha()):
                first, last = position - telltale.before, end + telltale.after
                if not telltale.numbered or _DIGIT.search(text, max(0, first), last):
                    spans.append((first, last))
            position = text.find(word, end)
    return _merged(spans, text) if spans else []


@cache
def _words_of(kind: str) -> Words:
    return Words(word for word, kinds in lexicon().triggers.items() if kind in kinds)


def gives_away(spelled: Spelled, kinds: str) -> bool:
    """Whether a text has words without which there are no names of the given classes: one at least of each class."""
    return all(spelled.found(_words_of(kind)) for kind in kinds)


def _merged(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Windows widened to whole words, joined where they touch."""
    spans.sort()
    merged: list[tuple[int, int]] = []
    for first, last in spans:
        first = text.rfind(" ", 0, first) + 1 if first > 0 else 0
        end = text.find(" ", last) if last < len(text) else -1
        last = len(text) if end < 0 else end
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
