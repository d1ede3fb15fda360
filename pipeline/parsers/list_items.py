"""Decides which lines above a text are items of lists, by what they say themselves and what stands over them; it ranks no headlines."""

import re
from dataclasses import dataclass, field
from typing import Final

from pipeline.parsers.head_lines import states_post
from pipeline.parsers.labels import CHROME, CUE, DATE, MENU, META, SENTENCE, SHARE, SHORT, TICKER, Mark

MAX_HEAD_LINES: Final = 4  # headline, standfirst, name, place
MIN_ITEM_WORDS: Final = 3
MIN_SERIES: Final = 3  # items; two lines with numbers may be a headline and its standfirst
MIN_TIMED: Final = 2  # items with a time of day before each
MAX_PAIR: Final = 3  # blocks from the date of an item to that of the next
MAX_HEADLINE_WORDS: Final = 16  # of most; longer lines are standfirsts under a short headline

MAX_EMPTY: Final = 2  # lines under the title of a list without items: headline and standfirst
MAX_KICKER_WORDS: Final = 4
INTRODUCERS: Final = frozenset(":؛")
LISTS: Final = frozenset(("most_read", "related"))
_TIMED: Final = re.compile(r"\d{1,2}:\d{2}[.)\-–|]?\s+\S")
_NUMBERED: Final = re.compile(r"(\d{1,2})[.)\-–]?\s+\S")


@dataclass(slots=True)
class Items:
    """Lines above a text, by index, that belong to lists.

    `listed`: in a run of lines that is too long for a head. `empty`: titles of lists with no more lines under them than a head has
    (its items are no text), which is then right under them. `under_list`: right under the title of a list. `list_end`: the last
    but one of those, which is the headline if the last, `list_last`, is its standfirst. `series`: with numbers or times before them, or dates under them.
    """

    listed: set[int] = field(default_factory=set)
    under_list: set[int] = field(default_factory=set)
    list_end: set[int] = field(default_factory=set)
    list_last: set[int] = field(default_factory=set)
    series: set[int] = field(default_factory=set)
    empty: set[int] = field(default_factory=set)

    def discard(self, index: int) -> None:
        """Let a line be none of a list's: the page prints it again as its title."""
        for found in (self.under_list, self.list_end, self.list_last):
            found.discard(index)

    def sure(self) -> set[int]:
        """Lines that head no text."""
        return self.under_list | self.series


def find_items(marks: list[Mark], between: range) -> Items:
    """The items of lists among the blocks above a text."""
    items = Items(listed=_listed(marks, between), series=_timed_or_numbered(marks, between) | _dated(marks, between))
    _find_under_lists(marks, between, items)
    return items


def is_line(mark: Mark) -> bool:
    """Whether a block is a line by itself that no cue explains."""
    return mark.kind in (SHORT, SENTENCE) and not mark.soft


def has_standfirst_length(mark: Mark) -> bool:
    """Whether a line is too long for most headlines, or ends as none does."""
    return is_line(mark) and (mark.block.n_words > MAX_HEADLINE_WORDS or ends_with_stop(mark.block.text))


def introduces(mark: Mark) -> bool:
    """Whether a line is a kicker that says so: few words and a colon."""
    return is_line(mark) and mark.block.text[-1] in INTRODUCERS and mark.block.n_words <= MAX_KICKER_WORDS


def ends_with_stop(text: str) -> bool:
    """Whether a line ends as a sentence does, and not with the dots of a headline that leaves something open."""
    return text.endswith((".", "۔")) and not text.endswith("..")


def _listed(marks: list[Mark], between: range) -> set[int]:
    """Lines of runs of lines, less those at its end that may be the head of the story: lists of headlines and menus."""
    listed: set[int] = set()
    run: list[int] = []
    for i in between:
        if marks[i].kind in (SHORT, SENTENCE) and marks[i].block.n_words >= 2:
            if not states_post(marks[i].block.folded):
                run.append(i)
            continue
        listed.update(run[:-MAX_HEAD_LINES])
        run = []
    listed.update(run[:-MAX_HEAD_LINES])
    return listed


