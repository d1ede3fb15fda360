"""Decides which short lines right under a text are its keywords although no label says so; it gives no roles."""

from typing import Final

from pipeline.parsers.cues import find_cue
from pipeline.parsers.labels import CHROME, CUE, MENU, SHARE, SHORT, Mark
from pipeline.parsers.list_items import LISTS
from pipeline.parsers.similarity import shared

MIN_TAGS: Final = 2
MAX_TAGS: Final = 12
MAX_TAG_WORDS: Final = 4
MIN_TAGS_OF_TEXT: Final = 0.6  # of the tags: all words of them are in the text
ALL: Final = 0.99
_CLOSERS: Final = frozenset(
    ("related", "most_read", "read_also", "comments", "comment_form", "more", "copyright", "subscribe")
)


def find_tags(marks: list[Mark], stop: int, text: str) -> range:
    """The lines of one tag each that follow a text, up to the title of a list or the buttons; empty when there are none.

    Args:
        marks: all blocks of the page.
        stop: the first block after the text.
        text: headline and text, folded.
    """
    end = stop
    while end < len(marks) and _may_be_tag(marks[end]):
        end += 1
    n_tags = end - stop
    if not MIN_TAGS <= n_tags <= MAX_TAGS or not (end == len(marks) or _closes(marks[end])):
        return range(0)
    if 2 * sum(marks[i].kind is MENU for i in range(stop, end)) > n_tags:
        return range(0)
    known = sum(shared(marks[i].block.stems(), text) >= ALL for i in range(stop, end))
    return range(stop, end) if known >= max(MIN_TAGS, MIN_TAGS_OF_TEXT * n_tags) else range(0)


def begins_list(folded: str) -> bool:
    """Whether a line begins with the title of a list of two words: `Most popular in sports`.

    >>> begins_list("most popular in sports"), begins_list("popular music")
    (True, False)
    """
    words = folded.split()
    cue = find_cue(" ".join(words[:2]), 2, []) if len(words) > 2 else None
    return cue is not None and cue.value < 0 and cue.kind in LISTS


def _may_be_tag(mark: Mark) -> bool:
    block = mark.block
    is_plain = mark.kind in (SHORT, MENU) and not mark.soft and not block.terminal and block.n_words <= MAX_TAG_WORDS
    return is_plain and not any(map(str.isdigit, block.text)) and ":" not in block.text


def _closes(mark: Mark) -> bool:
    return mark.kind in (SHARE, CHROME) or (mark.kind is CUE and mark.cue_kind in _CLOSERS)
