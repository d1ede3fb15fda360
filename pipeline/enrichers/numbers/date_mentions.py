"""Decides which dates and periods a text mentions and which days they cover, given the day on which it was written.

The date engine reads what is a date by itself; `periods` what is a longer stretch. Nothing is made more precise than it is
printed: a month, a year or a season covers all its days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from pipeline.enrichers.numbers import period_patterns as patterns
from pipeline.enrichers.numbers.anchors import Anchors
from pipeline.enrichers.numbers.date_windows import date_windows
from pipeline.enrichers.numbers.model import DateMention
from pipeline.enrichers.numbers.periods import Period, read_period
from pipeline.enrichers.numbers.snippets import mentions_of, writing
from pipeline.enrichers.numbers.tables import context
from pipeline.enrichers.numbers.units import sign_before, unit_at
from pipeline.text.aligned import Folded
from pipeline.text.arabic import fold
from pipeline.text.dates.lexicon import lexicon
from schemas.vocab import Calendar, Precision

# A year without the word for it is not of the far future.
_YEARS_AHEAD: Final = 5


def find_date_mentions(
    published: str, folded: Folded, anchors: Anchors, anchor: datetime | None, language: str | None
) -> list[DateMention]:
    """The date mentions of a text, in order, without overlaps.

    Args:
        published: The text.
        folded: It folded.
        anchors: The anchors of the folded text.
        anchor: When it was written, in the outlet's time; None when nobody knows.
        language: Its language, when it is known: decides the order of all-numeric dates.
    """
    today = anchor.date() if anchor else None
    spans = date_windows(published, folded, anchors, anchor is not None)
    snippets = [published[first:last] for first, last in spans]
    written = writing(anchor, language, snippets)
    found = [
        DateMention._make((start + first, end + first, *rest))
        for (first, _), snippet in zip(spans, snippets, strict=True)
        for start, end, *rest in mentions_of(snippet, written)
    ]
    periods = [_of_period(period, folded) for period in _periods(folded.text, anchors, today)]
    merged = _merged(found, periods) if periods else found
    return [
        _widened(mention, published) if published[mention.start].isdigit() else mention
        for mention in merged
        if mention.rule != "yearless" or not _is_name(mention, published)
    ]


def _of_period(period: Period, folded: Folded) -> DateMention:
    start, end = folded.span(period.start, period.end)
    return DateMention(
        start,
        end,
        period.first,
        period.last,
        period.precision,
        period.calendar.value,
        period.is_relative,
        period.is_ambiguous,
        None,
        period.rule,
    )


def _periods(text: str, anchors: Anchors, today: date | None) -> Iterator[Period]:
    for start, end in anchors.periods:
        if period := read_period(text, start, end, today):
            yield period
    for start, end in anchors.digits:
        if end - start >= 4 and text[start : start + 2] in ("19", "20") and (period := _years(text, start, end, today)):
            yield period


def _years(text: str, start: int, end: int, today: date | None) -> Period | None:
    """`2010-2015`, `2014/15`, `عامي 2010 و2015`, and `2014` alone where it counts nothing."""
    run = text[start:end]
    before = patterns.last_word(text, start)
    if between := patterns.YEAR_RANGE.match(run):
        first = int(between[1])
        last = int(between[2]) if len(between[2]) == 4 else first // 100 * 100 + int(between[2])
        if first < last <= first + 100 and _counts_nothing(text, start, end):
            return Period(start, end, date(first, 1, 1), date(last, 12, 31), "years", "year_range")
        return None
    if end - start != 4 or not run.isdigit():
        return None
    first = int(run)
    if before is not None and before[0] in patterns.YEARS:
        pair = patterns.YEAR_PAIR.match(text, end)
        if pair is not None and first < int(pair["year"]):
            return Period(
                before[1], pair.end(), date(first, 1, 1), date(int(pair["year"]), 12, 31), "years", "year_pair"
            )
    if (
        text[end : end + 1] == "s"
        and text[end + 1 : end + 2] in ("", " ", ".", ",", ")", "\n", ";")
        and first % 10 == 0
    ):
        return Period(start, end + 1, date(first, 1, 1), date(first + 9, 12, 31), "decade", "decade")
    latest = today.year + _YEARS_AHEAD if today else 2099
    if before is None or first > latest or before[0] in context("identifies") or text[end : end + 1].isalpha():
        return None
    if before[0] in context("approximate_before") or not _counts_nothing(text, start, end):
        return None
    return Period(start, end, date(first, 1, 1), date(first, 12, 31), "year", "bare_year")


def _counts_nothing(text: str, start: int, end: int) -> bool:
    return unit_at(text, end) is None and sign_before(text, start) is None


def _merged(dates: list[DateMention], periods: list[DateMention]) -> list[DateMention]:
    """Both, in order; of two that overlap the one that takes in the other, else the date; of two periods the earlier one."""
    kept: list[DateMention | None] = list(dates)
    starts = [mention.start for mention in dates]
    ends = [mention.end for mention in dates]
    added: list[DateMention] = []
    for period in sorted(periods, key=lambda mention: (mention.start, -mention.end)):
        if added and period.start < added[-1].end:
            continue
        over = range(bisect_right(ends, period.start), bisect_left(starts, period.end))
        if not over:
            added.append(period)
            continue
        first, last = starts[over[0]], ends[over[-1]]
        if period.start <= first and last <= period.end and period.end - period.start > last - first:
            kept[over[0] : over[-1] + 1] = [None] * len(over)
            added.append(period)
        elif period.rule == "weekday_future" and dates[over[0]].rule == "weekday" and dates[over[0]].is_ambiguous:
            # `ستواجه ... يوم السبت`: the engine looks back where nothing is said, and says that it is in doubt.
            kept[over[0]] = dates[over[0]]._replace(first=period.first, last=period.last, rule=period.rule)
    return sorted([*filter(None, kept), *added], key=lambda mention: mention.start)


def _is_name(mention: DateMention, published: str) -> bool:
    """`بملعب 15 اكتوبر`: the engine knows such names without a clitic."""
    before = patterns.last_word(published, mention.start)
    return before is not None and before[0][:1] in "وبلف" and fold(before[0][1:]) in names_of_things()


@cache
def names_of_things() -> frozenset[str]:
    """Words before a day and month that make them a name, in the match fold."""
    return frozenset(
        fold(first)
        for first, named in lexicon().entries.items()
        for rest, entry, _ in named
        if not rest and "names_things" in entry.roles
    )


def _widened(mention: DateMention, published: str) -> DateMention:
    """`17 و 18 فيفري 2017`: a date that begins with its day, from the first of several days."""
    if mention.precision != Precision.DAY or mention.first != mention.last:
        return mention
    before = patterns.DAY_RANGE.search(published, max(0, mention.start - 10), mention.start)
    if before is None:
        return mention
    day = mention.first.day if mention.calendar == Calendar.GREGORIAN else 0
    first = int(before[1])
    if not 1 <= first < day:
        return mention
    return mention._replace(start=before.start(), first=mention.first - timedelta(days=day - first), rule="day_range")
