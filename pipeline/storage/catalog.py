"""Decides what an analyst sees in `news.duckdb`: macros, and views over the published snapshots, with a COMMENT on every column;
it holds no data.
"""

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.settings import PROJECT, Settings
from pipeline.storage.query import Relation, literal, select, session
from pipeline.storage.tables import Warehouse, write_atomically
from schemas.tables import TABLES

MACROS = PROJECT / "warehouse" / "macros"
VIEWS = PROJECT / "warehouse" / "views"
STORAGE_VERSION = "v1.0.0"  # what every DuckDB client from 1.1 on opens


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
    """The statements that define and comment every macro and view; `files` are the Parquet files of each table."""
    statements = _written(MACROS)
    for table in tables:
        statements += [f"CREATE OR REPLACE VIEW {table.name} AS {select(table, files[table.name])}", *_comments(table)]
    return statements + _written(VIEWS)


def _written(folder: Path) -> list[str]:
    """The statements of the .sql files of a folder."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql")))
    return [part.strip() for text in texts for part in text.split(";\n") if part.strip()]


def _comments(table: Relation) -> list[str]:
    statements = [f"COMMENT ON VIEW {table.name} IS {literal('One row: ' + table.grain)}"]
    for field in table.fields:
        unit = f" [{field.unit}]" if field.unit else ""
        null = f" NULL: {field.null}." if field.null else ""
        statements.append(
            f"COMMENT ON COLUMN {table.name}.{field.name} IS {literal(f'{field.description}{unit}.{null}')}"
        )
    return statements
