"""Decides which articles the annotators must look at, and commits what they find; what they find is `pipeline.enrichers`' business.

`enrichments` remembers what each annotator made of each article, and from what. An article is looked at again when the columns
that annotators read, its month, or the version of the annotator has changed; rows about articles that are gone are removed.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock
from pyiceberg.expressions import EqualTo, IsNull

from pipeline.annotation_unit import look
from pipeline.enrichers.annotators import Annotators, annotators
from pipeline.enrichers.documents import INPUT_COLUMNS
from pipeline.memory import give_back
from pipeline.processes import hold, pool
from pipeline.stages.load import frame_of
from pipeline.storage.query import select, session
from pipeline.storage.tables import PARTITION_NAME, UNKNOWN, Warehouse, any_of
from schemas.tables import ARTICLES, ENRICHMENTS, TABLES

ROUND = 20_000  # articles in a commit: what a killed run may have to do again
MONTH = "filed_month"
KIND = (MONTH, "annotators")
UNIT = 500  # articles that a worker looks at in one go

Progress = Callable[[str, int], None]


def annotate_corpus(
    warehouse: Warehouse,
    workers: int,
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
        shutil.rmtree(staging, ignore_errors=True)
        for strays in _strays(warehouse, names):
            _commit(warehouse, known, strays, staging)
        for due in _rounds(warehouse, known, names, again):
            _look(warehouse, due, workers, staging, progress)
            _commit(warehouse, known, due, staging)
            shutil.rmtree(staging, ignore_errors=True)
            looked_at += due.num_rows
    return looked_at


def _strays(warehouse: Warehouse, names: Sequence[str]) -> Iterator[pa.Table]:
    """What is remembered of articles that are gone, or filed under another month now.

    Yields:
        article_id, filed_month, annotators, is_remembered (true); by month.
    """
    with session(warehouse.settings) as connection:
        strays = connection.sql(
            f"""
            SELECT article_id, filed_month, list(annotator) AS annotators, true AS is_remembered
            FROM ({warehouse.relation("enrichments")}) known
            WHERE list_contains($names, annotator) AND NOT EXISTS (
                FROM ({warehouse.relation("articles")}) a
                WHERE a.article_id = known.article_id AND a.filed_month IS NOT DISTINCT FROM known.filed_month
            )
            GROUP BY article_id, filed_month ORDER BY filed_month NULLS FIRST, article_id
            """,
            params={"names": list(names)},
        ).to_arrow_table()
    for start in range(0, strays.num_rows, ROUND):
        yield strays.slice(start, ROUND)


def _rounds(warehouse: Warehouse, known: Annotators, names: Sequence[str], again: bool) -> Iterator[pa.Table]:
    """The articles to look at, by month, in tables as `_due` makes them; a round is full before the next one begins.

    One month is asked at a time: what is due in a corpus of any size is found in the memory that its largest month takes.
    """
    held: list[pa.Table] = []
    for month in sorted(_by_month(warehouse.files("articles"))):
        due = _due(warehouse, known, names, month, again)
        while due.num_rows:
            room = ROUND - sum(table.num_rows for table in held)
            held.append(due.slice(0, room))
            due = due.slice(room)
            if held[-1].num_rows == room:
                yield pa.concat_tables(held)
                held = []
    if held:
        yield pa.concat_tables(held)


def _due(warehouse: Warehouse, known: Annotators, names: Sequence[str], month: str, again: bool) -> pa.Table:
    """The articles of a month to look at.

    Returns:
        article_id, filed_month, input_hash, annotators (those to ask, in their order), is_remembered (by one of them); by id.
    """
    parts = ", ".join(f"coalesce({name}::VARCHAR, '\u241e')" for name in INPUT_COLUMNS)
    asked = pa.table({"annotator": names, "version": list(map(known.version, names)), "number": range(len(names))})
    found, remembered = (
        select(TABLES[name], _by_month(warehouse.files(name)).get(month, ())) for name in ("articles", "enrichments")
    )
    with session(warehouse.settings) as connection:
        connection.register("asked", asked)
        return connection.sql(
            f"""
            WITH found AS (
                SELECT article_id, filed_month, sha256(concat_ws('\u241f', {parts})) AS input_hash FROM ({found})
            )
            SELECT article_id, any_value(f.filed_month) AS filed_month, any_value(f.input_hash) AS input_hash,
                list(annotator ORDER BY number) AS annotators, bool_or(r.input_hash IS NOT NULL) AS is_remembered
            FROM found f CROSS JOIN asked LEFT JOIN ({remembered}) r USING (article_id, annotator)
            WHERE $again OR f.input_hash IS DISTINCT FROM r.input_hash OR version <> annotator_version
            GROUP BY article_id ORDER BY article_id
            """,
            params={"again": again},
        ).to_arrow_table()


def _by_month(files: Iterable[Path]) -> dict[str, list[Path]]:
    """Files by the month in their folder's name."""
    months: dict[str, list[Path]] = {}
    for path in files:
        months.setdefault(path.parent.name.removeprefix(f"{PARTITION_NAME}="), []).append(path)
    return months


