"""Decides which blocks are not what they look like alone, by what stands beside them; it cuts no stories and gives no roles.

A question, a standfirst or a long headline has the shape of a paragraph; a list of results or a text without final punctuation
has the shape of a ticker. The date or byline beside them tells.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Final

from pipeline.parsers.boxes import clear_boxes
from pipeline.parsers.cues import Cue, photo_agencies
from pipeline.parsers.date_shapes import covered
from pipeline.parsers.heads import is_names
from pipeline.parsers.labels import (
    CHROME,
    CUE,
    DATE,
    ENDERS,
    MENU,
    META,
    PROSE,
    SENTENCE,
    SHARE,
    SHORT,
    SIGNED,
    TICKER,
    TIME,
    Mark,
)
from pipeline.parsers.similarity import ABOUT, shared
from pipeline.text.arabic import fold

MAX_ENDED_HEADLINE_WORDS: Final = 24
MAX_LONG_HEADLINE_WORDS: Final = 34  # 0.1 % of headlines are longer
MAX_STANDFIRST_WORDS: Final = 60
MAX_BESIDE_WORDS: Final = 8  # of a name or place between a standfirst and its date
MAX_BESIDE: Final = 3  # a label, a name and a place
MIN_HEADING_WORDS: Final = 3
MIN_TEXT_WORDS: Final = 8
MIN_DATED_WORDS: Final = 6  # of a headline with a date in it
MAX_HEAD_BLOCKS: Final = 6  # between a headline's date and its text: names, share bar, tools
MAX_TOOL_BLOCKS: Final = 12  # between the date of a head with a standfirst and the text: names, share bar, boxes
MAX_BUTTON_WORDS: Final = 3
MAX_STANDFIRSTS: Final = 2  # more of them on a page are the teasers of a list

_NO_HEADLINE: Final = re.compile(r"\d:\d|[|@/]")  # a time or a separator: a line of dates
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}\s")
_QUOTES: Final = "\"'»”’)]} "
_INNER_ENDS: Final = (". ", "؟ ", "! ", "? ", "۔ ", "، ", ", ")
_LINES: Final = (SHORT, SENTENCE)
_LISTS: Final = frozenset(("related", "most_read", "read_also"))
_BOXES: Final = frozenset(("chrome", "subscribe", "login"))
_CLOSERS: Final = ENDERS | {"read_also"}


def reshape(marks: list[Mark], repeats: dict[str, int]) -> None:
    """Change the kinds of the blocks of a page whose neighbours say that they are something else.

    Args:
        marks: all blocks of the page, changed in place.
        repeats: how often each folded headline-like line is printed.
    """
    _find_captions(marks)
    _find_dated_headlines(marks)
    _find_menus(marks)
    _find_tickers(marks)
    clear_boxes(marks)
    _drop_boxes(marks)
    _find_buttons(marks)
    _promote_texts(marks)
    _demote_headlines(marks, repeats)
    _demote_standfirsts(marks)
    _demote_listed(marks)


def is_when_or_who(mark: Mark) -> bool:
    """Whether a block says when or by whom the article is."""
    return mark.kind in META or mark.cue_kind in SIGNED


def _find_captions(marks: list[Mark]) -> None:
    """Make captions of a line printed twice under another, as text and for readers without the picture, over its agency."""
    lines = [mark.block.folded for mark in marks]
    twice = [i for i, (one, other) in enumerate(pairwise(lines), 2) if one == other]
    for i in twice:
        if not 3 <= i < len(marks) or marks[i - 1].kind not in _LINES:
            continue
        credit, second, first, above = marks[i], marks[i - 1], marks[i - 2], marks[i - 3]
        is_under_line = above.kind in _LINES and above.block.n_words >= MIN_TEXT_WORDS
        if (
            is_under_line
            and credit.block.n_words <= MAX_BUTTON_WORDS
            and _key(credit.block.folded) in _photo_agencies()
        ):
            for mark in (first, second):
                mark.kind, mark.cue, mark.certain = CHROME, Cue("caption"), 0.7  # CUE would let it head the text


@cache
def _photo_agencies() -> frozenset[str]:
    return frozenset(_key(fold(name)) for name in photo_agencies())


def _key(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


def _find_dated_headlines(marks: list[Mark]) -> None:
    """Let a date with the words of a headline before it be a headline over the date or byline: `the news of Monday 30 January`."""
    for mark, under in pairwise(marks):
        if mark.kind is not DATE or mark.cue is not None or mark.block.n_words < MIN_DATED_WORDS:
            continue
        if not (is_when_or_who(under) or is_names(under)) or _NO_HEADLINE.search(mark.block.folded):
            continue
        words = mark.block.folded.split()
        others = [word for word in words if word.isalpha() and not covered([word])]
        if others[:1] == words[:1] and len(others) >= MIN_HEADING_WORDS:
            mark.kind = SHORT


def _find_menus(marks: list[Mark]) -> None:
    """Let "latest news" be an entry where it stands last in a menu, and no title of the list that would follow."""
    for above, mark, under in zip(marks, marks[1:], marks[2:], strict=False):
        is_last = above.kind is MENU and not mark.block.gap and under.block.gap
        if is_last and mark.kind is CUE and mark.cue_kind in _LISTS:
            mark.kind, mark.cue = MENU, None


def _find_tickers(marks: list[Mark]) -> None:
    """Let lines that each stand under a bare time of their own, right after each other, be the latest news."""
    timed = {i for i, mark in enumerate(marks[1:], 1) if mark.kind in _LINES and marks[i - 1].kind is TIME}
    for i in timed:
        if i + 2 in timed or i - 2 in timed:
            marks[i].kind = TICKER


def _drop_boxes(marks: list[Mark]) -> None:
    """Let a paragraph between two lines of the site be the site's: consent boxes, calls to subscribe."""
    for above, mark, under in zip(marks, marks[1:], marks[2:], strict=False):
        if mark.kind is PROSE and all(m.kind is CUE and m.cue_kind in _BOXES for m in (above, under)):
            mark.kind = CHROME


