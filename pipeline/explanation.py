"""Decides nothing: reads an article's raw record again and shows which raw span and rule gave each field."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from pipeline.dumps import digest, reading, sha256
from pipeline.enrichers import ENRICHERS
from pipeline.enrichers.annotators import annotators
from pipeline.errors import InputError
from pipeline.line_counts import read_boilerplate
from pipeline.parsers import HTML_MAPPING, read_page
from pipeline.parsers.repairs import repair_fields
from pipeline.parsers.segments import Segment
from pipeline.readers import Limits, Mapping, RawRecord, read_raw, read_record
from pipeline.settings import Settings
from pipeline.storage.query import literal, query_rows, reader, session
from pipeline.storage.tables import Warehouse
from schemas.annotations.model import SPAN
from schemas.checks import CHECKS_VERSION
from schemas.fields import FIELDS
from schemas.tables import ANNOTATION_TABLES, ARTICLES
from schemas.vocab import BlockRole, DateSource, Role

EXCERPT_CHARS = 20_000  # ten times a long news article; a page beyond it is judged by its beginning
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


# The blocks of a page that state a column; the others come from the record, or are decided from several columns.
_BLOCKS = {
    **dict.fromkeys(("source_id", "source_name"), (BlockRole.SOURCE_NAME,)),
    "fetched_at": (BlockRole.FETCHED_RAW,),
    "headline": (BlockRole.HEADLINE,),
    "subheadline": (BlockRole.SUBHEADLINE,),
    **dict.fromkeys(
        ("published_at_raw", "published_at", "published_date", "published_precision", "published_calendar",
         "published_zone", "published_date_source"),
        (BlockRole.PUBLISHED_RAW,),
    ),
    "modified_at": (BlockRole.UPDATED_RAW,),
    **dict.fromkeys(("byline", "authors"), (BlockRole.BYLINE,)),
    "credit": (BlockRole.CREDIT,),
    "section": (BlockRole.SECTION,),
    "keywords": (BlockRole.KEYWORDS,),
    "body": (BlockRole.PARAGRAPH, BlockRole.PARAGRAPH_LINE),
    "social_embeds": (BlockRole.SOCIAL_TEXT, BlockRole.SOCIAL),
    "related_headlines": (BlockRole.RELATED,),
}  # fmt: skip
_FIELDS = {"published_at": "published_raw", "published_at_raw": "published_raw", "published_date": "published_raw",
           "modified_at": "modified_raw", "fetched_at": "fetched_raw"}  # fmt: skip
_DATED = tuple(name for name, roles in _BLOCKS.items() if roles == (BlockRole.PUBLISHED_RAW,))
_PAGE_WIDE = (BlockRole.SOURCE_NAME, BlockRole.FETCHED_RAW)
_ENRICHED = {column: f"enricher {e.name} {e.version}" for e in ENRICHERS for column in e.columns}
_RECIPES = {name: FIELDS[name].description for name in ("article_id", "version_id", "filed_date", "filed_month")}


def explain(article_id: str, settings: Settings) -> list[dict[str, Any]]:
    """Rows (part, what, value, span, rule): what each stage did, every stored field, every annotation, then the blocks of the page
    that are not its own.

    `span` is of the raw record, in code points, half-open; several are separated by spaces. That of an annotation is of the
    headline or the body, which it names.

    Raises:
        InputError: no such article.
    """
    row = _stored(article_id, settings)
    record = _record(row, settings)
    segments = _segments(record, settings)
    number = _number(row, segments)
    own = [s for s in segments if s.article == number or s.role in _PAGE_WIDE]
    fields = [
        _row("field", name, value, *_origin(name, row, record, own))
        for name, value in row.items()
        if name in ARTICLES.columns and value not in (None, [])
    ]
    used = {role for name in ARTICLES.columns if row[name] not in (None, []) for role in _BLOCKS.get(name, ())}
    others = [s for s in segments if s not in own or s.role not in used]
    return [
        *_stages(row, record, settings),
        *fields,
        *_annotations(article_id, settings),
        *(
            _row("block", _block_name(s), s.text, f"{s.start}:{s.end}", f"{s.rule} ({s.confidence:.2f})")
            for s in others
        ),
    ]


def _row(part: str, what: str, value: Any, span: str | None = None, rule: str | None = None) -> dict[str, Any]:
    return {"part": part, "what": what, "value": value, "span": span, "rule": rule}


def _stored(article_id: str, settings: Settings) -> dict[str, Any]:
    with reader(settings) as connection:
        found = query_rows(
            connection,
            "SELECT a.*, f.path, f.n_bytes, r.outcome FROM articles a JOIN raw_files f USING (raw_file_id) "
            "JOIN raw_records r USING (raw_file_id, raw_locator) WHERE a.article_id = $id",
            {"id": article_id},
        )
    if not found:
        raise InputError(
            f"no article {article_id}; see: warraq sql 'SELECT article_id, headline FROM articles LIMIT 20'"
        )
    return found[0]


def _stages(row: dict[str, Any], record: RawRecord | None, settings: Settings) -> Iterator[dict[str, Any]]:
    """One row a stage: what it made of the record."""
    read = f"{row['path']} {row['raw_locator']}"
    yield _row(
        "stage",
        "read",
        read if record else f"{read} is gone or changed since",
        None,
        record.mapping if record else None,
    )
    yield _row("stage", "parse", f"{row['role']} article", None, f"{row['parser']} {row['parser_version']}")
    if json.loads(_parameters(row["run_id"], settings)).get("boilerplate") != digest(settings.boilerplate):
        yield _row("stage", "parse", "boilerplate.parquet has changed since: spans are those of a load now")
    yield _row("stage", "validate", ", ".join(["accepted", *row["quality_flags"]]), None, f"checks {CHECKS_VERSION}")
    yield _row("stage", "enrich", "accepted", None, ", ".join(f"{e.name} {e.version}" for e in ENRICHERS))
    warehouse = Warehouse(settings)
    files = [str(path) for path in warehouse.files("articles")]
    with session(settings) as connection:
        ((where,),) = connection.execute(
            f"SELECT filename FROM read_parquet([{', '.join(map(literal, files))}], filename = true) WHERE article_id = $id",
            {"id": row["article_id"]},
        ).fetchall()
    snapshot = warehouse.published()["articles"]
    yield _row("stage", "load", f"{row['outcome']} by {row['run_id']} into {where}", None, f"snapshot {snapshot}")


def _annotations(article_id: str, settings: Settings) -> Iterator[dict[str, Any]]:
    """One row for each row of the annotation tables about the article."""
    known = annotators(settings.mentions_model)
    made_by = {table: f"{name} {known.version(name)}" for name in known.by_name for table in known.tables([name])}
    with reader(settings) as connection:
        for table in ANNOTATION_TABLES.values():
            order = ", ".join(table.key)
            query = f"SELECT * FROM {table.name} WHERE article_id = $id ORDER BY {order}"
            for row in query_rows(connection, query, {"id": article_id}):
                rule = row.pop("rule", None)
                by = made_by[table.name]
                span = f"{row['text_part']} {row['start_char']}:{row['end_char']}" if set(SPAN) <= set(row) else None
                value = {
                    k: v for k, v in row.items() if k not in ("article_id", "filed_month", *SPAN) and v is not None
                }
                yield _row("annotation", table.name, value, span, f"{by}: {rule}" if rule else by)


def _segments(record: RawRecord | None, settings: Settings) -> list[Segment]:
    if record is None or record.text is None or record.mapping == HTML_MAPPING:
        return []
    page = read_page(record.text, repair_fields(record.fields)[0], read_boilerplate(settings))
    return page.segments if page else []


def _number(row: dict[str, Any], segments: list[Segment]) -> int:
    """The number of the article on its page."""
    if row["role"] == Role.LEAD:
        return 0
    headlines = ((s.article, " ".join(s.text.split())) for s in segments if s.role == BlockRole.HEADLINE and s.article)
    return next((number for number, text in headlines if text == row["headline"]), -1)


def _origin(
    name: str, row: dict[str, Any], record: RawRecord | None, own: list[Segment]
) -> tuple[str | None, str | None]:
    """Span and rule of a stored field."""
    if rule := _ENRICHED.get(name) or _RECIPES.get(name):
        return None, rule
    roles = _BLOCKS.get(name, ())
    if name in _DATED and row["published_date_source"] == DateSource.SOCIAL:
        roles = _BLOCKS["social_embeds"]
    if blocks := [s for s in own if s.role in roles]:
        rules = dict.fromkeys(s.rule for s in blocks)
        return " ".join(f"{s.start}:{s.end}" for s in blocks), ", ".join(rules)
    if record is None:
        return None, None
    field = _FIELDS.get(name, name)
    if field in record.fields:
        return None, f"mapping {record.mapping}: {field}"
    if record.mapping == HTML_MAPPING and (name in _BLOCKS or name in ("description", "canonical_url")):
        how = row["extractor"] if name == "body" else row["published_date_source"] if name in _DATED else "choice"
        return None, f"html {how}"
    return None, None


def _block_name(segment: Segment) -> str:
    return segment.role + (f" of embedded {segment.article}" if segment.article else "")


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
