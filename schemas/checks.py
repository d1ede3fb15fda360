"""Decides which articles are fit for the corpus: rules of a row as pandera checks, each with a reason code.

It judges only; the caller splits the original Arrow table by row number, as a round trip through polars changes types.
What a column itself promises is `schemas.contracts`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandera.polars as pap
import polars as pl
from pandera.errors import SchemaErrors
from pandera.polars import PolarsData

from schemas.vocab import REASONS, Precision, Severity

CHECKS_VERSION = "2"

MIN_BODY_CHARS = 40  # one short sentence; SaudiNewsNet bodies below it are captions and cut pages
MAX_HEADLINE_CHARS = 300
MAX_BODY_CHARS = 200_000  # the longest of 26,368 SaudiNewsNet articles has 33,687
MAX_KEYWORDS = 50  # no desk assigns more: beyond it the list is the site's tag cloud
MAX_REPEATED_PARAGRAPHS = 0.3  # share of paragraphs that repeat another: Gopher's rule (Rae et al. 2021, table A1)
MIN_PARAGRAPHS_TO_REPEAT = 4  # below it one repeated paragraph would decide alone
TOLERANCE = timedelta(days=1)  # clocks and zones differ: the zones of the earth by 26 hours, an outlet's from UTC by 14
FIRST_CAPTURE = date(1991, 8, 6)  # the day of the first public web page
FIRST_PUBLICATION = date(1900, 1, 1)

# One word with a scheme, a path or an extension: what a CMS or a crawler puts where a headline was missing.
_ADDRESS = r"(?i)^\s*(?:[a-z][a-z0-9+.-]*://\S+|www\.\S+|\S*/\S*/\S*|\S+\.[a-z][a-z0-9]{1,4})\s*$"


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: the row number in the judged table, the reason code, the field and the values it was judged by."""

    row: int
    code: str
    field: str
    observed: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row rule. `holds` is over columns of `_view`; NULL holds. `field` is to blame, `beside` are shown with it."""

    code: str
    field: str
    holds: Callable[[], pl.Expr]
    beside: tuple[str, ...] = ()


# In the order in which an editor would name them: of several broken rules the first decides.
ROW_RULES: tuple[Rule, ...] = (
    Rule("headline_missing", "headline", lambda: pl.col("headline_chars").is_not_null()),
    Rule("body_missing", "body", lambda: pl.col("body_chars").is_not_null()),
    Rule("body_without_letters", "body", lambda: pl.col("body_has_letters")),
    Rule("headline_equals_body", "body", lambda: ~pl.col("repeats_headline")),
    Rule("body_too_short", "body", lambda: pl.col("body_chars") >= MIN_BODY_CHARS),
    Rule("body_one_line_repeated", "body", lambda: ~((pl.col("n_paragraphs") > 2) & (pl.col("n_distinct") == 1))),
    Rule("url_not_absolute", "url", lambda: pl.col("url").is_null() | pl.col("url_normalized").is_not_null()),
    Rule(
        "published_in_future",
        "published_date",
        lambda: ~pl.col("published_late"),
        beside=("published_at", "fetched_at"),
    ),
    Rule("published_before_1900", "published_date", lambda: pl.col("published_date") >= FIRST_PUBLICATION),
    Rule("article_id_not_unique", "article_id", lambda: pl.struct("raw_key", "article_id").is_first_distinct()),
    Rule("headline_long", "headline", lambda: pl.col("headline_chars") <= MAX_HEADLINE_CHARS),
    Rule("headline_is_address", "headline", lambda: ~pl.col("headline_is_address")),
    Rule("headline_opens_body", "body", lambda: ~pl.col("opens_with_headline")),
    Rule("body_long", "body", lambda: pl.col("body_chars") <= MAX_BODY_CHARS),
    Rule(
        "paragraphs_repeated",
        "body",
        lambda: (
            (pl.col("n_paragraphs") < MIN_PARAGRAPHS_TO_REPEAT)
            | (1 - pl.col("n_distinct") / pl.col("n_paragraphs") <= MAX_REPEATED_PARAGRAPHS)
        ),
    ),
    Rule("keywords_many", "keywords", lambda: pl.col("n_keywords") <= MAX_KEYWORDS),
    Rule(
        "modified_before_published",
        "modified_at",
        lambda: pl.col("modified_at") >= pl.col("published_at") - TOLERANCE,
        beside=("published_at",),
    ),
    Rule(
        "fetched_date_unlikely",
        "fetched_at",
        lambda: pl.col("fetched_date").is_between(FIRST_CAPTURE, pl.col("last_day")),
    ),
)


def _schema(rule: Rule) -> pap.DataFrameSchema:
    """One schema a rule: pandera copies the columns it is given into each failure, so it gets only those it reads."""

    def holds(data: PolarsData) -> pl.LazyFrame:
        judged: pl.LazyFrame = data.lazyframe.select(rule.holds().fill_null(True).alias(rule.code))
        return judged

    return pap.DataFrameSchema(checks=pap.Check(holds, name=rule.code))


_SCHEMAS = {rule.code: (list(dict.fromkeys(rule.holds().meta.root_names())), _schema(rule)) for rule in ROW_RULES}


def judge(articles: pl.DataFrame, received_at: datetime) -> list[Finding]:
    """Every broken rule of parsed articles, by row and then in the order of `ROW_RULES`.

    Args:
        articles: columns of `schemas.tables.PARSED`.
        received_at: when the dump was read; nothing in it can be later, whatever it says itself.
    """
    view = _view(articles, received_at)
    findings = []
    for order, rule in enumerate(ROW_RULES):
        columns, schema = _SCHEMAS[rule.code]
        for row in _failing_rows(schema, view.select(columns)):
            findings.append((row, order, Finding(row, rule.code, rule.field, _observed(rule, articles, row))))
    return [finding for _, _, finding in sorted(findings, key=lambda item: item[:2])]


def severity(code: str) -> Severity:
    """What the rule does to a row."""
    return REASONS[code].severity


def _view(articles: pl.DataFrame, received_at: datetime) -> pl.DataFrame:
    """The narrow columns that rules read: no text, as pandera copies the row into each failure."""
    headline, body = pl.col("headline"), pl.col("body")
    paragraphs = body.str.split("\n\n")
    # Only a body that is about as short can repeat the headline: comparing the letters of all costs a hundred times more.
    as_short = pl.when(body.str.len_bytes() <= 2 * headline.str.len_bytes()).then(body)
    captured = pl.min_horizontal(pl.col("fetched_at"), pl.lit(received_at).cast(articles.schema["fetched_at"]))
    # A day is compared as a day: its instant is midnight in a zone that may be unknown.
    timed = pl.col("published_precision").is_in([p.value for p in (Precision.SECOND, Precision.MINUTE, Precision.HOUR)])
    return articles.select(
        *("article_id", "url", "url_normalized", "published_date", "published_at", "modified_at"),
        headline.str.len_chars().alias("headline_chars"),
        headline.str.contains(_ADDRESS).alias("headline_is_address"),
        body.str.len_chars().alias("body_chars"),
        body.str.contains(r"\pL").alias("body_has_letters"),
        (_letters(as_short) == _letters(headline)).alias("repeats_headline"),
        body.str.starts_with(headline + "\n").alias("opens_with_headline"),
        paragraphs.list.len().alias("n_paragraphs"),
        paragraphs.list.n_unique().alias("n_distinct"),
        pl.col("keywords").list.len().alias("n_keywords"),
        (pl.col("raw_file_id") + "/" + pl.col("raw_locator")).alias("raw_key"),
        pl.col("fetched_at").dt.date().alias("fetched_date"),
        pl.lit(received_at.date() + TOLERANCE).alias("last_day"),
        pl.when(timed)
        .then(pl.col("published_at") > captured + TOLERANCE)
        .otherwise(pl.col("published_date") > captured.dt.date() + TOLERANCE)
        .alias("published_late"),
    )


def _letters(text: pl.Expr) -> pl.Expr:
    """Letters and digits: what is left when two texts are compared without their punctuation and spaces."""
    return text.str.replace_all(r"[^\pL\pN]+", "")


def _failing_rows(schema: pap.DataFrameSchema, frame: pl.DataFrame) -> list[int]:
    try:
        schema.validate(frame, lazy=True)  # eager: on a LazyFrame values are not checked
    except SchemaErrors as errors:
        rows = errors.failure_cases["index"]
        if rows.null_count():
            raise
        unique: list[int] = rows.unique().to_list()
        return unique
    return []


def _observed(rule: Rule, articles: pl.DataFrame, row: int) -> str | None:
    """The offending value cut to 200 characters, and the values beside it that make it offend."""
    value = articles[rule.field][row]
    others = [f"{name} {articles[name][row]}" for name in rule.beside if articles[name][row] is not None]
    shown = None if value is None else _shown(value)
    return f"{shown} ({', '.join(others)})" if others else shown


def _shown(value: Any) -> str:
    return str(value.to_list() if isinstance(value, pl.Series) else value)[:200]
