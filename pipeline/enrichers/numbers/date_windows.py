"""Decides which parts of a text the date engine reads: runs of words of its vocabulary around a word that gives a date away.

An expression has no other words than those, and its conditions look at one word beside it, so the dates are those of the whole
text (a test compares them); but the engine sees a tenth of it.
"""

import re
from functools import cache
from typing import Final, NamedTuple

from pipeline.enrichers.numbers.anchors import Anchors
from pipeline.text.aligned import Folded
from pipeline.text.arabic import fold
from pipeline.text.dates.lexicon import lexicon
from pipeline.text.remembered import Remembered

_LETTERS: Final = re.compile(r"[^\W\d_]+")
# A relative day is a date alone, a month or weekday with any other word of the vocabulary; the others need one of these kinds, a
# preposition is not enough.
_ALONE: Final = frozenset("R")
_WITH_ANY: Final = frozenset("MmW")
_STRONG: Final = frozenset("MmkWREeUSVYALXChco")
_JOINS: Final = frozenset("-/.–—")


def date_windows(published: str, folded: Folded, anchors: Anchors, relative: bool) -> list[tuple[int, int]]:
    """The parts of the published text that have all its dates, in order, apart; `relative`: those that need an anchor, too."""
    spans = _windows(folded.text, anchors, relative)
    return [folded.span(first, last) for first, last in spans] if folded.shifts else spans


def _windows(text: str, anchors: Anchors, relative: bool) -> list[tuple[int, int]]:
    places = anchors.dates
    numeric = [(first, last, "") for first, last in anchors.digits if _is_numeric(text, first, last)]
    if numeric:
        places = sorted(places + numeric)
    flat = text.replace("\n", " ")
    windows: list[tuple[int, int]] = []
    done = 0
    for start, end, kinds in places:
        if start < done:
            continue
        run = _run(text, flat, start, end)
        done = run.last
        if kinds and run.n_strong < 2:
            is_enough = (run.n_words > 1 and not _WITH_ANY.isdisjoint(kinds)) or not _ALONE.isdisjoint(kinds)
            if not (relative and is_enough):
                continue
        first, last = _with_neighbours(text, run)
        if not relative and not any(map(str.isdigit, text[first:last])):
            continue
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], last)
        else:
            windows.append((first, last))
    return windows


def _is_numeric(text: str, first: int, last: int) -> bool:
    if last - first < 4:
        return False
    run = text[first:last]
    if run.isdigit():
        following = text[last : last + 2].lstrip()[:1]
        return following == "ه" or (last - first >= 8 and following == "t")
    joints = sum(char in _JOINS for char in run)
    following = text[last : last + 2].lstrip()[:1]
    return joints >= 2 or (last - first >= 8 and following == "t") or following == "ه"


class _Run(NamedTuple):
    """A run of vocabulary: its span, the one with the words beside it, how many words it has, and how many that make a date."""

    first: int
    last: int
    before: int
    after: int
    n_words: int
    n_strong: int


def _run(text: str, flat: str, start: int, end: int) -> _Run:
    """The run around a word; in `flat` a space stands for each line break."""
    size = len(text)
    before = first = flat.rfind(" ", 0, start) + 1
    after = last = found if (found := flat.find(" ", end)) >= 0 else size
    n_words = n_strong = 1
    if first != start or last != end:  # glued to something
        n_words = n_strong = 1 + (_STRENGTH[text[first:start]] + _STRENGTH[text[end:last]] > 0)
    while first and text[first - 1] == " ":
        before = flat.rfind(" ", 0, first - 1) + 1
        word = text[before : first - 1]
        strength = _STRENGTH[word]
        if strength < 0:
            if n_strong < 2:
                n_strong += _TOUCHES[word][1]
            break
        first, n_words, n_strong = before, n_words + 1, n_strong + strength
    while last < size and text[last] == " ":
        after = found if (found := flat.find(" ", last + 1)) >= 0 else size
        word = text[last + 1 : after]
        strength = _STRENGTH[word]
        if strength < 0:
            if n_strong < 2:
                n_strong += _TOUCHES[word][0]
            break
        last, n_words, n_strong = after, n_words + 1, n_strong + strength
    return _Run(first, last, before, after, n_words, n_strong)


def _with_neighbours(text: str, run: _Run) -> tuple[int, int]:
    """A run with the words beside it that may decide whether it is a date: glued ones, and those that conditions look at."""
    first, last, before, after, *_ = run
    if before < first:
        word = text[before : first - 1]
        if not word.isalpha() or word in _minded():
            first = before
    if after > last:
        word = text[last + 1 : after]
        if not word.isalpha() or word in _minded() or word.startswith(lexicon().definites):
            last = after
    return first, last


def _strength(word: str) -> int:
    """Of what is between two spaces: -1 when it has letters of another word than those of the lexicon; else whether it has a
    digit or a word that makes a date."""
    parts = _LETTERS.findall(word)
    known = _vocabulary()
    if any(part not in known and not (part.isascii() and len(part) < 3) for part in parts):
        return -1
    return int(any(known.get(part, False) for part in parts) or any(map(str.isdigit, word)))


def _touches(word: str) -> tuple[bool, bool]:
    """Whether what is glued to another word without a space begins, and ends, as a date might: `2013م،فيما`."""
    letters, known = _LETTERS.findall(word), _vocabulary()
    return word[0].isdigit() or letters[0] in known, word[-1].isdigit() or letters[-1] in known


_STRENGTH: Final = Remembered(_strength)
_TOUCHES: Final = Remembered(_touches)


@cache
def _vocabulary() -> dict[str, bool]:
    """The words of the date lexicon, and whether they make a date."""
    words: dict[str, bool] = {}
    for first, named in lexicon().entries.items():
        for rest, entry, _ in named:
            is_strong = not _STRONG.isdisjoint({entry.kind, *entry.roles})
            for piece in (first, *rest):
                words[fold(piece)] = words.get(fold(piece), False) or is_strong
    return words


@cache
def _minded() -> frozenset[str]:
    """Words without a meaning of their own that decide whether the word beside them is a date."""
    return frozenset(map(fold, lexicon().not_after | lexicon().not_before))
