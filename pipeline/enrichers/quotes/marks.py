"""Decides which quotation marks of a text belong together, paragraph by paragraph; it does not decide what was quoted.

Pairs are made before anything is filtered, with a stack: a mark dropped early would turn every later pair inside out.
Straight marks tell by the characters around them whether they open or close, and toggle when those do not tell. A quotation
that runs over paragraphs is one pair when the next paragraph goes on with a closing mark, or opens with the mark again.
"""

import re
from collections.abc import Sequence
from typing import Final

OPENERS: Final = "«“„‟"
CLOSERS: Final = "»”″"
MARKS: Final = '"«»“”„‟″'

_EVENT: Final = re.compile(rf"[{MARKS}\n]")  # for a look ahead
_PARTNERS: Final = {"«": "»", "“": "”“″", "„": "“”‟", "‟": "”″", '"': '"″', "”": "”″"}
_BEFORE_OPENING: Final = frozenset(" \n\t([:،,-–—")
_CLITICS: Final = frozenset(
    "لبوفك"
)  # لـ"الوطن": the letter and its tatweel, which the fold removes, belong to the next word
_AFTER_CLOSING: Final = frozenset(" \n\t)].,،:;؛!?؟…-–—")
_MAX_CHARS: Final = 4000  # a quotation that is longer was never closed

Pair = tuple[int, int]
"""Where the marks of a quotation stand: what it holds begins after the first and ends before the second."""


def pair_marks(text: str, marks: Sequence[int]) -> tuple[list[Pair], list[int]]:
    """The outermost pairs of a folded text in order, and the places of marks that open and never close.

    Args:
        marks: where the MARKS of the text stand, in order.

    >>> pair_marks('قال: "نعم".', [5, 9])
    ([(5, 9)], [])
    """
    if not marks:
        return [], []
    stack: list[tuple[str, int]] = []
    found: list[Pair] = []
    unclosed: list[int] = []
    last = 0
    for place in marks:
        mark = text[place]
        newline = text.find("\n", last, place) if stack else -1
        while newline >= 0:
            if not _goes_on(text, newline, stack):
                unclosed += [opened for _, opened in stack]
                stack.clear()
                break
            newline = text.find("\n", newline + 1, place)
        last = place
        depth = _closes(text, place, mark, stack)
        if depth is None:
            if not _reopens(text, place, mark, stack) and (mark in OPENERS or mark in '"”'):
                stack.append((mark, place))
        elif depth >= 0:
            opened = stack[depth][1]
            unclosed += [inner for _, inner in stack[depth + 1 :]]
            del stack[depth:]
            found.append((opened, place))
    unclosed += [opened for _, opened in stack]
    return _outermost(found), sorted(unclosed)


def _closes(text: str, place: int, mark: str, stack: list[tuple[str, int]]) -> int | None:
    """Index in the stack of what a mark closes; -1 for a mark to overlook; None for one that opens."""
    opens = mark in OPENERS
    if mark in '"“”':
        before = text[place - 1] if place else "\n"
        after = text[place + 1] if place + 1 < len(text) else "\n"
        may_open = after not in _AFTER_CLOSING and (before in _BEFORE_OPENING or _is_clitic(text, place))
        may_close = before not in " \n\t" and after in _AFTER_CLOSING
        if may_open != may_close:
            opens = may_open
        elif mark == '"':
            opens = not any(opener == '"' for opener, _ in stack)
    if opens:
        return None
    for depth in range(len(stack) - 1, -1, -1):
        if mark in _PARTNERS[stack[depth][0]] or (mark in '"”' and stack[depth][0] in '"“”'):
            return depth
    return -1


def _is_clitic(text: str, place: int) -> bool:
    return text[place - 1] in _CLITICS and (place < 2 or not text[place - 2].isalpha())


def _reopens(text: str, place: int, mark: str, stack: list[tuple[str, int]]) -> bool:
    """Whether the mark repeats, at the start of a paragraph, the one that an earlier paragraph opened with."""
    return bool(stack) and stack[-1][0] == mark and text[place - 1 : place] == "\n"


def _goes_on(text: str, newline: int, stack: list[tuple[str, int]]) -> bool:
    """Whether a quotation that is open at the end of a paragraph goes on in the next."""
    opener, opened = stack[-1]
    start = newline
    while start < len(text) and text[start] == "\n":
        start += 1
    if start == len(text) or newline - opened > _MAX_CHARS:
        return False
    if text[start] == opener:
        return True
    following = _EVENT.search(text, start)
    if following is None or following[0] == "\n":
        return False
    return _closes(text, following.start(), following[0], [stack[-1]]) == 0 and following.start() - opened <= _MAX_CHARS


def _outermost(pairs: list[Pair]) -> list[Pair]:
    """Without the pairs inside other pairs; an outer one comes after those it holds."""
    kept: list[Pair] = []
    for pair in pairs:
        while kept and kept[-1][0] > pair[0]:
            kept.pop()
        kept.append(pair)
    return kept
