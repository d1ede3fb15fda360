"""Decides how a rejected row looks in quarantine; the stages decide which rows are rejected."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from pipeline.context import StageContext
from pipeline.parsers.articles import stable_id
from schemas.tables import QUARANTINE
from schemas.vocab import REASONS


def reject(
    context: StageContext,
    codes: Sequence[str],
    raw_file_id: str,
    raw_locator: str | None,
    *,
    role: str,
    record_id: str | None = None,
    field: str | None = None,
    observed: str | None = None,
) -> dict[str, Any]:
    """One quarantine row; `codes` has the deciding reason first, `role` is lead, embedded or record, or file."""
    key = "\n".join((raw_file_id, raw_locator or "", role, record_id or "", codes[0], observed or ""))
    return {
        "quarantine_id": stable_id("q", key),
        "stage": REASONS[codes[0]].stage,
        "reason_code": codes[0],
        "reason_codes": list(codes),
        "field": field,
        "observed": observed,
        "message": REASONS[codes[0]].message,
        "role": role,
        "raw_file_id": raw_file_id,
        "path": context.files.get(raw_file_id, ""),
        "raw_locator": raw_locator,
        "record_id": record_id,
        "run_id": context.run_id,
    }


def rejects_table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Quarantine rows as a table."""
    return pa.Table.from_pylist(list(rows), schema=QUARANTINE.arrow())
