"""Compares every table of two warehouses, row by row but in any order: `python -m tests.faults.compare WAREHOUSE WAREHOUSE`.

What says when and by which load a row was written is left out. Exit code 1 when a table differs.
"""

import sys
from pathlib import Path
from typing import Any

from pipeline.settings import Settings
from pipeline.storage.query import reader
from schemas.tables import TABLES

WHEN = {"run_id", "started_at", "seconds", "path"}


def digest(settings: Settings, name: str) -> tuple[Any, ...]:
    """Rows of a table, and a sum over the md5 of each, which does not depend on their order."""
    columns = ", ".join(f"coalesce({c}::VARCHAR, '\u241e')" for c in TABLES[name].columns if c not in WHEN)
    row = f"('0x' || left(md5(concat_ws('\u241f', {columns})), 15))::UBIGINT"
    with reader(settings) as connection:
        return connection.execute(f"SELECT count(*), sum({row}::HUGEINT) FROM {name}").fetchall()[0]


def differing(one: Settings, other: Settings) -> dict[str, tuple[int, int]]:
    """The tables that differ, with the number of rows on both sides."""
    pairs = {name: (digest(one, name), digest(other, name)) for name in TABLES}
    return {name: (a[0], b[0]) for name, (a, b) in pairs.items() if a != b}


def main() -> int:
    one, other = (Settings(warehouse=Path(argument)) for argument in sys.argv[1:3])
    found = differing(one, other)
    for name in TABLES:
        rows = digest(one, name)[0]
        print(
            f"{name:18} {rows:>11,} rows  {'differ from ' + format(found[name][1], ',') if name in found else 'equal'}"
        )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
