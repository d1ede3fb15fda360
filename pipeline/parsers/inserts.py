"""Decides whether short lines inside a text are links to other stories, and not its subheadings, verses or lists; it gives no roles.

Links stand in a text without any cue as well. They betray themselves by what stands with them (a date, a button), by their bullets
that no colon introduces, or by saying nothing that the text says.
"""

from typing import Final

from pipeline.parsers.labels import CUE, DATE, PROSE, Mark
from pipeline.parsers.similarity import continuity, shared, stems

MIN_LINK_WORDS: Final = 4
MIN_LIST: Final = 3
MIN_LIST_SHARE: Final = 0.8  # of the lines of a list that are as long as a headline
MAX_MEAN_WORDS: Final = 14  # the mean headline has 9
ALIEN_BULLETS: Final = 0.25
ALIEN_LINES: Final = 0.15
MAX_BULLETED_LINKS: Final = 4
MIN_BULLETED_WORDS: Final = 6
# Of the stems of a subheading of four words and more, 95 % of those of the HTML kit share half with the text and none less than 0.25;
# of a headline of another story 86 % share less than 0.2.
MAX_LONE: Final = 2
MIN_LONE_WORDS: Final = 5
ALIEN_LONE: Final = 0.2

_BULLETS: Final = frozenset("•●▪■◾▫⁃∙◆►▸‣○◦➤➢✓")  # a dash opens speech and items as well


def are_links(marks: list[Mark], lines: range, text: str) -> bool:
    """Whether a run of lines without final punctuation links to other stories.

    Args:
        marks: all blocks of the page.
        lines: the run; prose of the text stands above it.
        text: the prose of the text, folded.
    """
    above = marks[lines.start - 1]
    under = marks[lines.stop] if lines.stop < len(marks) else None
    blocks = [marks[i].block for i in lines]
    if above.block.text.endswith((":", "：")) and above.kind is not CUE:
        return False
    if under is not None and under.kind is DATE and blocks[-1].n_words >= MIN_LINK_WORDS:
        return True
    if _has_button(marks, lines) and any(block.n_words >= MIN_LINK_WORDS for block in blocks):
        return True
    bulleted = all(block.text[0] in _BULLETS for block in blocks)
    if bulleted and len(blocks) <= MAX_BULLETED_LINKS and all(block.n_words > MIN_BULLETED_WORDS for block in blocks):
        return True
    if len(blocks) >= MIN_LIST:
        long = sum(block.n_words >= MIN_LINK_WORDS for block in blocks) >= MIN_LIST_SHARE * len(blocks)
        long = long and sum(block.n_words for block in blocks) <= MAX_MEAN_WORDS * len(blocks)
        listed = all(block.bullet for block in blocks)
        said = continuity("\n".join(block.folded for block in blocks), text)
        return long and said < (ALIEN_BULLETS if listed else ALIEN_LINES)
    between = above.kind is PROSE and under is not None and under.kind is PROSE
    return between and len(blocks) <= MAX_LONE and all(_is_alien(block.folded, block.n_words, text) for block in blocks)


def _has_button(marks: list[Mark], lines: range) -> bool:
    """Whether a "more" stands with the lines, without a blank line between."""
    under = marks[lines.stop] if lines.stop < len(marks) else None
    return (under is not None and under.cue_kind == "more" and not under.block.gap) or (
        marks[lines.start - 1].cue_kind == "more" and not marks[lines.start].block.gap
    )


def _is_alien(folded: str, n_words: int, text: str) -> bool:
    words = stems(folded)
    return MIN_LONE_WORDS <= n_words <= MAX_MEAN_WORDS and len(words) >= MIN_LIST and shared(words, text) < ALIEN_LONE
