"""Decides how DuckDB is opened over the corpus and what a reader may do with it: read the corpus, and nothing else."""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from pipeline.errors import InputError
from pipeline.json_rows import unique_names
from pipeline.settings import Settings
from schemas.field import Field


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class Relation(Protocol):
    """A table of the warehouse, or of a release."""

    @property
    def name(self) -> str: ...
    @property
    def grain(self) -> str: ...
    @property
    def fields(self) -> tuple[Field, ...]: ...


_SQL_TYPES = {
    "string": "VARCHAR",
    "bool": "BOOLEAN",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
}


def select(table: Relation, files: Sequence[str | Path]) -> str:
    """A SELECT of every column of a table from its files; without files, of no row."""
    if files:
        columns = ", ".join(field.name for field in table.fields)
        listed = ", ".join(literal(str(file)) for file in files)
        return f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = false)"
    empty = ", ".join(f"CAST(NULL AS {_sql_type(field.type)}) AS {field.name}" for field in table.fields)
    return f"SELECT {empty} WHERE false"


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return f"STRUCT({', '.join(f'{part.name} {_sql_type(part.type)}' for part in kind)})"
    return _SQL_TYPES[str(kind)]


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
