"""Decides how the data dictionary reads; its facts come from `schemas` alone."""

from collections.abc import Iterable
from typing import Protocol

from schemas.field import Field
from schemas.tables import TABLES
from schemas.vocab import REASONS


class Described(Protocol):
    """A table that can be described: of the warehouse, or of a release."""

    @property
    def name(self) -> str: ...
    @property
    def grain(self) -> str: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def fields(self) -> tuple[Field, ...]: ...


def dictionary_markdown(tables: Iterable[Described] = tuple(TABLES.values())) -> str:
    """Every table, column and reason code, as Markdown."""
    lines = ["# Data dictionary", "", "Made by `warraq dictionary` from `schemas/`; do not edit.", ""]
    for table in tables:
        lines += [
            f"## {table.name}",
            "",
            f"One row: {table.grain}. Key: {', '.join(table.key)}.",
            "",
            "| column | type | NULL means | values | meaning |",
            "|---|---|---|---|---|",
        ]
        lines += map(_row, table.fields)
        lines.append("")
    lines += ["## Reason codes", "", "| code | stage | effect | message |", "|---|---|---|---|"]
    lines += [f"| {r.code} | {r.stage} | {r.severity.value} | {r.message} |" for r in REASONS.values()]
    return "\n".join(lines) + "\n"


def _row(field: Field) -> str:
    unit = f" [{field.unit}]" if field.unit else ""
    cells = (field.name, field.type, field.null or "never NULL", field.promises, field.description + unit)
    return "| " + " | ".join(str(cell).replace("|", r"\|") for cell in cells) + " |"
