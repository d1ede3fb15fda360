"""Decides which dates a snippet of a text mentions, as the date engine reads it. Articles say the same few things of time, so the
answers are remembered, by as much of the day of writing as they depend on.
"""

from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

from pipeline.enrichers.numbers.model import DateMention
from pipeline.text.dates import NewsDate
from pipeline.text.dates.calendars import month_span
from pipeline.text.dates.reader import Expressions, Needs, read_expressions
from pipeline.text.dates.statement import Context
from pipeline.text.remembered import Remembered
from schemas.vocab import Calendar

_ROOM: Final = 1 << 14


class Writing(NamedTuple):
    """When and how a text was written.

    Attributes:
        at: In the outlet's time, as UTC; None when nobody knows.
        noon: Of that day.
        language: Decides the order of all-numeric dates; None when it is not known.
        source: Without a language, the text of which the script decides it; else "".
    """

    at: datetime | None
    noon: datetime | None
    language: str | None
    source: str


def writing(at: datetime | None, language: str | None, snippets: list[str]) -> Writing:
    """How the snippets of a text were written."""
    noon = datetime.combine(at.date(), time(12), UTC) if at else None
    return Writing(at, noon, language, "" if language else "\n".join(snippets))


def mentions_of(snippet: str, written: Writing) -> tuple[DateMention, ...]:
    """The dates of a snippet, as `find_dates` gives them, of which the days are known; places are in the snippet."""
    at, noon, language, source = written
    _, needs = _EXPRESSIONS[snippet, at is not None]
    as_of = at if needs is Needs.INSTANT else noon if needs is Needs.DAY else None
    return _MENTIONS[snippet, at is not None, as_of, language, source]


def dates_of(snippet: str, is_dated: bool, as_of: datetime | None, language: str | None, source: str) -> list[NewsDate]:
    """The dates of a snippet; when the day of writing is known (`is_dated`), `as_of` is as much of it as they depend on."""
    expressions, _ = _EXPRESSIONS[snippet, is_dated]
    return expressions.dates(Context("UTC", as_of, None, language, source, is_field=False))


def _read(key: tuple[str, bool]) -> tuple[Expressions, Needs]:
    expressions = read_expressions(*key)
    if not expressions.found:  # their tokens need no room
        expressions = expressions._replace(classes="", tokens=[])
    return expressions, expressions.needs()


def _mentions(key: tuple[str, bool, datetime | None, str | None, str]) -> tuple[DateMention, ...]:
    return tuple(mention for found in dates_of(*key) if (mention := _mention(found)))


_EXPRESSIONS: Final = Remembered(_read, room=_ROOM)
_MENTIONS: Final = Remembered(_mentions, room=_ROOM)


def _mention(found: NewsDate) -> DateMention | None:
    """The mention of a date of the engine; None when its days are not known."""
    days = _days(found)
    if days is None:
        return None
    agrees = None
    if found.weekday is not None and found.day is not None:
        agrees = found.day.weekday() == found.weekday
    return DateMention(
        found.start,
        found.end,
        *days,
        found.precision.value,
        found.calendar.value,
        found.is_relative,
        found.is_ambiguous,
        agrees,
        found.form,
    )


def _days(found: NewsDate) -> tuple[date, date] | None:
    if found.day is not None:
        return found.day, found.day
    if found.days is not None:
        return found.days
    if found.year is None:
        return None
    if found.month is not None:
        return month_span(Calendar.GREGORIAN, found.year, found.month)
    return date(found.year, 1, 1), date(found.year, 12, 31)
