"""Decides which calendar day or instant a printed date states; what is not stated stays unknown, never 1 January.

Accepted gap: Hijri and Jalali calendars, relative times and running text are not read yet.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import regex

from schemas.vocab import Precision

DATES_VERSION = "1"

# Month names by number. Arabic: Egyptian/Gulf, Levantine and Maghrebi sets (CLDR 46 for ar, ar-SY, ar-DZ, ar-MA).
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("January", "Jan", "يناير", "كانون الثاني", "جانفي"),
    ("February", "Feb", "فبراير", "شباط", "فيفري"),
    ("March", "Mar", "مارس", "آذار", "اذار"),
    ("April", "Apr", "أبريل", "ابريل", "نيسان", "أفريل", "افريل"),
    ("May", "مايو", "أيار", "ايار", "ماي"),
    ("June", "Jun", "يونيو", "حزيران", "جوان", "يونيه"),
    ("July", "Jul", "يوليو", "تموز", "جويلية", "يوليوز", "يوليه"),
    ("August", "Aug", "أغسطس", "اغسطس", "آب", "أوت", "اوت", "غشت"),
    ("September", "Sep", "Sept", "سبتمبر", "أيلول", "ايلول", "شتنبر"),
    ("October", "Oct", "أكتوبر", "اكتوبر", "تشرين الأول", "تشرين الاول"),
    ("November", "Nov", "نوفمبر", "تشرين الثاني", "نونبر"),
    ("December", "Dec", "ديسمبر", "كانون الأول", "كانون الاول", "دجنبر"),
)
_MONTH_NUMBER = {name.lower(): number for number, names in enumerate(_MONTHS, 1) for name in names}
# Monday first, as date.weekday() counts.
_WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("الاثنين", "الإثنين"),
    ("الثلاثاء",),
    ("الأربعاء", "الاربعاء"),
    ("الخميس",),
    ("الجمعة",),
    ("السبت",),
    ("الأحد", "الاحد"),
)
_WEEKDAY_NUMBER = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_DAY_SHIFT = {"اليوم": 0, "أمس": 1, "امس": 1, "أول أمس": 2}


def _any(names: "dict[str, int]") -> str:
    return "|".join(regex.escape(name) for name in sorted(names, key=len, reverse=True))


_MONTH = rf"(?P<month>{_any(_MONTH_NUMBER)})\.?(?:\s*[/(]\s*(?P<dual>{_any(_MONTH_NUMBER)})\s*\)?)?"
_TIME = r"(?:[\s,@T،-]+(?:at\s+|الساعة\s+)?(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?)?"
_ZONE = r"\s*(?P<zone>Z|GMT|UTC|[+-]\d{2}:?\d{2}|GMT[+-]\d{1,2})?"
_FLAGS = regex.IGNORECASE
_WHOLE = tuple(
    regex.compile(rf"^\s*(?:\p{{L}}+[,،]?\s+)?{day}{_TIME}{_ZONE}\s*$", _FLAGS)
    for day in (
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,،-]+(?:of\s+)?{_MONTH}[\s,،-]+(?P<y>\d{{4}})",
        rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
        r"(?P<y>\d{4})[-/](?P<mo>\d{1,2})[-/](?P<d>\d{1,2})",
    )
)
_DIGITS = {ord("٠") + d: str(d) for d in range(10)} | {ord("۰") + d: str(d) for d in range(10)}
_RELATIVE_DAY = regex.compile(
    rf"(?<!\p{{L}})(?P<shift>{_any(_DAY_SHIFT)})\s*\(?(?P<weekday>{_any(_WEEKDAY_NUMBER)})(?!\p{{L}})"
)


@dataclass(frozen=True, slots=True)
class NewsDate:
    """A stated date. `instant` is aware UTC (midnight of the stated zone for a day); `day` is the day as printed."""

    instant: datetime
    day: date
    precision: Precision


def parse_date(text: str, zone: str = "UTC") -> NewsDate | None:
    """The date that a short header or field states; None when it states none that exists.

    An explicit offset wins over `zone`. Dual month names must agree.

    >>> parse_date("30th, November 2024 GMT").day.isoformat()
    '2024-11-30'
    >>> parse_date("31 فبراير 2024") is None
    True
    """
    text = text.translate(_DIGITS) if not text.isascii() else text
    for pattern in _WHOLE:
        match = pattern.match(text)
        if match:
            return _build(match.groupdict(), zone)
    return None


def _build(parts: dict[str, str | None], zone: str) -> NewsDate | None:
    name, dual = parts.get("month"), parts.get("dual")
    month = _MONTH_NUMBER[name.lower()] if name else int(parts["mo"] or 0)
    if dual and _MONTH_NUMBER[dual.lower()] != month:
        return None
    hour, minute, second = (parts[key] for key in ("h", "mi", "s"))
    try:
        local = datetime(
            int(parts["y"] or 0),
            month,
            int(parts["d"] or 0),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_zone(parts["zone"], zone),
        )
        instant = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    precision = Precision.SECOND if second else Precision.MINUTE if hour else Precision.DAY
    return NewsDate(instant, local.date(), precision)


def _zone(stated: str | None, default: str) -> tzinfo:
    if not stated:
        return ZoneInfo(default)
    offset = stated.upper().removeprefix("GMT").removeprefix("UTC")
    if offset in ("", "Z"):
        return UTC
    sign, digits = (-1 if offset[0] == "-" else 1), offset[1:].replace(":", "")
    hours, minutes = (int(digits[:2]), int(digits[2:] or 0))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def stated_weekdays(text: str) -> set[int]:
    """Weekdays (Monday 0) of the day of writing that phrases such as `اليوم الخميس` and `أمس الأربعاء` imply.

    >>> sorted(stated_weekdays("اليوم الخميس ... أمس الأربعاء"))
    [3]
    """
    return {
        (_WEEKDAY_NUMBER[match["weekday"]] + _DAY_SHIFT[match["shift"]]) % 7 for match in _RELATIVE_DAY.finditer(text)
    }


def day_of_writing(post_date: date, weekdays: set[int]) -> tuple[date, bool]:
    """The day an article was written, given the newest social post in it and its own weekday phrases.

    The post is at most three days old when it is quoted; returns (day, whether the evidence agrees).
    """
    for days in range(4):
        day = post_date + timedelta(days=days)
        if not weekdays or day.weekday() in weekdays:
            return day, len(weekdays) <= 1
    return post_date, False
