"""Decides which articles a batch of raw records holds; it does not judge them.

Input: rows of `schemas.tables.RAW_BATCH`. Accepted: rows of `PARSED`, in record order, lead before embedded.
"""

from typing import Any

import pyarrow as pa

from pipeline.context import StageContext, StageResult
from pipeline.parsers import Unparsed, parse_record
from pipeline.stages.rejects import reject, rejects_table
from schemas.tables import PARSED, SCHEMA_VERSION


def parse(table: pa.Table, context: StageContext) -> StageResult:
    """Raw records to articles; a record without one is rejected."""
    accepted: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    for record in table.to_pylist():
        where = {key: record[key] for key in ("raw_file_id", "raw_locator", "record_id")}
        if record["reason_code"]:
            role = "record" if record["is_record"] else "file"
            shown = {key: record[key] for key in ("field", "observed")}
            rejected.append(reject(context, [record["reason_code"]], **where, role=role, **shown))
            continue
        articles = parse_record(
            record["text"], record["fields"], record["mapping"], context.sources, context.boilerplate
        )
        if isinstance(articles, Unparsed):
            rejected.append(reject(context, [articles.reason_code], **where, role="record", observed=articles.observed))
            continue
        for article in articles:
            accepted.append(_row(article, _record_flags(record), where, context))
    return StageResult(pa.Table.from_pylist(accepted, schema=PARSED), rejects_table(rejected))


def _record_flags(record: dict[str, Any]) -> list[str]:
    return (record["flags"] or []) + (["unknown_fields"] if record["unknown_fields"] else [])


def _row(
    article: dict[str, Any], record_flags: list[str], where: dict[str, Any], context: StageContext
) -> dict[str, Any]:
    day = article.get("published_date") or (article["fetched_at"].date() if article.get("fetched_at") else None)
    return (
        article
        | where
        | {
            "quality_flags": article["quality_flags"] + record_flags,
            "filed_date": day,
            "filed_month": day.strftime("%Y-%m") if day else None,
            "collection_method": context.collection_method,
            "run_id": context.run_id,
            "schema_version": SCHEMA_VERSION,
        }
    )
