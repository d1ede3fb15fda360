"""Decides which part of a page is what, by declared layouts; it does not decide what the parts mean.

A layout is a data file in `layouts/`: adding one takes a file and a golden page, no code.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex

from pipeline.parsers.generic import segment_generic
from pipeline.parsers.segments import Page, Segment

SEGMENTER_VERSION = "1"

_FOLDER = Path(__file__).with_name("layouts")


@dataclass(frozen=True, slots=True)
class _Line:
    role: str
    pattern: regex.Pattern[str]
    required: bool = False
    repeats: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A declared page layout."""

    name: str
    version: str
    header: tuple[_Line, ...]
    markers: tuple[_Line, ...]
    social: regex.Pattern[str]
    list_item: regex.Pattern[str]
    keyword_separator: regex.Pattern[str]


def _lines(entries: list[dict[str, Any]]) -> tuple[_Line, ...]:
    return tuple(_Line(**{**entry, "pattern": regex.compile(entry["pattern"])}) for entry in entries)


@cache
def load_layouts() -> tuple[Layout, ...]:
    """Every declared layout, by file name."""
    layouts = []
    for path in sorted(_FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        patterns = {key: regex.compile(data.pop(key)) for key in ("social", "list_item", "keyword_separator")}
        layouts.append(
            Layout(**{**data, **patterns, "header": _lines(data["header"]), "markers": _lines(data["markers"])})
        )
    return tuple(layouts)


def segment(text: str, layout: Layout) -> list[Segment] | None:
    """The blocks of a page in order, or None when the layout does not fit.

    Spans are within the text and do not overlap; blank lines belong to no block.
    """
    lines = _split_lines(text)
    header = _read_header(lines, layout)
    if header is None:
        return None
    segments, used = header
    return segments + _read_blocks(lines[used:], layout)


def _split_lines(text: str) -> list[tuple[int, str, bool]]:
    """(start, stripped line, whether a blank line stands before it) of every non-blank line."""
    lines, position, blank = [], 0, True
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            lines.append((position + raw.index(line), line, blank))
        blank = not line
        position += len(raw) + 1
    return lines


def _span(role: str, start: int, match: regex.Match[str], article: int = 0) -> Segment:
    return Segment(
        role, start + match.start("value"), start + match.end("value"), match["value"], article, f"{role} line"
    )


def _read_header(lines: list[tuple[int, str, bool]], layout: Layout) -> tuple[list[Segment], int] | None:
    """Header lines in declared order; an optional line is skipped when the next required one matches instead."""
    segments: list[Segment] = []
    used = 0
    for index, rule in enumerate(layout.header):
        if used >= len(lines):
            if rule.required:
                return None
            continue
        start, line, _ = lines[used]
        match = rule.pattern.match(line)
        following = layout.header[index + 1] if index + 1 < len(layout.header) else None
        if match and rule.repeats:
            first = next((s for s in segments if s.role == rule.repeats), None)
            match = match if first is None or first.text == line else None
        elif match and not rule.required and following and following.pattern.match(line):
            match = None
        if match:
            segments.append(_span(rule.role, start, match))
            used += 1
        elif rule.required:
            return None
    return segments, used


def _read_blocks(lines: list[tuple[int, str, bool]], layout: Layout) -> list[Segment]:
    segments: list[Segment] = []
    article, scope = 0, "article"
    headline_due = False
    for start, line, after_blank in lines:
        marker = next(((rule, match) for rule in layout.markers if (match := rule.pattern.match(line))), None)
        social = layout.social.match(line) if marker is None and scope == "article" else None
        if marker:
            rule, match = marker
            if rule.scope:
                scope = rule.scope
                article += scope == "article"
                headline_due = scope == "article"
                segments.append(Segment("marker", start, start + len(line), line, article, f"{rule.role} marker"))
            else:
                segments.append(_span(rule.role, start, match, article))
        elif social:
            _claim_post(segments, article)
            segments.append(Segment("social", start, start + len(line), line, article, "post signature"))
        elif scope == "list":
            item = layout.list_item.match(line)
            value = item["value"] if item else line
            segments.append(
                Segment("related", start + len(line) - len(value), start + len(line), value, 0, "related list")
            )
        elif headline_due:
            headline_due = False
            segments.append(
                Segment("headline", start, start + len(line), line, article, "line after the embedded marker")
            )
        else:
            role = "paragraph" if after_blank else "paragraph_line"
            segments.append(Segment(role, start, start + len(line), line, article, "running text"))
    return segments


def _claim_post(segments: list[Segment], article: int) -> None:
    """Turn the paragraph before a post's signature into the post's text."""
    for index in range(len(segments) - 1, -1, -1):
        found = segments[index]
        if found.article != article or found.role not in ("paragraph", "paragraph_line"):
            return
        segments[index] = Segment(
            "social_text", found.start, found.end, found.text, article, "paragraph before a post signature"
        )
        if found.role == "paragraph":
            return
