"""Decides how tables are committed: Iceberg through PyIceberg, and one published set of snapshots that all readers use.

PyIceberg commits one table at a time. What makes a load one transaction is `published.json`, which names the snapshot of
every table and is replaced last: a load that died half-way is invisible to readers and is rolled back by the next one.
"""

import json
import os
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout
from pyiceberg.catalog import load_catalog
from pyiceberg.expressions import AlwaysTrue, BooleanExpression, Or
from pyiceberg.expressions.visitors import bind
from pyiceberg.io.pyarrow import expression_to_pyarrow, parquet_file_to_data_file, schema_to_pyarrow
from pyiceberg.manifest import DataFile
from pyiceberg.table import Table as IcebergTable
from pyiceberg.table import TableProperties
from pyiceberg.transforms import IdentityTransform

from pipeline.contracts import uphold
from pipeline.errors import StorageError
from pipeline.settings import Settings
from pipeline.storage.query import select
from schemas.tables import TABLES

NAMESPACE = "news"
PARTITION_NAME = "month"  # not the column's name: pandas and pyarrow break when path key and column agree
UNKNOWN = "unknown"  # in a path, for NULL
ROW_GROUP_BYTES = 32 * 2**20  # Arrow bytes: some 3,000 articles, which a scan decodes in a few hundredths of a second
FILE_BYTES = 1024 * 2**20  # Arrow bytes: about 300 MB on disk, in the 128-512 MB range that engines split well

_PROPERTIES = {
    "format-version": "2",
    TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED: "true",
    # File bounds of ids are kept whole, so that a delete finds the files of a dump without opening the others.
    **{f"{TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX}.{name}": "full" for name in ("raw_file_id", "run_id")},
}

Snapshots = dict[str, int | None]


