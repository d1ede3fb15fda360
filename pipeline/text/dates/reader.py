"""Decides which dates a line or a text states: the public way into the date engine; see `parse_date` and `find_dates`."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto
from typing import Final, NamedTuple

from pipeline.text.dates.clock import with_clock
from pipeline.text.dates.grammar import BETWEEN_CALENDARS, RELATIVE_FORMS, TIME, Clock, Reading, clock_of, readings
from pipeline.text.dates.lexer import Token, lex
from pipeline.text.dates.model import DateOrder, NewsDate
from pipeline.text.dates.resolution import resolve
from pipeline.text.dates.spelling import Spelled
from pipeline.text.dates.stamps import read_stamp
from pipeline.text.dates.statement import Context, Resolved
from pipeline.text.dates.windows import text_windows
from schemas.vocab import Calendar, Precision

DATES_VERSION: Final = "5"

_ORDER: Final = tuple(Precision)
# Local sightings differ from the Umm al-Qura calendar by a day.
SIGHTING_DAYS: Final = 1


def find_dates(
    text: str,
    zone: str = "UTC",
    *,
    anchor: datetime | None = None,
    order: DateOrder | None = None,
    language: str | None = None,
    min_precision: Precision = Precision.YEAR,
    whole: bool = False,
) -> list[NewsDate]:
    """Every date expression of a running text.

    Args:
        text: Any text.
        zone: IANA zone of dates and times that name none: the outlet's.
        anchor: When the text was written (aware; a naive one is taken as UTC). Without it relative forms and days without a
            year are not dates.
        order: The order of all-numeric dates, where the writer's habit is known.
        language: Language or locale of the text (``ar``, ``en-US``): its habits decide the order and the calendar of
            all-numeric dates; names are read in all languages.
        min_precision: The coarsest precision that is wanted.
        whole: Read all of the text; else only the parts that can hold a date, which gives the same dates sooner.

    Returns:
        In order of the text, without overlaps.

    >>> [found.raw for found in find_dates("منذ 24 فبراير/شباط 2022، و430000 جندي في عام 2024")]
    ['24 فبراير/شباط 2022', 'عام 2024']
    """
    spelled = Spelled(text)
    spans = [(0, len(spelled.text))] if whole else text_windows(spelled, anchor is not None)
    if not spans:
        return []
    found = _expressions(text, spelled, spans, anchor is not None)
    coarsest = _ORDER.index(min_precision)
    dates = found.dates(Context(zone, anchor, order, language, text, is_field=False))
    return [date for date in dates if _ORDER.index(date.precision) <= coarsest]


class Needs(Enum):
    """How much of the time of writing dates depend on."""

    NOTHING = auto()
    DAY = auto()
    INSTANT = auto()


class Expressions(NamedTuple):
    """The date expressions that a text prints: what can be told of its dates by the text alone."""

    text: str
    spelled: Spelled
    classes: str
    tokens: list[Token]
    found: list[Reading]

    def dates(self, context: Context) -> list[NewsDate]:
        """The dates that they state, in order, without overlaps."""
        return [
            _news_date(resolved, self.spelled, self.text, self.tokens[first].start, self.tokens[last - 1].end)
            for resolved, first, last in _resolved(self.found, self.classes, context)
        ]

    def needs(self) -> Needs:
        """How much of the time of writing their days depend on."""
        forms = {reading.form for reading in self.found}
        if "ago" in forms:
            return Needs.INSTANT
        # a year of two digits is told by the day of writing
        return Needs.DAY if "numeric" in forms or not RELATIVE_FORMS.isdisjoint(forms) else Needs.NOTHING


def read_expressions(text: str, relative: bool) -> Expressions:
    """The date expressions of all of a text.

    Args:
        text: Any text.
        relative: Whether forms that need an anchor are wanted.
    """
    spelled = Spelled(text)
    return _expressions(text, spelled, [(0, len(spelled.text))], relative)


def _expressions(text: str, spelled: Spelled, spans: Iterable[tuple[int, int]], relative: bool) -> Expressions:
    classes, tokens = lex(spelled, spans)
    return Expressions(text, spelled, classes, tokens, readings(classes, tokens, relative))


def parse_date(
    text: str,
    zone: str = "UTC",
    *,
    anchor: datetime | None = None,
    order: DateOrder | None = None,
    language: str | None = None,
) -> NewsDate | None:
    """The one date that a short header, field or publication line states.

    Labels, weekdays and other words are read around it; several calendars side by side are one date. An explicit offset wins
    over `zone`. Dual month names must agree. A date with a day wins over coarser ones, and a printed one over a relative one.
    Accepted gap: numbers without separators are dates only as ``YYYYMMDD`` (with a time or not), never as seconds.

    Args:
        text: Any text.
        zone, anchor, order, language: As in `find_dates`.

    Returns:
        None when the line states no date that exists, states two that disagree, or needs an anchor that is missing.

    >>> parse_date("30th, November 2024 GMT").day.isoformat()
    '2024-11-30'
    >>> parse_date("31 فبراير 2024") is None
    True
    """
    return read_stamp(text, zone) or read_line(text, Context(zone, anchor, order, language, text, is_field=True))


def read_line(text: str, context: Context) -> NewsDate | None:
    """`parse_date` by the engine alone, whatever the line looks like."""
    anchor = context.anchor
    if anchor is None and not any(map(str.isdigit, text)):
        return None
    spelled = Spelled(text)
    classes, tokens = lex(spelled, [(0, len(spelled.text))])
    if anchor is not None or len(spelled.text) <= 400 or text_windows(spelled, False):
        found = _resolved(readings(classes, tokens, anchor is not None), classes, context)
    else:
        return None
    chosen = _choose(found)
    if chosen is None:
        return None
    resolved, first, last = chosen
    clocks = _stray_clocks(classes, tokens, [(one, two) for _, one, two in found])
    if resolved.precision is Precision.DAY and len(clocks) == 1 and resolved.day is not None:
        clock, one, two = clocks[0]
        try:
            timed = with_clock(resolved, clock, None, context)
        except OverflowError:
            timed = resolved
        if timed.precision is not Precision.DAY:
            resolved, first, last = timed, min(first, one), max(last, two)
    return _news_date(resolved, spelled, text, tokens[first].start, tokens[last - 1].end)


_Found = tuple[Resolved, int, int]


def _resolved(readings: Iterable[Reading], classes: str, context: Context) -> list[_Found]:
    """Readings that are dates, with their token spans; neighbours in different calendars are one."""
    found: list[_Found] = []
    previous: tuple[Reading, Resolved | None] | None = None
    previous_first = 0
    for reading in readings:
        resolved = resolve(reading, context)
        if previous is not None and _is_side_by_side(previous, (reading, resolved), classes):
            both = _united(previous[1], resolved)
            if both is not None:
                if previous[1] is not None:
                    found.pop()
                found.append((both, previous_first, reading.last))
                previous = (reading, both)
                continue
        if resolved is not None:
            found.append((resolved, reading.first, reading.last))
        previous, previous_first = (reading, resolved), reading.first
    return found


def _is_side_by_side(one: tuple[Reading, Resolved | None], two: tuple[Reading, Resolved | None], classes: str) -> bool:
    if two[0].form == "year" or one[0].form == "year":
        return False
    calendars = {_calendar(*one), _calendar(*two)}
    return len(calendars) == 2 and bool(BETWEEN_CALENDARS.fullmatch(classes, one[0].last, two[0].first))


def _calendar(reading: Reading, resolved: Resolved | None) -> Calendar | None:
    if resolved is not None:
        return resolved.calendar
    return reading.parts["m"].value[0][0] if "m" in reading.parts else None


def _united(one: Resolved | None, two: Resolved | None) -> Resolved | None:
    """One date in two calendars: the Gregorian one, flagged when the other is not the same day or its neighbour."""
    if one is None or two is None:
        return one or two
    main, other = (two, one) if two.calendar is Calendar.GREGORIAN else (one, two)
    if main.day is None or other.day is None:
        return main if other.day is None else None
    apart = abs((main.day - other.day).days)
    if main.is_relative and not other.is_relative:
        main = other
    doubtful = main.is_ambiguous and apart > SIGHTING_DAYS
    timed = other if main.precision is Precision.DAY and other.precision is not Precision.DAY else main
    if apart == 0:
        main = main._replace(instant=timed.instant, precision=timed.precision, zone=timed.zone)
    return main._replace(is_ambiguous=doubtful or apart > SIGHTING_DAYS)


def _choose(found: list[_Found]) -> _Found | None:
    """The one date among those of a line."""
    stated = [item for item in found if not item[0].is_relative] or found
    days = [item for item in stated if item[0].day is not None]
    if not days:
        coarse = {(item[0].year, item[0].month, item[0].precision) for item in stated}
        return stated[0] if len(coarse) == 1 else None
    gregorian = [item for item in days if item[0].calendar is Calendar.GREGORIAN] or days
    if len({item[0].day for item in gregorian}) > 1:
        return None
    others = [item for item in days if item[0].day is not None and item[0].calendar is not Calendar.GREGORIAN]
    main = gregorian[0][0].day
    assert main is not None
    apart = max((abs((item[0].day - main).days) for item in others if item[0].day is not None), default=0)
    timed = [item for item in gregorian if item[0].precision is not Precision.DAY]
    resolved, first, last = (timed or gregorian)[0]
    instants = {item[0].instant for item in timed}
    if len(instants) > 1 or (gregorian is not days and apart > SIGHTING_DAYS):
        resolved = resolved._replace(is_ambiguous=True)
    return resolved, first, last


def _stray_clocks(classes: str, tokens: list[Token], taken: list[tuple[int, int]]) -> list[tuple[Clock, int, int]]:
    """Times of day outside the date expressions of a line."""
    clocks = []
    used = bytearray(len(classes))
    for first, last in taken:
        used[first:last] = b"\1" * (last - first)
    for match in TIME.finditer(classes):
        free = not any(used[match.start() : match.end()])
        clock = clock_of(match, tokens, 0) if free else None
        if clock is not None:
            clocks.append((clock, match.start(), match.end()))
    return clocks


def _news_date(resolved: Resolved, spelled: Spelled, text: str, first: int, last: int) -> NewsDate:
    start, end = spelled.source_span(first, last)
    return NewsDate(
        instant=resolved.instant,
        day=resolved.day,
        year=resolved.year,
        month=resolved.month,
        precision=resolved.precision,
        calendar=resolved.calendar,
        zone=resolved.zone,
        raw=text[start:end],
        start=start,
        end=end,
        is_relative=resolved.is_relative,
        is_ambiguous=resolved.is_ambiguous,
        form=resolved.form,
        weekday=resolved.weekday,
        days=resolved.days,
    )
