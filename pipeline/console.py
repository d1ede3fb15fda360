"""Decides what the commands share: common options, and how rows are printed on a terminal or as JSON."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table as RichTable

from pipeline.json_rows import json_array, shown
from pipeline.settings import Settings

MAX_CELL_CHARS = 120  # --json never cuts

# What is not a terminal gets each row on one line.
out = Console(width=None if sys.stdout.isatty() else 10_000)

Warehouse = Annotated[
    Path | None,
    typer.Option("--warehouse", help="Folder of the corpus; default: the setting, or warehouse/ of the checkout"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON array of row objects and nothing else")]


def settings_of(warehouse: Path | None) -> Settings:
    """The settings, with the warehouse that a command was given."""
    return Settings(warehouse=warehouse) if warehouse else Settings()


def print_rows(rows: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    """Prints rows that share their columns; an empty table prints nothing, an empty array `[]`."""
    if as_json:
        print(json_array(rows))
        return
    if not rows:
        return
    table = RichTable(show_edge=False)
    for name in rows[0]:
        table.add_column(name, no_wrap=name.endswith("_id"))  # an id is there to be copied
    for row in rows:
        table.add_row(*(_cut(shown(value)) for value in row.values()))
    out.print(table, markup=False)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_CELL_CHARS else text[:MAX_CELL_CHARS] + "…"
