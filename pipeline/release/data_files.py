"""Decides how the rows of a table become Parquet files: the folders, the order of rows, and where files and row groups end.

The bytes depend on the rows alone: rows are sorted by the table's key, row groups end at fixed sizes, and nothing in a file
names a time, a machine or a path. Memory is bounded by SORT_ROWS rows, however large a partition is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.release.contents import PartitionKey, ReleaseTable
from pipeline.release.redaction import redact_columns
from pipeline.storage.query import literal

SLICE_ROWS = 512  # rows that are weighed together when a row group is closed
SORT_ROWS = 16_384  # rows that are sorted at once: 300 MB of DuckDB's memory on news text
GROUP_ROWS = 16 * SLICE_ROWS
GROUP_BYTES = 32 * 2**20  # in memory; a body may have 200,000 characters, so rows alone do not bound it
PART_BYTES = 2**30  # in memory; some 300 MB on disk, what readers of partitioned Parquet like
COMPRESSION_LEVEL = 6  # of zstd: a tenth smaller than level 3 on news text, still reads at the same speed


@dataclass(frozen=True, slots=True)
class DataFile:
    """A written file; `path` is relative to the bundle, `partition` maps path keys to path values."""

    path: str
    table: str
    partition: dict[str, str]
    rows: int


def write_table(
    table: ReleaseTable,
    sources: Sequence[Path],
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    redacted: Counter[str] | None = None,
) -> Iterator[DataFile]:
    """Writes `data/<table>/…` below `root` and yields each file when it is complete; a table without rows is one empty file.

    Args:
        redacted: grows by the personal data that is replaced in columns for which that was asked.
    """
    columns = [column.field.name for column in table.columns if column.redacted]
    counts: Counter[str] = Counter() if redacted is None else redacted
    partitions = list(_partitions(table, sources, connection)) if sources else []
    for values, files in partitions or [((), [])]:
        folder = "/".join(["data", table.name, *partition_folders(table.partition, values)])
        named = {key.name: value or key.null for key, value in zip(table.partition, values, strict=False)}
        rows = _rows(table, values, files, connection) if files else iter(())
        if columns:
            rows = (redact_columns(piece, columns, counts) for piece in rows)
        for number, (name, count) in enumerate(_write_parts(rows, table.arrow(), root / folder)):
            assert name == f"part-{number:05d}.parquet"
            yield DataFile(f"{folder}/{name}", table.name, named, count)


def partition_folders(keys: Sequence[PartitionKey], values: Sequence[str | None]) -> list[str]:
    """Hive folders of a partition, such as ['lang=ar', 'month=2024-11']."""
    return [f"{key.name}={quote(value or key.null, safe='')}" for key, value in zip(keys, values, strict=False)]


def _partitions(
    table: ReleaseTable, sources: Sequence[Path], connection: duckdb.DuckDBPyConnection
) -> Iterator[tuple[tuple[str | None, ...], list[str]]]:
    """Each partition and the source files that have rows of it, in the order of the folders."""
    if not table.partition:
        yield (), [str(path) for path in sources]
        return
    columns = ", ".join(key.column for key in table.partition)
    found = connection.execute(
        f"SELECT {columns}, list(DISTINCT filename ORDER BY filename) FROM {_scan(map(str, sources), filename=True)} GROUP BY ALL"
    ).fetchall()
    by_folder = {tuple(partition_folders(table.partition, row[:-1])): row for row in found}
    for _, (*values, files) in sorted(by_folder.items()):
        yield tuple(values), files


def _scan(files: Any, *, filename: bool = False) -> str:
    extra = ", filename = true" if filename else ""
    return f"read_parquet([{', '.join(map(literal, files))}], hive_partitioning = false{extra})"


def _rows(
    table: ReleaseTable, values: Sequence[str | None], files: list[str], connection: duckdb.DuckDBPyConnection
) -> Iterator[pa.Table]:
    columns = ", ".join(f"{column.expression} AS {column.field.name}" for column in table.columns)
    where = "".join(
        f" AND {key.column} IS NOT DISTINCT FROM {'NULL' if value is None else literal(value)}"
        for key, value in zip(table.partition, values, strict=True)
    )
    order = ", ".join(f"t.{name} NULLS FIRST" for name in table.key)
    source = f"{_scan(files)} AS t WHERE true{where}"
    # DuckDB keeps wide rows in memory while it sorts them, so it is given a range of keys at a time.
    first = table.key[0]
    starts = connection.execute(
        f"SELECT DISTINCT {first} FROM (SELECT {first}, row_number() OVER (ORDER BY {first}) AS n FROM {source}) WHERE n % {SORT_ROWS} = 1 ORDER BY 1"
    ).fetchall()
    ranges = [f"t.{first} >= {literal(start)}" for (start,) in starts]
    ends = [f" AND t.{first} < {literal(start)}" for (start,) in starts[1:]] + [""]

    def batches() -> Iterator[pa.RecordBatch]:
        for begin, end in zip(ranges, ends, strict=True):
            query = f"SELECT {columns} FROM {source} AND {begin}{end} ORDER BY {order}"
            with connection.sql(query).to_arrow_reader(SLICE_ROWS) as reader:
                yield from reader

    yield from _slices(batches(), table.arrow())


def _slices(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in tables of exactly SLICE_ROWS (the last may be shorter), whatever sizes DuckDB delivers."""
    waiting = schema.empty_table()
    for batch in batches:
        waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch]).cast(schema)])
        while waiting.num_rows >= SLICE_ROWS:
            yield waiting.slice(0, SLICE_ROWS).combine_chunks()
            waiting = waiting.slice(SLICE_ROWS)
    if waiting.num_rows:
        yield waiting.combine_chunks()


def _write_parts(slices: Iterator[pa.Table], schema: pa.Schema, folder: Path) -> Iterator[tuple[str, int]]:
    folder.mkdir(parents=True, exist_ok=True)
    groups = _row_groups(slices)
    group = next(groups, schema.empty_table())
    number = 0
    while group is not None:
        name = f"part-{number:05d}.parquet"
        rows = size = 0
        with pq.ParquetWriter(
            folder / name,
            schema,
            compression="zstd",
            compression_level=COMPRESSION_LEVEL,
            use_content_defined_chunking=True,
            write_page_index=True,
        ) as writer:
            while group is not None and size < PART_BYTES:
                if group.num_rows:
                    writer.write_table(group, row_group_size=group.num_rows)
                rows, size = rows + group.num_rows, size + group.nbytes
                group = next(groups, None)
        yield name, rows
        number += 1


def _row_groups(slices: Iterator[pa.Table]) -> Iterator[pa.Table]:
    kept: list[pa.Table] = []
    for piece in slices:
        kept.append(piece)
        if len(kept) * SLICE_ROWS >= GROUP_ROWS or sum(table.nbytes for table in kept) >= GROUP_BYTES:
            yield pa.concat_tables(kept)
            kept = []
    if kept:
        yield pa.concat_tables(kept)


def by_table(files: Sequence[DataFile]) -> Mapping[str, list[str]]:
    """Paths of the files of each table."""
    paths: dict[str, list[str]] = {}
    for file in files:
        paths.setdefault(file.table, []).append(file.path)
    return paths
