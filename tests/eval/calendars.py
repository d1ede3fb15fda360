"""Decides how a moment is written in the calendars and habits of news pages; it reads no dates and shares no code with
the parser's date engine, whose answers it is there to check."""

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from hijridate import Gregorian

_TABLES: Final[dict[str, dict[str, Any]]] = tomllib.loads(Path(__file__).with_name("calendars.toml").read_text("utf-8"))
_NOWRUZ_1403: Final = date(2024, 3, 20)
_UNITS: Final = (("minutes", 60, 60), ("hours", 3600, 24), ("days", 86400, 10**9))
DIGITS: Final = {
    "arabic-indic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "persian": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}


@cache
def hijri(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Umm al-Qura calendar."""
    return Gregorian.fromdate(day).to_hijri().datetuple()


@cache
def jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Iranian calendar, by the 33-year leap cycle (exact for 1178-1633).

    >>> jalali(date(2025, 3, 20)), jalali(date(2025, 3, 21)), jalali(date(2024, 11, 30))
    ((1403, 12, 30), (1404, 1, 1), (1403, 9, 10))
    """
    year, days = 1403, (day - _NOWRUZ_1403).days
    while days < 0:
        year -= 1
        days += _jalali_length(year)
    while days >= _jalali_length(year):
        days -= _jalali_length(year)
        year += 1
    month = days // 31 if days < 186 else 6 + (days - 186) // 30
    return year, month + 1, days - (month * 31 if month < 6 else 186 + (month - 6) * 30) + 1


def _jalali_length(year: int) -> int:
    return 366 if (8 * year + 29) % 33 < 8 else 365


def lag(moment: datetime, now: datetime) -> tuple[str, int]:
    """The unit and count that a page prints for the time between; at least one minute."""
    seconds = int((now.astimezone(UTC) - moment.astimezone(UTC)).total_seconds())
    for unit, size, limit in _UNITS:
        if seconds < size * limit:
            return unit, max(1, seconds // size)
    raise AssertionError("days have no limit")


def ordinal(n: int) -> str:
    """English ordinal, as in `30th`."""
    return f"{n}{'th' if 11 <= n % 100 <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


class Stamp:
    """A zoned moment whose attributes are the slots of a layout: `{pub.day} {pub.gulf} {pub.year}`.

    Every table of months is an attribute, every table of weekdays one with `weekday_` before its name, every table of
    relative times one with `ago_` and every table of near days one with `days_` before it; `_FORMS` has the rest.
    """

    __slots__ = ("moment", "now")

    def __init__(self, moment: datetime, now: datetime) -> None:
        self.moment, self.now = moment, now

    def __getattr__(self, slot: str) -> str:
        if form := _FORMS.get(slot):
            return form(self.moment)
        if months := _TABLES["months"].get(slot):
            day = self.moment.date()
            index = {"hijri": hijri, "jalali": jalali}[slot](day)[1] if slot in ("hijri", "jalali") else day.month
            return str(months[index - 1])
        kind, _, language = slot.partition("_")
        if kind == "weekday":
            return str(_TABLES["weekdays"][language][self.moment.weekday()])
        if kind == "ago":
            unit, n = lag(self.moment, self.now)
            forms = _TABLES["ago"][language][unit]
            return str(forms[0 if n == 1 else 1 if n == 2 else 2 if n <= 10 else 3]).format(n=n)
        if kind == "days":
            passed = (self.now.astimezone(self.moment.tzinfo).date() - self.moment.date()).days
            return str(_TABLES["days"][language][passed])
        raise AttributeError(slot)


def _offset(moment: datetime) -> str:
    seconds = int(moment.utcoffset().total_seconds())  # type: ignore[union-attr]
    return f"{'-' if seconds < 0 else '+'}{abs(seconds) // 3600}"


_FORMS: Final[dict[str, Callable[[datetime], str]]] = {
    "day": lambda m: str(m.day),
    "dd": lambda m: f"{m.day:02}",
    "ordinal": lambda m: ordinal(m.day),
    "month": lambda m: str(m.month),
    "mm": lambda m: f"{m.month:02}",
    "year": lambda m: str(m.year),
    "H": lambda m: str(m.hour),
    "HH": lambda m: f"{m.hour:02}",
    "h12": lambda m: f"{(m.hour - 1) % 12 + 1:02}",
    "MM": lambda m: f"{m.minute:02}",
    "SS": lambda m: f"{m.second:02}",
    "am": lambda m: "am" if m.hour < 12 else "pm",
    "am_ar": lambda m: "ص" if m.hour < 12 else "م",
    "am_ar_long": lambda m: "صباحا" if m.hour < 12 else "مساء",
    "utc_stamp": lambda m: f"{m.astimezone(UTC):%Y-%m-%d@%H:%M:%S}",
    "offset": _offset,
    "hijri_day": lambda m: str(hijri(m.date())[2]),
    "hijri_month": lambda m: str(hijri(m.date())[1]),
    "hijri_year": lambda m: str(hijri(m.date())[0]),
    "jalali_day": lambda m: str(jalali(m.date())[2]),
    "jalali_month": lambda m: f"{jalali(m.date())[1]:02}",
    "jalali_dd": lambda m: f"{jalali(m.date())[2]:02}",
    "jalali_year": lambda m: str(jalali(m.date())[0]),
}
