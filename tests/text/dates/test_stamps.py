"""Complete stamps: the short way gives what the engine gives."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates import DateOrder, parse_date
from pipeline.text.dates.reader import read_line
from pipeline.text.dates.stamps import read_stamp
from pipeline.text.dates.statement import Context

NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
CLOCK = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f"]
MACHINE = [f"%Y-%m-%d{sign}{clock}" for sign in "T@ " for clock in CLOCK] + ["%Y-%m-%d"]
PRINTED = ["{day}{end}{comma} {name} {year}", "{name} {day}, {year}", "{day} {name}, {year}"]
ENDS = ["", "Z", "+03:00", "-0430", "+14:45", "-00:00", " GMT", " UTC"]
moments = st.datetimes(datetime(1890, 1, 1), datetime(2110, 1, 1))


@st.composite
def stamps(draw: st.DrawFn) -> str:
    moment, end = draw(moments), draw(st.sampled_from(ENDS))
    if draw(st.booleans()):
        return moment.strftime(draw(st.sampled_from(MACHINE))) + end
    ordinal = draw(st.sampled_from(["", "st", "nd", "rd", "th"]))
    day = draw(st.sampled_from([str(moment.day), f"{moment.day:02}", "31", "30"]))
    comma = draw(st.sampled_from(["", ","]))
    name = NAMES[moment.month - 1]
    return draw(st.sampled_from(PRINTED)).format(day=day, end=ordinal, comma=comma, name=name, year=moment.year) + end


@given(
    stamps(),
    st.sampled_from(["UTC", "Asia/Riyadh", "America/New_York", "+05:30"]),
    st.sampled_from([None, datetime(2025, 1, 5, 12, tzinfo=UTC), datetime(1999, 12, 31, tzinfo=UTC)]),
    st.sampled_from([None, *DateOrder]),
    st.sampled_from([None, "ar", "fa", "en-US"]),
)
def test_a_stamp_is_what_the_engine_reads(
    text: str, zone: str, anchor: datetime | None, order: DateOrder | None, language: str | None
) -> None:
    context = Context(zone, anchor, order, language, text, is_field=True)

    assert parse_date(text, zone, anchor=anchor, order=order, language=language) == read_line(text, context)


def test_the_commonest_stamps_take_the_short_way() -> None:
    texts = ["2025-01-05@02:03:35 GMT", "2025-01-05T02:03:35+03:00", "30th, November 2024 GMT", "December 30, 2024"]

    assert [stamp.raw if (stamp := read_stamp(text, "UTC")) else None for text in texts] == texts


def test_what_is_no_complete_stamp_is_left_to_the_engine() -> None:
    texts = ["2024-02-30", "1446-05-01", "30 Nov 2024", "05/01/2025", "2025-13-01", "31 June 2024", "٢٠٢٥-٠١-٠٥"]

    assert [read_stamp(text, "UTC") for text in texts] == [None] * len(texts)
