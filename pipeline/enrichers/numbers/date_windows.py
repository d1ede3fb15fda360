"""Decides which parts of a text the date engine reads: runs of words of its vocabulary around a word that gives a date away.

An expression has no other words than those, and its conditions look at one word beside it, so the dates are those of the whole
text (a test compares them); but the engine sees a tenth of it.
"""

import re
from functools import cache
from typing import Final

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
    windows: list[tuple[int, int]] = []
    done = 0
    for start, end, kinds in places:
        if start < done:
            continue
        first, last, n_words, n_strong = _run(text, start, end)
        done = last
        if kinds and n_strong < 2:
            is_enough = (n_words > 1 and _WITH_ANY.intersection(kinds)) or _ALONE.intersection(kinds)
            if not (relative and is_enough):
                continue
        first, last = _with_neighbours(text, first, last)
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


def _run(text: str, start: int, end: int) -> tuple[int, int, int, int]:
    """The run of vocabulary around a word: its span, how many words it has, and how many of kinds that make a date."""
    first = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    last = _word_end(text, end)
    glued = first != start or last != end
    n_words = n_strong = 1 + (glued and _STRENGTH[text[first:start]] + _STRENGTH[text[end:last]] > 0)
    while first > 0 and text[first - 1] == " ":
        before = max(text.rfind(" ", 0, first - 1), text.rfind("\n", 0, first - 1)) + 1
        strength = _STRENGTH[text[before : first - 1]]
        if strength < 0:
            if n_strong < 2:
                n_strong += _touches(text[before : first - 1], -1)
            break
        first, n_words, n_strong = before, n_words + 1, n_strong + strength
    while text[last : last + 1] == " ":
        after = _word_end(text, last + 1)
        strength = _STRENGTH[text[last + 1 : after]]
        if strength < 0:
            if n_strong < 2:
                n_strong += _touches(text[last + 1 : after], 0)
            break
        last, n_words, n_strong = after, n_words + 1, n_strong + strength
    return first, last, n_words, n_strong


def _with_neighbours(text: str, first: int, last: int) -> tuple[int, int]:
    """A run with the words beside it that may decide whether it is a date: glued ones, and those that conditions look at."""
    if first > 0 and text[first - 1] == " ":
        before = max(text.rfind(" ", 0, first - 1), text.rfind("\n", 0, first - 1)) + 1
        word = text[before : first - 1]
        if not word.isalpha() or word in _minded():
            first = before
    if text[last : last + 1] == " ":
        after = _word_end(text, last + 1)
        word = text[last + 1 : after]
        if not word.isalpha() or word in _minded() or word.startswith(lexicon().definites):
            last = after
    return first, last


def _word_end(text: str, start: int) -> int:
    space = text.find(" ", start)
    line = text.find("\n", start, space if space >= 0 else len(text))
    return line if line >= 0 else space if space >= 0 else len(text)


def _strength(word: str) -> int:
    """Of what is between two spaces: -1 when it has letters of another word than those of the lexicon; else whether it has a
    digit or a word that makes a date."""
    parts = _LETTERS.findall(word)
    known = _vocabulary()
    if any(part not in known and not (part.isascii() and len(part) < 3) for part in parts):
        return -1
    return int(any(known.get(part, False) for part in parts) or any(map(str.isdigit, word)))


_STRENGTH: Final = Remembered(_strength)


def _touches(word: str, side: int) -> bool:
    """Whether what is glued to another word without a space begins (side 0) or ends (-1) as a date might: `2013م،فيما`."""
    return word[side].isdigit() or _LETTERS.findall(word)[side] in _vocabulary()


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
