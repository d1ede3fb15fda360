"""Decides whether a date above the headline is the publication date of the page's article, or may be the page's clock."""

import re
from typing import Final

from pipeline.parsers.cues import folded_phrases
from pipeline.parsers.heads import is_count
from pipeline.parsers.labels import CUE, DATE, MENU, SHARE, SHORT, TIME, Mark

MAX_NEAR: Final = 3  # blocks: the date above a headline, with an update or a number between
MAX_ABOVE: Final = 9  # with the name and the numbers of an author between
MAX_SHORT_WORDS: Final = 4
MAX_KICKER_WORDS: Final = 8
MIN_CLOCK_CHARS: Final = 45

MAX_GREETING_WORDS: Final = 7

_MONTH_ONLY: Final = re.compile(r"\D*\d{4}\D*")
_PHRASES: Final = folded_phrases()
_GREETING: Final = re.compile(
    rf"(?:{'|'.join(map(re.escape, _PHRASES['greeting']))})\b"
)  # of the letters that papers send
_ISSUE: Final = re.compile(
    rf"(?:{'|'.join(map(re.escape, _PHRASES['issue']))})\W{{0,3}}\d{{1,6}}"
)  # how an issue counts itself
_CLOCK_TIME: Final = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")

NEAR: Final = "date above the headline"
MAYBE_CLOCK: Final = "first date of the page"


def date_above(marks: list[Mark], headline: int) -> tuple[int, str] | None:
    """The block with the date above a headline and the rule that says so; None when there is none.

    `MAYBE_CLOCK` is for one that stands where a site prints today's date: it counts if the page was fetched on another day.
    """
    is_greeted = False
    for i in range(headline - 1, max(headline - 1 - MAX_ABOVE, -1), -1):
        mark = marks[i]
        if mark.kind is DATE and _MONTH_ONLY.fullmatch(mark.block.folded):
            continue  # since when the author is a member
        if mark.kind is DATE and mark.cue_kind == "updated":
            continue
        if mark.kind is DATE:
            n_labelled = sum(_is_record(m) for m in marks[i + 1 : headline])
            if i == headline - 1 and _is_signed_again(marks, i - 1, headline):
                return i, NEAR
            if _is_clock(mark):
                return (i, MAYBE_CLOCK) if 0 < i == headline - 1 else None
            is_near = headline - i - n_labelled <= MAX_NEAR and i > 1 and not _is_kicker(marks, i + 1, headline)
            is_near = is_near or (i == headline - 1 and (i > 0 or _is_timed_below(marks, headline)))
            is_near = is_near or is_greeted or (i > 0 and _ISSUE.fullmatch(marks[i - 1].block.folded) is not None)
            return i, NEAR if is_near else MAYBE_CLOCK
        if _is_greeting(mark):
            is_greeted = True
            continue
        if mark.cue_kind == "most_read" and i == headline - 1 and mark.block.n_words <= MAX_SHORT_WORDS:
            continue  # `A la une` is a kicker as well
        beside = mark.kind in (SHARE, TIME) or mark.cue_kind in ("updated", "byline") or is_count(mark)
        if beside or _is_kicker(marks, i, headline):
            continue
        if mark.kind not in (MENU, SHORT) or mark.block.n_words > MAX_SHORT_WORDS:
            return None
    return None


def _is_greeting(mark: Mark) -> bool:
    """Whether a line greets the readers of a letter."""
    return mark.block.n_words <= MAX_GREETING_WORDS and _GREETING.match(mark.block.folded) is not None


def _is_timed_below(marks: list[Mark], headline: int) -> bool:
    """Whether the first line with the writer's name says at what time of the day above, and no day, as under the post of a blog."""
    signed = next(
        (mark for mark in marks[headline + 1 :] if mark.kind is DATE or mark.cue_kind in ("byline", "comments")), None
    )
    return signed is not None and signed.kind is CUE and _CLOCK_TIME.search(signed.block.folded) is not None


def _is_signed_again(marks: list[Mark], index: int, headline: int) -> bool:
    """Whether the line over the date is printed again right under the headline, as the name of a columnist is."""
    if index < 0 or headline + 1 >= len(marks):
        return False
    above, under = marks[index].block, marks[headline + 1].block
    return 2 <= above.n_words <= MAX_SHORT_WORDS and above.folded == under.folded


def _is_record(mark: Mark) -> bool:
    """Whether a line states a fact of the story beside its date: a label, a colon and a value."""
    return ":" in mark.block.text[:-1] and mark.block.n_words <= MAX_SHORT_WORDS


def _is_kicker(marks: list[Mark], index: int, headline: int) -> bool:
    """Whether a line of some words stands right over the headline, under the date."""
    is_line = marks[index].kind is SHORT and MAX_SHORT_WORDS < marks[index].block.n_words <= MAX_KICKER_WORDS
    return index == headline - 1 and is_line


def _is_clock(mark: Mark) -> bool:
    """Whether a date above the headline looks like the page's own: several calendars, or more beside it."""
    folded = mark.block.folded
    several = " ه" in folded or "الموافق" in folded or len(folded) > MIN_CLOCK_CHARS
    return several or folded.count("/") > 4 or folded.count("-") > 4