class Warehouse:
    """The tables of one warehouse directory."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        settings.tables.mkdir(parents=True, exist_ok=True)
        uri = settings.catalog_uri or f"sqlite:///{settings.tables.resolve()}/catalog.db"
        kind = "rest" if uri.startswith("http") else "sql"
        self._catalog = load_catalog("warraq", type=kind, uri=uri, warehouse=settings.tables.resolve().as_uri())
        self._catalog.create_namespace_if_not_exists(NAMESPACE)
        self._tables: dict[str, IcebergTable] = {}
        self._names: set[str] | None = None

    def table(self, name: str) -> IcebergTable:
        """The Iceberg table as it was when the warehouse was last locked, created when it does not exist."""
        return self._existing(name) or self._created(name)

    def _existing(self, name: str) -> IcebergTable | None:
        if self._names is None:
            self._names = {identifier[-1] for identifier in self._catalog.list_tables(NAMESPACE)}
        if name not in self._tables and name in self._names:
            self._tables[name] = self._catalog.load_table(f"{NAMESPACE}.{name}")
        return self._tables.get(name)

    def _created(self, name: str) -> IcebergTable:
        declared = TABLES[name]
        table = self._catalog.create_table(f"{NAMESPACE}.{name}", declared.arrow(), properties=_PROPERTIES)
        if declared.partition:
            with table.update_spec() as spec:
                spec.add_field(declared.partition, IdentityTransform(), PARTITION_NAME)
        with table.transaction() as transaction:
            transaction.set_properties(
                {TableProperties.DEFAULT_NAME_MAPPING: table.schema().name_mapping.model_dump_json()}
            )
        self._tables[name] = table
        return table

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the warehouse for one commit, with every table as it is now.

        Raises:
            StorageError: another run holds it for longer than `lock_seconds`.
        """
        lock = FileLock(self.settings.tables / "commit.lock", timeout=self.settings.lock_seconds)
        try:
            with lock:
                self._tables.clear()
                self._names = None
                yield
        except Timeout as error:
            raise StorageError(
                f"{lock.lock_file} is held by another run; wait for it, or raise WARRAQ_LOCK_SECONDS"
            ) from error

    def published(self) -> Snapshots:
        """The snapshot of every table that readers see; empty before the first commit."""
        path = self.settings.published
        return json.loads(path.read_text()) if path.exists() else {}

    def roll_back(self) -> None:
        """Takes back what a load that died before publishing left in single tables."""
        published = self.published()
        for name in TABLES:
            table = self._existing(name)
            current = table.current_snapshot() if table else None
            wanted = published.get(name)
            if table is None or current is None or current.snapshot_id == wanted:
                continue
            if wanted is None:
                self._catalog.drop_table(f"{NAMESPACE}.{name}")
                self._tables.clear()
                self._names = None
            else:
                table.manage_snapshots().set_current_snapshot(snapshot_id=wanted).commit()

    def replace(
        self,
        name: str,
        rows: Iterable[pa.Table],
        where: BooleanExpression | None,
        keep: Callable[[pa.Table], pa.Table] | None = None,
    ) -> None:
        """Deletes what `where` selects (None: nothing) and adds `rows`, in one commit of this table.

        Args:
            name: the table.
            rows: pieces of it, consumed one at a time; in a partitioned table each piece lies in one partition, and the pieces
                of a partition follow each other.
            where: files that may hold a match are written anew without it, one row group at a time. PyIceberg's own delete is
                not used: it turns a NULL list of structs into an empty one, and holds a whole file.
            keep: what stays of a piece of such a file, when `where` says no more than which files to look in.

        Raises:
            ContractError: rows break a promise of their table; nothing is committed. Articles were judged when they were enriched.
        """
        pieces = (piece for piece in _judged(name, rows) if piece.num_rows)
        first = next(pieces, None)
        if first is None and self._existing(name) is None:
            return
        table = self.table(name)
        where = where if table.current_snapshot() else None
        gone = [task.file for task in table.scan(row_filter=where).plan_files()] if where is not None else []
        new = chain([first], pieces) if first is not None else ()
        added = self._write(name, chain(new, _kept(gone, keep or _others(where, table))))
        if not (added or gone):
            return
        with table.transaction() as transaction:
            update = transaction.update_snapshot()
            if where is None:
                snapshot: Any = update.merge_append()
            else:
                snapshot = update.overwrite()
                snapshot.delete_by_predicate(where)
            with snapshot:
                for file in gone:
                    snapshot.delete_data_file(file)
                for address in added:
                    snapshot.append_data_file(parquet_file_to_data_file(table.io, table.metadata, address))

    def replace_all(self, name: str, rows: pa.Table) -> None:
        """Replaces the whole table."""
        self.replace(name, [rows], AlwaysTrue())

    def _write(self, name: str, pieces: Iterable[pa.Table]) -> list[str]:
        """Writes pieces as Parquet files of the table, one or more a partition; returns their addresses."""
        table, partition = self.table(name), TABLES[name].partition
        schema = _file_schema(name, table)
        written: list[str] = []
        for key, tables in _files((piece.cast(schema) for piece in pieces), partition):
            folder = f"{table.location()}/data" + (f"/{PARTITION_NAME}={key or UNKNOWN}" if partition else "")
            address = f"{folder}/{uuid.uuid4().hex}.parquet"
            path = _local(address)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                with pq.ParquetWriter(file, schema, compression="zstd", write_page_index=True) as writer:
                    for group in tables:
                        writer.write_table(group, row_group_size=group.num_rows)
                        del group  # before the next one is gathered
                file.flush()
                os.fsync(file.fileno())
            written.append(address)
        return written

    def publish(self) -> Snapshots:
        """Makes the current snapshot of every table the one that readers see."""
        snapshots: Snapshots = {}
        for name in TABLES:
            table = self._existing(name)
            current = table.current_snapshot() if table else None
            snapshots[name] = current.snapshot_id if current else None
        write_atomically(self.settings.published, json.dumps(snapshots, indent=1, sort_keys=True) + "\n")
        return snapshots

    def relation(self, name: str) -> str:
        """A SELECT of the published rows of a table."""
        return select(TABLES[name], self.files(name))

    def files(self, name: str, snapshots: Mapping[str, int | None] | None = None) -> list[Path]:
        """The Parquet files of a published snapshot, sorted."""
        snapshot = (self.published() if snapshots is None else snapshots).get(name)
        if snapshot is None:
            return []
        tasks = list(self._current(name, snapshot).scan(snapshot_id=snapshot).plan_files())
        if any(task.delete_files for task in tasks):
            raise StorageError(
                f"table {name} has delete files, written by another engine; rewrite it copy-on-write first"
            )
        return sorted(_local(task.file.file_path) for task in tasks)

    def _current(self, name: str, snapshot: int) -> IcebergTable:
        """The table, read again when another run has published a snapshot since it was loaded."""
        table = self.table(name)
        return table if table.snapshot_by_id(snapshot) else table.refresh()


