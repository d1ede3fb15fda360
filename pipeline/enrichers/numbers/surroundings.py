"""Decides what the words beside a number say: what is counted, whether it is rounded, whether the number only names a thing."""

import re
from functools import cache
from typing import Final

from pipeline.enrichers.numbers import numerals
from pipeline.enrichers.numbers.numerals import Numeral
from pipeline.enrichers.numbers.tables import context
from pipeline.text.arabic import fold

CHARACTERS_BEFORE: Final = 26
"""How much of the text before a number is looked at."""

WORDS: Final = re.compile(r"[^\W\d_]+")
DEFINITE: Final = re.compile(r"(?:[وبفك]?ال|لل|ول?لل)..")
POSSESSED: Final = re.compile(r"..(?:ه|ها|هم|نا)\Z")

_WORD_AFTER: Final = re.compile(r"(?: ?[)\]»”\"'’])? ?-?([^\W\d_]+)")
_TWO_AFTER: Final = re.compile(r"[)\]»\"']? ?(([^\W\d_]+)(?: [^\W\d_]+)?)")
_LATIN_PLURAL: Final = re.compile(r" ((?:[a-z]+ ){0,2}?[a-z]+[^su' ]s|people|men|women|children)(?![a-z])")
_ENUMERATES: Final = re.compile(r"(?:\A|\n) *[(\[]?\Z")
_LONG_NUMBER: Final = 7  # digits without a separator: an identifier unless a unit follows
_PARTITIVE: Final = frozenset(map(fold, ("منهم", "منها", "منهن", "بينهم")))


def is_approximate(before: list[str]) -> bool:
    """Whether the words before a number say that it is rounded or a bound."""
    if before and before[-1] == "ال":  # of `ال 5 عقود`
        before = before[:-1]
    if not before:
        return False
    if before[-1] in context("approximate_before"):
        return True
    return before[-1] in _pair_ends() and " ".join(before[-2:]) in context("approximate_pairs")


@cache
def _pair_ends() -> frozenset[str]:
    return frozenset(pair.rpartition(" ")[2] for pair in context("approximate_pairs"))


def is_said_after(text: str, end: int) -> bool:
    """Whether the words at a place after a number say so (`تقريبا`, `على الاقل`)."""
    match = _TWO_AFTER.match(text, end)
    known = context("approximate_after")
    return match is not None and (match[1] in known or match[2] in known)


def counted_noun(text: str, end: int, may_be_definite: bool) -> tuple[int, int] | None:
    """The place of the counted noun at a place after a number; None when the next word is none.

    `جنديا`, `من القيادات`; after a scale or a plural of one also a definite noun (`الاف الاميال`). In English a plural, before which
    adjectives may stand.
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
    is_particle = {"و": "counted_waw", "ل": "counted_lam"}.get(word[0])
    if is_particle is not None and word not in context(is_particle):
        return None
    if word.startswith("ال") and len(word) > 4:
        return match.span(1) if may_be_definite else None
    if word.startswith(("بال", "وال", "فال", "كال")) or word in numerals.words() or len(word) < 2:
        return None
    return match.span(1)


def is_tamyiz(text: str, end: int) -> bool:
    """Whether the accusative of a counted noun stands at a place after a number: `17 زعيما`."""
    match = _WORD_AFTER.match(text, end)
    if match is None or len(match[1]) < 4 or match[1] in context("not_counted"):
        return False
    return match[1].endswith("ا") and not match[1].endswith("وا")  # that is a verb


def is_identifier(text: str, numeral: Numeral, words: list[str], before: str) -> bool:
    """Whether a number without a unit names what stands before it, is an item of a list, or is too long to be a size."""
    if words and _identifies(words[-1]) and before.rstrip(' (:."«').endswith(words[-1]):
        return True
    if numeral.is_word or numeral.is_scaled:
        return False
    if numeral.end - numeral.start >= _LONG_NUMBER and text[numeral.start : numeral.end].isdigit():
        return True
    return text.startswith(("-", ".", ")", "–", "]"), numeral.end) and bool(_ENUMERATES.search(before))


def _identifies(word: str) -> bool:
    named = context("identifies")
    return word in named or (word[0] in "وبلف" and word[1:] in named)


def stands_alone(text: str, numeral: Numeral, words: list[str], approximate: bool) -> bool:
    """Whether a number without a noun is a size all the same."""
    if numeral.is_vague:
        return numeral.is_definite or _WORD_AFTER.match(text, numeral.end) is None
    if numeral.is_scaled or approximate:
        return not (numeral.is_word and numeral.value == 1000)
    if numeral.is_word:
        return numeral.value >= 11 and not text[numeral.start].isascii()
    printed = text[numeral.start : numeral.end]
    if "," in printed or "٬" in printed:
        return numeral.value >= 1000
    following = _WORD_AFTER.match(text, numeral.end)
    if following is not None and following[1] in _PARTITIVE:
        return True
    return bool(words) and words[-1] in context("states")
