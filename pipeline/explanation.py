"""Decides nothing: reads an article's raw record again and shows which raw span and rule gave each block."""

import json
import re
from pathlib import Path
from typing import Any

import orjson

from pipeline.dumps import digest, reading, sha256
from pipeline.errors import InputError
from pipeline.line_counts import read_boilerplate
from pipeline.parsers import read_page
from pipeline.parsers.repairs import repair_fields
from pipeline.readers import Limits, Mapping, RawRecord, read_raw, read_record
from pipeline.settings import Settings
from pipeline.storage.query import reader

EXCERPT_CHARS = 20_000  # ten times a long news article; a page beyond it is judged by its beginning
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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
    page = read_page(record.text, repair_fields(record.fields)[0], read_boilerplate(settings))
    blocks = page.segments if page else []
    if json.loads(_parameters(row["run_id"], settings)).get("boilerplate") != digest(settings.boilerplate):
        changed = "boilerplate.parquet has changed since the load: the blocks are those of a load now"
        rows.append({"what": "side input", "value": changed, "span": None, "rule": None})
    return rows + [
        {
            "what": f"block: {b.role}" + (f" of embedded {b.article}" if b.article else ""),
            "value": b.text,
            "span": f"{b.start}:{b.end}",
            "rule": f"{b.rule} ({b.confidence:.2f})",
        }
        for b in blocks
    ]


def raw_excerpt(row: dict[str, Any], settings: Settings) -> str:
    """What a quarantine row points to, for people: the record as delivered, JSON indented, cut at `EXCERPT_CHARS` and saying so."""
    path = Path(row["path"])
    if not _is_unchanged(path, row["raw_file_id"]):
        return f"({path} is gone or changed since)"
    if row["raw_locator"] is None:
        return f"(the whole file, {path.stat().st_size} bytes)"
    value = read_raw(path, row["raw_locator"], *_reading(row["run_id"], settings))
    if value is None:
        return "(not a record that can be shown)"
    try:
        shown = orjson.dumps(orjson.loads(value), option=orjson.OPT_INDENT_2).decode()
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        shown = value.decode("utf-8", "backslashreplace")
    shown = _CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", shown)  # a raw page must not steer the terminal
    cut = f"\n… cut: {EXCERPT_CHARS} of {len(shown)} characters" if len(shown) > EXCERPT_CHARS else ""
    return shown[:EXCERPT_CHARS] + cut


def _record(row: dict[str, Any], settings: Settings) -> RawRecord | None:
    path = Path(row["path"])
    if not _is_unchanged(path, row["raw_file_id"]):
        return None
    found = read_record(path, row["raw_locator"], *_reading(row["run_id"], settings))
    return found if isinstance(found, RawRecord) else None


def _is_unchanged(path: Path, raw_file_id: str) -> bool:
    return path.is_file() and sha256(path) == raw_file_id


def _reading(run_id: str, settings: Settings) -> tuple[tuple[Mapping, ...], Limits]:
    return reading(_parameters(run_id, settings))


def _parameters(run_id: str, settings: Settings) -> str:
    with reader(settings) as connection:
        ((asked,),) = connection.execute("SELECT parameters FROM runs WHERE run_id = $id", {"id": run_id}).fetchall()
    return str(asked)
