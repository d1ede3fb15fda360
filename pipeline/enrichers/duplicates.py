"""Decides which articles are exact copies of an earlier one across the whole corpus; it deletes nothing."""

from typing import Any

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
    first: dict[str, str] = {}
    pairs = []
    for row in sorted(articles.select(KEYS).to_pylist(), key=_age):
        original = first.setdefault(row["content_hash"], row["article_id"])
        if original != row["article_id"]:
            pairs.append(
                {
                    "article_id": row["article_id"],
                    "duplicate_of_article_id": original,
                    "similarity": 1.0,
                    "method": "exact",
                }
            )
    return pa.Table.from_pylist(sorted(pairs, key=lambda pair: pair["article_id"]), schema=DUPLICATES.arrow())


def _age(row: dict[str, Any]) -> tuple[str, str, str]:
    return (str(row["filed_date"] or "9999"), str(row["fetched_at"] or "9999"), row["article_id"])
