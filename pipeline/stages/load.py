"""Decides which accepted article is the current version, the outcome of every raw record, and flags that need a whole dump;
it writes nothing.

The result depends on the set of records only, never on the order in which dumps were loaded or on the size of batches.
"""

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import RAW_RECORDS
from schemas.vocab import Outcome, Role

PLACE = ("raw_file_id", "raw_locator")
"""What names a raw record; with the article_id, what names an accepted article."""

KEYS = ("article_id", "version_id", "role", "fetched_at", "filed_month", "record_id", *PLACE)


def resolve(articles: pa.Table) -> pa.Table:
    """Chooses among accepted articles.

    Of one version the record captured first carries it, the others are duplicates; of the versions of an article the one
    captured last is current. Records without a capture time count as captured first; ties fall by file and locator.

    Args:
        articles: the columns KEYS (others are kept) of every accepted row of the articles in question, in any order.

    Returns:
        The same rows in the same order, with the boolean columns is_current and is_duplicate.
    """
    captured = [pl.col(name) for name in ("fetched_at", *PLACE)]
    ordered = (
        pl.from_arrow(articles)  # type: ignore[union-attr]  # a table gives a frame
        .with_row_index("row")
        .sort(captured, nulls_last=False)
        .with_columns(is_duplicate=~pl.struct("article_id", "version_id").is_first_distinct())
    )
    current = ordered.filter(~pl.col("is_duplicate")).unique("article_id", keep="last")["row"]
    resolved = ordered.with_columns(is_current=pl.col("row").is_in(current.implode())).sort("row")
    for name in ("is_current", "is_duplicate"):
        articles = articles.append_column(name, resolved[name].to_arrow())
    return articles


def reused_ids(articles: pa.Table) -> pa.Table:
    """The record ids, as pairs (raw_file_id, record_id), that stand for different lead articles of one file."""
    given = pc.and_(pc.equal(articles["role"], Role.LEAD.value), pc.is_valid(articles["record_id"]))
    meanings = (
        articles.filter(given).group_by(["raw_file_id", "record_id"]).aggregate([("article_id", "count_distinct")])
    )
    reused = meanings.filter(pc.greater(meanings["article_id_count_distinct"], 1))
    return reused.select(["raw_file_id", "record_id"])


def flag_reused_ids(articles: pa.Table, reused: pa.Table) -> pa.Table:
    """Rows of `articles`, with the flag `record_id_reused` on leads whose record id is among `reused`."""
    pairs = set(zip(*(column.to_pylist() for column in reused.columns), strict=True))
    if not pairs:
        return articles
    flags = [
        [*flags, "record_id_reused"] if role == Role.LEAD and (raw_file_id, record_id) in pairs else flags
        for raw_file_id, record_id, role, flags in zip(
            *(articles[name].to_pylist() for name in ("raw_file_id", "record_id", "role", "quality_flags")), strict=True
        )
    ]
    column = articles.schema.get_field_index("quality_flags")
    field = articles.schema.field(column)
    return articles.set_column(column, field, pa.array(flags, field.type))


def outcomes(records: pa.Table, articles: pa.Table, rejects: pa.Table) -> pa.Table:
    """The outcome of each raw record, which is that of its lead article; rows of `raw_records` in the order of `records`.

    Args:
        records: the columns PLACE, record_id and run_id of every raw record.
        articles: resolved accepted articles, of these records and perhaps of others.
        rejects: rows of `quarantine`; those of embedded articles do not count.
    """
    duplicate = pl.col("is_duplicate")
    leads = frame_of(articles.filter(pc.equal(articles["role"], Role.LEAD.value))).select(
        *PLACE, "article_id", "version_id", "is_duplicate"
    )
    reasons = (
        frame_of(rejects).filter(pl.col("role") != Role.EMBEDDED).unique(PLACE, keep="first", maintain_order=True)
    ).select(*PLACE, "reason_code")
    decided = (
        frame_of(records)
        .join(leads, on=PLACE, how="left", nulls_equal=True, maintain_order="left")
        .join(reasons, on=PLACE, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            outcome=pl.when(duplicate.is_null())
            .then(pl.lit(Outcome.QUARANTINED.value))
            .when(duplicate)
            .then(pl.lit(Outcome.DUPLICATE.value))
            .otherwise(pl.lit(Outcome.LOADED.value)),
            reason_code=pl.when(duplicate.is_null()).then("reason_code").when(duplicate).then(pl.lit("same_version")),
        )
    )
    return decided.select(RAW_RECORDS.columns).to_arrow().cast(RAW_RECORDS.arrow())


def frame_of(table: pa.Table) -> pl.DataFrame:
    """The table as a polars frame."""
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame
