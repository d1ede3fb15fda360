"""Decides what an analyst sees in `news.duckdb`: views over the published snapshots, with a COMMENT on every column; it holds no data."""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb

from pipeline.errors import InputError
from pipeline.json_rows import unique_names
from pipeline.settings import PROJECT, Settings
from pipeline.storage.tables import Warehouse, write_atomically
from schemas.fields import Field
from schemas.tables import TABLES

VIEWS = PROJECT / "warehouse" / "views"
STORAGE_VERSION = "v1.0.0"  # what every DuckDB client from 1.1 on opens


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class Relation(Protocol):
    """What a view is made of: a table of the warehouse, or of a release."""

    @property
    def name(self) -> str: ...
    @property
    def grain(self) -> str: ...
    @property
    def fields(self) -> tuple[Field, ...]: ...


def rebuild(warehouse: Warehouse) -> dict[str, int]:
    """Builds `news.duckdb` and `init.sql` from the published snapshots and puts them in place; returns rows per table."""
    settings = warehouse.settings
    root = settings.warehouse.resolve()
    published = warehouse.published()
    files = {name: [os.path.relpath(path, root) for path in warehouse.files(name, published)] for name in TABLES}
    statements = definitions(TABLES.values(), files)
    with tempfile.TemporaryDirectory(dir=root, prefix=".catalog-") as folder:
        built = Path(folder) / settings.database.name
        counts = build(built, root, statements, settings)
        os.replace(built, settings.database)
    write_atomically(settings.warehouse / "init.sql", init_script(statements))
    return counts


def build(database: Path, root: Path, statements: Sequence[str], settings: Settings) -> dict[str, int]:
    """Writes a catalog whose paths are relative to `root` into a new file; returns rows per view."""
    with session(settings, root) as connection:
        connection.execute(f"ATTACH {literal(str(database))} AS news (STORAGE_VERSION '{STORAGE_VERSION}'); USE news")
        for statement in statements:
            connection.execute(statement)
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall()
        counts = {name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]) for (name,) in views}
        connection.execute("USE memory; DETACH news")
    return counts


def init_script(statements: Sequence[str]) -> str:
    """The same definitions as text, for clients that do not open the database file."""
    header = (
        "-- duckdb -init init.sql, started in this folder: the views of news.duckdb as text.\nSET TimeZone = 'UTC';\n"
    )
    return header + "".join(f"{statement};\n" for statement in statements)


def definitions(tables: Iterable[Relation], files: Mapping[str, Sequence[str]]) -> list[str]:
    """The statements that define and comment every view; `files` are the Parquet files of each table."""
    statements = []
    for table in tables:
        statements += [f"CREATE OR REPLACE VIEW {table.name} AS {_select(table, files[table.name])}", *_comments(table)]
    for path in sorted(VIEWS.glob("*.sql")):
        statements += [part.strip() for part in path.read_text(encoding="utf-8").split(";\n") if part.strip()]
    return statements


def _select(table: Relation, files: Sequence[str]) -> str:
    if files:
        columns = ", ".join(field.name for field in table.fields)
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


def _comments(table: Relation) -> list[str]:
    statements = [f"COMMENT ON VIEW {table.name} IS {literal('One row: ' + table.grain)}"]
    for field in table.fields:
        unit = f" [{field.unit}]" if field.unit else ""
        null = f" NULL: {field.null}." if field.null else ""
        statements.append(
            f"COMMENT ON COLUMN {table.name}.{field.name} IS {literal(f'{field.description}{unit}.{null}')}"
        )
    return statements


@contextmanager
def session(settings: Settings, root: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory DuckDB with limits, a private spill folder, no extension downloads and paths relative to `root`.

    Args:
        root: default: the warehouse.
    """
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
            root = (root or settings.warehouse).resolve()
            connection.execute(f"SET TimeZone = 'UTC'; SET file_search_path = {literal(str(root))}")
            yield connection
        finally:
            connection.close()


@contextmanager
def reader(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published corpus, read-only: no other file can be read, no extension loaded, no limit lifted.

    Raises:
        InputError: nothing has been loaded yet.
    """
    if not settings.database.exists():
        raise InputError(f"{settings.database} does not exist; load something first: warraq run RAW")
    with session(settings) as connection:
        attach(connection, settings.database, settings.tables)
        yield connection


def attach(connection: duckdb.DuckDBPyConnection, database: Path, data: Path) -> None:
    """Makes a catalog the current database of a session, and shuts every file but it and those below `data` out for good.

    DuckDB looks a relative path up as such before it tries `file_search_path`, so that the folder is allowed under its
    relative name as well. What is allowed may also be written: a query from outside must pass `query_rows`.
    """
    folders = ", ".join(literal(str(folder)) for folder in (data.resolve(), Path(data.name)))
    connection.execute(f"ATTACH {literal(str(database.resolve()))} AS news (READ_ONLY); USE news")
    connection.execute(
        f"SET allowed_directories = [{folders}]; SET enable_external_access = false; SET lock_configuration = true"
    )


def query_rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The rows of the last statement of `query`, as dicts by column.

    Raises:
        InputError: the query is wrong, or does more than read.
    """
    try:
        for statement in connection.extract_statements(query):
            _refuse_writing(connection, statement.query, statement.type, parameters)
        cursor = connection.execute(query, parameters) if parameters else connection.execute(query)
        names = unique_names([column[0] for column in cursor.description or ()])
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except (duckdb.Error, UnicodeError) as error:
        raise InputError(f"the query failed: {' '.join(str(error).split())}") from error


_EXPLAIN = re.compile(r"\s*EXPLAIN\b(?:\s+ANALYZE\b|\s*\([^)]*\))?", re.IGNORECASE)


def _refuse_writing(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    kind: duckdb.StatementType,
    parameters: dict[str, Any] | None,
) -> None:
    """Passes SELECT in all its spellings, and EXPLAIN of one; a COPY hides in the WITH clause of what DuckDB calls a SELECT."""
    if kind == duckdb.StatementType.EXPLAIN and (prefix := _EXPLAIN.match(query)):
        inner = connection.extract_statements(query[prefix.end() :])
        query, kind = inner[0].query, inner[0].type
    if kind in (duckdb.StatementType.SELECT, duckdb.StatementType.MULTI):
        plans = connection.execute(f"EXPLAIN (FORMAT json) {query}", parameters or {}).fetchall()
        if not any("COPY" in name for _, plan in plans for name in _operators(json.loads(plan))):
            return
    raise InputError("only queries that read are answered (SELECT, FROM, DESCRIBE, SUMMARIZE, SHOW, PIVOT, EXPLAIN)")


def _operators(node: Any) -> Iterator[str]:
    for item in node if isinstance(node, list) else [node]:
        yield item["name"]
        yield from _operators(item.get("children", []))
