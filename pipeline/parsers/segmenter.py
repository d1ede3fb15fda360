"""Decides which part of a page is what, by declared layouts or else by shape; it does not decide what the parts mean.

A layout is a data file in `layouts/`: adding one takes a file and a golden page, no code. A layout wins when it fits. When a page
begins as the layout says and then does not fit, the site has changed: the page is read by shape and flagged.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.parsers.confidence import DISAGREEING
from pipeline.parsers.cues import find_cue
from pipeline.parsers.generic import MIN_AGREEMENT, segment_generic
from pipeline.parsers.segments import Page, Segment
from pipeline.parsers.similarity import shares_at_least, stems
from pipeline.text.arabic import fold

SEGMENTER_VERSION = "3"

MIN_RESEMBLANCE = 0.5  # share of the required header lines that make a page look like the layout
MIN_JUDGED_STEMS = 3
MAX_CUE_CHARS = 60
MIN_FOREIGN_LIST = 3
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_BODY = ("paragraph", "paragraph_line")
_FOREIGN = frozenset(
    [
        "related",
        "most_read",
        "read_also",
        "comments",
        "comment_form",
        "share",
        "copyright",
        "keywords",
        "credit",
        "published",
        "updated",
    ]
)
_FOLDER = Path(__file__).with_name("layouts")


@dataclass(frozen=True, slots=True)
class _Line:
    role: str
    pattern: re.Pattern[str]
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
    social: re.Pattern[str]
    list_item: re.Pattern[str]
    keyword_separator: re.Pattern[str]
    gate: re.Pattern[
        str
    ]  # what no line of running text matches: any marker or signature; one try instead of one for each
    min_body_words: int = 1


def _lines(entries: list[dict[str, Any]]) -> tuple[_Line, ...]:
    return tuple(_Line(**{**entry, "pattern": re.compile(entry["pattern"])}) for entry in entries)


@cache
def load_layouts() -> tuple[Layout, ...]:
    """Every declared layout, by file name."""
    layouts = []
    for path in sorted(_FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        openings = [entry["pattern"] for entry in data["markers"]] + [data["social"]]
        patterns = {key: re.compile(data.pop(key)) for key in ("social", "list_item", "keyword_separator")}
        patterns["gate"] = re.compile("|".join(f"(?:{_NAMED_GROUP.sub('(?:', opening)})" for opening in openings))
        layouts.append(
            Layout(**{**data, **patterns, "header": _lines(data["header"]), "markers": _lines(data["markers"])})
        )
    return tuple(layouts)


def segment_page(text: str, is_boilerplate: Callable[[str], bool] | None = None) -> Page | None:
    """The segments of a page: by the first layout that fits, else by shape; None when no article is on it.

    Args:
        text: page text.
        is_boilerplate: says whether a folded line repeats across the pages of the source (`boilerplate.Boilerplate`).
    """
    broken: Page | None = None
    resembles = False
    for layout in load_layouts():
        segments, n_matched = _read(text, layout)
        if segments is not None:
            read = _page(segments, layout)
            if _fits(segments, layout):
                return read
            broken = broken or read
        resembles = resembles or n_matched >= MIN_RESEMBLANCE * sum(line.required for line in layout.header)
    page = segment_generic(text, is_boilerplate) or broken
    if page and (broken or resembles):
        page.flags[0] = ["layout_mismatch", *page.flags.get(0, [])]
    return page


def segment(text: str, layout: Layout) -> list[Segment] | None:
    """The blocks of a page in order, or None when the header of the layout does not fit.

    Spans are within the text and do not overlap; blank lines belong to no block.
    """
    return _read(text, layout)[0]


def _read(text: str, layout: Layout) -> tuple[list[Segment] | None, int]:
    """The blocks of a page, None when the header does not fit; and how many required header lines do."""
    lines = _split_lines(text)
    header, used, n_matched = _read_header(lines, layout)
    return (None if header is None else header + _read_blocks(lines[used:], layout)), n_matched


def _page(segments: list[Segment], layout: Layout) -> Page:
    headlines: dict[int, str] = {}
    bodies: dict[int, list[str]] = {}
    for segment in segments:
        body = bodies.setdefault(segment.article, [])
        if segment.role in _BODY:
            body.append(segment.text)
        elif segment.role == "headline":
            headlines.setdefault(segment.article, segment.text)
    flags: dict[int, list[str]] = {}
    scores: dict[int, float] = {}
    for number, body in sorted(bodies.items()):
        words = stems(headlines.get(number, ""))
        judged = len(words) >= MIN_JUDGED_STEMS
        disagree = judged and not shares_at_least(words, "\n".join(body), MIN_AGREEMENT)
        flags[number] = ["headline_body_disagree"] if disagree else []
        scores[number] = DISAGREEING if disagree else 1.0
    return Page(segments, layout.name, layout.version, scores, flags, layout.keyword_separator)


def _fits(segments: list[Segment], layout: Layout) -> bool:
    """Whether the lead has a body and nothing in it that other blocks are made of: a foreign label, a list at its end."""
    body = [segment.text for segment in segments if segment.role in _BODY and segment.article == 0]
    if not _has_words(body, layout.min_body_words):
        return False
    for text in body:
        if len(text) <= MAX_CUE_CHARS:
            folded = fold(text)
            cue = find_cue(folded, folded.count(" ") + 1, [])
            if cue and cue.kind in _FOREIGN and (cue.labelled or cue.value < 0):
                return False
    tail = body[-MIN_FOREIGN_LIST:]
    return len(tail) < MIN_FOREIGN_LIST or not all(map(layout.list_item.match, tail))


def _has_words(texts: list[str], least: int) -> bool:
    for text in texts:
        least -= text.count(" ") + 1
        if least <= 0:
            return True
    return least <= 0


def _split_lines(text: str) -> list[tuple[int, str, bool]]:
    """(start, stripped line, whether a blank line stands before it) of every non-blank line."""
    lines, position, blank = [], 0, True
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            indent = raw.index(line) if len(line) < len(raw) else 0
            lines.append((position + indent, line, blank))
        blank = not line
        position += len(raw) + 1
    return lines


def _span(role: str, start: int, match: re.Match[str], article: int = 0) -> Segment:
    first, last = match.span("value")
    return Segment(role, start + first, start + last, match["value"], article, f"{role} line")


def _read_header(lines: list[tuple[int, str, bool]], layout: Layout) -> tuple[list[Segment] | None, int, int]:
    """Header lines in declared order; an optional line is skipped when the next required one matches instead.

    Returns the segments, None when a required line is missing; the number of lines used; the required lines that were found.
    """
    segments: list[Segment] = []
    used = n_matched = 0
    for index, rule in enumerate(layout.header):
        if used >= len(lines):
            if rule.required:
                return None, used, n_matched
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
            n_matched += rule.required
        elif rule.required:
            return None, used, n_matched
    return segments, used, n_matched


def _read_blocks(lines: list[tuple[int, str, bool]], layout: Layout) -> list[Segment]:
    segments: list[Segment] = []
    add, gate, list_item = segments.append, layout.gate.match, layout.list_item.match
    article, scope = 0, "article"
    headline_due = False
    for start, line, after_blank in lines:
        if gate(line):
            marker = next(((rule, match) for rule in layout.markers if (match := rule.pattern.match(line))), None)
            if marker:
                rule, match = marker
                if not rule.scope:
                    add(_span(rule.role, start, match, article))
                    continue
                scope = rule.scope
                article += scope == "article"
                headline_due = scope == "article"
                add(Segment("marker", start, start + len(line), line, article, f"{rule.role} marker"))
                continue
            if scope == "article" and layout.social.match(line):
                _claim_post(segments, article)
                add(Segment("social", start, start + len(line), line, article, "post signature"))
                continue
        end = start + len(line)
        if scope == "list":
            item = list_item(line)
            value = item["value"] if item else line
            add(Segment("related", end - len(value), end, value, 0, "related list"))
        elif headline_due:
            headline_due = False
            add(Segment("headline", start, end, line, article, "line after the embedded marker"))
        else:
            role = "paragraph" if after_blank else "paragraph_line"
            add(Segment(role, start, end, line, article, "running text"))
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
