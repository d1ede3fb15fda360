"""Decides whether a table keeps the promises of its fields: a pandera schema generated from the registry for each table.

What breaks here is a defect of ours, never bad news: rows are judged by `schemas.checks` before they get this far.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import pandera.polars as pap
import polars as pl
import pyarrow as pa
from pandera.errors import SchemaErrors
from pandera.polars import PolarsData

from schemas.field import Field
from schemas.tables import TABLES


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken promise: the column (the key's columns for uniqueness), what was promised, and how many rows break it."""

    column: str
    promise: str
    n_rows: int


def breaches(name: str, rows: pa.Table, *, unique_key: bool = True) -> list[Breach]:
    """Every promise of table `name` that `rows` break, in column order; empty when all hold.

    Args:
        rows: an Arrow table; its columns must be those of the table, in order.
        unique_key: False for rows of which a later stage keeps only one per key.
    """
    wanted = TABLES[name].arrow()
    if mistyped := _mistyped(wanted, rows.schema):
        return mistyped
    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)
    found: Counter[tuple[str, str]] = Counter()
    schema = contract(name)
    try:
        schema.validate(frame.select(list(schema.columns)), lazy=True)  # eager: on a LazyFrame values are not checked
    except SchemaErrors as errors:
        cases = errors.failure_cases.select("column", "check")
        found.update((column or "", str(check)) for column, check in cases.iter_rows())
    broken = [Breach(column, promise, n_rows) for (column, promise), n_rows in found.items()]
    key = list(TABLES[name].key)
    if unique_key and (copies := int(frame.select(key).is_duplicated().sum())):
        broken.append(Breach(", ".join(key), "unique", copies))
    return broken


@cache
def contract(name: str) -> pap.DataFrameSchema:
    """The pandera schema of a table: type, nullability and promises of each column that has any beside its type."""
    fields = {field.name: field for field in TABLES[name].fields}
    types = pl.from_arrow(TABLES[name].arrow().empty_table())
    assert isinstance(types, pl.DataFrame)
    columns = {
        field.name: pap.Column(types.schema[field.name], checks, nullable=field.nullable)
        for field in fields.values()
        if (checks := _checks(field)) or not field.nullable
    }
    return pap.DataFrameSchema(columns, name=name)


def _checks(field: Field) -> list[pap.Check]:
    """What a field promises as one check: pandera costs the same for each check, whatever is in it.

    NULL is left to nullability. The expressions are native polars: no Python call per row.
    """
    value = pl.col(field.name)
    rules: dict[str, pl.Expr] = {}
    if pa.types.is_list(field.type):
        item = value.list
        rules["no NULL in the list"] = item.drop_nulls().list.len() == item.len()
        if field.type.value_type == pa.string():
            rules["no '' in the list"] = ~item.contains("")
        if field.allowed:
            known = pl.lit(list(field.allowed), dtype=pl.List(pl.String))
            rules["known items"] = item.set_difference(known).list.len() == 0
    else:
        if field.type == pa.string() and not field.may_be_empty:
            rules["not ''"] = value.str.len_bytes() > 0
        if field.allowed:
            rules["a known value"] = value.is_in(list(field.allowed))
        if field.minimum is not None:
            rules[f"at least {field.minimum}"] = value >= field.minimum
        if field.maximum is not None:
            rules[f"at most {field.maximum}"] = value <= field.maximum
        if field.pattern:
            rules[f"like {field.pattern}"] = value.str.contains(f"(?s)^(?:{field.pattern})$")
    return [_check("; ".join(rules), pl.all_horizontal(rules.values()))] if rules else []


def _check(name: str, rule: pl.Expr) -> pap.Check:
    def holds(data: PolarsData) -> pl.LazyFrame:
        judged: pl.LazyFrame = data.lazyframe.select(rule.fill_null(True).alias(name))
        return judged

    return pap.Check(holds, name=name, error=name)


def _mistyped(wanted: pa.Schema, got: pa.Schema) -> list[Breach]:
    if wanted.names != got.names:
        return [Breach(", ".join(got.names), f"columns {', '.join(wanted.names)}", 0)]
    return [Breach(f.name, f"type {f.type}", 0) for f in wanted if not got.field(f.name).type.equals(f.type)]
