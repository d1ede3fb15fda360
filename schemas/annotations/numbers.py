"""Decides the columns of `date_mentions` and `quantities`: what a date or a number in the text of an article stands for."""

import pyarrow as pa

from schemas.annotations.model import SPAN, Annotation
from schemas.field import Field
from schemas.vocab import Calendar

_SPAN = ("text_part", "start_char", "end_char", "span_text")

PRECISIONS = (
    *("second", "minute", "hour", "day", "week", "month", "quarter", "half_year", "season", "year", "years"),
    *("decade", "century"),
)

DATE_MENTIONS = Annotation(
    "date_mentions",
    "a date or period that the text of an article mentions",
    ("article_id", *SPAN),
    (
        *_SPAN,
        Field(
            "date_from",
            pa.date32(),
            "First day of what is mentioned, Gregorian; relative words count from the day of writing in the outlet's zone",
            example="2022-02-01",
        ),
        Field("date_to", pa.date32(), "Last day of it: a month, a season or a year covers all its days"),
        Field(
            "mention_precision",
            pa.string(),
            "How much the text states; weeks are those of ISO 8601, seasons the meteorological ones of the north; years: a range",
            example="month",
            allowed=PRECISIONS,
        ),
        Field(
            "date_calendar",
            pa.string(),
            "Calendar in which it is printed",
            allowed=tuple(calendar.value for calendar in Calendar),
        ),
        Field(
            "date_anchor",
            pa.string(),
            "Which day of the article relative words count from; none: the article has no day, so only complete dates are read",
            allowed=("published", "fetched", "none"),
        ),
        Field("is_relative", pa.bool_(), "Whether the day of writing was needed"),
        Field(
            "is_ambiguous",
            pa.bool_(),
            "Whether it can be read in more than one way, or contradicts itself; also rounded spans (`two months ago`)",
        ),
        Field(
            "weekday_agrees",
            pa.bool_(),
            "Whether the weekday that is printed with it is that of the day",
            "no weekday is printed with it",
        ),
        "rule",
    ),
)

QUANTITIES = Annotation(
    "quantities",
    "a number in the text of an article that says how many, how much or which one",
    ("article_id", *SPAN),
    (
        *_SPAN,
        Field(
            "quantity_value",
            pa.float64(),
            "The number; of `tens of thousands` the lower bound",
            unit="quantity_unit, else what is counted",
            example=10000.0,
        ),
        Field(
            "quantity_high", pa.float64(), "Upper end of a range, of which quantity_value is the lower", "not a range"
        ),
        Field(
            "quantity_unit",
            pa.string(),
            "percent, a currency (ISO 4217), or a unit: SI symbols, else English names (s min h d week month year km t bbl …)",
            "things are counted, or the text leaves the currency open",
            example="USD",
        ),
        Field(
            "counted_text",
            pa.string(),
            "The noun that is counted, as published",
            "none follows the number",
            example="جندي",
        ),
        Field(
            "is_approximate", pa.bool_(), "Whether the text says that it is rounded, or a bound (`about`, `more than`)"
        ),
        Field(
            "quantity_kind",
            pa.string(),
            "count, percent, money, measure (also of time), or ordinal: which one of a series",
            allowed=("count", "percent", "money", "measure", "ordinal"),
        ),
        "rule",
    ),
)
