"""Decides where in the texts a date or a number may be: around the words and digits without which there is none.

The words of all texts are looked at together: by their first letters, which leave few others, then by the whole. It does not read them.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.enrichers.numbers import numerals, periods, units
from pipeline.text.arabic import fold
from pipeline.text.dates.lexicon import lexicon
from pipeline.text.folded_texts import BEYOND, Codes, FoldedTexts, Ints

# What a word may stand after without a space. Accepted gap: after other signs nothing is looked for.
_SPACES: Final = " \n\"'()[«“„‘.,،؛:/-–—|!؟?*#_"
# Months are also written against the number before them (`24فبراير`).
_DIGITS: Final = "0123456789"
_APART, _GLUED = 1, 2

# A date expression that is not all numbers has a word of one of these kinds.
_KINDS: Final = frozenset("MmkWRALXCVY")
_MONTHS: Final = frozenset("Mmk")

_LETTERS: Final = 8  # of a word that its key has, a byte each
_KEPT: Final = np.array([(1 << 8 * size) - 1 for size in range(_LETTERS + 1)], np.uint64)
_BITS: Final = 20  # of a million places few are taken by chance


class Anchors(NamedTuple):
    """What may begin or be a part of a date, a number or a period of a text, each in order: words with their spans, and with the
    kinds of the date lexicon; and the runs of digits with the signs that join them.
    """

    dates: list[tuple[int, int, str]]
    numbers: list[tuple[int, int]]
    periods: list[tuple[int, int]]
    digits: list[tuple[int, int]]


class _Name(NamedTuple):
    """A name, the kinds of date words that it is, and whether it begins a number or a period."""

    written: str
    kinds: str = ""
    is_number: bool = False
    is_period: bool = False


def find_anchors(texts: FoldedTexts) -> list[Anchors]:
    """The anchors of each text.

    >>> find_anchors(FoldedTexts(["في 24 فبراير"]))
    [Anchors(dates=[(6, 12, 'M')], numbers=[], periods=[], digits=[(3, 5)])]
    """
    starts, ends, glued = _candidates(texts.codes)
    names = _names()
    bounds = np.searchsorted(starts, texts.first).tolist()
    first = np.repeat(texts.first[:-1], np.diff(bounds))
    places = list(zip((starts - first).tolist(), (ends - first).tolist(), glued.tolist(), strict=True))
    found = []
    for number, (text, digits) in enumerate(zip(texts.texts, texts.digits, strict=True)):
        dates: list[tuple[int, int, str]] = []
        numbers: list[tuple[int, int]] = []
        periods: list[tuple[int, int]] = []
        written = text.text
        for start, end, is_glued in places[bounds[number] : bounds[number + 1]]:
            for name, kinds, is_number, is_period in names.get(written[start:end], ()):
                last = start + len(name)
                if last > end and not _goes_on(written[start:last], name):
                    continue
                if (is_glued and _MONTHS.isdisjoint(kinds)) or written[last : last + 1].isalpha():
                    continue
                if kinds:
                    dates.append((start, last, kinds))
                if is_number:
                    numbers.append((start, last))
                if is_period:
                    periods.append((start, last))
        found.append(Anchors(dates, numbers, periods, digits))
    return found


def _goes_on(text: str, name: str) -> bool:
    """Whether a text is a name of several words, with any sign between them."""
    return text[-1] == name[-1] and "".join(" " if char in _SPACES else char for char in text) == name


def _candidates(codes: Codes) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Words that begin as names do: where they start and end, and whether a digit stands before them."""
    letters, before, keys = _tables()
    padded = np.zeros(
        len(codes) + 2 + _LETTERS, np.uint8
    )  # a place before the first character, and as many as are read
    padded[1 : len(codes) + 1] = letters.take(codes, mode="wrap")  # a mode, so that `take` checks no bounds
    is_letter = padded > 0
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    starts, ends = edges[::2], edges[1::2]
    stands = before[codes[starts - 1]]  # before the first character stands the last one, a line break
    keyed = np.ndarray(len(codes), np.dtype("<u8"), padded.data, 1, (1,))[starts]
    hashes = _hashed(keyed & _KEPT[np.minimum(ends - starts, _LETTERS)])
    chosen = np.flatnonzero(keys[hashes] & (stands > 0))
    return starts[chosen], ends[chosen], stands[chosen] == _GLUED


def _hashed(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return (keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(
        64 - _BITS
    )  # the multiplier of Knuth's multiplicative hashing


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """Of each code the number of the letter, 0 for no letter; of each what a word after it is; and of hashes those of first words."""
    numbers = {letter: number for number, letter in enumerate(sorted(set("".join(_names()))), 2)}
    letters = np.zeros(BEYOND + 1, np.uint8)
    for code in (*range(0xD800), *range(0xE000, BEYOND)):
        if chr(code).isalpha():
            letters[code] = numbers.get(chr(code), 1)
    before = np.zeros(BEYOND + 1, np.uint8)
    before[list(map(ord, _SPACES))] = _APART
    before[list(map(ord, _DIGITS))] = _GLUED
    keys = np.zeros(1 << _BITS, np.bool_)
    packed = [bytes(map(numbers.__getitem__, word[:_LETTERS])).ljust(_LETTERS, b"\0") for word in _names()]
    keys[_hashed(np.frombuffer(b"".join(packed), np.dtype("<u8")))] = True
    return letters, before, keys


@cache
def _names() -> dict[str, list[_Name]]:
    """The first word of each name -> the names."""
    names: dict[str, _Name] = {}
    for word, kinds in lexicon().triggers.items():
        kept = "".join(kind for kind in kinds if kind in _KINDS)
        if kept:
            names[fold(word)] = _Name(fold(word), kept)
    for word in numerals.start_words() | units.dual_words():
        names[word] = names.get(word, _Name(word))._replace(is_number=True)
    for word in periods.trigger_words():
        names[word] = names.get(word, _Name(word))._replace(is_period=True)
    found: dict[str, list[_Name]] = {}
    for word in sorted(names, key=lambda name: (len(name), name)):
        found.setdefault(word.split(" ")[0], []).append(names[word])
    return found
