"""Decides what a text becomes by a list of edits, and where each character of the new text came from; it chooses no edits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_ABOVE_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARKED = re.compile(b"\1+")


class Edit(NamedTuple):
    """Text in place of [start, end): each of its characters above ASCII is new, the others are copied.

    `starts`: where each character of `text` came from, in order; a character reaches to the start of the next one.
    """

    start: int
    end: int
    text: str
    starts: Iterable[int]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text after its edits.

    Attributes:
        text: The new text.
        starts: Where each of its characters, and its end, came from.
        changed: Spans of new characters, in order and apart from each other.
    """

    text: str
    starts: list[int]
    changed: list[tuple[int, int]]


def rewrite(text: str, edits: Iterable[Edit]) -> Rewritten:
    """Apply edits in order of the text and without overlaps.

    >>> rewrite("abc", [Edit(1, 3, "é", (1,))])
    Rewritten(text='aé', starts=[0, 1, 3], changed=[(1, 2)])
    """
    parts: list[str] = []
    starts: list[int] = []
    changed: list[tuple[int, int]] = []
    at = 0
    for edit in edits:
        if edit.start > at:
            parts.append(text[at : edit.start])
            starts.extend(range(at, edit.start))
        at, position = edit.end, len(starts)
        parts.append(edit.text)
        starts.extend(edit.starts)
        for match in _ABOVE_ASCII.finditer(edit.text):
            first, last = position + match.start(), position + match.end()
            if changed and changed[-1][1] == first:
                first = changed.pop()[0]
            changed.append((first, last))
    parts.append(text[at:])
    starts.extend(range(at, len(text) + 1))
    return Rewritten("".join(parts), starts, changed)


def rewrite_again(before: Rewritten, after: Rewritten) -> Rewritten:
    """Two rewritings, the second one of the text of the first, as one."""
    old = _marks(len(before.text) + 1, before.changed)
    new = bytearray(old[start] for start in after.starts)
    for first, last in after.changed:
        new[first:last] = b"\1" * (last - first)
    starts = [before.starts[start] for start in after.starts]
    return Rewritten(after.text, starts, [match.span() for match in _MARKED.finditer(new)])


def _marks(size: int, spans: list[tuple[int, int]]) -> bytearray:
    marks = bytearray(size)
    for first, last in spans:
        marks[first:last] = b"\1" * (last - first)
    return marks
