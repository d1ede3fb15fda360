"""Decides which numbers of a text are quantities, and of what; dates are known, and numbers that name things are none.

A number counts when it has a unit, a currency, a percent sign or a counted noun after it, or when a scale, a thousands sign or a
word before it (`نحو`, `بلغ`) says so. Scores (`2-1`), times of day, telephone and other identifying numbers give no row.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.enrichers.numbers import numerals
from pipeline.enrichers.numbers.anchors import Anchors
from pipeline.enrichers.numbers.numerals import Numeral, read_numeral
from pipeline.enrichers.numbers.tables import context
from pipeline.enrichers.numbers.units import Unit, dual_at, is_approximate, sign_before, unit_at, unit_named
from pipeline.text.arabic import fold

_WORD_AFTER: Final = re.compile(r"(?: ?[)\]»”\"'’])? ?-?([^\W\d_]+)")
_AFTER_WORDS: Final = re.compile(r"[)\]»\"']? ?([^\W\d_]+(?: [^\W\d_]+)?)")
_WORDS: Final = re.compile(r"[^\W\d_]+")
_BETWEEN_RANGE: Final = re.compile(r" ?[-–—] ?| (?:الي|حتي|to) ")
_BEFORE_CHARACTERS: Final = 26
_LONG_NUMBER: Final = 7  # digits without a separator: an identifier unless a unit follows
_SCORE: Final = 10  # two smaller numbers with a hyphen are a score, unless a unit follows
_DIGIT_ORDINAL: Final = re.compile(r"(?<![^\W\d_])[وبلفك]?(?:ال|لل) ?\Z")
_TEEN: Final = re.compile(r" عشره?(?![^\W\d_])")
_TEEN_WORDS: Final = frozenset(("عشر", "عشره"))
_TENS_AFTER: Final = re.compile(r" (?:و ?)?ال(عشرين|عشرون|ثلاثين|اربعين|خمسين|ستين|سبعين|ثمانين|تسعين)(?![^\W\d_])")
_DEFINITE: Final = re.compile(r"(?:[وبفك]?ال|لل|ول?لل)..")
_POSSESSED: Final = re.compile(r"..(?:ه|ها|هم|نا)\Z")
_PLURAL: Final = re.compile(r"(?:ات|ين|ون)\Z|\A[وبلفك]?(?:ال|لل)دول\Z")
_ENUMERATES: Final = re.compile(r"(?:\A|\n) *[(\[]?\Z")
_LATIN_PLURAL: Final = re.compile(r" ((?:[a-z]+ ){0,2}?[a-z]+[^su' ]s|people|men|women|children)(?![a-z])")


class Quantity(NamedTuple):
    """A quantity; places are in the folded text. `counted` is the place of the counted noun, `high` the end of a range."""

    start: int
    end: int
    value: float
    high: float | None
    unit: str | None
    counted: tuple[int, int] | None
    is_approximate: bool
    kind: str
    rule: str


def find_quantities(text: str, anchors: Anchors, taken: Iterable[tuple[int, int]]) -> list[Quantity]:
    """The quantities of a folded text, in order.

    Args:
        text: Folded.
        anchors: Its anchors.
        taken: Spans of the folded text that are dates or personal data, in order.
    """
    places = [(start, end, True) for start, end, word in anchors.words if word.is_number]
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
        if quantity is not None:
            found.append(quantity)
            done = quantity.end
    return found


# -- numbers in digits --------------------------------------------------------------------------------------------------


def _written(text: str, start: int, end: int, limit: int) -> Quantity | None:
    run = text[start:end]
    before = text[max(0, start - _BEFORE_CHARACTERS) : start]
    if ":" in run or "/" in run or _is_glued(text, start, end):
        return None
    if ("-" in run or "–" in run or "—" in run) and (ranged := _range_in(text, start, end)) is not None:
        return _finished(text, *ranged, before, limit)
    if "-" in run or "–" in run or "—" in run:
        return None
    numeral = read_numeral(text, start, limit)
    if numeral is None or (run.count(".") > 1 and numeral.end < end):
        return None
    return _finished(text, numeral, None, before, limit)


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether a letter or sign ties the digits to something that they count nothing in: `F-16`, `G20`, `#7`, `4G`."""
    if start:
        last = text[start - 1]
        if last in "#@_&=" or (last.isalpha() and not _clitic_before(text, start)):
            return True
        if last in "-–.,/" and start > 1 and (text[start - 2].isalnum() or last in "./"):
            return True
    following = text[end : end + 1]
    if _SCORE_AFTER.match(text, end):
        return True
    if following.isalpha() and following.isascii():
        suffix = _LATIN_SUFFIX.match(text, end)
        return suffix is None
    return following in ("_", "@", "&") and following != ""


