"""Decides whether a whole field is one of the commonest complete stamps; everything else is the matter of the engine.

A stamp states its year, month and day in a form that leaves no choice, so neither anchor nor habits count. The answer is the one
that the engine gives (a property test compares them), thirty times sooner.
"""

import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Final

from pipeline.text.dates.lexicon import languages
from pipeline.text.dates.model import NewsDate
from pipeline.text.dates.statement import zone_info
from schemas.vocab import Calendar, Precision

# Years outside these may be of another calendar.
_YEAR: Final = "(?P<year>(?:19|20)[0-9]{2})"
_DAY: Final = "(?P<day>[12][0-9]|3[01]|0?[1-9])"
_NAMED_ZONE: Final = "(?: (?P<zone>GMT|UTC))?"
_MACHINE: Final = re.compile(
    _YEAR
    + "-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
    + r"(?:[T@ ](?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9])(?:\.[0-9]{1,9})?)?"
    + "(?:(?P<offset>Z|[+-](?:0[0-9]|1[0-4]):?(?:00|15|30|45))| (?P<zone>GMT|UTC))?)?"
)
_LONGEST: Final = 40


@cache
def _months() -> dict[str, int]:
    """The full English names, with which machines and templates print dates."""
    return {names[0]: number for number, names in enumerate(languages()["en"]["months"]["gregorian"], 1)}


@cache
def _printed() -> tuple[re.Pattern[str], ...]:
    month = f"(?P<month>{'|'.join(_months())})"
    return (
        re.compile(f"{_DAY}(?:st|nd|rd|th)?,? {month},? {_YEAR}{_NAMED_ZONE}"),
        re.compile(f"{month} {_DAY}, {_YEAR}{_NAMED_ZONE}"),
    )


@lru_cache(maxsize=1 << 12)
def read_stamp(text: str, zone: str) -> NewsDate | None:
    """The date of a text that is a complete stamp; None for every other text, which may be a date all the same.

    >>> read_stamp("2025-01-05@02:03:35 GMT", "UTC").instant.isoformat()
    '2025-01-05T02:03:35+00:00'
    """
    if len(text) > _LONGEST or not text.isascii():
        return None
    match = _MACHINE.fullmatch(text)
    if match is not None:
        stated = match.groupdict()
        month = int(stated["month"])
    else:
        match = next((found for pattern in _printed() if (found := pattern.fullmatch(text))), None)
        if match is None:
            return None
        stated = match.groupdict()
        month = _months()[stated["month"]]
    hour, minute, second, offset = (stated.get(part) for part in ("hour", "minute", "second", "offset"))
    named = stated["zone"]
    try:
        local = datetime(
            int(stated["year"]),
            month,
            int(stated["day"]),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=zone_info(_offset(offset) if offset else "UTC" if named else zone),
        )
    except ValueError:
        return None
    return NewsDate(
        instant=local.astimezone(UTC),
        day=local.date(),
        year=local.year,
        month=month,
        precision=Precision.SECOND if second else Precision.MINUTE if hour else Precision.DAY,
        calendar=Calendar.GREGORIAN,
        zone=offset or named or (zone if hour else None),
        raw=text,
        start=0,
        end=len(text),
        is_relative=False,
        is_ambiguous=False,
    )


def _offset(printed: str) -> str:
    return "UTC" if printed == "Z" else f"{printed[:3]}:{printed[-2:]}"
