"""Decides which parts of a line beside a headline are dates, bylines and labels; it does not read the dates.

Such lines put several things between separators: `كتب: فلان | 3 مارس 2024 - 10:30 | آخر تحديث: ...`.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.parsers.blocks import Block
from pipeline.parsers.cues import find_cue, interface_share, is_section, label_spans
from pipeline.parsers.date_shapes import date_share, time_share
from pipeline.text.arabic import fold_with_offsets

_SEPARATOR: Final = re.compile(r"\s*\|\s*|\s+[•·/●–—-]+\s+|\t+| {3,}|\n")
_SIGNS: Final = " :،,-–—|()"
MIN_SHARE: Final = 0.6


@dataclass(slots=True)
class Part:
    """A part of a line: what it is (published, updated, date, byline, share, section, other) and its raw span; a label before
    the value is outside of it."""

    kind: str
    start: int
    end: int


def read_parts(block: Block) -> list[Part]:
    """The parts of a line that has a date or a byline, in order; adjoining parts of one date come as one."""
    folded, offsets = fold_with_offsets(block.text)
    cuts = {0, len(folded)}
    skipped: dict[int, int] = {}
    for match in _SEPARATOR.finditer(folded):
        cuts |= {match.start()}
        skipped[match.start()] = match.end()
    for start, _, _ in label_spans(folded):
        cuts.add(start)
    bounds = sorted(cuts)
    parts: list[Part] = []
    for left, right in pairwise(bounds):
        left = skipped.get(left, left)
        if left < right and (part := _part(folded, left, right)):
            _append(parts, part)
    return [
        Part(p.kind, block.start + offsets[p.start], block.start + offsets[p.end])
        for p in parts
        if offsets[p.start] < offsets[p.end]
    ]


def _append(parts: list[Part], part: Part) -> None:
    """Add a part; a bare date or time after a date continues it, and a value completes the label before it."""
    last = parts[-1] if parts else None
    dated = part.kind in ("date", "time")
    if last and dated and last.kind in ("published", "updated", "date", "time"):
        if last.start == last.end:
            last.start = part.start
        last.end = part.end
        if last.kind == "time":
            last.kind = part.kind
    elif last and part.kind == "other" and last.kind == "byline" and last.start == last.end:
        last.start, last.end = part.start, part.end
    else:
        parts.append(part)


def _trimmed(text: str) -> str:
    """A value without the signs around it; the bracket that closes one of its own stays."""
    inner = text.strip(_SIGNS)
    if inner.count("(") > inner.count(")"):
        end = text.index(inner) + len(inner)
        return text[end - len(inner) : end + 1] if text[end : end + 1] == ")" else inner
    return inner


def _part(folded: str, left: int, right: int) -> Part | None:
    text = folded[left:right]
    stripped = _trimmed(text)
    if not stripped:
        return None
    start = left + text.index(stripped)
    end = start + len(stripped)
    for position, value, kind in label_spans(stripped):
        if position == 0:
            inner = _trimmed(stripped[value:])
            where = start + value + (stripped[value:].index(inner) if inner else 0)
            if kind == "byline" or not inner or date_share(inner) >= 0.5 or time_share(inner) >= MIN_SHARE:
                return Part(kind, where, where + len(inner))
            break
    n_words = stripped.count(" ") + 1
    cue = find_cue(stripped, n_words, [])
    if cue and cue.kind in ("published", "updated") and cue.value > 0:
        inner = _trimmed(stripped[cue.value :])
        if inner and (date_share(inner) >= 0.5 or time_share(inner) >= MIN_SHARE):
            where = start + cue.value + stripped[cue.value :].index(inner)
            return Part(cue.kind, where, where + len(inner))
    if cue and cue.kind == "byline" and cue.value < 0 and " " not in stripped:
        return Part("byline", end, end)  # the name comes after the separator
    if date_share(stripped) >= MIN_SHARE:
        return Part("date", start, end)
    if time_share(stripped) >= MIN_SHARE:
        return Part("time", start, end)
    if cue and cue.kind == "byline" and cue.value > 0 and n_words <= 10:
        inner = _trimmed(stripped[cue.value :])
        where = start + cue.value + (stripped[cue.value :].index(inner) if inner else 0)
        return Part("byline", where, where + len(inner))
    if (cue and cue.kind in ("share", "comments", "more")) or interface_share(stripped, stripped.split()) >= MIN_SHARE:
        return Part("share", start, end)
    if is_section(stripped):
        return Part("section", start, end)
    return Part("other", start, end)
