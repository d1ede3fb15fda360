"""Decides what a date read from text consists of; it does not decide how one is read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from schemas.vocab import Calendar, Precision


class DateOrder(StrEnum):
    """The order of the parts of an all-numeric date in which the year does not lead with four digits."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class NewsDate:
    """A date that a text states.

    Attributes:
        instant: Aware UTC; midnight of the day in its zone when only the day is stated; None when coarser than a day.
        day: The Gregorian calendar day as printed, in the zone of the statement; None when coarser than a day.
        year: Gregorian year; None when the statement leaves it open (a Hijri year spans two).
        month: Gregorian month, 1 to 12; None when only a year is stated, or when a Hijri or Jalali month spans two.
        precision: How much is stated, by the finest part of it.
        calendar: The calendar in which the date is printed; the Gregorian one when several stand side by side.
        zone: The printed zone: an offset such as ``+03:00`` or ``GMT``, or the IANA zone of a named one (`بتوقيت القاهرة`). Else
            the `zone` that was given, when a time of day or a relative form depends on it. Else None: a plain day is the
            same day in every zone (its `instant` still is the midnight of the given zone).
        raw: The matched text, ``text[start:end]``.
        start: First code point of the match.
        end: Past the last code point of the match.
        is_relative: Resolved against an anchor (`أمس`, `منذ ساعتين`, a day and month without a year).
        is_ambiguous: The statement can be read in more than one way, or contradicts itself: day and month could change
            places, the weekday is another one, two calendars disagree by more than a day, a time that does not exist.
        form: The form of the expression, as `grammar.FORMS` names them; "" for a stamp. This and what follows tells how the date
            was read, and is not compared.
        weekday: The weekday printed with it, Monday 0.
        days: First and last day of a month or year, where a calendar's table has it.
    """

    instant: datetime | None
    day: date | None
    year: int | None
    month: int | None
    precision: Precision
    calendar: Calendar
    zone: str | None
    raw: str
    start: int
    end: int
    is_relative: bool
    is_ambiguous: bool
    form: str = field(default="", compare=False)
    weekday: int | None = field(default=None, compare=False)
    days: tuple[date, date] | None = field(default=None, compare=False)
