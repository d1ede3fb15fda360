"""Decides how a batch of texts is folded at once: as `pipeline.text.aligned` folds each, with its characters looked up in one table.

The characters of all folded texts stay at hand as numbers, so that signs and words are looked for in all texts at a time.
"""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.text.aligned import Folded, fold_aligned
from pipeline.text.arabic import SINGLE_FOLDS
from pipeline.text.tokens import runs_from

Codes = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BEYOND: Final = 0xFFFF
"""Stands for every character that a code of 16 bits cannot tell."""
_REMOVED: Final = 0xFFFE
INITIALS: Final = 8
"""Letters of a word by which it is compared with others at once."""
_SIGMA: Final = 0x03C3  # it is another letter at the end of a word


class LetterRuns(NamedTuple):
    """The runs of letters of a batch: their spans in `codes`, and their first letters.

    Attributes:
        first: A number that holds the first four letters, with zeros where there are no more.
        second: The same of the next four.
        is_longer: Whether there are more than those.
        mixed: A number that seldom is the same of two runs of which these differ.
    """

    start: Ints
    end: Ints
    first: npt.NDArray[np.uint64]
    second: npt.NDArray[np.uint64]
    is_longer: Flags
    mixed: npt.NDArray[np.uint64]


class _Folding(NamedTuple):
    texts: list[Folded]
    codes: Codes
    first: Ints


class FoldedTexts:
    """A batch of texts, folded when that is asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._published = texts

    @property
    def texts(self) -> list[Folded]:
        """The texts, folded."""
        return self._folding.texts

    @property
    def codes(self) -> Codes:
        """The characters of the folded texts, one text after the other, and a line break after each."""
        return self._folding.codes

    @property
    def first(self) -> Ints:
        """Where each text begins in `codes`, and the place past the last one."""
        return self._folding.first

    @cached_property
    def digits(self) -> list[list[tuple[int, int]]]:
        """The runs of digits of each text (`pipeline.text.tokens.digit_runs`)."""
        is_digit = self.codes - np.uint16(ord("0")) < 10
        is_digit[1:] &= ~is_digit[:-1]
        places = self.split(np.flatnonzero(is_digit))
        return [runs_from(text.text, found) if found else [] for text, found in zip(self.texts, places, strict=True)]

    @cached_property
    def runs(self) -> LetterRuns:
        """Every run of letters. Accepted gap: letters that a code cannot tell are none."""
        codes = self.codes
        padded = np.zeros(
            len(codes) + 1 + INITIALS, np.uint16
        )  # a place before the first character, and as many as are read
        padded[1 : len(codes) + 1] = codes
        is_letter = letters().take(padded, mode="clip")  # a mode, so that `take` checks no bounds
        edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
        start, end = edges[::2], edges[1::2]
        length = end - start
        four = np.ndarray(len(codes) + INITIALS // 2, np.dtype("<u8"), padded.data, 2, (2,))
        first, second = (
            four[start + skipped] & kept.take(length, mode="clip") for skipped, kept in zip((0, 4), _KEPT, strict=True)
        )
        is_longer = length > INITIALS
        return LetterRuns(start, end, first, second, is_longer, first * _MIXERS[0] + second * _MIXERS[1] + is_longer)

    def split(self, places: Ints) -> list[list[int]]:
        """Places in `codes`, in order, as places in each text."""
        bounds = np.searchsorted(places, self.first)
        inside = (places - np.repeat(self.first[:-1], np.diff(bounds))).tolist()
        return [inside[low:high] for low, high in pairwise(bounds.tolist())]

    @cached_property
    def _folding(self) -> _Folding:
        published = self._published
        written = np.frombuffer("\n".join([*published, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
        bounds = np.concatenate(([0], np.cumsum(np.fromiter(map(len, published), np.int64, len(published)) + 1)))
        codes = _folds().take(written, mode="clip")
        places = np.flatnonzero(codes == _REMOVED)
        removed = np.searchsorted(places, bounds)  # characters before each text
        first = bounds - removed
        if len(places):
            codes = codes[codes != _REMOVED]
            # as many of those in the text stood before the character as it is moved by
            shifts = places - np.arange(len(places)) - np.repeat(first[:-1], np.diff(removed))
            of_texts = shifts.tolist()
        joined = codes.tobytes().decode("utf-16-le")
        texts = [
            Folded(joined[low : high - 1], tuple(of_texts[one:two]) if one < two else ())
            for (low, high), (one, two) in zip(pairwise(first.tolist()), pairwise(removed.tolist()), strict=True)
        ]
        others = np.flatnonzero((codes == BEYOND) | (codes == _SIGMA))
        for number in np.unique(np.searchsorted(first, others, side="right") - 1).tolist():
            texts[number] = fold_aligned(published[number])
        return _Folding(texts, codes, first)


# What is kept of the first four characters of a run, and of the next four, by its length.
_KEPT: Final = np.array(
    [[(1 << 16 * min(max(length - skipped, 0), 4)) - 1 for length in range(INITIALS + 1)] for skipped in (0, 4)],
    np.uint64,
)
_MIXERS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))  # odd, of bits without a pattern


@cache
def coded(test: Callable[[str], bool]) -> Flags:
    """Of each code whether its character passes a test; BEYOND does not."""
    table = np.zeros(BEYOND + 1, np.bool_)
    codes = (*range(0xD800), *range(0xE000, BEYOND))
    table[list(codes)] = [test(chr(code)) for code in codes]
    return table


def letters() -> Flags:
    """Of each code whether it is a letter."""
    return coded(str.isalpha)


@cache
def _folds() -> Codes:
    """What each character becomes."""
    table = np.full(0x10000, BEYOND, np.uint16)
    for code in (*range(0xD800), *range(0xE000, _REMOVED)):
        char = chr(code)
        folded = SINGLE_FOLDS.get(char, char)
        lowered = folded.lower()
        table[code] = ord(lowered if len(lowered) == 1 else folded) if folded else _REMOVED
    return table
