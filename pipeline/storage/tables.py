"""Decides how tables are committed: Iceberg through PyIceberg, and one published set of snapshots that all readers use.

PyIceberg commits one table at a time. What makes a load one transaction is `published.json`, which names the snapshot of
every table and is replaced last: a load that died half-way is invisible to readers and is rolled back by the next one.
"""

import json
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyarrow as pa
from filelock import FileLock, Timeout
from pyiceberg.catalog import load_catalog
from pyiceberg.expressions import AlwaysTrue, BooleanExpression
from pyiceberg.io.pyarrow import schema_to_pyarrow
from pyiceberg.table import Table as IcebergTable
from pyiceberg.transforms import IdentityTransform

from pipeline.contracts import uphold
from pipeline.errors import StorageError
from pipeline.settings import Settings
from schemas.tables import TABLES

NAMESPACE = "news"
PARTITION_NAME = "month"  # not the column's name: pandas and pyarrow break when path key and column agree

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

    def table(self, name: str) -> IcebergTable:
        """The Iceberg table, created when it does not exist."""
        identifier = f"{NAMESPACE}.{name}"
        if self._catalog.table_exists(identifier):
            return self._catalog.load_table(identifier)
        declared = TABLES[name]
        properties = {"format-version": "2", "write.parquet.compression-codec": "zstd"}
        table = self._catalog.create_table(identifier, declared.arrow(), properties=properties)
        if declared.partition:
            with table.update_spec() as spec:
                spec.add_field(declared.partition, IdentityTransform(), PARTITION_NAME)
        return self._catalog.load_table(identifier)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the warehouse for one commit.

        Raises:
            StorageError: another run holds it for longer than `lock_seconds`.
        """
        lock = FileLock(self.settings.tables / "commit.lock", timeout=self.settings.lock_seconds)
        try:
            with lock:
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
            table = self.table(name)
            current = table.current_snapshot()
            wanted = published.get(name)
            if current is None or current.snapshot_id == wanted:
                continue
            if wanted is None:
                self._catalog.drop_table(f"{NAMESPACE}.{name}")
            else:
                table.manage_snapshots().set_current_snapshot(snapshot_id=wanted).commit()

    def replace(self, name: str, rows: pa.Table, where: BooleanExpression | None) -> None:
        """Deletes what `where` selects (None: nothing) and appends `rows`, in one commit of this table.

        Raises:
            ContractError: the rows break a promise of the table; nothing is committed.
        """
        if rows.num_rows:
            uphold(name, rows)
        table = self.table(name)
        rows = rows.cast(schema_to_pyarrow(table.schema(), include_field_ids=False))
        with table.transaction() as transaction, warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Delete operation did not match any records")
            if where is not None and table.current_snapshot() is not None:
                transaction.delete(where)
            if rows.num_rows:
                transaction.append(rows)

    def replace_all(self, name: str, rows: pa.Table) -> None:
        """Replaces the whole table."""
        self.replace(name, rows, AlwaysTrue())

    def publish(self) -> Snapshots:
        """Makes the current snapshot of every table the one that readers see."""
        snapshots: Snapshots = {}
        for name in TABLES:
            current = self.table(name).current_snapshot()
            snapshots[name] = current.snapshot_id if current else None
        write_atomically(self.settings.published, json.dumps(snapshots, indent=1, sort_keys=True) + "\n")
        return snapshots

    def files(self, name: str, snapshots: Mapping[str, int | None] | None = None) -> list[Path]:
        """The Parquet files of a published snapshot, sorted."""
        snapshot = (self.published() if snapshots is None else snapshots).get(name)
        if snapshot is None:
            return []
        tasks = list(self.table(name).scan(snapshot_id=snapshot).plan_files())
        if any(task.delete_files for task in tasks):
            raise StorageError(
                f"table {name} has delete files, written by another engine; rewrite it copy-on-write first"
            )
        return sorted(Path(unquote(urlsplit(task.file.file_path).path)) for task in tasks)


def write_atomically(path: Path, text: str) -> None:
    """Writes a small file so that a reader sees the old or the new content, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


__all__ = ["NAMESPACE", "Snapshots", "Warehouse", "write_atomically"]