def _look(warehouse: Warehouse, due: pa.Table, workers: int, staging: Path, progress: Progress) -> None:
    """Writes what the annotators find as `staging/TABLE/UNIT.parquet`, each file of one month.

    The workers end with the round: the memory of a run does not grow with what they have met, and a commit has it to itself.
    """
    futures: list[Future[int]] = []
    with pool(workers) as executor:
        for number, unit in enumerate(_units(warehouse, due)):
            futures.append(executor.submit(look, unit, staging, number, warehouse.settings.mentions_model))
            hold(futures, 4 * workers)
        for future in futures:
            progress("annotating", future.result())


def _units(warehouse: Warehouse, due: pa.Table) -> Iterator[pa.Table]:
    """The articles of `due`, with input_hash and annotators; each unit of one month and one choice of annotators."""
    columns = ", ".join(f"a.{name}" for name in INPUT_COLUMNS)
    kinds = sorted({(row["filed_month"] or "", tuple(row["annotators"])) for row in due.select(KIND).to_pylist()})
    files = _by_month(warehouse.files("articles"))
    for month, names in kinds:
        with session(warehouse.settings) as connection:
            connection.register("due", due)
            rows = connection.sql(
                f"SELECT {columns}, input_hash, annotators FROM ({select(ARTICLES, files.get(month or UNKNOWN, ()))}) a JOIN due USING (article_id) "
                "WHERE coalesce(due.filed_month, '') = $month AND annotators = $names",
                params={"month": month, "names": list(names)},
            )
            for batch in rows.to_arrow_reader(UNIT):
                yield pa.Table.from_batches([batch])


def _commit(warehouse: Warehouse, known: Annotators, looked_at: pa.Table, staging: Path) -> None:
    """Replaces what the annotators had found about articles by what is in staging, in one transaction."""
    old = frame_of(looked_at.filter(looked_at["is_remembered"]).select(["article_id", *KIND]))
    pairs = old.explode("annotators").rename({"annotators": "annotator"})
    with warehouse.locked():
        warehouse.roll_back()
        for name in sorted({name for names in looked_at["annotators"].to_pylist() for name in names}):
            for table in known.tables([name]):
                _replace(warehouse, table, staging, pairs.filter(annotator=name), ["article_id"])
        _replace(warehouse, ENRICHMENTS.name, staging, pairs, ["article_id", "annotator"])
        warehouse.publish()


def _replace(warehouse: Warehouse, table: str, staging: Path, old: pl.DataFrame, key: list[str]) -> None:
    """Replaces the rows of a table that `key` names, in the months of `old`, by the rows in staging."""
    months = old[MONTH].unique().sort().to_list()
    where = any_of(*(EqualTo(MONTH, month) if month else IsNull(MONTH) for month in months))
    gone = old.select(key)

    def others(rows: pa.Table) -> pa.Table:
        return frame_of(rows).join(gone, on=key, how="anti", maintain_order="left").to_arrow()

    warehouse.replace(table, _written(staging / table), where, others)
    give_back()


def _written(folder: Path) -> Iterator[pa.Table]:
    for path in sorted(folder.glob("*.parquet")):
        yield pq.read_table(path, partitioning=None)
