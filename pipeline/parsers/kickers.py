"""Decides which lines are kickers, that name the subject or the occasion of the headline under them; it chooses no headline.

A kicker has few words, or none that the text has, or it begins as only kickers do: `During a meeting yesterday`, `In an interview with`.
Those openings are data: `kicker` and `interview` in `cues/*.toml`.
"""

from functools import cache
from typing import Final

from pipeline.parsers.cues import folded_phrases
from pipeline.parsers.labels import CUE, MENU, Mark
from pipeline.parsers.list_items import (
    LISTS,
    MAX_HEADLINE_WORDS,
    MAX_KICKER_WORDS,
    ends_with_stop,
    has_standfirst_length,
    is_line,
)
from pipeline.parsers.similarity import ABOUT

COPIED_CHARS: Final = 30  # a line that begins as the text does is its standfirst or teaser
MIN_KICKER_WORDS: Final = 2
# Of true headlines 4 % say less of the text, of lines that name the occasion above them nearly all do.
MAX_KICKER_ABOUT: Final = 0.12
MIN_LESS_ABOUT: Final = 0.1  # by so much less does a kicker of few words say of the text, if it is about it at all
MAX_LABELS: Final = 2
MAX_INTERVIEW_WORDS: Final = 8


def is_kicker(marks: list[Mark], index: int, about: dict[int, float], following: str, repeats: dict[str, int]) -> bool:
    """Whether a line names the subject or the occasion above the headline: few words, or none that the text has."""
    mark = marks[index]
    if mark.block.n_words < MIN_KICKER_WORDS or not is_line(mark) or mark.block.bullet or index + 2 >= len(marks):
        return False
    own = about.get(index, 0.0)
    if mark.block.n_words > MAX_KICKER_WORDS:
        index = _over_labels(marks, index)
    under = marks[index + 1]
    if (
        not is_line(under)
        or ends_with_stop(under.block.text)
        or under.block.text[-1] == ":"
        or under.block.n_words > MAX_HEADLINE_WORDS
    ):
        return False
    if following.startswith(under.block.folded[:COPIED_CHARS]):
        return False
    other = about.get(index + 1, 0.0)
    if mark.block.n_words <= MAX_KICKER_WORDS:
        if under.block.n_words <= MAX_KICKER_WORDS:
            return False
        if opens_kicker(mark.block.folded):
            return True
        # a headline has one standfirst, and it is what a page prints again
        is_headline_under = repeats.get(under.block.folded, 1) > 1 or has_standfirst_length(marks[index + 2])
        return is_headline_under or own <= max(other - MIN_LESS_ABOUT, ABOUT)
    if mark.block.n_words > MAX_HEADLINE_WORDS:
        return False
    if opens_kicker(mark.block.folded):
        return other >= ABOUT or other > own - MIN_LESS_ABOUT
    return own < MAX_KICKER_ABOUT and other >= own + ABOUT


def _over_labels(marks: list[Mark], index: int) -> int:
    """The last of the labels of few words under a line that stand over another; the line itself where there are none."""
    last = index
    while last - index < MAX_LABELS and last + 3 < len(marks) and _is_label(marks[last + 1]):
        last += 1
    return last if is_line(marks[last + 1]) and marks[last + 1].block.n_words > MAX_KICKER_WORDS else index


def _is_label(mark: Mark) -> bool:
    may_label = is_line(mark) or mark.kind is MENU or (mark.kind is CUE and mark.cue_kind in LISTS)
    return may_label and mark.block.n_words <= MAX_KICKER_WORDS


def opens_kicker(folded: str) -> bool:
    """Whether a line begins as those do that tell the occasion of what the headline under it says.

    >>> opens_kicker("خلال اجتماع عقد امس"), opens_kicker("اجتماع خلال ايام")
    (True, False)
    """
    first = _kicker_openings().get(folded.partition(" ")[0], ())
    return any(folded.startswith(f"{phrase} ") for phrase in first) or _tells_interview(folded)


def _tells_interview(folded: str) -> bool:
    """Whether a line says no more than who talked to whom."""
    if ":" in folded or folded.count(" ") >= MAX_INTERVIEW_WORDS:
        return False
    return any(f" {phrase}" in folded for phrase in folded_phrases()["interview"])


@cache
def _kicker_openings() -> dict[str, tuple[str, ...]]:
    """The phrases that open kickers, by their first word."""
    openings: dict[str, tuple[str, ...]] = {}
    for phrase in folded_phrases()["kicker"]:
        first = phrase.partition(" ")[0]
        openings[first] = (*openings.get(first, ()), phrase)
    return openings
