"""Decides which two numbers are the ends of a range: `10-15 عاما`, `5 الي 10 ملايين`, `بين 30% و50%`; not which are scores."""

import re
from typing import Final

from pipeline.enrichers.numbers.numerals import Numeral, digits_value, read_numeral, scale_at
from pipeline.enrichers.numbers.surroundings import counted_noun
from pipeline.enrichers.numbers.tables import context
from pipeline.enrichers.numbers.units import Unit, unit_at

_HYPHEN: Final = re.compile(r" ?[-–—] ?")
_TO: Final = re.compile(r" ?[-–—] ?| (?:الي|حتي|to) ")
_AND: Final = re.compile(r" و ?| and ")
_SCORE: Final = 10  # two smaller numbers with a hyphen are a score, unless a unit follows


def hyphened_range(text: str, start: int, end: int) -> tuple[Numeral, float] | None:
    """The lower number and the higher one in a run of digits with a hyphen, before a unit or a noun; else it is a score or a code."""
    parts = _HYPHEN.split(text[start:end])
    if len(parts) != 2:
        return None
    unit = unit_at(text, end)
    low, high = (digits_value(part, unit is not None) for part in parts)
    if low is None or high is None or low[1] < len(parts[0]) or high[1] < len(parts[1]) or low[0] >= high[0]:
        return None
    scale, scale_end = scale_at(text, end)
    if unit is None and not scale and (high[0] < _SCORE or counted_noun(text, end, False) is None):
        return None
    factor = scale or 1.0
    return Numeral(start, scale_end, low[0] * factor, is_scaled=bool(scale)), high[0] * factor


def open_range(text: str, numeral: Numeral, words: list[str], limit: int) -> tuple[Numeral, float, Unit | None] | None:
    """The range that begins with a number without a unit: the scale and unit after the second number are those of both."""
    if not text.startswith((" ", "-", "–", "—"), numeral.end):
        return None
    between = bool(words) and words[-1] in context("between")
    match = _TO.match(text, numeral.end) or (_AND.match(text, numeral.end) if between else None)
    second = _number_at(text, match.end(), limit) if match else None
    if match is None or second is None or second.is_vague:
        return None
    first = numeral.value
    scale = _trailing_scale(text, match.end(), second)
    if scale and not numeral.is_scaled:
        first *= scale
    if first >= second.value:
        return None
    ranged = numeral._replace(value=first, end=second.end, is_scaled=second.is_scaled)
    return ranged, second.value, unit_at(text, second.end)


def second_measure(text: str, unit: Unit, words: list[str], limit: int) -> tuple[float | None, Unit]:
    """The number after a number with a unit, when both are the ends of a range and the unit is the same."""
    if not words or words[-1] not in context("between"):
        return None, unit
    match = _AND.match(text, unit.end)
    second = _number_at(text, match.end(), limit) if match else None
    other = unit_at(text, second.end) if second else None
    if second is None or other is None or (other.kind, other.code) != (unit.kind, unit.code):
        return None, unit
    return second.value, other


def _number_at(text: str, place: int, limit: int) -> Numeral | None:
    is_number = place < limit and (text[place].isdigit() or text[place].isalpha())
    return read_numeral(text, place, limit) if is_number else None


def _trailing_scale(text: str, start: int, numeral: Numeral) -> float:
    """The scale word that ends a number in digits."""
    if not numeral.is_scaled or not text[start].isdigit():
        return 0.0
    read = digits_value(text[start : numeral.end].split(" ")[0], True)
    return numeral.value / read[0] if read and read[0] else 0.0
