"""Decides which Gregorian day a Hijri or Jalali day is; it does not decide which calendar a text means.

Hijri is the Umm al-Qura calendar of Saudi Arabia (hijridate, 1343 to 1500 AH); local sightings differ from it by a day or two.
Jalali is the solar calendar of Iran and Afghanistan. Its leap years follow the equinox; the arithmetic of eight leap years in
33 (ICU and CLDR count the same way) gives the observed ones from 1244 to 1472 AP (1865 to 2094).
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from hijridate import Hijri

from schemas.vocab import Calendar

HIJRI_YEARS: Final = range(1343, 1501)
JALALI_YEARS: Final = range(1244, 1473)

# Years of the 33-year cycle that are leap, by remainder: 1399, 1403, 1408, 1412 and so on.
_LEAP_REMAINDERS: Final = (1, 5, 9, 13, 17, 22, 26, 30)
_NEW_YEAR_1403: Final = date(2024, 3, 20)


@lru_cache(maxsize=1 << 12)
def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The Gregorian day.

    Raises:
        ValueError: The day does not exist, or the year is outside the range of the calendar's table.
    """
    if calendar is Calendar.GREGORIAN:
        return date(year, month, day)
    if calendar is Calendar.JALALI:
        return _jalali(year, month, day)
    if year not in HIJRI_YEARS:
        raise ValueError(f"{year} AH is outside the Umm al-Qura table")
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except OverflowError as error:
        raise ValueError(str(error)) from error
    return date(gregorian.year, gregorian.month, gregorian.day)


@lru_cache(maxsize=1 << 12)
def month_span(calendar: Calendar, year: int, month: int) -> tuple[date, date]:
    """First and last Gregorian day of a month. Raises ValueError as `to_gregorian` does."""
    first = to_gregorian(calendar, year, month, 1)
    for length in (31, 30, 29, 28):
        try:
            return first, to_gregorian(calendar, year, month, length)
        except ValueError:
            continue
    raise ValueError(f"{year}-{month} has no last day")


def year_of(calendar: Calendar, day: date) -> int:
    """The year of a calendar in which a Gregorian day lies. Raises ValueError outside the table."""
    if calendar is Calendar.GREGORIAN:
        return day.year
    guess = day.year - 621 if calendar is Calendar.JALALI else int((day.year - 621.5) * 33 / 32)
    for year in (guess + 2, guess + 1, guess, guess - 1, guess - 2):
        try:
            if to_gregorian(calendar, year, 1, 1) <= day:
                return year
        except ValueError:
            continue
    raise ValueError(f"{day} is outside the table of {calendar}")


def _jalali(year: int, month: int, day: int) -> date:
    if year not in JALALI_YEARS:
        raise ValueError(f"{year} is outside the table of the Jalali calendar")
    leap = year % 33 in _LEAP_REMAINDERS
    length = 31 if month <= 6 else 30 if month <= 11 or leap else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"{year}-{month}-{day} is not a day of the Jalali calendar")
    return _jalali_new_year(year) + timedelta(days=31 * (month - 1) - max(month - 7, 0) + day - 1)


def _jalali_new_year(year: int) -> date:
    """1 Farvardin, counted in days from that of 1403."""
    leap_days = _leaps_before(year) - _leaps_before(1403)
    return _NEW_YEAR_1403 + timedelta(days=365 * (year - 1403) + leap_days)


def _leaps_before(year: int) -> int:
    cycles, remainder = divmod(year, 33)
    return 8 * cycles + sum(leap < remainder for leap in _LEAP_REMAINDERS)