_LATIN_SUFFIX: Final = re.compile(
    r"(?:st|nd|rd|th|k|m|bn|tn|mln|km|kg|cm|mm|mg|g|t|mw|gw|kw|kwh|mb|gb|mph|kph|ft|in|m2|m3|km2|pct|percent|year)(?![a-z])"
)
_SCALE_SUFFIX: Final = {"k": 1e3, "m": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}


# `2-صفر`, `4 am`, and the decimal comma of some agencies (`3ر42`), which pages print in either order.
_SCORE_AFTER: Final = re.compile(r" ?[-–] ?صفر|ر[0-9]| ?[ap]\.?m(?![a-z])")


def _clitic_before(text: str, start: int) -> bool:
    """`و200`, `ب5`, `ال11`: an Arabic clitic or article alone before the digits."""
    place = start
    while place and text[place - 1].isalpha():
        place -= 1
    return text[place:start] in ("و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "ا")


def _range_in(text: str, start: int, end: int) -> tuple[Numeral, float] | None:
    """`10-15` before a unit or a noun; else a score or a code."""
    parts = re.split(r" ?[-–—] ?", text[start:end])
    if len(parts) != 2:
        return None
    unit = unit_at(text, end)
    low, high = (numerals.digits_value(part, unit is not None) for part in parts)
    if low is None or high is None or low[1] < len(parts[0]) or high[1] < len(parts[1]) or low[0] >= high[0]:
        return None
    scale, scale_end = numerals.scale_at(text, end)
    if unit is None and not scale and (high[0] < _SCORE or _counted(text, end, False, False) is None):
        return None
    factor = scale or 1.0
    return Numeral(start, scale_end, low[0] * factor, is_scaled=bool(scale)), high[0] * factor


# -- numbers in words ---------------------------------------------------------------------------------------------------


def _worded(text: str, start: int, end: int, limit: int) -> Quantity | None:
    word = text[start:end]
    before = text[max(0, start - _BEFORE_CHARACTERS) : start]
    dual = dual_at(text, start, end)
    if dual is not None:
        code, clitic = dual
        words = _WORDS.findall(before)
        half = _HALF.match(text, end)
        last = half.end() if half else end
        value = 2.5 if half else 2.0
        return Quantity(start + clitic, last, value, None, code, None, is_approximate(words), "measure", "dual")
    if word in numerals.ordinals():
        return _ordinal(text, start, end, before)
    if word in _TEEN_WORDS and (named := _WORDS.findall(before)[-1:]) and named[0] in numerals.ordinals():
        return None  # `في السابعه عشره من العمر`
    numeral = read_numeral(text, start, limit)
    if numeral is None:
        return None
    if numeral.is_definite and not numeral.is_scaled:
        return _definite(text, numeral, before)
    return _finished(text, numeral, None, before, limit)


_HALF: Final = re.compile(r" و ?نصف(?: ال[^\W\d_]+)?(?![^\W\d_])")


def _ordinal(text: str, start: int, end: int, before: str) -> Quantity | None:
    """`الجوله الحاديه عشره`: after a definite noun; else it is a name (`محمد السادس`) or an adverb."""
    value: float = numerals.ordinals()[text[start:end]]
    if text[start].isascii():
        words = _WORDS.findall(before)
        if not words or words[-1] in ("a", "one", "two"):
            return None
        return Quantity(start, end, value, None, None, None, False, "ordinal", "ordinal_word")
    words = _WORDS.findall(before)
    if not words or words[-1] in context("not_ordinal_after") or before[-1:] not in (" ", "("):
        return None
    # An adjective may stand between: `هدفه الدولي الرابع`.
    noun = words[-1]
    if not (_DEFINITE.match(noun) or _POSSESSED.search(noun)):
        return None
    if len(words) > 1 and words[-2] in context("not_ordinal_after"):
        return None
    if teen := _TEEN.match(text, end):
        value, end = value + 10, teen.end()
    elif tens := _TENS_AFTER.match(text, end):
        value, end = value + numerals.words()[tens[1]].value, tens.end()
    if value < 3:
        return None
    return Quantity(start, end, value, None, None, None, False, "ordinal", "ordinal_word")


def _definite(text: str, numeral: Numeral, before: str) -> Quantity | None:
    """`المتهمين الاربعه`: a definite number after a definite noun, which it counts, or before one (`الثلاثه الاخرين`)."""
    words = _WORDS.findall(before)
    if unit := unit_at(text, numeral.end):
        return Quantity(
            numeral.start,
            unit.end,
            numeral.value,
            None,
            unit.code,
            None,
            is_approximate(words),
            unit.kind,
            "number_unit",
        )
    if not words or not (_DEFINITE.match(words[-1]) or _POSSESSED.search(words[-1])):
        return None
    noun = words[-1]
    if noun in context("not_ordinal_after") or noun in context("identifies") or noun in numerals.ordinals():
        return None
    if unit_code := unit_named(noun):  # `السنوات العشر`
        return Quantity(
            numeral.start, numeral.end, numeral.value, None, unit_code, None, False, "measure", "definite_number"
        )
    return Quantity(numeral.start, numeral.end, numeral.value, None, None, None, False, "count", "definite_number")


# -- what is counted ----------------------------------------------------------------------------------------------------


def _finished(text: str, numeral: Numeral, high: float | None, before: str, limit: int) -> Quantity | None:
    words = _WORDS.findall(before)
    approximate = numeral.is_vague or is_approximate(words[:-1] if words and words[-1] == "ال" else words)
    if not numeral.is_word and text[numeral.end : numeral.end + 1].isascii():
        suffix = _LATIN_SUFFIX.match(text, numeral.end)
        if suffix is not None:
            return _suffixed(text, numeral, high, suffix, approximate)
    start, value = numeral.start, numeral.value
    sign = sign_before(text, start) if not numeral.is_word else None
    unit = unit_at(text, numeral.end)
    if unit is None and numeral.is_vague and (of := _OF.match(text, numeral.end)):
        unit = unit_at(text, of.end())
    if sign is not None and (unit is None or sign[0] == "money"):
        end = unit.end if unit is not None and unit.kind == sign[0] else numeral.end
        code = (unit.code if unit is not None and unit.kind == sign[0] else None) or sign[1]
        return Quantity(sign[2], end, value, high, code, None, approximate, sign[0], f"{sign[0]}_sign")
    if (
        unit is None
        and high is None
        and not text.startswith((".", ",", "\n"), numeral.end)
        and (ranged := _open_range(text, numeral, words, limit)) is not None
    ):
        numeral, high, unit = ranged
        value = numeral.value
    if unit is not None:
        if high is None and words and words[-1] in context("between"):
            high, unit = _second_measure(text, unit, limit)
        return _measured(text, numeral, high, unit, approximate)
    if _is_identifier(text, numeral, words, before):
        return None
    if order := _ordered(text, numeral, words, before):
        return order
    counted = _counted(text, numeral.end, numeral.is_vague or numeral.is_scaled, numeral.is_definite)
    approximate = approximate or _said_after(text, counted[1] if counted else numeral.end)
    if counted is None and not _stands_alone(text, numeral, words, approximate):
        return None
    rule = "vague_number" if numeral.is_vague else "number_noun" if counted else "number_alone"
    return Quantity(start, numeral.end, value, high, None, counted, approximate, "count", rule)


_OF: Final = re.compile(r" (?:of|من)(?= )")


def _measured(text: str, numeral: Numeral, high: float | None, unit: Unit, approximate: bool) -> Quantity:
    value, end = numeral.value, unit.end
    half = _HALF.match(text, end) if unit.kind == "measure" else None
    if half is not None:
        value, end = value + 0.5, half.end()
    approximate = approximate or _said_after(text, end)
    rule = f"{unit.kind}_unit" if high is None else f"{unit.kind}_range"
    return Quantity(numeral.start, end, value, high, unit.code, None, approximate, unit.kind, rule)


def _suffixed(text: str, numeral: Numeral, high: float | None, suffix: re.Match[str], rough: bool) -> Quantity | None:
    """`$5bn`, `15th`, `80km`."""
    letters = suffix[0]
    sign = sign_before(text, numeral.start)
    if letters in ("st", "nd", "rd", "th"):
        return Quantity(
            numeral.start, suffix.end(), numeral.value, None, None, None, False, "ordinal", "ordinal_digits"
        )
    if letters in _SCALE_SUFFIX and (sign is not None or letters != "m"):
        value, upper = numeral.value * _SCALE_SUFFIX[letters], high and high * _SCALE_SUFFIX[letters]
        if sign is not None:
            return Quantity(sign[2], suffix.end(), value, upper, sign[1], None, rough, sign[0], f"{sign[0]}_sign")
        scaled = numeral._replace(end=suffix.end(), value=value, is_scaled=True)
        unit = unit_at(text, scaled.end)
        if unit is not None:
            return _measured(text, scaled, upper, unit, rough)
        counted = _counted(text, scaled.end, True, False)
        return Quantity(scaled.start, scaled.end, value, upper, None, counted, rough, "count", "number_noun")
    unit = unit_at(text, numeral.end)
    if unit is not None:
        return _measured(text, numeral, high, unit, rough)
    if letters == "m":
        return Quantity(numeral.start, suffix.end(), numeral.value, high, "m", None, rough, "measure", "measure_unit")
    return None


def _open_range(text: str, numeral: Numeral, words: list[str], limit: int) -> tuple[Numeral, float, Unit | None] | None:
    """`5 الي 10 ملايين`, `بين 5 و10 ملايين`: the scale and unit after the second number are those of both."""
    between = bool(words) and words[-1] in context("between")
    match = _BETWEEN_RANGE.match(text, numeral.end) or (_AND.match(text, numeral.end) if between else None)
    if match is None or match.end() >= limit:
        return None
    place = match.end()
    if not (text[place].isdigit() or text[place].isalpha()):
        return None
    second = read_numeral(text, place, limit)
    if second is None or second.is_vague:
        return None
    first = numeral.value
    factor = second.value / first if first else 0
    scale = _trailing_scale(text, place, second)
    if scale and not numeral.is_scaled:
        first *= scale
    elif factor <= 1:
        return None
    if first >= second.value:
        return None
    return (
        numeral._replace(value=first, end=second.end, is_scaled=second.is_scaled),
        second.value,
        unit_at(text, second.end),
    )


def _second_measure(text: str, unit: Unit, limit: int) -> tuple[float | None, Unit]:
    """`بين 30% و50%`: the second number and its unit, when it is the same."""
    match = _AND.match(text, unit.end)
    second = (
        read_numeral(text, match.end(), limit)
        if match and match.end() < limit and text[match.end()].isalnum()
        else None
    )
    other = unit_at(text, second.end) if second else None
    if second is None or other is None or (other.kind, other.code) != (unit.kind, unit.code):
        return None, unit
    return second.value, other


_AND: Final = re.compile(r" و ?| and ")


def _trailing_scale(text: str, start: int, numeral: Numeral) -> float:
    """The scale word that ends a number in digits."""
    if not numeral.is_scaled or not text[start].isdigit():
        return 0.0
    read = numerals.digits_value(text[start : numeral.end].split(" ")[0], True)
    return numeral.value / read[0] if read and read[0] else 0.0


def _counted(text: str, end: int, may_be_definite: bool, is_definite: bool) -> tuple[int, int] | None:
    """The place of the counted noun after a number; None when the next word is none.

    `جنديا`, `من القيادات`; after a scale or a plural of one also a definite noun (`الاف الاميال`).
    """
    match = _WORD_AFTER.match(text, end)
    if match is None:
        return None
    word = match[1]
    if word in context("of"):
        noun = _WORD_AFTER.match(text, match.end())
        if noun is None or noun[1] in context("not_counted") or noun[1] in numerals.words():
            return None
        return noun.span(1)
    if word in context("not_counted"):
        return None
    if word[0].isascii():
        plural = _LATIN_PLURAL.match(text, match.start(1) - 1) if text[match.start(1) - 1] == " " else None
        if plural is not None and not context("not_counted").intersection(plural[1].split()):
            return plural.end(1) - len(plural[1].split()[-1]), plural.end(1)
        return match.span(1) if may_be_definite else None
    if (word[0] == "و" and word not in context("counted_waw")) or (
        word[0] == "ل" and word not in context("counted_lam")
    ):
        return None
    if word.startswith("ال") and len(word) > 4:
        return match.span(1) if may_be_definite else None
    if word.startswith(("بال", "وال", "فال", "كال")) or word in numerals.words() or len(word) < 2:
        return None
    return match.span(1)


def _is_identifier(text: str, numeral: Numeral, words: list[str], before: str) -> bool:
    if words and _identifies(words[-1]) and before.rstrip(' (:."«').endswith(words[-1]):
        return True
    if numeral.is_word or numeral.is_scaled:
        return False
    run = text[numeral.start : numeral.end]
    if run.isdigit() and len(run) >= _LONG_NUMBER:
        return True
    return bool(_ENUMERATES.search(before)) and text[numeral.end : numeral.end + 1] in ("-", ".", ")", "–", "]")


def _identifies(word: str) -> bool:
    named = context("identifies")
    return word in named or (word[0] in "وبلف" and word[1:] in named)


def _ordered(text: str, numeral: Numeral, words: list[str], before: str) -> Quantity | None:
    """`الدقيقه 62`, `الجوله ال 22`, `لقبه ال11`: a number that says which one."""
    if numeral.is_word or numeral.is_scaled or numeral.value != int(numeral.value):
        return None
    article = _DIGIT_ORDINAL.search(before)
    tail = before[: article.start()] if article else before
    noun = (_WORDS.findall(tail) or [""])[-1]
    follows = tail.rstrip(" (").endswith(noun)
    is_order = bool(noun) and follows and noun in context("orders") and not _is_tamyiz(text, numeral.end)
    if not is_order and article is not None:
        if _counted(text, numeral.end, False, False) is not None or not noun or not follows:
            return None
        is_order = bool(_DEFINITE.match(noun) or _POSSESSED.search(noun)) and not _PLURAL.search(noun)
    if not is_order:
        return None
    return Quantity(numeral.start, numeral.end, numeral.value, None, None, None, False, "ordinal", "ordinal_digits")


def _is_tamyiz(text: str, end: int) -> bool:
    """Whether the accusative of a counted noun follows: `17 زعيما`."""
    match = _WORD_AFTER.match(text, end)
    return match is not None and match[1][-1] == "ا" and len(match[1]) > 3 and match[1] not in context("not_counted")


def _said_after(text: str, end: int) -> bool:
    match = _AFTER_WORDS.match(text, end)
    return match is not None and (match[1] in context("approximate_after") or match[1].split()[0] == "تقريبا")


def _stands_alone(text: str, numeral: Numeral, words: list[str], approximate: bool) -> bool:
    """Whether a number without a noun is a size all the same."""
    if numeral.is_vague:
        return numeral.is_definite or _WORD_AFTER.match(text, numeral.end) is None
    if numeral.is_scaled or approximate:
        return not (numeral.is_word and numeral.value == 1000)
    if numeral.is_word:
        return numeral.value >= 11 and text[numeral.start].isascii() is False
    if "," in text[numeral.start : numeral.end] or "٬" in text[numeral.start : numeral.end]:
        return numeral.value >= 1000
    following = _WORD_AFTER.match(text, numeral.end)
    if following is not None and following[1] in _PARTITIVE:
        return True
    return bool(words) and words[-1] in context("states")


_PARTITIVE: Final = frozenset(map(fold, ("منهم", "منها", "منهن", "بينهم")))
