"""Laws of the date engine, and what the expression table does not show: spans, zones, coarse results, calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.text.dates import DateOrder, NewsDate, day_of_writing, find_dates, parse_date, stated_weekdays
from pipeline.text.dates.calendars import month_span, to_gregorian, year_of
from pipeline.text.dates.lexicon import languages, lexicon
from pipeline.text.dates.statement import zone_info
from schemas.vocab import Calendar, Precision

ANCHOR = datetime(2025, 1, 2, 12, tzinfo=UTC)  # a Thursday

# Text that is dense in what dates are made of, beside arbitrary text.
_PIECES = st.sampled_from(
    [
        *lexicon().entries,
        *"0123456789/-.:,()|@ \n",
        "2024",
        "30",
        "هـ",
        "١٢",
        "۱۴۰۳",
        "+03:00",
        "GMT",
        "\u200f",
        "\u064b",
    ]
)
_DENSE = st.lists(_PIECES, max_size=14).map(" ".join) | st.lists(_PIECES, max_size=14).map("".join)
_TEXT = st.text(max_size=120) | _DENSE


@settings(max_examples=400, deadline=None)
@given(
    _TEXT,
    st.sampled_from([None, ANCHOR]),
    st.sampled_from([None, *DateOrder]),
    st.sampled_from([None, "ar", "fa", "en-US"]),
)
def test_any_text_is_read_without_an_error_into_spans_that_do_not_overlap(
    text: str, anchor: datetime | None, order: DateOrder | None, language: str | None
) -> None:
    found = find_dates(text, "Asia/Riyadh", anchor=anchor, order=order, language=language)
    one = parse_date(text, "Asia/Riyadh", anchor=anchor, order=order, language=language)

    places = [place for date_ in found for place in (date_.start, date_.end)]
    assert sorted(places) == places
    for read in [*found, *([one] if one else [])]:
        assert (text[read.start : read.end], True) == (read.raw, 0 <= read.start < read.end <= len(text))
        assert (read.day is None) == (read.instant is None) == (read.precision in (Precision.MONTH, Precision.YEAR))
        assert read.instant is None or read.instant.tzinfo is UTC
        assert not (read.is_relative and anchor is None)


@settings(max_examples=200, deadline=None)
@given(_TEXT)
def test_reading_the_text_of_a_date_again_gives_the_same_date(text: str) -> None:
    for read in find_dates(text):
        again = find_dates(read.raw)
        if read.precision is Precision.DAY and read.zone is None and not read.is_ambiguous:
            assert read.day in {other.day for other in again}


_NAMES = [
    (code, calendar, number, name)
    for code, table in languages().items()
    for calendar in Calendar
    for number, names in enumerate(table["months"].get(calendar.value, ()), 1)
    for name in names
]


@settings(max_examples=500, deadline=None)
@example(("ar", Calendar.HIJRI, 3, "ربيع 1"), date(2024, 1, 1), "{d}-{m}-{y}")  # the year is no offset of -14:45
@given(
    st.sampled_from(_NAMES),
    st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    st.sampled_from(["{d} {m} {y}", "{d} {m}، {y}", "{d}-{m}-{y}"]),
)
def test_a_date_printed_with_any_name_of_any_table_is_read_back(
    named: tuple[str, Calendar, int, str], day: date, form: str
) -> None:
    code, calendar, number, name = named
    year = year_of(calendar, day)
    text = form.format(d=min(day.day, 28), m=name, y=year)

    read = parse_date(text, language=code)

    assert read is not None
    assert (to_gregorian(calendar, year, number, min(day.day, 28)), calendar) == (read.day, read.calendar)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.sampled_from(["+03:00", "-05:30", "Z"]))
def test_iso_8601_is_read_back(moment: datetime, offset: str) -> None:
    text = moment.isoformat(timespec="seconds") + offset

    assert datetime.fromisoformat(text).astimezone(UTC) == getattr(parse_date(text), "instant", None)


def test_spans_leave_out_clitics_and_keep_marks() -> None:
    text = "افتُتح بمايو 2024، وأمس الأربعاءَ انتهى"

    assert [read.raw for read in find_dates(text, anchor=ANCHOR)] == ["مايو 2024", "أمس الأربعاءَ"]


def test_texts_in_dump_size_are_read_beside_each_trigger() -> None:
    filler = "جملة طويلة لا تقول شيئا عن الوقت. " * 200
    text = f"{filler}في 30 نوفمبر 2024 {filler} منذ عام 2011 {filler}"

    assert [read.raw for read in find_dates(text, anchor=ANCHOR)] == ["30 نوفمبر 2024", "عام 2011"]


@pytest.mark.parametrize(
    ("text", "zone", "printed"),
    [
        ("2024-11-30T18:04:05+03:00", "UTC", "+03:00"),
        ("30 November 2024 18:04 GMT", "Asia/Riyadh", "GMT"),
        ("30 نوفمبر 2024 14:05 بتوقيت القاهرة", "UTC", "Africa/Cairo"),
        ("30 نوفمبر 2024 14:05", "Asia/Riyadh", "Asia/Riyadh"),
        ("30 نوفمبر 2024", "Asia/Riyadh", None),
    ],
)
def test_the_zone_is_the_printed_one_or_the_one_that_was_needed(text: str, zone: str, printed: str | None) -> None:
    assert printed == getattr(parse_date(text, zone), "zone", "no date")


def test_a_plain_day_starts_in_the_zone_of_the_outlet() -> None:
    read = parse_date("30 نوفمبر 2024", "Asia/Riyadh")

    assert read == NewsDate(
        instant=datetime(2024, 11, 29, 21, tzinfo=UTC),
        day=date(2024, 11, 30),
        year=2024,
        month=11,
        precision=Precision.DAY,
        calendar=Calendar.GREGORIAN,
        zone=None,
        raw="30 نوفمبر 2024",
        start=0,
        end=14,
        is_relative=False,
        is_ambiguous=False,
    )


def test_what_is_coarser_than_a_day_has_no_day() -> None:
    read = find_dates("في عام 1446 هـ، وفي شعبان 1446 هـ، وفي نوفمبر 2024")

    assert [(r.day, r.month, r.year) for r in read] == [(None, None, None), (None, None, 2025), (None, 11, 2024)]


def test_min_precision_leaves_coarser_dates_out() -> None:
    text = "في عام 2011، وفي نوفمبر 2024، وفي 30 نوفمبر 2024"

    assert [read.raw for read in find_dates(text, min_precision=Precision.DAY)] == ["30 نوفمبر 2024"]


def test_all_zones_of_the_table_exist() -> None:
    zones = {entry.value for names in lexicon().entries.values() for _, entry, _ in names if entry.kind == "Z"}

    assert [zone for zone in sorted(zones - {"local", "unclear"}) if zone_info(zone) is None] == []


@pytest.mark.parametrize("calendar", [Calendar.HIJRI, Calendar.JALALI])
@given(days=st.integers(0, 45000))
def test_calendars_are_continuous(calendar: Calendar, days: int) -> None:
    day = date(1925, 1, 1) + timedelta(days=days)
    year = year_of(calendar, day)
    spans = [month_span(calendar, year, month) for month in range(1, 13)]

    assert [first for first, _ in spans[1:]] == [last + timedelta(days=1) for _, last in spans[:-1]]
    assert spans[0][0] <= day <= spans[-1][1]


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("اليوم الخميس ... أمس الأربعاء", {3}),
        ("أمس (الأربعاء)", {3}),
        ("قال اليوم، الخميس، إن", {3}),
        ("غدا الجمعة", {3}),
        ("اليوم الخميس ... أمس الاثنين", {1, 3}),
        ("الأحد الماضي", set()),
        ("", set()),
    ],
)
def test_stated_weekdays(text: str, weekdays: set[int]) -> None:
    assert weekdays == stated_weekdays(text)


def test_the_day_of_writing_follows_the_post_by_its_phrases() -> None:
    post = date(2025, 1, 1)

    assert (date(2025, 1, 2), True) == day_of_writing(post, {3})
    assert (post, True) == day_of_writing(post, set())
    assert (post, False) == day_of_writing(post, {0})
    assert (date(2025, 1, 2), False) == day_of_writing(post, {1, 3})
