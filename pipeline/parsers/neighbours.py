"""Decides which blocks are not what they look like alone, by what stands beside them; it cuts no stories and gives no roles.

A question, a standfirst or a long headline has the shape of a paragraph; a list of results or a text without final punctuation
has the shape of a ticker. The date or byline beside them tells.
"""

from typing import Final

from pipeline.parsers.labels import CHROME, CUE, DATE, PROSE, SENTENCE, SHARE, SHORT, STAMP, TICKER, TIME, Mark
from pipeline.parsers.similarity import shared

MAX_ENDED_HEADLINE_WORDS: Final = 24
MAX_LONG_HEADLINE_WORDS: Final = 34  # 0.1 % of headlines are longer
MAX_STANDFIRST_WORDS: Final = 45
MAX_BESIDE_WORDS: Final = 8  # of a name or place between a standfirst and its date
MIN_HEADING_WORDS: Final = 3
MIN_TEXT_WORDS: Final = 8
MAX_HEAD_BLOCKS: Final = 6  # between a headline's date and its text: names, share bar, tools
MAX_BUTTON_WORDS: Final = 3
MAX_STANDFIRSTS: Final = 2  # more of them on a page are the teasers of a list
ABOUT: Final = 0.34  # as in `stories`

_QUOTES: Final = "\"'»”’)]} "
_META: Final = frozenset((DATE, TIME, STAMP))
_META_CUES: Final = frozenset(("byline", "published", "updated"))
_LINES: Final = (SHORT, SENTENCE)
_LISTS: Final = frozenset(("related", "most_read", "read_also"))
_BOXES: Final = frozenset(("chrome", "subscribe", "login"))
_CLOSERS: Final = frozenset(
    ("credit", "keywords", "related", "most_read", "comments", "comment_form", "copyright", "read_also")
)


def reshape(marks: list[Mark], repeats: dict[str, int]) -> None:
    """Change the kinds of the blocks of a page whose neighbours say that they are something else.

    Args:
        marks: all blocks of the page, changed in place.
        repeats: how often each folded headline-like line is printed.
    """
    _drop_boxes(marks)
    _find_buttons(marks)
    _promote_texts(marks)
    _demote_headlines(marks, repeats)
    _demote_standfirsts(marks)
    _demote_listed(marks)


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
            if above > 0 and (marks[above].kind in _META or marks[above].cue_kind in _META_CUES):
                mark.kind, mark.cue = SHARE, None


def _demote_listed(marks: list[Mark]) -> None:
    """Let a long line without final punctuation be a headline where other headlines stand: alone in a list of links."""
    in_list = False
    for i, mark in enumerate(marks):
        if mark.cue_kind in _LISTS and not mark.soft:
            in_list = True
        elif mark.kind is PROSE:
            beside = [marks[j].kind for j in (i - 1, i + 1) if 0 <= j < len(marks)]
            in_list = in_list and not mark.block.terminal and mark.block.n_words <= MAX_LONG_HEADLINE_WORDS
            in_list = in_list and PROSE not in beside
            if in_list:
                mark.kind = SENTENCE


def _demote_headlines(marks: list[Mark], repeats: dict[str, int]) -> None:
    """Let a line that reads as prose by itself be a headline: a question, one printed twice, one with a date or byline under it."""
    for i, mark in enumerate(marks):
        if mark.kind is not PROSE or mark.block.n_words > MAX_LONG_HEADLINE_WORDS:
            continue
        under = marks[i + 1] if i + 1 < len(marks) else None
        signed = under is not None and (under.kind in _META or under.cue_kind in _META_CUES)
        if not mark.block.terminal:
            if signed and (i == 0 or marks[i - 1].kind is not PROSE):
                mark.kind = SENTENCE
        elif mark.block.n_words <= MAX_ENDED_HEADLINE_WORDS and (
            signed
            or repeats.get(mark.block.folded, 1) > 1
            or (_is_headline_end(mark.block.text.rstrip(_QUOTES)) and not _opens_text(marks, i))
        ):
            mark.kind = SENTENCE


def _is_headline_end(text: str) -> bool:
    return not text.endswith((".", "۔")) or text.endswith("..")


def _opens_text(marks: list[Mark], index: int) -> bool:
    """Whether a block is the first paragraph: prose under a date that stands under a line of its own."""
    if index + 1 >= len(marks) or index == 0 or marks[index - 1].kind is not DATE:
        return False
    if marks[index + 1].kind is not PROSE and not marks[index].block.text.endswith(("...", "…")):
        return False
    return any(_is_heading(marks[i]) for i in range(max(index - 3, 0), index - 1))


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
    for i in range(index + 1, min(index + 3, len(marks))):
        if marks[i].kind is DATE or marks[i].cue_kind in ("published", "updated"):
            break
        if marks[i].kind is not SHORT and marks[i].cue_kind != "byline":
            return False
        if marks[i].block.n_words > MAX_BESIDE_WORDS:
            return False
        beside.append(marks[i])
    else:
        return False
    dated = index + 1 + len(beside)
    for mark in marks[dated + 1 : dated + 1 + MAX_HEAD_BLOCKS]:
        if mark.kind is PROSE:  # a line about it is a headline, and what stands above it another story's teaser
            return not any(
                line.cue_kind != "byline" and shared(line.block.stems(), mark.block.folded) >= ABOUT for line in beside
            )
        if mark.cue_kind in _CLOSERS and not mark.soft:
            return False
    return False


def _promote_texts(marks: list[Mark]) -> None:
    """Let a text without the shape of prose (results, lists, no final punctuation) be prose: under a headline and its date, about it."""
    for i, mark in enumerate(marks):
        if i and (mark.kind is DATE or (mark.cue_kind == "published" and mark.kind is CUE)):
            heading = next((marks[j] for j in (i - 1, i - 2) if j >= 0 and _is_heading(marks[j])), None)
            if heading is not None:
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
