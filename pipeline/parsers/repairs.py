"""Decides where misread text is repaired on its way through the parser, and which articles say so; how is `text.mojibake`.

A page is repaired as a whole before it is cut into segments, so that layouts see their markers; segments keep the spans of
the raw page. Mapped fields are repaired one by one.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipeline.parsers.segmenter import Segment
from pipeline.text.mojibake import Repair, repair

_ADDRESSES = frozenset({"url", "canonical_url", "source_id", "encoding"})


def repair_flags(repaired: Repair) -> list[str]:
    """The quality flags of a repair, none when nothing was wrong."""
    if repaired.codec is None:
        return []
    return ["encoding_repaired"] if repaired.is_exact else ["encoding_repaired", "encoding_repair_inexact"]


def repair_fields(fields: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Mapped fields with every text in them repaired, and the flags of all repairs."""
    flags: set[str] = set()
    repaired = {name: value if name in _ADDRESSES else _value(value, flags) for name, value in fields.items()}
    return repaired, sorted(flags, reverse=True)


def _value(value: Any, flags: set[str]) -> Any:
    if isinstance(value, str):
        repaired = repair(value)
        flags.update(repair_flags(repaired))
        return repaired.text
    if isinstance(value, list):
        return [_value(part, flags) for part in value]
    if isinstance(value, dict):
        return {key: _value(part, flags) for key, part in value.items()}
    return value


def flags_by_article(repaired: Repair, segments: Iterable[Segment]) -> dict[int, list[str]]:
    """Flags of the articles of a page of which a segment was repaired; `segments` have spans of the repaired text."""
    flags = repair_flags(repaired)
    return {s.article: flags for s in segments if flags and repaired.touches(s.start, s.end)}


def with_raw_spans(repaired: Repair, segments: list[Segment]) -> list[Segment]:
    """The segments with spans of the raw page."""
    if repaired.codec is None:
        return segments
    raw = [repaired.raw_span(s.start, s.end) for s in segments]
    return [replace(s, start=start, end=end) for s, (start, end) in zip(segments, raw, strict=True)]
