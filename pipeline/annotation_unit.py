"""Lets the annotators look at one unit of articles and writes what they find: all that a worker does for `pipeline.annotation`.

It imports no more than that takes, so that workers stay small and start at once.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.enrichers.annotators import annotators
from pipeline.enrichers.documents import Documents
from pipeline.memory import give_back
from schemas.tables import ENRICHMENTS, TABLES


def look(unit: pa.Table, staging: Path, number: int, mentions_model: Path | None) -> int:
    """Asks the annotators of one unit, all of whose articles have the same, and writes what they find; returns its length."""
    names = unit["annotators"][0].as_py()
    known = annotators(mentions_model)
    tables = known.annotate(Documents(unit), names)
    seen = [
        pa.table(
            {
                "article_id": unit["article_id"],
                "annotator": pa.repeat(name, unit.num_rows),
                "annotator_version": pa.repeat(known.version(name), unit.num_rows),
                "input_hash": unit["input_hash"],
                "n_rows": _rows_of(unit["article_id"], [tables[table] for table in known.tables([name])]),
                "filed_month": unit["filed_month"],
            }
        )
        for name in names
    ]
    for table, rows in (tables | {ENRICHMENTS.name: pa.concat_tables(seen)}).items():
        path = staging / table / f"{number:06d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows.cast(TABLES[table].arrow()), path, compression="zstd", compression_level=1)
    give_back()
    return len(unit)


def _rows_of(articles: pa.ChunkedArray, tables: Sequence[pa.Table]) -> pa.Array:
    """How many rows the tables have about each article."""
    counts: dict[str, int] = {}
    for table in tables:
        for item in pc.value_counts(table["article_id"]).to_pylist():
            counts[item["values"]] = counts.get(item["values"], 0) + item["counts"]
    return pa.array((counts.get(article, 0) for article in articles.to_pylist()), pa.int32())
