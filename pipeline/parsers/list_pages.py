"""Decides whether a page is a list of items, single paragraphs under lines of their own; it does not look for articles."""

from typing import Final

from pipeline.parsers.labels import CHROME, CUE, DATE, META, PROSE, SENTENCE, SHORT, Mark
from pipeline.parsers.list_items import ends_with_stop
from pipeline.parsers.similarity import SAME_STORY, continuity

MAX_TEASER_WORDS: Final = 55
# Of the text of tuned list pages all is items, of that of articles 0.48 at most, but for an article of one-paragraph sections.
MIN_ITEMS: Final = 4
MIN_ITEM_SHARE: Final = 0.7
MIN_MARKED_SHARE: Final = 0.7
MIN_ITEM_WORDS: Final = 6
MAX_ITEM_WORDS: Final = 120
MIN_HEAD_WORDS: Final = 4

_MORE: Final = frozenset(("more", "read_also"))  # "read more" under a summary is printed as "read also" is
_ITEM_ENDS: Final = _MORE | {"byline", "login", "published"}


def is_list_page(marks: list[Mark]) -> bool:
    """Whether most text of a page is items: single paragraphs, each under a line of its own.

    Articles under subheadings have that shape now and then. Items say it themselves (a date, a name or a link to more with each), or
    each is about another thing.
    """
    end = next((i for i, m in enumerate(marks) if m.cue_kind == "comments" and m.kind is CUE), len(marks))
    texts = [i for i in range(end) if _is_text(marks[i])]
    items = [i for i in texts if _is_item(marks, i)]
    n_words = sum(marks[i].block.n_words for i in items)
    if len(items) < MIN_ITEMS or n_words < MIN_ITEM_SHARE * sum(marks[i].block.n_words for i in texts):
        return False
    if sum(_is_marked_item(marks, i) for i in items) >= MIN_MARKED_SHARE * len(items):
        return True
    words = [marks[i].block.folded for i in items]
    apart = [continuity(text, "\n".join(words[:i])) for i, text in enumerate(words) if i]
    return sum(apart) / len(apart) < SAME_STORY


def _is_text(mark: Mark) -> bool:
    if mark.kind is SENTENCE:  # a question is a headline
        return not mark.soft and mark.block.n_words >= MIN_ITEM_WORDS and ends_with_stop(mark.block.text)
    return mark.kind is PROSE and not mark.soft


def _is_text_at(marks: list[Mark], index: int) -> bool:
    return 0 <= index < len(marks) and _is_text(marks[index])


def _is_item(marks: list[Mark], index: int) -> bool:
    """Whether a paragraph stands alone under a line of its own, without what ends an article."""
    if _is_text_at(marks, index - 1) or _is_text_at(marks, index + 1):
        return False
    under = marks[index + 1].cue_kind if index + 1 < len(marks) else ""
    if under in ("credit", "keywords") or (marks[index].block.n_words > MAX_ITEM_WORDS and under not in _MORE):
        return False
    return _item_head(marks, index)


def _item_head(marks: list[Mark], index: int) -> bool:
    """Whether a line of a headline's length stands above a paragraph, with nothing but a date between."""
    above = index - 1
    while above >= 0 and marks[above].kind in META:
        above -= 1
    return above >= 0 and marks[above].kind in (SHORT, SENTENCE) and marks[above].block.n_words >= MIN_HEAD_WORDS


def _is_marked_item(marks: list[Mark], index: int) -> bool:
    """Whether a paragraph is a summary: with a date above it, or it breaks off, or with a date, a name or a button right under it."""
    if marks[index - 1].kind is DATE or breaks_off(marks[index]):
        return True
    under = marks[index + 1] if index + 1 < len(marks) else None
    return under is not None and (under.kind in (DATE, CHROME) or under.cue_kind in _ITEM_ENDS)


def breaks_off(mark: Mark) -> bool:
    """Whether a paragraph is short and ends in the middle, as the summary beside a link does."""
    return mark.block.n_words <= MAX_TEASER_WORDS and mark.block.text.endswith(("…", "..."))
