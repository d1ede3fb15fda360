"""Decides after which paragraph a story ends, when paragraphs of the site follow it on the page; it does not decide what those are.

Down an article text outweighs what stands between it; in the links, boxes and forms after it, it does not. So every block has a
weight, and a story ends where the sum of the weights is highest.
"""

from typing import Final

from pipeline.parsers.labels import CHROME, ENDERS, META, PROSE, SENTENCE, SHORT, TIME, Mark
from pipeline.parsers.similarity import ABOUT, shared, stems

# Set by hand and moved on the HTML kit as plain text and on the tuned layouts.
MAX_COUNTED_WORDS: Final = 80  # of a paragraph
SENTENCE_SHARE: Final = 0.5
CARD_SHARE: Final = (
    0.2  # of the words of a lone paragraph under a line of its own: a section of the text, or a link with a summary
)
MIN_HEAD_WORDS: Final = 4
MIN_NAME_WORDS: Final = 2
MAX_NAME_WORDS: Final = 5
MIN_OWN_SHARE: Final = 0.6  # of the words of a story that stand above the box of its author
MIN_CELLS: Final = 6
MAX_CELL_WORDS: Final = 3
MIN_NUMBERS: Final = 0.3  # of the cells of a table
LINE: Final = -2.0
FURNITURE: Final = -3.0
ENDER: Final = -10.0
MAX_COST: Final = -40.0  # of one interruption: boxes inside a text may be long


def last_paragraph(marks: list[Mark], prose: list[int]) -> int:
    """How many of a story's paragraphs, given by index, are its own."""
    best, n_best, total = 0.0, 1, 0.0
    for n, (index, before) in enumerate(zip(prose, [prose[0] - 1, *prose], strict=False), 1):
        total += _weight_between(marks, before, index) + _weight(marks, index, n == 1)
        if total >= best:
            best, n_best = total, n
    return n_best


def before_author(marks: list[Mark], head: range, prose: list[int]) -> int:
    """How many of a story's paragraphs stand above the box that presents its author: a line with the name of the byline again.

    Args:
        marks: all blocks of the page.
        head: the blocks between headline and text.
        prose: the indices of the paragraphs.
    """
    names = {name for i in head if (name := _name(marks[i]))}
    total = sum(marks[i].block.n_words for i in prose)
    if not names or not total:
        return len(prose)
    kept = 0
    for n, index in enumerate(prose):
        above = range(prose[n - 1] + 1 if n else index, index)
        starts = any(marks[index].block.folded.startswith(f"{name} ") for name in names)
        if n and (starts or any(marks[i].block.folded in names for i in above)):
            return n if kept >= MIN_OWN_SHARE * total else len(prose)
        kept += marks[index].block.n_words
    return len(prose)


def _name(mark: Mark) -> str:
    """The folded name that a line of the head may be; '' for other lines."""
    if mark.cue_kind == "byline" and mark.cue is not None and mark.cue.value > 0:
        name = mark.block.folded[mark.cue.value :].strip(" :،,|-")
    elif mark.kind in (SHORT, CHROME):
        name = mark.block.folded
    else:
        return ""
    return name if MIN_NAME_WORDS <= name.count(" ") + 1 <= MAX_NAME_WORDS else ""


def _weight(marks: list[Mark], index: int, is_first: bool) -> float:
    words = min(marks[index].block.n_words, MAX_COUNTED_WORDS)
    return CARD_SHARE * words if not is_first and _is_card(marks, index) else words


def _is_card(marks: list[Mark], index: int) -> bool:
    under = marks[index + 1].kind if index + 1 < len(marks) else None
    above = index - 1
    while above >= 0 and marks[above].kind in META:
        above -= 1
    if above < 0 or marks[above].kind is not SHORT or marks[above].block.n_words < MIN_HEAD_WORDS or under is PROSE:
        return False
    return shared(stems(marks[above].block.folded), marks[index].block.folded) >= ABOUT


def _weight_between(marks: list[Mark], before: int, index: int) -> float:
    """The weight of the blocks between two paragraphs; lines that a colon introduces are of the text."""
    if index - before > MIN_CELLS and _is_table(marks[before + 1 : index]):
        return 0.0
    total, introduced = 0.0, before >= 0 and marks[before].block.text.endswith((":", "："))
    for mark in marks[before + 1 : index]:
        if mark.kind is SENTENCE:
            total += SENTENCE_SHARE * mark.block.n_words
        elif mark.kind is SHORT:
            introduced = introduced or mark.block.text.endswith((":", "："))
            total += 0.0 if introduced else LINE
        elif mark.cue_kind in ENDERS and not mark.soft:
            total += ENDER
        elif not mark.soft:
            total += FURNITURE
    return max(total, MAX_COST)


def _is_table(between: list[Mark]) -> bool:
    """Whether all blocks between two paragraphs are cells: few words each, many of them bare numbers."""
    if any(m.kind not in (SHORT, TIME) or m.block.n_words > MAX_CELL_WORDS for m in between):
        return False
    numbers = sum(not any(map(str.isalpha, m.block.text)) for m in between)
    return numbers >= MIN_NUMBERS * len(between)
