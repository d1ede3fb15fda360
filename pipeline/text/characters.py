"""Decides what each character is when many are looked at at once: part of a word, removed by the match fold, white space; and what it
becomes in that fold. It agrees with `pipeline.text.tokens` and `pipeline.text.arabic`, of which it is a table for numpy.
"""

import sys
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import SINGLE_FOLDS, fold
from pipeline.text.scripts import script_letters

Codes = npt.NDArray[np.uint32]

WORD: Final = 1
"""A letter or digit that folds to one character whatever stands beside it."""
REMOVED: Final = 2
"""Folds to nothing, and parts no word."""
SPACE: Final = 4
LINE_BREAK: Final = 8
SPECIAL: Final = 16
"""Folds to several characters, together with the one before, or otherwise than in `pipeline.text.aligned`: marks, ligatures, a final
sigma. Words that have one are folded by themselves."""


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(points: Codes) -> str:
    """The text of code points."""
    return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


@cache
def classes() -> npt.NDArray[np.uint8]:
    """The class of every code point; 0: parts words. Letters beyond the Basic Multilingual Plane do, as in `pipeline.text.tokens`."""
    table = np.zeros(sys.maxunicode + 1, np.uint8)
    plane = "".join(map(chr, range(0x10000)))
    for pattern, kind in ((r"[\p{L}\p{N}]", WORD), (r"[\p{M}\u1100-\u11ff]", SPECIAL), (r"\s", SPACE)):
        table[list(map(ord, regex.findall(pattern, plane)))] = kind
    table[[ord(char) for char in plane if char.isspace()]] = SPACE
    letters = list(map(chr, np.flatnonzero(table == WORD).tolist()))
    # what the aligned fold gives is one character, so that these fold to one as well
    table[[ord(letter) for letter in letters if fold(letter) != fold_aligned(letter).text]] = SPECIAL
    table[[ord(char) for char, folded in SINGLE_FOLDS.items() if not folded]] = REMOVED
    table[ord("\n")] = LINE_BREAK
    return table


@cache
def folds() -> Codes:
    """What every character of class WORD folds to; the others stay."""
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for code in np.flatnonzero(classes() == WORD).tolist():
        table[code] = ord(fold(chr(code)))
    return table


@cache
def scripts() -> tuple[tuple[str, ...], npt.NDArray[np.uint8]]:
    """The scripts (ISO 15924), and for every code point which one its letter is of; their number for what is no letter."""
    patterns = script_letters()
    table = np.full(sys.maxunicode + 1, len(patterns), np.uint8)
    plane = "".join(map(chr, range(0x10000)))
    for number, letters in enumerate(patterns.values()):
        table[[ord(letter) for run in letters.findall(plane) for letter in run]] = number
    return tuple(patterns), table
