"""Decides nothing: reads an article's raw record again and shows which raw span and rule gave each block."""

from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.parsers.repairs import with_raw_spans
from pipeline.parsers.segmenter import load_layouts, segment
from pipeline.readers import Limits, RawRecord, load_mappings, read_record
from pipeline.settings import Settings
from pipeline.storage.catalog import reader
from pipeline.text.mojibake import repair


def explain(article_id: str, settings: Settings) -> list[dict[str, Any]]:
    """Rows (what, value, span, rule): stored fields and outcome first, then every block of the raw record in page order.

    Raises:
        InputError: no such article.
    """
    with reader(settings) as connection:
        cursor = connection.execute(
            "SELECT a.*, f.path, r.outcome FROM articles a JOIN raw_files f USING (raw_file_id) JOIN raw_records r USING (raw_file_id, raw_locator) WHERE a.article_id = $id",
            {"id": article_id},
        )
        names = [column[0] for column in cursor.description or ()]
        found = cursor.fetchall()
    if not found:
        raise InputError(
            f"no article {article_id}; see: warraq sql 'SELECT article_id, headline FROM articles LIMIT 20'"
        )
    row = dict(zip(names, found[0], strict=True))
    rows = [
        {"what": name, "value": value, "span": None, "rule": f"{row['parser']} {row['parser_version']}"}
        for name, value in row.items()
        if value not in (None, [])
    ]
    record = _record(row, settings)
    if record is None:
        return [*rows, {"what": "raw record", "value": f"{row['path']} is gone or changed", "span": None, "rule": None}]
    if record.text is None:
        return rows + [
            {"what": f"raw {name}", "value": value, "span": None, "rule": f"mapping {record.mapping}"}
            for name, value in record.fields.items()
        ]
    layout = next(layout for layout in load_layouts() if layout.name == row["parser"])
    page = repair(record.text)
    blocks = with_raw_spans(page, segment(page.text, layout) or [])
    return rows + [
        {
            "what": f"block: {b.role}" + (f" of embedded {b.article}" if b.article else ""),
            "value": b.text,
            "span": f"{b.start}:{b.end}",
            "rule": b.rule,
        }
        for b in blocks
    ]


def raw_excerpt(row: dict[str, Any], settings: Settings) -> str:
    """The start of the raw record that a quarantine row points to."""
    if row["raw_locator"] is None or not Path(row["path"]).exists():
        return "(the whole file)" if row["raw_locator"] is None else f"({row['path']} is gone)"
    record = _record(row, settings)
    return "(unreadable)" if record is None else (record.text or str(record.fields))[:1000]


def _record(row: dict[str, Any], settings: Settings) -> RawRecord | None:
    path = Path(row["path"])
    if not path.exists():
        return None
    found = read_record(
        path, row["raw_locator"], load_mappings(), Limits(settings.max_record_bytes, settings.max_expansion_ratio)
    )
    return found if isinstance(found, RawRecord) else None
