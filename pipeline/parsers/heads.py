"""Decides what place a line has in the head of a story: its top, a kicker, a name, an item above it; it does not choose the headline."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from pipeline.parsers.bylines import is_signed
from pipeline.parsers.head_lines import after_title_label, may_be_name, states_post
from pipeline.parsers.kickers import is_kicker
from pipeline.parsers.labels import CUE, DATE, MENU, META, SHARE, SHORT, SIGNED, Mark
from pipeline.parsers.list_items import (
    LISTS,
    MAX_HEAD_LINES,
    MAX_KICKER_WORDS,
    Items,
    ends_with_stop,
    introduces,
    is_line,
)
from pipeline.parsers.similarity import ABOUT

CLUSTER: Final = 8  # blocks
MAX_NAME_WORDS: Final = 6
MAX_SIGNED_WORDS: Final = 8
MAX_HEAD_META: Final = 7  # blocks of dates, names and buttons between headline and standfirst
MAX_LESS_ABOUT: Final = 0.5  # by so much may a headline say less of the text's words than its standfirst
MIN_OPENER_WORDS: Final = 3
MAX_COUNTED: Final = 3  # words of a line with a number
MAX_SECTIONS: Final = 2
MAX_SIGNATURE: Final = 2  # lines of a name above the post of the author

_COMMA: Final = re.compile("[,،] ")
_COUNT: Final = re.compile(r"[\d.,:٬]+")
_ASIDE: Final = frozenset(("caption", "comments", "comment_form", "subscribe", "advert", "login"))


@dataclass(slots=True)
class Candidate:
    """A line that may be a headline: its index, how likely, and how much of it stands in the text after it.

    `introduces`: ends with a colon, as a kicker above the headline does. `features`: what the score is the weighted sum of.
    `chance`: how likely it is the headline if one of the candidates is, 0..1.
    """

    index: int
    agreement: float
    introduces: bool = False
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    chance: float = 1.0


def describe_places(
    marks: list[Mark], candidates: list[Candidate], items: Items, following: str, repeats: dict[str, int]
) -> None:
    """Add to the features of candidates what their places in the head say.

    Args:
        marks: all blocks of the page.
        candidates: the lines that may head a text.
        items: the lines above the text that belong to lists.
        following: the beginning of the text, folded.
        repeats: how often each folded line is printed.
    """
    about = {c.index: c.agreement for c in candidates}
    unique = [i for i in about if repeats.get(marks[i].block.folded, 1) == 1]
    kickers = {i for i in unique if is_kicker(marks, i, about, following, repeats)}
    for candidate in candidates:
        features = candidate.features
        if candidate.index in kickers or (features["names"] and not features["repeated"]):
            features |= {"over_date": 0, "right_over_date": 0}  # the date beside it is of the headline
            features["beside_meta"] = features["beside_meta"] and not features["names"]
        above = candidate.index - 1
        text = marks[candidate.index].block.text
        features["introduced"] = (above >= 0 and introduces(marks[above])) or after_title_label(text) is not text
    sure = items.sure()
    top = _find_top(marks, {c.index: c for c in candidates}, kickers, items)
    _place_first(candidates, kickers | sure, top)
    if top is not None:
        for candidate in candidates:
            candidate.features["top"] = candidate.index == top
            candidate.features["under_top"] = candidate.index > top
            candidate.features["above_top"] = 0 < top - candidate.index <= CLUSTER
            candidate.features["far_above_top"] = top - candidate.index > CLUSTER


def is_meta(mark: Mark) -> bool:
    """Whether a block is a date, a time or a name."""
    return mark.kind in META or mark.cue_kind in SIGNED


def is_dated(mark: Mark) -> bool:
    """Whether a block is a date of the text."""
    return mark.kind is DATE or mark.cue_kind in ("published", "updated")


def is_count(mark: Mark) -> bool:
    """Whether a line is a number and what it counts: `3171 views`, `Post no.: 12`."""
    if mark.block.n_words > MAX_COUNTED + 1:
        return False
    words = [word for word in mark.block.text.split() if any(map(str.isalnum, word))]
    return 0 < len(words) <= MAX_COUNTED and any(_COUNT.fullmatch(words[at]) for at in (0, -1))


def is_post_of_author(marks: list[Mark], index: int) -> bool:
    """Whether a line says what the author named right above it is."""
    if index == 0 or not is_line(marks[index]) or not states_post(marks[index].block.folded):
        return False
    above = marks[index - 1]
    return above.cue_kind == "byline" or (is_line(above) and may_be_name(above.block))


def is_names(mark: Mark) -> bool:
    """Whether a line is a name on each side of a sign: an outlet, an author, a place."""
    return mark.block.n_words <= MAX_SIGNED_WORDS and _are_names(mark.block.text)


@lru_cache(maxsize=1 << 12)  # each reader of a head asks again
def _are_names(text: str) -> bool:
    n_words = len(text.split())
    for separator in (" - ", " – ", " | "):
        parts = text.split(separator)
        if len(parts) > 1 and n_words <= MAX_NAME_WORDS + 1 and all(len(p.split()) <= 3 for p in parts):
            return True
    parts = _COMMA.split(text)
    capital = all(not word[0].islower() and not word[0].isdigit() for word in text.split())
    if len(parts) > 1 and n_words <= MAX_NAME_WORDS and capital and all(1 <= len(p.split()) <= 3 for p in parts):
        return True
    return is_signed(text)


def _place_first(candidates: list[Candidate], others: set[int], top: int | None) -> None:
    """Mark the first of neighbouring lines about the story: standfirsts, captions and links come under the headline."""
    candidates = [
        c
        for c in candidates
        if c.index not in others
        and not c.introduces
        and not c.features["bullet"]
        and c.agreement >= (ABOUT / 2 if c.index == top else ABOUT)
    ]
    for candidate in candidates:
        candidate.features["first"] = not any(0 < candidate.index - c.index <= CLUSTER for c in candidates)


def _find_top(marks: list[Mark], candidates: dict[int, Candidate], kickers: set[int], items: Items) -> int | None:
    """The line that opens the last short run of lines beside a date or byline: what follows is standfirst and caption."""
    sure = items.sure()
    for top in sorted(candidates, reverse=True):
        if candidates[top].introduces or not _opens_head(marks, top, items) or _is_signature(marks, top):
            continue
        end, n_lines = top + 1, 1
        while end < len(marks) and is_line(marks[end]):
            block = marks[end].block
            n_lines += block.n_words >= MIN_OPENER_WORDS and block.folded != marks[end - 1].block.folded
            end += 1
        if n_lines > MAX_HEAD_LINES or not (_is_under_meta(marks, top) or _meets_meta(marks, end)):
            continue
        while top in kickers and top + 1 in candidates:
            top += 1
        if end < len(marks) and is_dated(marks[end]):
            return top
        others = kickers | sure | items.list_end | items.list_last
        return _above_date(marks, top, candidates, others, items.list_last)
    return None


def _opens_head(marks: list[Mark], index: int, items: Items) -> bool:
    """Whether a line may be a headline with no other such line above it but captions and items, and is no name or count."""
    mark = marks[index]
    if index in items.under_list or index in items.series or not _may_open(mark) or mark.block.bullet:
        return False
    above = index - 1
    while above >= 0 and (marks[above].cue_kind == "caption" or marks[above].kind is SHARE):
        above -= 1
    if above >= 0 and marks[above].kind is CUE and marks[above].cue_kind in LISTS:
        return above in items.empty
    if above < 0 or above in items.under_list or above in items.series or above in items.list_end:
        return True
    return not _may_open(marks[above]) or introduces(marks[above])


def _may_open(mark: Mark) -> bool:
    block = mark.block
    if not is_line(mark) or block.n_words < MIN_OPENER_WORDS or is_count(mark) or is_names(mark):
        return False
    return block.n_words > MAX_KICKER_WORDS or sum(len(word) > 1 for word in block.folded.split()) >= MIN_OPENER_WORDS


def _is_signature(marks: list[Mark], index: int) -> bool:
    """Whether a line is the name or the post of the author: few words, under a label of authors, or under a name under a headline."""
    if is_post_of_author(marks, index):
        return True
    if marks[index].block.n_words > MAX_KICKER_WORDS:
        return False
    above = index - 1
    while above >= 0 and is_line(marks[above]) and marks[above].block.n_words <= MAX_KICKER_WORDS:
        above -= 1
    if above < 0:
        return False
    is_under_headline = is_line(marks[above]) and 0 < index - 1 - above <= MAX_SIGNATURE
    return marks[above].cue_kind == "byline" or is_under_headline


def _is_under_meta(marks: list[Mark], index: int) -> bool:
    """Whether a date or byline stands above, with nothing but counts (of a story, of its readers) and its section between."""
    above, sections = index - 1, 0
    while above >= 0 and sections <= MAX_SECTIONS:
        mark = marks[above]
        if mark.kind is not SHARE and not (mark.kind is SHORT and is_count(mark)):
            if mark.kind is not MENU or mark.block.n_words > MAX_KICKER_WORDS:
                break
            sections += 1
        above -= 1
    return above >= 0 and is_meta(marks[above])


def _meets_meta(marks: list[Mark], index: int) -> bool:
    """Whether a date or byline comes next, a caption, buttons and names aside."""
    for mark in marks[index : index + MAX_HEAD_LINES]:
        if is_meta(mark):
            return True
        aside = mark.kind is SHARE or (mark.kind is CUE and mark.cue_kind in _ASIDE)
        if not aside and not (mark.kind is SHORT and mark.block.n_words <= MAX_KICKER_WORDS):
            return False
    return False


def _above_date(marks: list[Mark], top: int, candidates: dict[int, Candidate], others: set[int], last: set[int]) -> int:
    """The headline of a head whose date stands between headline and standfirst; `top` itself where the head is not so.

    The line above the date heads the text too, and no other dated line above it makes both items of a list. Of the `others`, kickers and
    items of lists, the `last` of a list may be the headline if the date follows at once.
    """
    above, dated = top - 1, False
    while above >= 0 and top - above <= MAX_HEAD_META and not _may_open(marks[above]):
        mark = marks[above]
        if not (is_line(mark) or is_meta(mark) or mark.kind in (SHARE, MENU) or mark.cue_kind == "caption"):
            return top
        dated = dated or is_dated(mark)
        above -= 1
    candidate = candidates.get(above)
    if not dated or candidate is None or not _may_open(marks[above]):
        return top
    if above in others and not (above in last and is_dated(marks[above + 1])):
        return top
    is_short = marks[above].block.n_words <= MAX_KICKER_WORDS
    if is_short and not (is_dated(marks[above + 1]) and candidate.agreement >= ABOUT):
        return top
    least = max(ABOUT / 2, candidates[top].agreement - MAX_LESS_ABOUT)
    if candidate.agreement < least and not ends_with_stop(marks[top].block.text):
        return top
    lines = above
    while lines >= 0 and is_line(marks[lines]):
        lines -= 1
    if lines > 0 and is_dated(marks[lines]) and is_line(marks[lines - 1]):
        return top
    return _first_of_run(marks, above, candidates, others)


def _first_of_run(marks: list[Mark], last: int, candidates: dict[int, Candidate], others: set[int]) -> int:
    """The first of the lines over a date that may be headline and standfirst; `last` itself when they are too many."""
    first = last
    while first - 1 in candidates and first - 1 not in others and _may_open(marks[first - 1]):
        first -= 1
        if last - first >= MAX_HEAD_LINES - 1:
            return last
    return first
