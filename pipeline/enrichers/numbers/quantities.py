"""Decides which numbers of a text are quantities, and of what; dates are known, and numbers that name things are none.

A number counts when it has a unit, a currency, a percent sign or a counted noun after it, or when a scale, a thousands sign or a
word before it (`نحو`, `بلغ`) says so. Scores (`2-1`), times of day, telephone and other identifying numbers give no row.
"""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.enrichers.numbers import numerals
from pipeline.enrichers.numbers.anchors import Anchors
from pipeline.enrichers.numbers.model import Quantity
from pipeline.enrichers.numbers.numerals import Numeral, read_numeral
from pipeline.enrichers.numbers.ordinals import definite_number, ordinal_digits, ordinal_word
from pipeline.enrichers.numbers.ranges import hyphened_range, open_range, second_measure
from pipeline.enrichers.numbers.surroundings import (
    CHARACTERS_BEFORE,
    WORDS,
    counted_noun,
    is_approximate,
    is_identifier,
    is_said_after,
    stands_alone,
)
from pipeline.enrichers.numbers.units import Unit, dual_at, sign_before, unit_at

_HALF: Final = re.compile(r" و ?نصف(?: ال[^\W\d_]+)?(?![^\W\d_])")
_OF: Final = re.compile(r" (?:of|من)(?= )")
_TEEN_WORDS: Final = frozenset(("عشر", "عشره"))
_CLITICS: Final = frozenset(("و", "ب", "ل", "ف", "ك", "ا", "ال", "وال", "بال", "لل", "وب", "ول"))
_HYPHENS: Final = frozenset("-–—")
# `2-صفر`, `4 am`, and the decimal comma of some agencies (`3ر42`), which pages print in either order.
_NO_NUMBER_BEFORE: Final = re.compile(r" ?[-–] ?صفر|ر[0-9]| ?[ap]\.?m(?![a-z])")
_LATIN_SUFFIX: Final = re.compile(
    r"(?:st|nd|rd|th|k|m|bn|tn|mln|km|kg|cm|mm|mg|g|t|mw|gw|kw|kwh|mb|gb|mph|kph|ft|in|m2|m3|km2|pct|percent|year)(?![a-z])"
)
_ORDINAL_SUFFIX: Final = frozenset(("st", "nd", "rd", "th"))
_SCALE_SUFFIX: Final = {"k": 1e3, "m": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}


def find_quantities(text: str, anchors: Anchors, taken: Iterable[tuple[int, int]]) -> list[Quantity]:
    """The quantities of a folded text, in order.

    Args:
        text: Folded.
        anchors: Its anchors.
        taken: Spans of the folded text that are dates or personal data, in order.
    """
    places = [(start, end, True) for start, end in anchors.numbers]
    places = sorted(places + [(start, end, False) for start, end in anchors.digits])
    if not places:
        return []
    found: list[Quantity] = []
    blocked = [*taken, (len(text), len(text))]
    index = done = 0
    for start, end, is_word in places:
        if start < done:
            continue
        while blocked[index][1] <= start and index < len(blocked) - 1:
            index += 1
        first, last = blocked[index]
        if first <= start < last:
            continue
        quantity = (_worded if is_word else _written)(text, start, end, first)
        done = end
        if quantity is not None:
            found.append(quantity)
            done = quantity.end
    return found


