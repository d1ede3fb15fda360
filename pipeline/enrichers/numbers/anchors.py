"""Decides where in the texts a date or a number may be: around the words and digits without which there is none. It does not read them."""

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from pipeline.enrichers.numbers import numerals, periods, units
from pipeline.text.arabic import fold
from pipeline.text.dates.lexicon import lexicon
from pipeline.text.folded_texts import Flags, FoldedTexts, coded
from pipeline.text.name_lists import NameList

# What a word may stand after without a space. Accepted gap: after other signs nothing is looked for.
_SPACES: Final = " \n\"'()[«“„‘.,،؛:/-–—|!؟?*#_"
# Months are also written against the number before them (`24فبراير`).
_DIGITS: Final = "0123456789"
# A date expression that is not all numbers has a word of one of these kinds.
_KINDS: Final = frozenset("MmkWRALXCVY")
_MONTHS: Final = frozenset("Mmk")


class Anchors(NamedTuple):
    """What may begin or be a part of a date, a number or a period of a text, each in order: words with their spans, and with the
    kinds of the date lexicon; and the runs of digits with the signs that join them.
    """

    dates: list[tuple[int, int, str]]
    numbers: list[tuple[int, int]]
    periods: list[tuple[int, int]]
    digits: list[tuple[int, int]]


def find_anchors(texts: FoldedTexts) -> list[Anchors]:
    """The anchors of each text.

    >>> find_anchors(FoldedTexts(["في 24 فبراير"]))
    [Anchors(dates=[(6, 12, 'M')], numbers=[], periods=[], digits=[(3, 5)])]
    """
    known = _names()
    found = known.listed.find(texts)
    is_glued = _digits()[texts.codes[found.start - 1]]
    found = found.only(~is_glued | known.is_month[found.name])
    found = found.only(np.lexsort((found.end, found.start)))
    dates = found.only(known.is_date[found.name]).by_text(texts, known.kinds)
    numbers, periods = (found.only(chosen[found.name]).by_text(texts) for chosen in (known.is_number, known.is_period))
    return list(map(Anchors, dates, numbers, periods, texts.digits))


@cache
def _digits() -> Flags:
    return coded(frozenset(_DIGITS).__contains__)


class _Names(NamedTuple):
    """Names, and by their numbers the kinds of date words that each is, and what it begins."""

    listed: NameList
    kinds: list[str]
    is_date: Flags
    is_month: Flags
    is_number: Flags
    is_period: Flags


@cache
def _names() -> _Names:
    kinds: dict[str, str] = {}
    for word, all_kinds in lexicon().triggers.items():
        if kept := "".join(kind for kind in all_kinds if kind in _KINDS):
            kinds[fold(word)] = kept
    numbers = numerals.start_words() | units.dual_words()
    names = sorted({*kinds, *numbers, *periods.trigger_words()})
    of_names = [kinds.get(name, "") for name in names]
    return _Names(
        NameList(names, _SPACES, str.isalpha, _DIGITS),
        of_names,
        np.array(list(map(bool, of_names))),
        np.array([not _MONTHS.isdisjoint(of_name) for of_name in of_names]),
        np.array([name in numbers for name in names]),
        np.array([name in periods.trigger_words() for name in names]),
    )
