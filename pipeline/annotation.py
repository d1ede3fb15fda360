"""Decides which articles the annotators must look at, and commits what they find; what they find is `pipeline.enrichers`' business.

`enrichments` remembers what each annotator made of each article, and from what. An article is looked at again when the columns
that annotators read, its month, or the version of the annotator has changed; rows about articles that are gone are removed.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock
from pyiceberg.expressions import EqualTo, IsNull

from pipeline.enrichers.annotators import Annotators, annotators
from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from pipeline.memory import give_back
from pipeline.processes import hold
from pipeline.stages.load import frame_of
from pipeline.storage.query import select, session
from pipeline.storage.tables import PARTITION_NAME, Warehouse, any_of
from schemas.tables import ARTICLES, ENRICHMENTS, TABLES

ROUND = 20_000  # articles in a commit: what a killed run may have to do again
MONTH = "filed_month"
KIND = (MONTH, "annotators")
UNIT = 500  # articles that a worker looks at in one go

Progress = Callable[[str, int], None]


def annotate_corpus(
    warehouse: Warehouse,
    workers: Executor,
    *,
    names: Sequence[str] = (),
    again: bool = False,
    progress: Progress = lambda what, n: None,
) -> int:
    """Lets the named annotators (default: all) look at every article that they have not seen as it is now.

    Args:
        again: also at those that they have.

    Returns:
        Number of articles looked at.

    Raises:
        InputError: there is no such annotator.
    """
    known = annotators(warehouse.settings.mentions_model)
    names = known.chosen(names)
    staging = warehouse.settings.staging / "annotate"
    staging.parent.mkdir(parents=True, exist_ok=True)
    looked_at = 0
    with FileLock(staging.with_suffix(".lock"), timeout=warehouse.settings.lock_seconds):
        after: _Place = ("", "")
        while (work := _next(warehouse, known, names, after, again)).num_rows:
            shutil.rmtree(staging, ignore_errors=True)
            _look(warehouse, work, workers, staging, progress)
            _commit(warehouse, known, work, staging)
            after = (work["filed_month"][-1].as_py() or "", work["article_id"][-1].as_py())
            looked_at += pc.sum(pc.invert(work["is_gone"])).as_py() or 0
        shutil.rmtree(staging, ignore_errors=True)
    return looked_at


_Place = tuple[str, str]


def _next(warehouse: Warehouse, known: Annotators, names: Sequence[str], after: _Place, again: bool) -> pa.Table:
    """The next articles to look at, or to forget, after a place in the order of month and id.

    Returns:
        article_id, filed_month, input_hash, is_gone, annotators (those to ask, in their order), old_months (where their rows are).
    """
    parts = ", ".join(f"coalesce({name}::VARCHAR, '\u241e')" for name in INPUT_COLUMNS)
    asked = pa.table({"annotator": names, "version": list(map(known.version, names)), "number": range(len(names))})
    with session(warehouse.settings) as connection:
        connection.register("asked", asked)
        return connection.sql(
            f"""
            WITH found AS (
                SELECT article_id, filed_month, sha256(concat_ws('\u241f', {parts})) AS input_hash
                FROM ({warehouse.relation("articles")})
            ),
            ledger AS (FROM ({warehouse.relation("enrichments")}) SEMI JOIN asked USING (annotator)),
            pairs AS (SELECT * FROM found CROSS JOIN asked),
            compared AS (
                SELECT article_id, p.filed_month, p.input_hash, p.input_hash IS NULL AS is_gone, annotator, number,
                    CASE WHEN l.input_hash IS NOT NULL THEN coalesce(l.filed_month, '') END AS old_month,
                    p.input_hash IS DISTINCT FROM l.input_hash OR p.version <> l.annotator_version
                        OR p.filed_month IS DISTINCT FROM l.filed_month AS is_due
                FROM pairs p FULL JOIN ledger l USING (article_id, annotator)
            )
            SELECT article_id, filed_month, input_hash, is_gone, list(annotator ORDER BY number) AS annotators,
                list(DISTINCT old_month) AS old_months
            FROM compared
            WHERE (is_due OR $again) AND (coalesce(filed_month, ''), article_id) > ($month, $id)
            GROUP BY article_id, filed_month, input_hash, is_gone ORDER BY filed_month NULLS FIRST, article_id LIMIT {ROUND}
            """,
            params={"again": again, "month": after[0], "id": after[1]},
        ).to_arrow_table()


def _look(warehouse: Warehouse, work: pa.Table, workers: Executor, staging: Path, progress: Progress) -> None:
    """Writes what the annotators find as `staging/TABLE/UNIT.parquet`, each file of one month."""
    futures: list[Future[int]] = []
    for number, unit in enumerate(_units(warehouse, work)):
        futures.append(workers.submit(look, unit, staging, number, warehouse.settings.mentions_model))
        hold(futures, 8)
    for future in futures:
        progress("annotating", future.result())


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


def _units(warehouse: Warehouse, work: pa.Table) -> Iterator[pa.Table]:
    """The articles of `work`, with input_hash and annotators; each unit of one month and one choice of annotators."""
    columns = ", ".join(f"a.{name}" for name in INPUT_COLUMNS)
    due = work.filter(pc.invert(work["is_gone"]))
    kinds = sorted({(row["filed_month"] or "", tuple(row["annotators"])) for row in due.select(KIND).to_pylist()})
    files = warehouse.files("articles")
    for month, names in kinds:
        places = [path for path in files if path.parent.name == f"{PARTITION_NAME}={month or 'unknown'}"]
        with session(warehouse.settings) as connection:
            connection.register("due", due.select(["article_id", "filed_month", "input_hash", "annotators"]))
            rows = connection.sql(
                f"SELECT {columns}, input_hash, annotators FROM ({select(ARTICLES, places)}) a JOIN due USING (article_id) "
                "WHERE coalesce(due.filed_month, '') = $month AND annotators = $names",
                params={"month": month, "names": list(names)},
            )
            for batch in rows.to_arrow_reader(UNIT):
                yield pa.Table.from_batches([batch])


def _commit(warehouse: Warehouse, known: Annotators, work: pa.Table, staging: Path) -> None:
    """Replaces what the annotators had found about the articles of `work` by what they found now, in one transaction."""
    known_before = frame_of(work.select(["article_id", "annotators", "old_months"]))
    pairs = known_before.explode("annotators").rename({"annotators": "annotator"})
    with warehouse.locked():
        warehouse.roll_back()
        for (name,), mine in sorted(pairs.group_by("annotator")):
            for table in known.tables([str(name)]):
                _replace(warehouse, table, staging, mine, ["article_id"])
        _replace(warehouse, ENRICHMENTS.name, staging, pairs, ["article_id", "annotator"])
        warehouse.publish()


def _replace(warehouse: Warehouse, table: str, staging: Path, old: pl.DataFrame, key: list[str]) -> None:
    """Replaces the rows of a table that `key` and the months of `old` name by the rows in staging."""
    months = old["old_months"].explode().drop_nulls().unique().sort().to_list()
    where = any_of(*(EqualTo(MONTH, month) if month else IsNull(MONTH) for month in months))
    gone = old.select(key)

    def others(rows: pa.Table) -> pa.Table:
        return frame_of(rows).join(gone, on=key, how="anti", maintain_order="left").to_arrow()

    warehouse.replace(table, _written(staging / table), where, others)


def _written(folder: Path) -> Iterator[pa.Table]:
    for path in sorted(folder.glob("*.parquet")):
        yield pq.read_table(path, partitioning=None)