def _written(text: str, start: int, end: int, limit: int) -> Quantity | None:
    """The quantity of a run of digits."""
    run = text[start:end]
    before = text[max(0, start - CHARACTERS_BEFORE) : start]
    if run.isdigit():
        if _is_glued(text, start, end):
            return None
    elif ":" in run or "/" in run or _is_glued(text, start, end):
        return None
    elif not _HYPHENS.isdisjoint(run):
        ranged = hyphened_range(text, start, end)
        return _finished(text, *ranged, before, limit) if ranged else None
    numeral = read_numeral(text, start, limit)
    if numeral is None or (run.count(".") > 1 and numeral.end < end):
        return None
    return _finished(text, numeral, None, before, limit)


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether a letter or sign ties the digits to something that they count nothing in: `F-16`, `G20`, `#7`, `4G`."""
    if start:
        last = text[start - 1]
        if last in "#@_&=" or (last.isalpha() and not _is_clitic_before(text, start)):
            return True
        if last in "-–.,/" and start > 1 and (text[start - 2].isalnum() or last in "./"):
            return True
    following = text[end : end + 1]
    if not following or following in ".,\n":
        return False
    if following in " -–رap" and _NO_NUMBER_BEFORE.match(text, end):
        return True
    if following.isascii() and following.isalpha():
        return _LATIN_SUFFIX.match(text, end) is None
    return following in "_@&"


def _is_clitic_before(text: str, start: int) -> bool:
    """`و200`, `ب5`, `ال11`: an Arabic clitic or article alone before the digits."""
    place = start
    while place and text[place - 1].isalpha():
        place -= 1
    return text[place:start] in _CLITICS


def _worded(text: str, start: int, end: int, limit: int) -> Quantity | None:
    """The quantity of a number word."""
    word = text[start:end]
    before = text[max(0, start - CHARACTERS_BEFORE) : start]
    dual = dual_at(text, start, end)
    if dual is not None:
        code, clitic = dual
        half = _HALF.match(text, end)
        rough = is_approximate(WORDS.findall(before))
        place, value = (half.end(), 2.5) if half else (end, 2.0)
        return Quantity(start + clitic, place, value, "measure", "dual", code, is_approximate=rough)
    if word in numerals.ordinals():
        return ordinal_word(text, start, end, before)
    if word in _TEEN_WORDS and (named := WORDS.findall(before)[-1:]) and named[0] in numerals.ordinals():
        return None  # `في السابعه عشره من العمر`
    numeral = read_numeral(text, start, limit)
    if numeral is None:
        return None
    if numeral.is_definite and not numeral.is_scaled:
        return definite_number(text, numeral, before)
    return _finished(text, numeral, None, before, limit)


def _finished(text: str, numeral: Numeral, high: float | None, before: str, limit: int) -> Quantity | None:
    """A number with what is beside it."""
    words = WORDS.findall(before)
    rough = numeral.is_vague or is_approximate(words)
    end = numeral.end
    sign = None
    if not numeral.is_word:
        sign = sign_before(text, numeral.start)
        following = text[end : end + 1]
        suffix = _LATIN_SUFFIX.match(text, end) if following.isalpha() and following.isascii() else None
        if suffix is not None:
            return _suffixed(text, numeral, high, suffix[0], sign, rough)
    unit = unit_at(text, end)
    if unit is None and numeral.is_vague and (of := _OF.match(text, end)):
        unit = unit_at(text, of.end())
    if sign is not None and (unit is None or sign[0] == "money"):
        kind, code, start = sign
        if unit is not None and unit.kind == kind:
            code, end = unit.code or code, unit.end
        return Quantity(start, end, numeral.value, kind, f"{kind}_sign", code, high, is_approximate=rough)
    if unit is None and high is None and (ranged := open_range(text, numeral, words, limit)) is not None:
        numeral, high, unit = ranged
    if unit is not None:
        if high is None:
            high, unit = second_measure(text, unit, words, limit)
        return _measured(text, numeral, high, unit, rough)
    if is_identifier(text, numeral, words, before):
        return None
    if ordinal := ordinal_digits(text, numeral, words, before):
        return ordinal
    start, end, value = numeral.start, numeral.end, numeral.value
    counted = counted_noun(text, end, numeral.is_vague or numeral.is_scaled)
    rough = rough or is_said_after(text, counted[1] if counted else end)
    if counted is None and not stands_alone(text, numeral, words, rough):
        return None
    rule = "vague_number" if numeral.is_vague else "number_noun" if counted else "number_alone"
    return Quantity(start, end, value, "count", rule, None, high, counted, rough)


def _measured(text: str, numeral: Numeral, high: float | None, unit: Unit, rough: bool) -> Quantity:
    value, end = numeral.value, unit.end
    half = _HALF.match(text, end) if unit.kind == "measure" and text.startswith(" و", end) else None
    if half is not None:
        value, end = value + 0.5, half.end()
    rough = rough or is_said_after(text, end)
    rule = f"{unit.kind}_unit" if high is None else f"{unit.kind}_range"
    return Quantity(numeral.start, end, value, unit.kind, rule, unit.code, high, is_approximate=rough)


def _suffixed(
    text: str, numeral: Numeral, high: float | None, suffix: str, sign: tuple[str, str | None, int] | None, rough: bool
) -> Quantity | None:
    """`$5bn`, `15th`, `80km`."""
    start, value, end = numeral.start, numeral.value, numeral.end + len(suffix)
    if suffix in _ORDINAL_SUFFIX:
        return Quantity(start, end, value, "ordinal", "ordinal_digits")
    if suffix in _SCALE_SUFFIX and (sign is not None or suffix != "m"):
        value, high = value * _SCALE_SUFFIX[suffix], high and high * _SCALE_SUFFIX[suffix]
        if sign is not None:
            return Quantity(sign[2], end, value, sign[0], f"{sign[0]}_sign", sign[1], high, is_approximate=rough)
        unit = unit_at(text, end)
        if unit is not None:
            return _measured(text, numeral._replace(end=end, value=value), high, unit, rough)
        counted = counted_noun(text, end, True)
        return Quantity(start, end, value, "count", "number_noun", None, high, counted, rough)
    unit = unit_at(text, numeral.end)
    if unit is not None:
        return _measured(text, numeral, high, unit, rough)
    if suffix == "m":
        return Quantity(start, end, value, "measure", "measure_unit", "m", high, is_approximate=rough)
    return None