def _judged(name: str, rows: Iterable[pa.Table]) -> Iterator[pa.Table]:
    for piece in rows:
        if not TABLES[name].partition:
            uphold(name, piece)
        yield piece


def _others(where: BooleanExpression | None, table: IcebergTable) -> Callable[[pa.Table], pa.Table]:
    """What keeps of a piece the rows that an expression does not select."""
    if where is None:
        return lambda rows: rows
    selected = expression_to_pyarrow(bind(table.schema(), where, case_sensitive=True), table.schema())
    return lambda rows: rows.filter(~selected | selected.is_null())


def _kept(files: Iterable[DataFile], keep: Callable[[pa.Table], pa.Table]) -> Iterator[pa.Table]:
    """What stays of the files, one row group at a time; files of one partition follow each other."""
    for file in sorted(files, key=lambda file: (str(file.partition), file.file_path)):
        source = pq.ParquetFile(_local(file.file_path))
        for number in range(source.num_row_groups):
            yield keep(source.read_row_group(number))


def _files(pieces: Iterable[pa.Table], partition: str | None) -> Iterator[tuple[str | None, Iterator[pa.Table]]]:
    """Groups pieces into files (partition value, row groups); each file's row groups are consumed before the next file."""
    source = (piece for piece in pieces if piece.num_rows)
    ahead = next(source, None)

    def key(piece: pa.Table) -> str | None:
        return piece[partition][0].as_py() if partition else None

    def row_groups(value: str | None) -> Iterator[pa.Table]:
        nonlocal ahead
        held: list[pa.Table] = []
        size = total = 0
        while ahead is not None and key(ahead) == value and total < FILE_BYTES:
            held.append(ahead)
            size += ahead.nbytes
            total += ahead.nbytes
            ahead = next(source, None)
            if size >= ROW_GROUP_BYTES:
                yield pa.concat_tables(held)
                held, size = [], 0
        if held:
            yield pa.concat_tables(held)

    while ahead is not None:
        value = key(ahead)
        yield value, row_groups(value)


def _file_schema(name: str, table: IcebergTable) -> pa.Schema:
    """The Arrow schema of a data file: ours, with Iceberg's field ids."""
    declared = TABLES[name].arrow()
    numbered = schema_to_pyarrow(table.schema())
    return pa.schema([_numbered(field, numbered.field(field.name)) for field in declared], metadata=declared.metadata)


def _numbered(declared: pa.Field, numbered: pa.Field) -> pa.Field:
    kind = declared.type
    if pa.types.is_struct(kind):
        kind = pa.struct([_numbered(part, numbered.type.field(part.name)) for part in kind])
    elif pa.types.is_list(kind):
        kind = pa.list_(_numbered(kind.value_field, numbered.type.value_field))
    return declared.with_type(kind).with_metadata({**(declared.metadata or {}), **(numbered.metadata or {})})


def any_of(*conditions: BooleanExpression | None) -> BooleanExpression | None:
    """Their disjunction, without those that are None; None when nothing is left."""
    given = [condition for condition in conditions if condition is not None]
    return Or(*given) if len(given) > 1 else given[0] if given else None


def _local(address: str) -> Path:
    return Path(unquote(urlsplit(address).path))


def write_atomically(path: Path, content: str | bytes) -> None:
    """Writes a small file so that a reader sees the old or the new content, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


__all__ = ["NAMESPACE", "PARTITION_NAME", "UNKNOWN", "Snapshots", "Warehouse", "any_of", "write_atomically"]
