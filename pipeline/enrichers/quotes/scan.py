"""Decides what is looked for in all texts of a batch at once, before each is read: the words and the signs that tell of reported speech."""

from functools import cache
from itertools import starmap
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.enrichers.quotes.cues import Cue, find_cues
from pipeline.enrichers.quotes.marks import MARKS
from pipeline.enrichers.quotes.sentences import AFTER_STOP, STOPS
from pipeline.text.folded_texts import BEYOND, Codes, Flags, FoldedTexts, coded, letters

_MARK, _STOP, _LINE_BREAK = 1, 2, 3
_FULL_STOP: Final = ord(".")
_BEYOND_ASCII: Final = 0x80


class Scan(NamedTuple):
    """A folded text with what stands in it, in order.

    Attributes:
        cues: Words that may report, and where they stand.
        particles: Spans of the Arabic words that may open what is reported.
        marks: Places of quotation marks.
        stops: Places of signs that may end a sentence.
        is_plain: Whether each of these does, unless it stands in quotation marks.
    """

    text: str
    cues: list[Cue]
    particles: list[tuple[int, int]]
    marks: list[int]
    stops: list[int]
    is_plain: bool


def scan(texts: FoldedTexts) -> list[Scan]:
    """What stands in each text."""
    codes = texts.codes
    kinds = _kinds().take(codes, mode="clip")
    kinds[texts.first[1:] - 1] = 0  # these line breaks part the texts
    places = np.flatnonzero(kinds != 0)
    kind = kinds[places]
    marks = texts.split(places[kind == _MARK])
    is_stop = kind > _MARK
    places, is_break = places[is_stop], kind[is_stop] == _LINE_BREAK
    code, following = codes[places], codes[places + 1]
    is_followed, is_repeated = _among(AFTER_STOP)[following], _among(STOPS)[following]
    is_abbreviated, may_be = _abbreviated(codes[places - 2], codes[places - 1])
    is_sure = np.where(is_break, ~is_repeated, is_followed & ~((code == _FULL_STOP) & (is_abbreviated | may_be)))
    may_end = is_break | is_repeated | (is_followed & ~((code == _FULL_STOP) & is_abbreviated))
    doubtful = np.searchsorted(texts.first, places[may_end & ~is_sure], side="right") - 1
    is_plain = np.ones(len(texts.texts), np.bool_)
    is_plain[doubtful] = False
    folded = [text.text for text in texts.texts]
    rows = zip(folded, *find_cues(texts), marks, texts.split(places[may_end]), is_plain.tolist(), strict=True)
    return list(starmap(Scan, rows))


def _abbreviated(first: Codes, last: Codes) -> tuple[Flags, Flags]:
    """Whether a full stop behind these two characters ends an abbreviation of one letter, and whether it may end one of more; see
    `sentences`, which decides it."""
    is_letter = letters()[last]
    is_apart = ~coded(str.isalnum)[first]
    is_ascii = (first < _BEYOND_ASCII) & (last < _BEYOND_ASCII)
    return is_letter & is_apart & (first != BEYOND), is_letter & ((is_ascii & ~is_apart) | (first == BEYOND))


@cache
def _among(chars: frozenset[str]) -> Flags:
    table = np.zeros(BEYOND + 1, np.bool_)
    table[list(map(ord, chars))] = True
    return table


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Of each code what it is a sign of."""
    table = np.zeros(BEYOND + 1, np.uint8)
    table[list(map(ord, MARKS))] = _MARK
    table[list(map(ord, STOPS))] = _STOP
    table[ord("\n")] = _LINE_BREAK
    return table
