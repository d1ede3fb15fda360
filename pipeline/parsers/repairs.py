"""Decides where misread text is repaired on its way through the parser, and which articles say so; how is `text.mojibake`.

A page is repaired as a whole before it is cut into segments, so that layouts see their markers; segments keep the spans of
the raw page. Mapped fields are repaired one by one.
"""

from dataclasses import replace
from typing import Any

from pipeline.parsers.segments import Page
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


def repaired_page(repaired: Repair, page: Page) -> Page:
    """A page that was cut from repaired text: spans of the raw text, and flags of the articles of which a part was repaired."""
    flags = repair_flags(repaired)
    if not flags:
        return page
    touched = {s.article for s in page.segments if repaired.touches(s.start, s.end)}
    spans = (repaired.raw_span(s.start, s.end) for s in page.segments)
    segments = [s._replace(start=start, end=end) for s, (start, end) in zip(page.segments, spans, strict=True)]
    return replace(
        page, segments=segments, flags=page.flags | {n: page.flags.get(n, []) + flags for n in sorted(touched)}
    )
