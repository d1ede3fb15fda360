"""Decides how the enriched batches of a dump become one transaction over the tables; which article is current is decided by
`pipeline.stages.load`.

Texts pass through one row group at a time, so memory depends on the number of records of a dump only through their keys.
"""

import json
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyiceberg.expressions import And, BooleanExpression, EqualTo, In

from pipeline.dumps import Dump, versions
from pipeline.enrichers.duplicates import KEYS as DUPLICATE_KEYS
from pipeline.enrichers.duplicates import exact_duplicates
from pipeline.errors import BalanceError
from pipeline.registry import STAGES
from pipeline.settings import Settings
from pipeline.stages.load import KEYS, PLACE, flag_reused_ids, frame_of, outcomes, resolve, reused_ids
from pipeline.storage.catalog import rebuild
from pipeline.storage.query import session
from pipeline.storage.tables import Warehouse, any_of
from schemas.tables import ARTICLES, QUARANTINE, RAW_BATCH, RAW_FILES, RAW_RECORDS, RUNS, TABLES
from schemas.vocab import Outcome, Role

COUNTS = ("n_read", "n_loaded", "n_quarantined", "n_duplicates", "n_embedded")

_ENRICHED = f"{list(STAGES)[-1]}/accepted.parquet"


def load_dump(dump: Dump, warehouse: Warehouse) -> dict[str, int]:
    """Commits a dump whose batches are all enriched, replacing what an earlier run loaded of its files.

    Raises:
        BalanceError: read = loaded + quarantined + duplicates does not hold; nothing is published.
    """
    began, started_at = time.monotonic(), datetime.now(UTC)
    folder = warehouse.settings.staging / dump.run_id
    incoming = _collect(folder, _ENRICHED, ARTICLES.arrow(), KEYS)
    reused = reused_ids(incoming)
    rejected = pa.concat_tables(_collect(folder, f"{name}/rejected.parquet", QUARANTINE.arrow()) for name in STAGES)
    records = _collect(folder, "raw.parquet", RAW_BATCH, (*PLACE, "record_id"))
    records = records.append_column("run_id", pa.repeat(pa.scalar(dump.run_id), records.num_rows))
    with warehouse.locked():
        warehouse.roll_back()
        known_files = loaded_files(warehouse)
        again = [file.raw_file_id for file in dump.files if file.raw_file_id in known_files]
        others = _others(warehouse, incoming, dump, again)
        resolved = resolve(pa.concat_tables([others.select(KEYS), incoming]))
        changed = _changed(others, resolved.slice(0, others.num_rows))
        mine = In("raw_file_id", again) if again else None
        outcome = outcomes(records, resolved.slice(others.num_rows), rejected)
        files = _file_rows(dump, outcome, incoming)

        moved = pc.unique(changed.filter(changed["moved"])["article_id"])
        where = any_of(mine, In("article_id", moved.to_pylist()) if len(moved) else None)
        restated = resolved.slice(0, others.num_rows).filter(pc.is_in(others["article_id"], moved))
        for name, is_current in (("articles", True), ("article_versions", False)):
            rows = chain(
                _by_month(folder, resolved.slice(others.num_rows), reused, is_current),
                _published_rows(warehouse, restated.filter(pc.equal(restated["is_current"], is_current))),
            )
            warehouse.replace(name, rows, where)
        flipped = changed.filter(changed["flipped"])
        warehouse.replace("quarantine", [rejected.sort_by("quarantine_id")], mine)
        warehouse.replace(
            "raw_records",
            [outcome, _restated_records(warehouse, flipped)],
            any_of(mine, *_places(flipped)),
        )
        affected = pc.unique(flipped["raw_file_id"]).to_pylist()
        warehouse.replace(
            "raw_files",
            [files, _recounted_files(warehouse, flipped)],
            any_of(mine, In("raw_file_id", affected) if affected else None),
        )
        counts = {name: pc.sum(files[name]).as_py() or 0 for name in COUNTS}
        ledger = counts | {
            "run_id": dump.run_id,
            "fingerprint": dump.fingerprint,
            "started_at": started_at,
            "seconds": time.monotonic() - began,
            "versions": json.dumps(versions(), sort_keys=True),
            "parameters": dump.parameters,
        }
        same_run = EqualTo("run_id", dump.run_id) if again else None
        warehouse.replace("runs", [pa.Table.from_pylist([ledger], schema=RUNS.arrow())], same_run)
        warehouse.publish()
    shutil.rmtree(folder)
    return counts


