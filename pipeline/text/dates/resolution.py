"""Decides which day or period a date expression states, given the zone, the anchor and the habits of its writer.

It does not decide where expressions are (`grammar`) nor times of day (`clock`). What is not stated stays unknown: no first of
January, no invented year.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Final

from pipeline.text.dates.calendars import HIJRI_YEARS, JALALI_YEARS, month_span, to_gregorian, year_of
from pipeline.text.dates.clock import with_clock
from pipeline.text.dates.grammar import Clock, Reading
from pipeline.text.dates.lexer import Token
from pipeline.text.dates.model import DateOrder
from pipeline.text.dates.statement import Context, Resolved
from schemas.vocab import Calendar, Precision

_NUMBER: Final = re.compile(r"\d+")
# A day and month without a year is past in a publication line. In running text it is the coming one when that is so near:
# of such days in three corpora nearly all were announcements, since ten months later one would say the year.
_ANNOUNCED_DAYS: Final = 60
_PIVOT: Final = 69  # POSIX: years 69 to 99 are of the 20th century


def resolve(reading: Reading, context: Context) -> Resolved | None:
    """The date that an expression states; None when there is no such day or its anchor is missing."""
    try:
        stated = _STATED[reading.form](reading, context)
        if stated is None:
            return None
        stated = stated._replace(form=reading.form, weekday=reading.weekday)
        if stated.precision in (Precision.MONTH, Precision.YEAR):
            return stated
        return _at_time(stated, reading, context)
    except (ValueError, OverflowError):
        return None


# -- absolute dates -----------------------------------------------------------------------------------------------------


def _compact(reading: Reading, context: Context) -> Resolved | None:
    digits = "".join(_NUMBER.findall(reading.parts["p"].word))
    if not context.is_field and len(digits) == 8 and "t" not in reading.parts["p"].word:
        return None
    return _day(date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])), Calendar.GREGORIAN)


def _numeric(reading: Reading, context: Context) -> Resolved | None:
    numbers = [(int(n), len(n)) for n in _NUMBER.findall(reading.parts["n"].word)]
    if numbers[0][1] != 4 and numbers[2][1] == 2:
        return _two_digit_year([n for n, _ in numbers], reading, context)
    year_first = numbers[0][1] == 4
    year, one, two = (n for n, _ in (numbers if year_first else (numbers[2], numbers[0], numbers[1])))
    calendar, is_sure = _calendar_of(year, reading, context)
    habit = context.habit()
    month_leads = year_first or (habit is DateOrder.MDY)
    readings = [(one, two), (two, one)] if month_leads else [(two, one), (one, two)]
    days = [day for month, dom in readings if (day := _existing(calendar, year, month, dom))]
    if not days:
        return None
    # Both may be months: only the writer's habit, or the weekday, tells them apart. Year first is month next everywhere.
    day, undecided = days[0], len(set(days)) == 2 and habit is None and not year_first
    if year_first and day != _existing(calendar, year, one, two):
        undecided = True
    if undecided and not year_first and reading.weekday is not None:
        agreeing = [other for other in days if other.weekday() == reading.weekday]
        if len(agreeing) == 1:
            day, undecided = agreeing[0], False
    is_sure = is_sure or day.weekday() == reading.weekday
    return _day(day, calendar, undecided or not is_sure)


def _two_digit_year(numbers: list[int], reading: Reading, context: Context) -> Resolved | None:
    """A two-digit year is read only on evidence: a weekday, an anchor within a year, or a known order in a date field."""
    habit, anchor = context.habit(), context.local_anchor()
    orders = [habit] if habit else list(DateOrder)
    days: set[date] = set()
    for order in orders:
        places = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}[order]
        year, month, dom = (numbers[place] for place in places)
        day = _existing(Calendar.GREGORIAN, _century(year), month, dom)
        if day is not None:
            days.add(day)
    evidence = habit is not None and context.is_field
    if reading.weekday is not None:
        days, evidence = {day for day in days if day.weekday() == reading.weekday}, True
    if anchor is not None:
        near = {day for day in days if -366 <= (day - anchor.date()).days <= 2}
        days, evidence = (near, True) if near or not evidence else (days, evidence)
    return _day(days.pop(), Calendar.GREGORIAN) if evidence and len(days) == 1 else None


def _century(year: int) -> int:
    return year + (1900 if year >= _PIVOT else 2000)


def _existing(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    try:
        return to_gregorian(calendar, year, month, day)
    except ValueError:
        return None


def _stated_era(reading: Reading) -> Calendar | None:
    era = reading.parts.get("e2") or reading.parts.get("e")
    if era is None:
        return None
    value = era.value if era.value is not None else era.entry.value if era.entry else None
    return value["E"] if isinstance(value, dict) else value


def _calendar_of(year: int, reading: Reading, context: Context) -> tuple[Calendar, bool]:
    """The calendar of a year, and whether the text says so."""
    era = _stated_era(reading)
    if era is not None:
        return era, True
    if year in JALALI_YEARS and context.solar():
        return Calendar.JALALI, True
    if year in HIJRI_YEARS:
        return Calendar.JALALI if year in JALALI_YEARS and _is_past_solar(year, context) else Calendar.HIJRI, False
    return Calendar.GREGORIAN, True


def _is_past_solar(year: int, context: Context) -> bool:
    """Whether a year, of no known language, has been in the Jalali calendar: in the Hijri one it is then 42 years ago or more."""
    anchor = context.local_anchor()
    return context.language is None and anchor is not None and year <= year_of(Calendar.JALALI, anchor.date())


def _named_month(reading: Reading, context: Context, year: int | None) -> tuple[Calendar, int] | None:
    """The one calendar and number that a month name, its dual partner and the era leave."""
    pairs = list(reading.parts["m"].value)
    if "u" in reading.parts:
        pairs = [pair for pair in pairs if pair in reading.parts["u"].value]
    era = _stated_era(reading)
    if era is not None:
        pairs = [pair for pair in pairs if pair[0] is era]
    if len(pairs) > 1 and year is not None:
        pairs = [pair for pair in pairs if (pair[0] is Calendar.GREGORIAN) == (year > HIJRI_YEARS[-1])] or pairs
    return pairs[0] if pairs else None


def _day_form(reading: Reading, context: Context) -> Resolved | None:
    if "b" in reading.parts:
        return None
    year = reading.parts["y"].value if "y" in reading.parts else _century(reading.parts["y2"].value)
    named = _named_month(reading, context, year)
    if named is None:
        return None
    calendar, month = named
    return _day(to_gregorian(calendar, year, month, reading.parts["d"].value), calendar)


def _month_form(reading: Reading, context: Context) -> Resolved | None:
    if "b" in reading.parts:
        return None
    year = reading.parts["y"].value
    named = _named_month(reading, context, year)
    return _month(*named, year) if named else None


def _year_form(reading: Reading, context: Context) -> Resolved | None:
    year = reading.parts["y"].value
    if "b" in reading.parts or not 1000 <= year < 3000:
        return None
    calendar, is_sure = _calendar_of(year, reading, context)
    if calendar is Calendar.GREGORIAN:
        return Resolved(None, year, None, Precision.YEAR, calendar, is_ambiguous=not is_sure)
    known = HIJRI_YEARS if calendar is Calendar.HIJRI else JALALI_YEARS
    days = (month_span(calendar, year, 1)[0], month_span(calendar, year, 12)[1]) if year in known else None
    return Resolved(None, None, None, Precision.YEAR, calendar, is_ambiguous=not is_sure, days=days)


def _day(day: date, calendar: Calendar, is_ambiguous: bool = False, is_relative: bool = False) -> Resolved:
    return Resolved(
        day, day.year, day.month, Precision.DAY, calendar, is_relative=is_relative, is_ambiguous=is_ambiguous
    )


def _month(calendar: Calendar, month: int, year: int, is_relative: bool = False) -> Resolved:
    first, last = month_span(calendar, year, month)
    return Resolved(
        None,
        first.year if first.year == last.year else None,
        first.month if first.month == last.month else None,
        Precision.MONTH,
        calendar,
        is_relative=is_relative,
        days=(first, last),
    )


# -- dates that need an anchor -------------------------------------------------------------------------------------------


def _direction(reading: Reading) -> int | None:
    """-1 for `last`, 1 for `next`, 0 for `current`, None when nothing is said."""
    word = reading.parts.get("l") or reading.parts.get("l2")
    return None if word is None else {"L": -1, "X": 1, "C": 0}[word.entry.kind] if word.entry else None


def _near_years(calendar: Calendar, anchor: date) -> Iterator[int]:
    year = year_of(calendar, anchor)
    return iter(range(year + 2, year - 9, -1))


def _pick(days: list[date], anchor: date, direction: int | None) -> date | None:
    """The one of yearly days, latest first, that is meant."""
    if direction == 1:
        return min((day for day in days if day > anchor), default=None)
    if direction == 0:
        return min(days, key=lambda day: abs(day - anchor), default=None)
    return max((day for day in days if day < anchor or (direction is None and day == anchor)), default=None)


def _yearless(reading: Reading, context: Context) -> Resolved | None:
    anchor = context.local_anchor()
    named = _named_month(reading, context, None)
    if anchor is None or named is None:
        return None
    calendar, month = named
    if "v" in reading.parts:  # `15 يوليو من العام الماضي`
        year = year_of(calendar, anchor.date()) + (_direction(reading) or 0)
        return _day(to_gregorian(calendar, year, month, reading.parts["d"].value), calendar, is_relative=True)
    dom = reading.parts["d"].value
    days = [d for year in _near_years(calendar, anchor.date()) if (d := _existing(calendar, year, month, dom))]
    direction = _direction(reading)
    day = _pick(days, anchor.date(), direction)
    if day is None:
        return None
    coming = min((d for d in days if d > anchor.date()), default=date.max)
    announced = timedelta(0) < coming - anchor.date() <= timedelta(days=_ANNOUNCED_DAYS)
    if direction is not None or not announced or day == anchor.date():
        return _day(day, calendar, is_relative=True)
    if reading.is_near or reading.weekday is not None:
        day = min(days, key=lambda d: (reading.weekday not in (None, d.weekday()), abs(d - anchor.date())))
        return _day(day, calendar, is_relative=True)
    return _day(day if context.is_field else coming, calendar, True, is_relative=True)


def _in_month(reading: Reading, context: Context) -> Resolved | None:
    anchor = context.local_anchor()
    if anchor is None:
        return None
    year, month = _shifted_month(anchor.date(), _direction(reading) or 0)
    return _day(date(year, month, reading.parts["d"].value), Calendar.GREGORIAN, is_relative=True)


def _shifted_month(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _month_relative(reading: Reading, context: Context) -> Resolved | None:
    anchor = context.local_anchor()
    named = _named_month(reading, context, None)
    if anchor is None or named is None:
        return None
    calendar, month = named
    if "v" in reading.parts:
        return _month(calendar, month, year_of(calendar, anchor.date()) + (_direction(reading) or 0), is_relative=True)
    spans = [month_span(calendar, year, month) for year in _near_years(calendar, anchor.date())]
    direction, today = _direction(reading), anchor.date()
    if direction == 0:
        first, last = min(spans, key=lambda span: min(abs(span[0] - today), abs(span[1] - today)))
        is_now = first <= today <= last
    elif direction == 1:
        first, last = min(span for span in spans if span[0] > today)
        is_now = True
    elif direction == -1:
        first, last = max(span for span in spans if span[1] < today)
        is_now = True
    else:
        first, last = max(span for span in spans if span[0] <= today)
        coming = min(span for span in spans if span[0] > today)
        is_now = last >= today or coming[0] - today > timedelta(days=_ANNOUNCED_DAYS)
        if not is_now and not context.is_field:
            first, last = coming
    return Resolved(
        None,
        first.year if first.year == last.year else None,
        first.month if first.month == last.month else None,
        Precision.MONTH,
        calendar,
        is_relative=True,
        is_ambiguous=not is_now,
        days=(first, last),
    )


def _period(reading: Reading, context: Context) -> Resolved | None:
    anchor = context.local_anchor()
    direction = _direction(reading)
    if anchor is None or direction is None:
        return None
    if reading.parts["s"].value[0] == "year":
        year = anchor.year + direction
        return Resolved(None, year, None, Precision.YEAR, Calendar.GREGORIAN, is_relative=True)
    year, month = _shifted_month(anchor.date(), direction)
    return Resolved(None, year, month, Precision.MONTH, Calendar.GREGORIAN, is_relative=True)


_EXACT: Final = {"second": Precision.SECOND, "minute": Precision.MINUTE, "hour": Precision.HOUR}


def _ago(reading: Reading, context: Context) -> Resolved | None:
    """Exact for units up to a day; `منذ أسبوعين` covers up to a week more, so its day is flagged; months and years are coarse."""
    anchor = context.local_anchor()
    if anchor is None:
        return None
    is_rough = "g" in reading.parts
    unit, fixed = reading.parts["s"].value
    count = reading.parts["c"].value if "c" in reading.parts else fixed
    if count is None or ("c" in reading.parts and fixed == 2):
        return None
    if unit in _EXACT:
        then = anchor - timedelta(**{unit + "s": count})
        day = then.date()
        instant = then.astimezone(UTC).replace(microsecond=0)
        return Resolved(
            day,
            day.year,
            day.month,
            _EXACT[unit],
            Calendar.GREGORIAN,
            instant,
            context.zone,
            is_relative=True,
            is_ambiguous=is_rough,
        )
    if unit in ("day", "week"):
        day = anchor.date() - timedelta(days=count * (7 if unit == "week" else 1))
        return _day(day, Calendar.GREGORIAN, is_rough or unit == "week", is_relative=True)
    if unit == "month":
        year, month = _shifted_month(anchor.date(), -count)
        date(year, month, 1)  # raises for months before the first year
        return Resolved(None, year, month, Precision.MONTH, Calendar.GREGORIAN, is_relative=True, is_ambiguous=True)
    year = date(anchor.year - count, 1, 1).year
    return Resolved(None, year, None, Precision.YEAR, Calendar.GREGORIAN, is_relative=True, is_ambiguous=True)


def _relative(reading: Reading, context: Context) -> Resolved | None:
    anchor = context.local_anchor()
    if anchor is None:
        return None
    shift = reading.parts["r"].value
    day = anchor.date() + timedelta(days=shift)
    unsure = False
    if reading.weekday is not None and day.weekday() != reading.weekday:
        # The weekday is printed, the anchor only known to us: take the last such day the anchor allows.
        unsure = True
        day = day - timedelta(days=(day.weekday() - reading.weekday) % 7)
    return _day(day, Calendar.GREGORIAN, unsure, is_relative=True)


def _weekday(reading: Reading, context: Context) -> Resolved | None:
    anchor = context.local_anchor()
    if anchor is None or reading.weekday is None:
        return None
    today, direction = anchor.date(), _direction(reading)
    back = (today.weekday() - reading.weekday) % 7
    if direction == -1:
        day = today - timedelta(days=back or 7)
    elif direction == 1:
        day = today + timedelta(days=7 - back)
    else:
        day = today - timedelta(days=back)
    return _day(day, Calendar.GREGORIAN, direction is None and back != 0, is_relative=True)


_STATED: Final = {
    "compact": _compact,
    "numeric": _numeric,
    "day": _day_form,
    "month": _month_form,
    "year": _year_form,
    "yearless": _yearless,
    "in_month": _in_month,
    "month_relative": _month_relative,
    "period": _period,
    "ago": _ago,
    "relative": _relative,
    "weekday": _weekday,
}

# -- time of day ---------------------------------------------------------------------------------------------------------


def _at_time(stated: Resolved, reading: Reading, context: Context) -> Resolved:
    if stated.instant is not None or stated.day is None:
        return stated
    if reading.weekday is not None and stated.day.weekday() != reading.weekday:
        stated = stated._replace(is_ambiguous=True)
    return with_clock(stated, _reading_clock(reading), reading.zone, context)


def _reading_clock(reading: Reading) -> Clock | None:
    if "t" in reading.parts and reading.form == "day":
        return Clock(reading.parts["t"], None, 0, reading.parts.get("z"), False)
    if "p" in reading.parts and len(_digits := "".join(_NUMBER.findall(reading.parts["p"].word))) > 8:
        token = reading.parts["p"]
        clock = ":".join(_digits[place : place + 2] for place in range(8, len(_digits), 2))
        zone = Token(token.end - 1, token.end, "z") if token.word.endswith("z") else None
        return Clock(Token(token.start, token.end, clock), None, 0, zone, False)
    return reading.clock
