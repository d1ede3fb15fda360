"""Decides how a text is folded so that every place in it can be found in the published text again.

The letters of the match fold of `pipeline.text.arabic`, one for one: white space stays where it is, and what the match fold
makes longer (ﷺ, ﻻ, ß) stays as it is. So only removed characters shift places, and a few numbers undo that.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text.arabic import SINGLE_FOLDS

_COMMON = tuple((char, SINGLE_FOLDS[char]) for char in "أإآىة")  # see pipeline.text.arabic: cheaper than finding out
_CHANGED = {char: folded for char, folded in SINGLE_FOLDS.items() if char not in dict(_COMMON)}
_ANY_CHANGED = re.compile(f"[{''.join(sorted(map(re.escape, _CHANGED)))}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `shifts` holds, for each removed character, the place in the folded text before which it stood."""

    text: str
    shifts: tuple[int, ...]

    def source(self, place: int) -> int:
        """Where a place of the folded text is in the published text; marks belong to the letter before them."""
        return place + bisect_right(self.shifts, place) if self.shifts else place

    def sources(self, places: Sequence[int]) -> Sequence[int]:
        """The same of many places."""
        shifts = self.shifts
        return [place + bisect_right(shifts, place) for place in places] if shifts else places

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the published text that a span of the folded text came from, marks included."""
        return (self.source(start), self.source(end)) if self.shifts else (start, end)

    def place(self, source: int) -> int:
        """Where a place of the published text is in the folded text: the way back of `source`."""
        if not self.shifts:
            return source
        return source - bisect_left(range(len(self.shifts)), source, key=lambda number: self.shifts[number] + number)


def fold_aligned(text: str) -> Folded:
    """Folds a text.

    Args:
        text: NFC, as the corpus keeps it.

    >>> fold_aligned("قالَ  أحمد")
    Folded(text='قال  احمد', shifts=(3,))
    >>> fold_aligned("قالَ  أحمد").span(0, 3)
    (0, 4)
    """
    for char, folded in _COMMON:
        text = text.replace(char, folded)
    removed: list[int] = []
    marks = []
    for char in set(_ANY_CHANGED.findall(text)):  # few, so that looking for each is cheaper than another search for all
        if folded := _CHANGED[char]:
            text = text.replace(char, folded)
        else:
            marks.append(char)
            removed += _places(text, char)
    removed.sort()
    for char in marks:
        text = text.replace(char, "")
    return Folded(_lower(text), tuple([place - number for number, place in enumerate(removed)]))


def _places(text: str, char: str) -> list[int]:
    places = []
    place = text.find(char)
    while place >= 0:
        places.append(place)
        place = text.find(char, place + 1)
    return places


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
