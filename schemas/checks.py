"""Decides which articles are fit for the corpus: pandera schemas generated from the field registry, plus cross-field rules.

It judges only; the caller splits the original Arrow table by row number, as a round trip through polars changes types.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandera.polars as pap
import polars as pl
from pandera.errors import SchemaErrors
from pandera.polars import PolarsData

from schemas.vocab import REASONS, DateSource, Precision, Role, Severity

CHECKS_VERSION = "1"

MIN_BODY_CHARS = 40  # one short sentence; SaudiNewsNet bodies below it are captions and cut pages
MAX_HEADLINE_CHARS = 300
MAX_BODY_CHARS = 200_000  # the longest of 26,368 SaudiNewsNet articles has 33,687
FUTURE_TOLERANCE = timedelta(days=1)  # outlets ahead of the capture clock's zone


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: the row number in the judged table, the reason code, the field and the value."""

    row: int
    code: str
    field: str | None
    observed: str | None


Rule = tuple[str, tuple[str, ...], Callable[[], pl.Expr]]

_LENGTHS = {"headline": "headline_chars", "body": "body_chars"}

# code, the columns it reads (the last one is named in the finding), and the expression that must hold.
_ROW_RULES: tuple[Rule, ...] = (
    ("headline_missing", ("headline_chars",), lambda: pl.col("headline_chars").is_not_null()),
    ("body_missing", ("body_chars",), lambda: pl.col("body_chars").is_not_null()),
    ("body_too_short", ("body_chars",), lambda: pl.col("body_chars") >= MIN_BODY_CHARS),
    ("headline_equals_body", ("repeats_headline",), lambda: ~pl.col("repeats_headline")),
    (
        "url_not_absolute",
        ("url", "url_normalized"),
        lambda: pl.col("url").is_null() | pl.col("url_normalized").is_not_null(),
    ),
    (
        "published_in_future",
        ("latest_date", "published_date"),
        lambda: pl.col("published_date") <= pl.col("latest_date"),
    ),
    ("published_before_1900", ("published_date",), lambda: pl.col("published_date") >= date(1900, 1, 1)),
    (
        "article_id_not_unique",
        ("raw_key", "article_id"),
        lambda: pl.struct("raw_key", "article_id").is_first_distinct(),
    ),
    ("headline_long", ("headline_chars",), lambda: pl.col("headline_chars") <= MAX_HEADLINE_CHARS),
    ("body_long", ("body_chars",), lambda: pl.col("body_chars") <= MAX_BODY_CHARS),
)
_FIELD_NAMES = {"headline_chars": "headline", "body_chars": "body", "repeats_headline": "body", "url_normalized": "url"}


def _row_check(code: str, columns: tuple[str, ...], rule: Callable[[], pl.Expr]) -> pap.Check:
    def holds(data: PolarsData) -> pl.LazyFrame:
        judged: pl.LazyFrame = data.lazyframe.select(rule().fill_null(True).alias(code))
        return judged

    return pap.Check(holds, name=code)


def _contract() -> pap.DataFrameSchema:
    """The promise of the columns themselves; breaking it is a defect of a parser, not of a row."""
    closed = {"role": Role, "published_precision": Precision, "published_date_source": DateSource}
    return pap.DataFrameSchema(
        {name: pap.Column(pl.String, pap.Check.isin([v.value for v in values])) for name, values in closed.items()}
    )


_CONTRACT = _contract()
_RULES = {code: pap.DataFrameSchema(checks=_row_check(code, columns, rule)) for code, columns, rule in _ROW_RULES}


def judge(articles: pl.DataFrame, received_date: date) -> list[Finding]:
    """Every broken rule of parsed articles, by row and then in the order of the rules.

    Args:
        articles: columns of `schemas.tables.PARSED`.
        received_date: bounds publication dates of rows without a capture time.

    Raises:
        pandera.errors.SchemaErrors: a column itself breaks the contract.
    """
    _CONTRACT.validate(articles.select(list(_CONTRACT.columns)), lazy=True)
    view = _view(articles, received_date)
    findings = []
    for order, (code, columns, _) in enumerate(_ROW_RULES):
        narrow = view.select(columns)
        for row in _failing_rows(_RULES[code], narrow):
            findings.append(
                (
                    row,
                    order,
                    Finding(row, code, _FIELD_NAMES.get(columns[-1], columns[-1]), _shown(narrow[columns[-1]][row])),
                )
            )
    return [finding for _, _, finding in sorted(findings, key=lambda item: item[:2])]


def severity(code: str) -> Severity:
    """What the rule does to a row."""
    return REASONS[code].severity


def _view(articles: pl.DataFrame, received_date: date) -> pl.DataFrame:
    """The narrow columns that rules read: pandera copies the whole row into each failure, so text stays out."""
    headline, body = pl.col("headline"), pl.col("body")
    return articles.select(
        "article_id",
        "url",
        "url_normalized",
        "published_date",
        headline.str.len_chars().alias("headline_chars"),
        body.str.len_chars().alias("body_chars"),
        (headline == body).alias("repeats_headline"),
        (pl.col("raw_file_id") + "/" + pl.col("raw_locator")).alias("raw_key"),
        (pl.col("fetched_at").dt.date().fill_null(received_date) + FUTURE_TOLERANCE).alias("latest_date"),
    )


def _failing_rows(schema: pap.DataFrameSchema, frame: pl.DataFrame) -> list[int]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        rows = errors.failure_cases["index"]
        if rows.null_count():
            raise
        unique: list[int] = rows.unique().to_list()
        return unique
    return []


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)[:200]
