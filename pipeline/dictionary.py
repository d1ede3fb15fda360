"""Decides how the data dictionary reads; its facts come from `schemas` alone."""

from collections.abc import Iterable
from typing import Protocol

from schemas.fields import Field
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
            "| column | type | NULL means | meaning |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {f.name} | {f.type} | {f.null or 'never NULL'} | {f.description}{f' [{f.unit}]' if f.unit else ''} |"
            for f in table.fields
        ]
        lines.append("")
    lines += ["## Reason codes", "", "| code | stage | effect | message |", "|---|---|---|---|"]
    lines += [f"| {r.code} | {r.stage} | {r.severity.value} | {r.message} |" for r in REASONS.values()]
    return "\n".join(lines) + "\n"