def _timed_or_numbered(marks: list[Mark], between: range) -> set[int]:
    """Lines with a time of day before each, or with numbers that count them."""
    items: set[int] = set()
    timed: list[int] = []
    numbered: list[int] = []
    last = 0
    for i in between:
        block = marks[i].block
        if marks[i].kind in META or block.n_words < MIN_ITEM_WORDS:
            continue
        if _TIMED.match(block.text):
            timed.append(i)
            continue
        items.update(timed if len(timed) >= MIN_TIMED else ())
        timed = []
        number = _NUMBERED.match(block.text)
        if number and int(number[1]) == last + 1:
            numbered.append(i)
        else:
            items.update(numbered if len(numbered) >= MIN_SERIES else ())
            numbered = [i] if number else []
        last = int(number[1]) if number else -1
    items.update(timed if len(timed) >= MIN_TIMED else ())
    items.update(numbered if len(numbered) >= MIN_SERIES else ())
    return items


def _dated(marks: list[Mark], between: range) -> set[int]:
    """Lines of a series with a date under each but the last."""
    items: set[int] = set()
    dated: list[int] = []
    for i in between:
        if marks[i].kind is not DATE or i == between.start or not is_line(marks[i - 1]):
            continue
        if marks[i].block.n_words < MIN_ITEM_WORDS:
            continue
        if dated and i - dated[-1] > MAX_PAIR:  # a date under a line below the series: its last line is an item too
            items.update(_lines_over(dated))
            dated = []
        dated.append(i)
        items.update(_lines_over(dated)[:-1])
    return items


def _lines_over(dated: list[int]) -> list[int]:
    return [i - 1 for i in dated] if len(dated) >= MIN_SERIES else []


def _find_under_lists(marks: list[Mark], between: range, items: Items) -> None:
    """Find the lines under the title of a list, with nothing but lines, numbers and dates between."""
    run: list[int] | None = None
    title = 0
    for i in between:
        mark = marks[i]
        if mark.cue_kind in LISTS and mark.kind is CUE:
            items.under_list.update(run or ())
            run, title = [], i
        elif run is not None:
            if introduces(mark):  # the kicker of the headline
                items.under_list.update(run)
                run = None
            elif mark.kind in (SHORT, SENTENCE, TICKER):
                if mark.block.n_words >= MIN_ITEM_WORDS:
                    run.append(i)
            elif mark.kind is MENU:  # the path to the page, or the next menu: the head of the story comes after it
                items.under_list.update(run)
                run = None
            elif mark.kind not in META and mark.kind is not CHROME:
                _end_list(marks, run, items, title, between.stop)
                if mark.kind is SHARE:  # the buttons of a headline, if no other line is over them
                    items.list_end.update(run[-1:])
                run = None
    _end_list(marks, run or [], items, title, between.stop)


def _has_line(marks: list[Mark], first: int, stop: int) -> bool:
    """Whether a line that may be a headline follows before the text."""
    return any(is_line(mark) and mark.block.n_words > MAX_KICKER_WORDS for mark in marks[first:stop])


def _end_list(marks: list[Mark], run: list[int], items: Items, title: int, stop: int) -> None:
    """Keep the last two lines of a list apart: they may be the headline, or the headline and its standfirst."""
    told = max((n for n, i in enumerate(run, 1) if i in items.series), default=0)
    if not told and len(run) == MAX_EMPTY and run[1] - run[0] == 1 and not _has_line(marks, run[1] + 1, stop):
        items.empty.add(title)
        return
    items.under_list.update(run[:told] or run[:-2])
    if told:
        return  # what comes after items with times is none
    items.list_last.update(run[-1:])
    if len(run) > 1 and not has_standfirst_length(marks[run[-1]]):
        items.list_end.add(run[-2])
