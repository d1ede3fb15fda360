"""The date engine: which calendar day, instant or period a printed date states, in a header line or in running text.

What is not stated stays unknown: never 1 January, no invented year. Validation judges dates that are absurd; this package says
what is printed. One engine serves all languages; names and habits are tables (`languages/*.toml`, `zones.toml`).

    spelling -> windows -> lexicon, lexer (tokens) -> grammar (expressions) -> resolution (days), clock (instants) -> reader (public)
"""

from pipeline.text.dates.model import DateOrder, NewsDate
from pipeline.text.dates.reader import DATES_VERSION, find_dates, parse_date
from pipeline.text.dates.writing import day_of_writing, stated_weekdays

__all__ = [
    "DATES_VERSION",
    "DateOrder",
    "NewsDate",
    "day_of_writing",
    "find_dates",
    "parse_date",
    "stated_weekdays",
]
