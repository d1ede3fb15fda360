"""Decides what a release says about itself for programs: MANIFEST.json and schema/<table>.json.

Nothing in them names a time or a machine, so the same snapshots give the same manifest.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.release import redaction
from pipeline.release.checksums import sha256
from pipeline.release.contents import ReleaseTable, redacted_columns, withheld_columns
from pipeline.release.data_files import DataFile
from pipeline.storage.query import literal
from schemas.tables import SCHEMA_VERSION
from schemas.vocab import Redaction, ReleasedText

FORMAT_VERSION = "1"
NAME = "MANIFEST.json"
COUNTS = ("n_read", "n_loaded", "n_quarantined", "n_duplicates", "n_embedded")


def manifest(
    name: str,
    version: str,
    text: ReleasedText,
    tables: Sequence[ReleaseTable],
    files: Sequence[DataFile],
    snapshots: Mapping[str, int | None],
    quarantine: Sequence[Path],
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    redacted: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """The manifest of a bundle whose data files are written and whose views are the current database of `connection`.

    Accepted gap: it lists every raw file, so a corpus of a million loose pages has a manifest of some 250 MB.
    """
    rows: dict[str, int] = defaultdict(int)
    for file in files:
        rows[file.table] += file.rows
    return {
        "format": "warraq-release",
        "format_version": FORMAT_VERSION,
        "name": name,
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "text": text.value,
        "withheld_columns": withheld_columns(tables),
        "redaction": _redaction(tables, redacted),
        "snapshots": dict(sorted(snapshots.items())),
        "versions": _versions(connection),
        "tables": {
            table.name: {
                "rows": rows[table.name],
                "key": list(table.key),
                "partition": [{"name": key.name, "column": key.column, "null": key.null} for key in table.partition],
            }
            for table in tables
        },
        "accounting": _accounting(quarantine, connection),
        "files": [_file(file, root) for file in sorted(files, key=lambda file: file.path)],
        "raw_files": records(
            connection,
            f"SELECT path AS name, raw_file_id AS sha256, n_bytes AS bytes, {', '.join(COUNTS)} FROM raw_files ORDER BY path, raw_file_id",
        ),
    }


def _redaction(tables: Sequence[ReleaseTable], redacted: Mapping[str, int] | None) -> dict[str, Any] | None:
    """What was replaced, by kind, in which columns, and by which version of the finder; None when nothing was to be."""
    columns = redacted_columns(tables)
    if not columns:
        return None
    return {
        "what": Redaction.PERSONAL_DATA.value,
        "version": redaction.VERSION,
        "columns": columns,
        "replaced": dict(sorted((redacted or {}).items())),
    }


def schema_json(table: ReleaseTable) -> dict[str, Any]:
    """What a table promises, for programs that do not read Arrow metadata."""
    return {
        "table": table.name,
        "grain": table.grain,
        "key": list(table.key),
        "fields": [
            {
                "name": column.field.name,
                "type": _type_name(column.field.type),
                "nullable": column.field.nullable,
                "null": column.field.null or "never",
                "unit": column.field.unit or "",
                "description": column.field.description,
                "example": column.field.example,
                "withheld": column.withheld,
                "redacted": column.redacted,
            }
            for column in table.columns
        ],
    }


def write_json(path: Path, value: Any) -> None:
    """Writes JSON that people can read and that compares line by line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def records(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """Rows of a query of our own as dicts."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _type_name(of: pa.DataType) -> str:
    """The type as Parquet gives it back: its standard calls the child of a list `element`, Arrow calls it `item`."""
    return str(of).replace("list<item: ", "list<element: ")


def _file(file: DataFile, root: Path) -> dict[str, Any]:
    path = root / file.path
    return {
        "path": file.path,
        "table": file.table,
        "partition": file.partition,
        "rows": file.rows,
        "bytes": path.stat().st_size,
        "sha256": sha256(path),
    }


def _versions(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Every version that decided content; more than one value when dumps were loaded with different ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for (versions,) in connection.execute("SELECT DISTINCT versions FROM runs").fetchall():
        for part, value in json.loads(versions).items():
            found[part].add(str(value))
    return {part: sorted(values) for part, values in sorted(found.items())}


def _accounting(quarantine: Sequence[Path], connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """read = loaded + quarantined + duplicates, with reasons; and what else was rejected, as embedded articles are."""
    totals = ", ".join(f"CAST(coalesce(sum({name}), 0) AS BIGINT) AS {name}" for name in COUNTS)
    rejected: list[dict[str, Any]] = []
    if quarantine:
        files = ", ".join(literal(str(path)) for path in quarantine)
        rejected = records(
            connection,
            f"SELECT stage, role, reason_code, count(*) AS n FROM read_parquet([{files}], hive_partitioning = false) GROUP BY ALL ORDER BY ALL",
        )
    return {
        **records(connection, f"SELECT {totals} FROM raw_files")[0],
        "outcomes": records(
            connection, "SELECT outcome, reason_code, count(*) AS n FROM raw_records GROUP BY ALL ORDER BY ALL"
        ),
        "rejected": rejected,
    }