def _find_buttons(marks: list[Mark]) -> None:
    """Let "comments" under the date of a headline, before any text but a standfirst, be a button and no thread."""
    n_prose = 0
    for i, mark in enumerate(marks):
        n_prose += mark.kind is PROSE and not mark.soft
        if n_prose > 1:
            return
        if mark.cue_kind == "comments" and mark.block.n_words <= MAX_BUTTON_WORDS:
            above = i - 1
            while above >= 0 and marks[above].kind is SHARE:
                above -= 1
            if above > 0 and (is_when_or_who(marks[above]) or _is_among_buttons(marks, i)):
                mark.kind, mark.cue = SHARE, None


def _is_among_buttons(marks: list[Mark], index: int) -> bool:
    """Whether buttons to share stand right after a block, and the date or byline of a head after them."""
    under = index + 1
    while under < len(marks) and marks[under].kind is SHARE:
        under += 1
    return under > index + 1 and any(map(is_when_or_who, marks[under : under + MAX_BESIDE]))


def _demote_listed(marks: list[Mark]) -> None:
    """Let a long line without final punctuation be a headline where other headlines stand, alone in a list of links; or several
    of them on one line, if no sentence ends in it."""
    in_list = False
    for i, mark in enumerate(marks):
        if mark.cue_kind in _LISTS and not mark.soft:
            in_list = True
        elif mark.kind is PROSE:
            beside = [marks[j].kind for j in (i - 1, i + 1) if 0 <= j < len(marks)]
            in_list = in_list and not mark.block.terminal and PROSE not in beside
            if in_list and mark.block.n_words <= MAX_LONG_HEADLINE_WORDS:
                mark.kind = SENTENCE
            elif in_list and not any(end in mark.block.text for end in _INNER_ENDS):
                mark.kind = TICKER
            else:
                in_list = False


def _demote_headlines(marks: list[Mark], repeats: dict[str, int]) -> None:
    """Let a line that reads as prose by itself be a headline: a question, one printed twice, one with a date or byline under it."""
    for i, mark in enumerate(marks):
        if mark.kind is not PROSE or mark.block.n_words > MAX_LONG_HEADLINE_WORDS:
            continue
        under = marks[i + 1] if i + 1 < len(marks) else None
        signed = under is not None and (is_when_or_who(under) or _is_signed_below(marks, i + 1))
        if not mark.block.terminal:
            is_first = i == 0 or marks[i - 1].kind is not PROSE
            if (signed and is_first and not _is_under_head(marks, i)) or (
                is_first and repeats.get(mark.block.folded, 1) > 1
            ):
                mark.kind = SENTENCE
            elif under is not None and under.kind is PROSE and not any(map(_is_heading, marks[:i])):
                mark.kind = SENTENCE  # the page has no other line that may head its text
        elif mark.block.n_words <= MAX_ENDED_HEADLINE_WORDS and (
            signed
            or repeats.get(mark.block.folded, 1) > 1
            or (_is_headline_end(mark.block.text.rstrip(_QUOTES)) and not _opens_text(marks, i))
        ):
            mark.kind = SENTENCE


def _is_signed_below(marks: list[Mark], index: int) -> bool:
    """Whether a line of few words stands over a date: the name of an author."""
    return (
        index + 1 < len(marks)
        and marks[index].kind is SHORT
        and marks[index].block.n_words <= MAX_BUTTON_WORDS
        and marks[index + 1].kind is DATE
    )


