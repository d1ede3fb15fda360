"""Decides which articles are fit for the corpus, by the rules of `schemas.checks`; a flag keeps the row and says so in it.

An embedded article that fails never takes its lead down; one whose lead fails is kept and flagged `parent_quarantined`.
"""

from collections import defaultdict

import polars as pl
import pyarrow as pa

from pipeline.context import StageContext, StageResult
from pipeline.stages.rejects import reject, rejects_table
from schemas.checks import Finding, judge, severity
from schemas.tables import PARSED
from schemas.vocab import Role, Severity


def validate(table: pa.Table, context: StageContext) -> StageResult:
    """Articles of `PARSED` to the same rows, fit ones accepted with their flags, others rejected with every reason."""
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    by_row: dict[int, list[Finding]] = defaultdict(list)
    for finding in judge(frame, context.received_at):
        by_row[finding.row].append(finding)
    failing = {row for row, found in by_row.items() if any(severity(f.code) is Severity.QUARANTINE for f in found)}
    keys = table.select(
        ["role", "raw_file_id", "raw_locator", "record_id", "article_id", "parent_article_id", "quality_flags"]
    ).to_pylist()
    lost = {keys[row]["article_id"] for row in failing if keys[row]["role"] == Role.LEAD}

    rejected = []
    for row in sorted(failing):
        found = [f for f in by_row[row] if severity(f.code) is Severity.QUARANTINE]
        where = {key: keys[row][key] for key in ("raw_file_id", "raw_locator", "record_id", "role")}
        rejected.append(
            reject(context, [f.code for f in found], **where, field=found[0].field, observed=found[0].observed)
        )

    kept = [row for row in range(table.num_rows) if row not in failing]
    flags = [
        [
            *keys[row]["quality_flags"],
            *(f.code for f in by_row.get(row, ())),
            *(["parent_quarantined"] if keys[row]["parent_article_id"] in lost else []),
        ]
        for row in kept
    ]
    column = table.schema.get_field_index("quality_flags")
    accepted = table.take(pa.array(kept, pa.int64())).set_column(
        column, PARSED.field("quality_flags"), pa.array(flags, PARSED.field("quality_flags").type)
    )
    return StageResult(accepted, rejects_table(rejected))