def publish(settings: Settings) -> dict[str, int]:
    """Recomputes what depends on the whole corpus and rebuilds `news.duckdb`; returns rows per table."""
    warehouse = Warehouse(settings)
    with warehouse.locked():
        warehouse.roll_back()
        warehouse.replace_all("duplicates", exact_duplicates(_read(warehouse, "articles", DUPLICATE_KEYS)))
        warehouse.publish()
        return rebuild(warehouse)


def loaded_files(warehouse: Warehouse) -> dict[str, str]:
    """Fingerprint of every raw file in the published corpus, by raw_file_id."""
    table = _read(warehouse, "raw_files", ("raw_file_id", "fingerprint"))
    return dict(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _by_month(folder: Path, resolved: pa.Table, reused: pa.Table, is_current: bool) -> Iterator[pa.Table]:
    """The enriched rows of a dump that belong to one of the two article tables, in pieces of one month each."""
    current = _names(resolved.filter(resolved["is_current"]))
    groups: dict[str | None, list[tuple[pq.ParquetFile, int]]] = {}
    for path in sorted(folder.glob(f"batch-*/{_ENRICHED}")):
        file = pq.ParquetFile(path)
        for number in range(file.num_row_groups):
            month = file.read_row_group(number, [ARTICLES.partition])[0]
            if len(month):
                groups.setdefault(month[0].as_py(), []).append((file, number))
    for month in sorted(groups, key=str):
        for file, number in groups[month]:
            rows = file.read_row_group(number)
            mask = pc.is_in(_names(rows), current)
            yield flag_reused_ids(rows.filter(mask if is_current else pc.invert(mask)), reused)


def _names(rows: pa.Table) -> pa.Array:
    """One string for each accepted article: its article_id and place."""
    names = pc.binary_join_element_wise(*(rows[name] for name in ("article_id", *PLACE)), "\n")
    return names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names


def _others(warehouse: Warehouse, incoming: pa.Table, dump: Dump, again: Sequence[str]) -> pa.Table:
    """Published rows of other files about the articles that the dump has, or had when it was loaded before.

    Returns:
        KEYS, was_current, and was_duplicate (NULL for embedded articles).
    """
    sources = [
        f"SELECT {', '.join(KEYS)}, {was_current} AS was_current FROM ({warehouse.relation(name)})"
        for name, was_current in (("articles", True), ("article_versions", False))
    ]
    with session(warehouse.settings) as connection:
        connection.register("incoming", incoming.select(["article_id"]))
        connection.register("again", pa.table({"raw_file_id": pa.array(again, pa.string())}))
        connection.register("mine", pa.table({"raw_file_id": [file.raw_file_id for file in dump.files]}))
        query = f"""
            WITH published AS ({" UNION ALL ".join(sources)}),
            touched AS (
                SELECT article_id FROM incoming
                UNION SELECT article_id FROM published WHERE raw_file_id IN (FROM again)
            )
            SELECT p.*, CASE WHEN p.role = '{Role.LEAD}' THEN r.outcome = '{Outcome.DUPLICATE}' END AS was_duplicate
            FROM published p LEFT JOIN ({warehouse.relation("raw_records")}) r USING (raw_file_id, raw_locator)
            WHERE p.article_id IN (FROM touched) AND p.raw_file_id NOT IN (FROM mine)
            ORDER BY p.raw_file_id, p.raw_locator, p.article_id
        """
        found = connection.sql(query).to_arrow_table()
    return found.cast(pa.schema([*incoming.schema, ("was_current", pa.bool_()), ("was_duplicate", pa.bool_())]))


def _changed(others: pa.Table, resolved: pa.Table) -> pa.Table:
    """Adds to the other rows whether they moved between the article tables, and whether their record's outcome flipped."""
    moved = pc.not_equal(others["was_current"], resolved["is_current"])
    flipped = pc.fill_null(pc.not_equal(others["was_duplicate"], resolved["is_duplicate"]), False)
    for name, column in (("is_duplicate", resolved["is_duplicate"]), ("moved", moved), ("flipped", flipped)):
        others = others.append_column(name, column)
    return others


def _published_rows(warehouse: Warehouse, keys: pa.Table) -> Iterator[pa.Table]:
    """Whole published articles, named by `keys`, in pieces of one month each."""
    if not keys.num_rows:
        return
    columns = ", ".join(f"p.{name}" for name in ARTICLES.columns)
    for month in pc.unique(keys["filed_month"]).sort().to_pylist():
        wanted = keys.filter(pc.equal(keys["filed_month"], month) if month else pc.is_null(keys["filed_month"]))
        with session(warehouse.settings) as connection:
            connection.register("wanted", wanted.select(["article_id", *PLACE]))
            union = " UNION ALL ".join(map(warehouse.relation, ("articles", "article_versions")))
            reader = connection.sql(
                f"SELECT {columns} FROM ({union}) p SEMI JOIN wanted USING (article_id, raw_file_id, raw_locator)"
            ).to_arrow_reader(1000)
            for batch in reader:
                yield pa.Table.from_batches([batch]).cast(ARTICLES.arrow())


def _restated_records(warehouse: Warehouse, flipped: pa.Table) -> pa.Table:
    """The `raw_records` rows of records of other files whose outcome the dump changes."""
    if not flipped.num_rows:
        return RAW_RECORDS.arrow().empty_table()
    with session(warehouse.settings) as connection:
        connection.register("flipped", flipped.select(PLACE))
        records = connection.sql(
            f"SELECT raw_file_id, raw_locator, record_id, run_id FROM ({warehouse.relation('raw_records')}) "
            "SEMI JOIN flipped USING (raw_file_id, raw_locator) ORDER BY ALL"
        ).to_arrow_table()
    return outcomes(records, flipped, QUARANTINE.arrow().empty_table())


def _recounted_files(warehouse: Warehouse, flipped: pa.Table) -> pa.Table:
    """The `raw_files` rows of those records' files, with their counts."""
    if not flipped.num_rows:
        return RAW_FILES.arrow().empty_table()
    delta = frame_of(flipped).group_by("raw_file_id").agg(n=pl.col("is_duplicate").cast(pl.Int32).mul(2).sub(1).sum())
    files = frame_of(_read(warehouse, "raw_files", RAW_FILES.columns)).join(delta, on="raw_file_id", how="inner")
    recounted = files.with_columns(
        n_loaded=pl.col("n_loaded") - pl.col("n"), n_duplicates=pl.col("n_duplicates") + pl.col("n")
    )
    return recounted.sort("raw_file_id").select(RAW_FILES.columns).to_arrow().cast(RAW_FILES.arrow())


def _file_rows(dump: Dump, outcome: pa.Table, incoming: pa.Table) -> pa.Table:
    """A `raw_files` row a file, with the balance law asserted for each."""
    frame = frame_of(outcome)
    lost = frame.filter((pl.col("outcome") == Outcome.QUARANTINED) & pl.col("reason_code").is_null())
    if lost.height:
        raise BalanceError(
            f"{lost.height} records were lost, the first is {lost['raw_locator'][0]} of {lost['raw_file_id'][0]}; "
            "this is a defect, please report it"
        )
    by_file = frame.group_by("raw_file_id").agg(
        pl.len().alias("n_read"),
        *(
            (pl.col("outcome") == kind.value).sum().alias(name)
            for kind, name in (
                (Outcome.LOADED, "n_loaded"),
                (Outcome.QUARANTINED, "n_quarantined"),
                (Outcome.DUPLICATE, "n_duplicates"),
            )
        ),
    )
    embedded = frame_of(incoming).filter(pl.col("role") == Role.EMBEDDED).group_by("raw_file_id").len("n_embedded")
    stated = pl.DataFrame([asdict(file) | {"run_id": dump.run_id} for file in dump.files])
    rows = stated.join(by_file, on="raw_file_id", how="left").join(embedded, on="raw_file_id", how="left")
    filled = rows.with_columns(pl.col(COUNTS).fill_null(0))
    return filled.select(RAW_FILES.columns).to_arrow().cast(RAW_FILES.arrow())


def _places(rows: pa.Table) -> Iterator[BooleanExpression]:
    """Expressions that select the raw records of the rows."""
    for raw_file_id in pc.unique(rows["raw_file_id"]).to_pylist():
        locators = rows.filter(pc.equal(rows["raw_file_id"], raw_file_id))["raw_locator"].to_pylist()
        yield And(EqualTo("raw_file_id", raw_file_id), In("raw_locator", locators))


def _read(warehouse: Warehouse, name: str, columns: Sequence[str]) -> pa.Table:
    """Columns of a published table, into memory."""
    declared = TABLES[name].arrow()
    schema = pa.schema([pa.field(column, declared.field(column).type) for column in columns])
    tables: Iterable[pa.Table] = (
        pq.read_table(path, columns=list(columns), partitioning=None).cast(schema) for path in warehouse.files(name)
    )
    return pa.concat_tables([schema.empty_table(), *tables])


def _collect(folder: Path, name: str, schema: pa.Schema, columns: Sequence[str] | None = None) -> pa.Table:
    """One file of every batch, in batch order."""
    names = list(columns or schema.names)
    wanted = pa.schema([schema.field(column) for column in names])
    paths = sorted(folder.glob(f"batch-*/{name}"))
    tables = (pq.read_table(path, columns=names, partitioning=None).cast(wanted) for path in paths)
    return pa.concat_tables([wanted.empty_table(), *tables])
