"""Decides which numbers say which one of a series, and which definite numbers count the noun before them."""

import re
from typing import Final

from pipeline.enrichers.numbers import numerals
from pipeline.enrichers.numbers.model import Quantity
from pipeline.enrichers.numbers.numerals import Numeral
from pipeline.enrichers.numbers.surroundings import DEFINITE, POSSESSED, WORDS, counted_noun, is_approximate, is_tamyiz
from pipeline.enrichers.numbers.tables import context
from pipeline.enrichers.numbers.units import unit_at, unit_named

_ARTICLE: Final = re.compile(r"(?<![^\W\d_])[وبلفك]?(?:ال|لل) ?\Z")
_TEEN: Final = re.compile(r" عشره?(?![^\W\d_])")
_TENS: Final = re.compile(r" (?:و ?)?ال(عشرين|عشرون|ثلاثين|اربعين|خمسين|ستين|سبعين|ثمانين|تسعين)(?![^\W\d_])")
_PLURAL: Final = re.compile(r"(?:ات|ين|ون)\Z|\A[وبلفك]?(?:ال|لل)دول\Z")


def ordinal_word(text: str, start: int, end: int, before: str) -> Quantity | None:
    """`الجوله الحاديه عشره`: after a definite noun; else it is a name (`محمد السادس`) or an adverb."""
    value: float = numerals.ordinals()[text[start:end]]
    words = WORDS.findall(before)
    if not words:
        return None
    noun = words[-1]
    if text[start].isascii():
        is_fraction = noun in ("a", "one", "two")
        return None if is_fraction else Quantity(start, end, value, "ordinal", "ordinal_word")
    if before[-1] not in (" ", "(") or not context("not_ordinal_after").isdisjoint(words[-2:]):
        return None
    if not (DEFINITE.match(noun) or POSSESSED.search(noun)):
        return None
    if teen := _TEEN.match(text, end):
        value, end = value + 10, teen.end()
    elif tens := _TENS.match(text, end):
        value, end = value + numerals.words()[tens[1]].value, tens.end()
    return Quantity(start, end, value, "ordinal", "ordinal_word") if value >= 3 else None


def ordinal_digits(text: str, numeral: Numeral, words: list[str], before: str) -> Quantity | None:
    """`الدقيقه 62`, `الجوله ال 22`, `لقبه ال11`."""
    if numeral.is_word or numeral.is_scaled or numeral.value != int(numeral.value) or not words:
        return None
    article = _ARTICLE.search(before) if words[-1].endswith(("ال", "لل")) else None
    if article is not None:
        before = before[: article.start()]
        words = WORDS.findall(before)
    if not words or not before.rstrip(" (").endswith(words[-1]):
        return None
    noun = words[-1]
    is_ordinal = noun in context("orders") and not is_tamyiz(text, numeral.end)
    if not is_ordinal and article is not None and counted_noun(text, numeral.end, False) is None:
        is_ordinal = bool(DEFINITE.match(noun) or POSSESSED.search(noun)) and not _PLURAL.search(noun)
    return Quantity(numeral.start, numeral.end, numeral.value, "ordinal", "ordinal_digits") if is_ordinal else None


def definite_number(text: str, numeral: Numeral, before: str) -> Quantity | None:
    """`المتهمين الاربعه`: a definite number after a definite noun, which it counts; `الثلاث سنوات`, `الاثني عشر شخصا`: before a unit or a noun."""
    start, value = numeral.start, numeral.value
    words = WORDS.findall(before)
    if unit := unit_at(text, numeral.end):
        rough = is_approximate(words)
        return Quantity(start, unit.end, value, unit.kind, f"{unit.kind}_unit", unit.code, is_approximate=rough)
    if not words or not (DEFINITE.match(words[-1]) or POSSESSED.search(words[-1])):
        counted = counted_noun(text, numeral.end, False) if is_tamyiz(text, numeral.end) else None
        return Quantity(start, numeral.end, value, "count", "number_noun", counted=counted) if counted else None
    noun = words[-1]
    if noun in context("not_ordinal_after") or noun in context("identifies") or noun in numerals.ordinals():
        return None
    code = unit_named(noun)  # `السنوات العشر`
    return Quantity(start, numeral.end, value, "measure" if code else "count", "definite_number", code)
