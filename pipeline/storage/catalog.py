"""Decides what an analyst sees in `news.duckdb`: views over the published snapshots, with a COMMENT on every column; it holds no data."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.storage.tables import Snapshots, Warehouse, write_atomically
from schemas.tables import TABLES, Table

STORAGE_VERSION = "v1.0.0"  # what every DuckDB client from 1.1 on opens


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def rebuild(warehouse: Warehouse) -> dict[str, int]:
    """Builds `news.duckdb` and `init.sql` from the published snapshots and puts them in place; returns rows per table."""
    settings = warehouse.settings
    statements = definitions(warehouse, warehouse.published())
    with tempfile.TemporaryDirectory(dir=settings.warehouse, prefix=".catalog-") as folder:
        built = Path(folder) / "news.duckdb"
        with session(settings) as connection:
            connection.execute(f"ATTACH {literal(str(built))} AS news (STORAGE_VERSION '{STORAGE_VERSION}'); USE news")
            for statement in statements:
                connection.execute(statement)
            counts = {name: _count(connection, name) for name in TABLES}
            connection.execute("USE memory; DETACH news")
        os.replace(built, settings.database)
    header = (
        "-- duckdb -init init.sql, started in this folder: the views of news.duckdb as text.\nSET TimeZone = 'UTC';\n"
    )
    write_atomically(settings.warehouse / "init.sql", header + "".join(f"{statement};\n" for statement in statements))
    return counts


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {name}").fetchall()
    return int(row[0][0])


def definitions(warehouse: Warehouse, snapshots: Snapshots) -> list[str]:
    """The statements that define every view, with paths relative to the warehouse."""
    root = warehouse.settings.warehouse.resolve()
    statements = []
    for table in TABLES.values():
        files = [os.path.relpath(path, root) for path in warehouse.files(table.name, snapshots)]
        statements += [f"CREATE OR REPLACE VIEW {table.name} AS {_select(table, files)}", *_comments(table)]
    for path in sorted((Path(__file__).resolve().parents[2] / "warehouse" / "views").glob("*.sql")):
        statements += [part.strip() for part in path.read_text(encoding="utf-8").split(";\n") if part.strip()]
    return statements


def _select(table: Table, files: list[str]) -> str:
    columns = ", ".join(table.columns)
    if files:
        return f"SELECT {columns} FROM read_parquet([{', '.join(map(literal, files))}], hive_partitioning = false)"
    empty = ", ".join(f"CAST(NULL AS {_sql_type(str(field.type))}) AS {field.name}" for field in table.fields)
    return f"SELECT {empty} WHERE false"


def _sql_type(arrow: str) -> str:
    plain = {
        "string": "VARCHAR",
        "int32": "INTEGER",
        "int64": "BIGINT",
        "float": "FLOAT",
        "double": "DOUBLE",
        "date32[day]": "DATE",
        "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
    }
    if arrow in plain:
        return plain[arrow]
    if "struct" in arrow:
        return "STRUCT(account VARCHAR, name VARCHAR, posted_date DATE, text VARCHAR)[]"
    return "VARCHAR[]"


def _comments(table: Table) -> list[str]:
    statements = [f"COMMENT ON VIEW {table.name} IS {literal('One row: ' + table.grain)}"]
    for field in table.fields:
        unit = f" [{field.unit}]" if field.unit else ""
        null = f" NULL: {field.null}." if field.null else ""
        statements.append(
            f"COMMENT ON COLUMN {table.name}.{field.name} IS {literal(f'{field.description}{unit}.{null}')}"
        )
    return statements


@contextmanager
def session(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory DuckDB with limits, a private spill folder, no extension downloads and paths relative to the warehouse."""
    with tempfile.TemporaryDirectory(prefix="warraq-duckdb-") as spill:
        connection = duckdb.connect(
            config={
                "memory_limit": settings.memory_limit,
                "temp_directory": spill,
                "max_temp_directory_size": settings.temp_limit,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        try:
            connection.execute(
                f"SET TimeZone = 'UTC'; SET file_search_path = {literal(str(settings.warehouse.resolve()))}"
            )
            yield connection
        finally:
            connection.close()


@contextmanager
def reader(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published corpus, read-only.

    Raises:
        InputError: nothing has been loaded yet.
    """
    if not settings.database.exists():
        raise InputError(f"{settings.database} does not exist; load something first: warraq run RAW")
    with session(settings) as connection:
        connection.execute(f"ATTACH {literal(str(settings.database))} AS news (READ_ONLY); USE news")
        yield connection
