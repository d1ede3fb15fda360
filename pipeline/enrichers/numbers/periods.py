"""Decides which periods a text names that the date engine does not read: decades, centuries, seasons, parts of years, weeks,
ranges, years without the word, weekdays alone; and their first and last days.

What it reads may hold a date of the engine (`الربع الاخير من العام الماضي`), and then stands for it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from pipeline.enrichers.numbers import period_patterns as patterns
from pipeline.enrichers.numbers.tables import table
from pipeline.text.arabic import fold
from pipeline.text.dates.calendars import month_span, year_of
from pipeline.text.dates.lexicon import languages
from schemas.vocab import Calendar

_YEARS: Final = range(1900, 2100)
# A named lunar month is the one of this year when it is so near.
_NEAR_DAYS: Final = 60
_THIS: Final = ("year", "month", "week")
_YEAR, _MONTH = 0, 1


class Period(NamedTuple):
    """A period; places are in the folded text, `precision` is a value of the column mention_precision."""

    start: int
    end: int
    first: date
    last: date
    precision: str
    rule: str
    is_relative: bool = False
    is_ambiguous: bool = False
    calendar: Calendar = Calendar.GREGORIAN


@cache
def _roles() -> dict[str, tuple[str, int, int]]:
    """Word -> reader, number, and how much of it is a clitic: decades, seasons, the words century and week, months, weekdays."""
    known = table("periods")
    found: dict[str, tuple[str, int, int]] = {}

    def add(name: str, role: str, number: int = 0) -> None:
        for clitic in ("", "و", "ب", "ل", "ف"):
            found.setdefault(clitic + fold(name), (role, number, len(clitic)))

    for tens, names in known["decades"].items():
        for name in names:
            add(name, "decade", int(tens))
            if not name.isascii():
                add("ال" + name, "decade", int(tens))
                add("لل" + name, "decade", int(tens))
    for name in known["words"]["century"]:
        add(name, "century")
    add("century", "century_after")
    for name in known["words"]["week"]:
        add(name, "week")
    for name in known["words"]["month"]:
        add(name, "named_month")
    for season in known["seasons"].values():
        for name in season["names"]:
            add(name, "season", season["first"])
    for part, length in (("quarter", 3), ("half", 6)):
        for name in known["parts"][part]:
            add(name, "part_of_year", length)
    for number, precision in enumerate(_THIS):
        for name in known["this"][precision]:
            add(name, "this", number)
    for language in ("ar", "en"):
        for number, names in enumerate(languages()[language]["weekdays"]["names"]):
            for name in names:
                if len(name) > 4:  # `Sat` and `Mon` are words too
                    add(name, "weekday", number)
    return found


def trigger_words() -> frozenset[str]:
    """The words without which no period is named; years are found by their digits."""
    return frozenset(_roles())


# -- readers: each takes the text, the place of its word, the number of the word and the day of writing ------------------------


def _decade(text: str, start: int, end: int, tens: int, today: date | None) -> Iterator[Period]:
    century = patterns.CENTURY_AFTER.match(text, end)
    if century is None:
        after = patterns.WORDS_AFTER.match(text, end)
        is_age = tens in table("periods")["words"]["needs_century"]
        if is_age or (after is not None and patterns.AGE.intersection(after[0].split())):
            return
    base = 1900
    stated = _century_years(century, today) if century is not None else None
    if century is not None:
        if stated is None:
            return
        base, end = stated[0] - 1, century.end()
    first = base + tens
    yield Period(
        start,
        end,
        date(first, 1, 1),
        date(first + 9, 12, 31),
        "decade",
        "decade",
        century is not None and century["last"] is not None,
    )


def _century(text: str, start: int, end: int, _: int, today: date | None) -> Iterator[Period]:
    match = patterns.CENTURY.search(text, start, end + 24)
    if match is None or match.start() > start + 1 or patterns.OTHER_ERA.match(text, match.end()):
        return
    years = _century_years(match, today)
    if years is not None:
        is_relative = match["ordinal"] is None
        yield Period(
            start, match.end(), date(years[0], 1, 1), date(years[1], 12, 31), "century", "century", is_relative
        )


def _century_after(text: str, start: int, end: int, _: int, today: date | None) -> Iterator[Period]:
    """`the 19th century`, `last century`."""
    match = patterns.ENGLISH_CENTURY.search(text, max(0, start - 16), start)
    if match is None:
        return
    stated = int(match["digits"] or 0)
    years = ((stated - 1) * 100 + 1, stated * 100) if stated else _century_years(match, today)
    if years is not None and years[0] > 0:
        yield Period(
            match.start(), end, date(years[0], 1, 1), date(years[1], 12, 31), "century", "century", bool(match["last"])
        )


def _week(text: str, start: int, end: int, _: int, today: date | None) -> Iterator[Period]:
    """Weeks are those of ISO 8601: Monday to Sunday."""
    if today is None:
        return
    arabic = not text[start].isascii()
    match = (patterns.MODIFIER_AFTER if arabic else patterns.MODIFIER_BEFORE).search(
        text, *((end, end + 12) if arabic else (max(0, start - 6), start))
    )
    if match is None or (arabic and match.start() != end):
        return
    first = today - timedelta(days=today.weekday()) + timedelta(days=7 * _shift(match[1]))
    span = (start, match.end()) if arabic else (match.start(1), end)
    yield Period(*span, first, first + timedelta(days=6), "week", "week", True)


def _this(text: str, start: int, end: int, number: int, today: date | None) -> Iterator[Period]:
    """`هذا العام`, `هذا الشهر`, `هذا الاسبوع`, told by their number."""
    if today is None:
        return
    if number == _YEAR:
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    elif number == _MONTH:
        first, last = month_span(Calendar.GREGORIAN, today.year, today.month)
    else:
        first = today - timedelta(days=today.weekday())
        last = first + timedelta(days=6)
    precision = _THIS[number]
    yield Period(start, end, first, last, precision, f"this_{precision}", True)


def _season(text: str, start: int, end: int, month: int, today: date | None) -> Iterator[Period]:
    match = patterns.YEAR_AFTER.match(text, end) or (patterns.MODIFIER_AFTER.match(text, end) if today else None)
    if match is None:
        return
    named = match.groupdict().get("year")
    if named:
        year = int(named)
    elif today is not None:
        year = _season_year(month, _shift(match[1]), today)
    if year not in _YEARS:
        return
    first, last = _season_days(year, month)
    # Writers reckon a winter to either of its years.
    yield Period(start, match.end(), first, last, "season", "season", not named, month == 12)


def _shift(word: str) -> int:
    return patterns.DIRECTIONS[word]


def _century_years(match: re.Match[str], today: date | None) -> tuple[int, int] | None:
    """First and last year of a century: the 19th is 1801 to 1900."""
    if match["ordinal"]:
        number = patterns.CENTURIES[match["ordinal"]]
    elif today is not None:
        number = (today.year + 99) // 100 + _shift(match["last"])
    else:
        return None
    return (number - 1) * 100 + 1, number * 100


def _season_days(year: int, month: int) -> tuple[date, date]:
    first = date(year - (month == 12), month, 1)
    end_year, end_month = first.year + (month + 3 > 12), (month + 2) % 12 + 1
    return first, date(end_year, end_month, 1) - timedelta(days=1)


def _season_year(month: int, direction: int, today: date) -> int:
    years = range(today.year - 2, today.year + 3)
    if direction < 0:
        return max(year for year in years if _season_days(year, month)[1] < today)
    if direction > 0:
        return min(year for year in years if _season_days(year, month)[0] > today)
    return min(years, key=lambda year: abs((_season_days(year, month)[0] - today).days + 45))


def _part_of_year(text: str, start: int, end: int, months: int, today: date | None) -> Iterator[Period]:
    """`الربع الاول من عام 2015`, `first half of 2015`, `الربع الاخير من العام الماضي`."""
    arabic = not text[start].isascii()
    if arabic:
        which = patterns.WHICH_AFTER.match(text, end)
        begin = start
    else:
        which = patterns.WHICH_BEFORE.search(text, max(0, start - 8), start)
        begin = which.start(1) if which else start
    if which is None:
        return
    number = patterns.WHICH[which[1]]
    place = which.end() if arabic else end
    count = 12 // months
    if number > count:
        return
    number = count if number < 0 else number
    year = patterns.YEAR_AFTER.match(text, place)
    relative = patterns.RELATIVE_YEAR.match(text, place) if year is None and today is not None else None
    if year is not None:
        stated, last_place = int(year["year"]), year.end()
    elif relative is not None and today is not None:
        stated, last_place = today.year + _shift(relative["which"] or relative["before"]), relative.end()
    else:
        return
    if stated not in _YEARS:
        return
    first = date(stated, (number - 1) * months + 1, 1)
    last = month_span(Calendar.GREGORIAN, stated, number * months)[1]
    precision = "quarter" if months == 3 else "half_year"
    yield Period(begin, last_place, first, last, precision, "part_of_year", year is None)


def _named_month(text: str, start: int, end: int, _: int, today: date | None) -> Iterator[Period]:
    """`شهر رمضان`: the one of this year when it is near; of which year else, nobody can say."""
    match = patterns.LUNAR_AFTER.match(text, end)
    if match is None or today is None:
        return
    number = patterns.LUNAR[match[1]]
    year = year_of(Calendar.HIJRI, today)
    spans = [month_span(Calendar.HIJRI, y, number) for y in (year - 1, year, year + 1)]
    first, last = min(spans, key=lambda span: max((span[0] - today).days, (today - span[1]).days))
    away = max((first - today).days, (today - last).days)
    if away <= _NEAR_DAYS:
        yield Period(start, match.end(), first, last, "month", "named_month", True, away > 0, Calendar.HIJRI)


def _weekday(text: str, start: int, end: int, number: int, today: date | None) -> Iterator[Period]:
    """A weekday alone: in news it is the last one, or the next one when the sentence speaks of what will be."""
    if today is None or (text[start].isascii() and text[end : end + 1] in ("-",)):
        return
    before = patterns.last_word(text, start)
    after = patterns.WORDS_AFTER.match(text, end)
    following = after[0].split() if after else []
    if before is not None and before[0] in patterns.NOT_A_DAY_AFTER:
        return
    if following and following[0] in patterns.NOT_A_DAY_BEFORE:
        return
    back = (today.weekday() - number) % 7
    sentence = max(text.rfind(mark, max(0, start - 150), start) for mark in (". ", "\n", "؟"))
    is_future = patterns.is_future(text, max(sentence + 1, start - 150, 0), start)
    day = today + timedelta(days=7 - back) if is_future else today - timedelta(days=back)
    yield Period(start, end, day, day, "day", "weekday_future" if is_future else "weekday_alone", True, back != 0)


_READERS: Final[dict[str, Callable[[str, int, int, int, date | None], Iterator[Period]]]] = {
    "decade": _decade,
    "century": _century,
    "century_after": _century_after,
    "week": _week,
    "this": _this,
    "season": _season,
    "part_of_year": _part_of_year,
    "named_month": _named_month,
    "weekday": _weekday,
}


def read_period(text: str, start: int, end: int, today: date | None) -> Period | None:
    """The period that a word of `trigger_words` names in a folded text; None when it names none."""
    role, number, clitic = _roles()[text[start:end]]
    try:
        return next(_READERS[role](text, start + clitic, end, number, today), None)
    except (ValueError, OverflowError):  # outside a calendar
        return None
