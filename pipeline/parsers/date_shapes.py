"""Decides how much of a line of a page looks like a printed date or time; it does not read it (see `pipeline.text.dates`).

The words are those of `cues/dates.toml`, all languages at once.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.text.arabic import fold

DATES: Final = Path(__file__).with_name("cues") / "dates.toml"

TOKEN: Final = re.compile(r"[^\W_]+")
_HAS_DIGIT: Final = re.compile(r"\d")
_NUMERIC_DATE: Final = re.compile(
    r"(?<!\d)(?:\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2}(?!\d)))"
)
_NUMBERS: Final = re.compile(r"\d\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d")  # in every numeric date, and sooner looked for
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}\s?(?::|h|س|\.)\s?\d{2}(?!\d)")
_CJK_DATE: Final = re.compile(r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]")
_MACHINE_STAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}[@Tt ]\d{2}:\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class _DateWords:
    months: frozenset[str]
    relative: frozenset[str]
    units: frozenset[str]
    known: frozenset[str]


@cache
def _date_words() -> _DateWords:
    data = tomllib.loads(DATES.read_text(encoding="utf-8"))
    sets = {
        name: frozenset(token for entry in entries for token in TOKEN.findall(fold(entry)))
        for name, entries in data.items()
    }
    return _DateWords(sets["months"], sets["relative"], sets["units"], frozenset().union(*sets.values()))


def words_beside_date(folded: str, pieces: list[str]) -> list[str]:
    """The words of a folded line in which a day, month or relative time is printed; none of any other line.

    No part of a line holds a date when the line does not.

    Args:
        folded: the line in the match fold.
        pieces: what stands between its spaces.
    """
    known = _date_words()
    if not _HAS_DIGIT.search(folded) and known.relative.isdisjoint(pieces):
        return []
    words = TOKEN.findall(folded)
    if not known.months.isdisjoint(words) and any(word[0].isdigit() for word in words):
        return words
    if not known.relative.isdisjoint(words) and (not known.units.isdisjoint(words) or _TIME.search(folded)):
        return words
    numeric = _NUMBERS.search(folded) and _NUMERIC_DATE.search(folded)
    return words if numeric or _CJK_DATE.search(folded) else []


def date_share(folded: str) -> float:
    """How much of a line is a printed date, 0..1; 0 when no day, month or relative time is in it.

    >>> date_share("30th, november 2024 gmt"), date_share("قبل 3 ساعات"), date_share("7 قتلي في انفجار")
    (1.0, 1.0, 0.0)
    """
    return covered(words_beside_date(folded, folded.split()))


def covered(words: list[str]) -> float:
    """Share of words that belong to dates, 0..1: names, units, fillers and numbers; 0 when there are none."""
    known = _date_words().known
    return sum(word in known or word[0].isdigit() for word in words) / len(words) if words else 0.0


def time_share(folded: str) -> float:
    """How much of a line is a time of day without a date, 0..1."""
    return covered(TOKEN.findall(folded)) if _TIME.search(folded) else 0.0


def is_machine_stamp(folded: str) -> bool:
    """Whether a line carries a machine's time stamp with seconds, as crawlers print it."""
    return _MACHINE_STAMP.search(folded) is not None