def _is_headline_end(text: str) -> bool:
    return not text.endswith((".", "۔")) or text.endswith("..")


def _opens_text(marks: list[Mark], index: int) -> bool:
    """Whether a block is the first paragraph: prose under a date that stands under a line of its own."""
    if index + 1 >= len(marks) or index == 0 or marks[index - 1].kind is not DATE:
        return False
    if marks[index + 1].kind is not PROSE and not marks[index].block.text.endswith(("...", "…")):
        return False
    return any(_is_heading(marks[i]) for i in range(max(index - 3, 0), index - 1))


def _is_under_head(marks: list[Mark], index: int) -> bool:
    """Whether a headline and its date stand above a block that a bare time follows: the first entry of a live page."""
    if marks[index + 1].kind is not TIME:
        return False
    for i in range(index - 1, max(index - MAX_HEAD_BLOCKS, 0), -1):
        if marks[i].kind is DATE:
            return _is_heading(marks[i - 1])
    return False


def _demote_standfirsts(marks: list[Mark]) -> None:
    """Let a paragraph between a headline and its date or byline be a line of the head."""
    found = [i for i, mark in enumerate(marks) if i and mark.kind is PROSE and _is_standfirst(marks, i)]
    if len(found) <= MAX_STANDFIRSTS:
        for i in found:
            marks[i].kind = SENTENCE


def _is_standfirst(marks: list[Mark], index: int) -> bool:
    if marks[index].block.n_words > MAX_STANDFIRST_WORDS or not _is_heading(marks[index - 1]):
        return False
    if index > 1 and marks[index - 2].kind is PROSE:
        return False  # one of several teasers under headlines
    beside: list[Mark] = []
    dated = index + 1
    for mark in marks[index + 1 : index + 2 + MAX_HEAD_BLOCKS]:
        if mark.kind is DATE or mark.cue_kind in ("published", "updated"):
            break
        dated += 1
        if mark.cue_kind == "caption" or mark.kind is SHARE or _is_button(mark):
            continue
        if len(beside) >= MAX_BESIDE:
            return False
        if (mark.kind is not SHORT and mark.cue_kind != "byline") or mark.block.n_words > MAX_BESIDE_WORDS:
            return False
        beside.append(mark)
    else:
        return False
    for mark in marks[dated + 1 : dated + 1 + MAX_TOOL_BLOCKS]:
        if mark.kind is PROSE:  # a line about it is a headline, and what stands above it another story's teaser
            return not any(
                line.cue_kind != "byline" and shared(line.block.stems(), mark.block.folded) >= ABOUT for line in beside
            )
        if mark.cue_kind in _CLOSERS and not (mark.soft or _is_button(mark)):
            return False
    return False


def _is_button(mark: Mark) -> bool:
    return mark.cue_kind == "comments" and mark.block.n_words <= MAX_BUTTON_WORDS


def _promote_texts(marks: list[Mark]) -> None:
    """Let a text without the shape of prose (results, lists, no final punctuation) be prose: under a headline and its date, about it."""
    for i, mark in enumerate(marks):
        if i and (mark.kind is DATE or (mark.cue_kind == "published" and mark.kind is CUE)):
            heading = next((marks[j] for j in (i - 1, i - 2) if j >= 0 and _is_heading(marks[j])), None)
            if heading is not None and not _CLOCK.match(heading.block.text):
                _promote_text(marks, i + 1, heading)


def _promote_text(marks: list[Mark], first: int, heading: Mark) -> None:
    texts: list[Mark] = []
    n_between = 0
    for mark in marks[first:]:
        if mark.cue_kind in _CLOSERS and not mark.soft:
            break
        if mark.kind is PROSE:
            if not texts or texts[0].kind is not TICKER:
                return
            break
        if _CLOCK.match(mark.block.text):
            break  # the latest news
        if mark.block.n_words >= MIN_TEXT_WORDS and mark.kind in (TICKER, *_LINES):
            texts.append(mark)
        elif mark.kind in (DATE, TIME) and texts:
            return
        elif not texts:
            n_between += 1
            if n_between > MAX_HEAD_BLOCKS:
                return
        elif mark.kind is not SENTENCE:
            break
    about = shared(heading.block.stems(), "\n".join(mark.block.folded for mark in texts)) if texts else 0.0
    if about >= ABOUT:
        for mark in texts:
            mark.kind = PROSE


def _is_heading(mark: Mark) -> bool:
    return mark.kind in _LINES and mark.block.n_words >= MIN_HEADING_WORDS
