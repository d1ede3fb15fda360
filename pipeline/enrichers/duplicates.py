"""Decides which articles are exact copies of an earlier one across the whole corpus; it deletes nothing."""

import polars as pl
import pyarrow as pa

from schemas.tables import DUPLICATES

VERSION = "1"

KEYS = ("article_id", "content_hash", "filed_date", "fetched_at")


def exact_duplicates(articles: pa.Table) -> pa.Table:
    """Pairs (copy, earliest article with the same content_hash) as rows of `duplicates`, sorted by article_id.

    Args:
        articles: the columns KEYS of current articles, in any order. Earliest: filed_date, then capture, then article_id;
            articles without a date come last.
    """
    frame = pl.from_arrow(articles.select(KEYS))
    assert isinstance(frame, pl.DataFrame)
    pairs = (
        frame.filter(pl.col("content_hash").is_duplicated())
        .sort("filed_date", "fetched_at", "article_id", nulls_last=True)
        .with_columns(duplicate_of_article_id=pl.col("article_id").first().over("content_hash"))
        .filter(pl.col("article_id") != pl.col("duplicate_of_article_id"))
        .sort("article_id")
        .with_columns(similarity=pl.lit(1.0, pl.Float32), method=pl.lit("exact"))
    )
    return pairs.select(DUPLICATES.columns).to_arrow().cast(DUPLICATES.arrow())
