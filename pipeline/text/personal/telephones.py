"""Decides which digits are a telephone number, and of which country: what the numbering plans of `phonenumbers` allow.

With a country code (`+`, `00`) the number says so itself. Without one the plans of the likely countries are tried: after a word
for telephone any number, else a mobile number with its leading zero. Of more than one country that it fits, none is named.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final

_INTERNATIONAL: Final = re.compile(r"(?:\+ ?|(?<![0-9])00 ?[ -]?)(?=[1-9])")
_NUMBER: Final = re.compile(r"[(]?[0-9](?:[ ()./\-\u2010-\u2015]{0,3}[0-9])*")
_SEPARATE: Final = re.compile(r" ?[/\u2013\u2014] ?| - ")
_MOST_DIGITS: Final = 15
_MOBILE_DIGITS: Final = 10
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}\b")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")


@cache
def _regions(name: str) -> tuple[str, ...]:
    table = tomllib.loads((resources.files(__package__) / "issuers.toml").read_text("utf-8"))
    return tuple(table["regions"][name])


def telephone(text: str, first: int, last: int, is_called: bool) -> Iterator[tuple[int, int, str | None, str]]:
    """The telephone numbers in a cluster of digits: start, end, country, rule.

    Args:
        text: Folded.
        first, last: The cluster.
        is_called: Whether a word for telephone stands before it.
    """
    start = first
    while start > 0 and text[start - 1] in "+(":
        start -= 1
    parts = [*_SEPARATE.finditer(text, start, last)]
    edges = [start, *(match.end() for match in parts)], [*(match.start() for match in parts), last]
    whole = list(_international(text, start, last)) if not parts else []
    if whole:
        yield from whole
        return
    for begin, end in zip(*edges, strict=True):
        found = list(_international(text, begin, end)) or list(_national(text, begin, end, is_called))
        yield from found


def _international(text: str, start: int, end: int) -> Iterator[tuple[int, int, str | None, str]]:
    import phonenumbers  # its tables take a tenth of a second, and most corpora have texts without numbers

    for match in _INTERNATIONAL.finditer(text, start, end):
        number = _NUMBER.match(text, match.end(), end)
        if number is None or text[max(0, match.start() - 1) : match.start()].isalnum():
            continue
        digits = re.sub("[^0-9]", "", number[0])
        if not 7 <= len(digits) <= _MOST_DIGITS:
            continue
        try:
            parsed = phonenumbers.parse("+" + digits)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            region = phonenumbers.region_code_for_number(parsed)
            yield match.start(), number.end(), None if region == "001" else region, "phone_international"
            return


def _national(text: str, start: int, end: int, is_called: bool) -> Iterator[tuple[int, int, str | None, str]]:
    number = _NUMBER.match(text, start, end)
    if number is None or text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum():
        return
    printed = number[0]
    begin = number.start()
    if printed[0] == "(" and ")" not in printed:
        printed, begin = printed[1:], begin + 1
    digits = re.sub("[^0-9]", "", printed)
    if not 7 <= len(digits) <= 11 or _GROUPED.fullmatch(printed) or _YEARS.match(printed):
        return
    is_mobile = digits[0] == "0" and len(digits) >= _MOBILE_DIGITS
    if not (is_called or is_mobile):
        return
    countries = _countries(digits, _regions("national") if is_called else _regions("mobile"), not is_called)
    if countries:
        rule = "phone_word" if is_called else "phone_mobile"
        yield begin, number.end(), countries[0] if len(countries) == 1 else None, rule


def _countries(digits: str, regions: tuple[str, ...], mobile_only: bool) -> list[str]:
    import phonenumbers
    from phonenumbers import PhoneNumberType

    found = []
    for region in regions:
        try:
            parsed = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if not phonenumbers.is_valid_number_for_region(parsed, region):
            continue
        kind = phonenumbers.number_type(parsed) if mobile_only else None
        if not mobile_only or kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
            found.append(region)
    return found
