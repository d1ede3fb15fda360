"""Decides where the text of a page that is not free gives way to the offer to pay for it; which pages are not free they say themselves."""

from collections.abc import Sequence

from pipeline.parsers.cues import find_cue, present_phrases
from pipeline.parsers.html.blocks import HEADINGS, Block, Blocks
from pipeline.text.arabic import fold

_KINDS = frozenset(("subscribe", "login"))
_WITHIN = 12  # blocks around the end of the text
_MAX_CHARS, _MAX_SHARE = 160, 0.4  # of an inviting line; of the text that an offer may be


def before_wall(page: Blocks, kept: list[int], end: int) -> list[int]:
    """The blocks of the text before the first box, or line, at its end that invites to log in or to subscribe.

    Args:
        page: Its blocks and elements.
        kept: Numbers of the blocks of the text.
        end: Of the element that holds them.
    """
    if len(kept) < 2:
        return kept
    begin = kept[max(1, len(kept) - _WITHIN)]
    near = range(begin, min(max(end, kept[-1] + 1) + _WITHIN, len(page.blocks)))
    for number in _inviting(page.blocks, near):
        box = next(
            (
                e
                for e in map(page.elements.__getitem__, page.ancestors(page.blocks[number].element))
                if e.end - e.first > 1
            ),
            None,
        )
        if box and box.first >= begin:
            first = box.first
        elif page.blocks[number].linked or page.blocks[number].tag in HEADINGS:
            first = number
        else:
            continue  # a sentence of the text
        offered = [at for at in kept if at >= first]
        if sum(len(page.blocks[at].text) for at in offered) <= _MAX_SHARE * sum(
            len(page.blocks[at].text) for at in kept
        ):
            return kept[: len(kept) - len(offered)]
    return kept


def _inviting(blocks: Sequence[Block], near: range) -> list[int]:
    lines = {at: fold(blocks[at].text) for at in near if len(blocks[at].text) <= _MAX_CHARS}
    present = present_phrases(lines.values(), [word for line in lines.values() for word in line.split()])
    return [
        at
        for at, line in lines.items()
        if (cue := find_cue(line, len(line.split()), present)) is not None and cue.kind in _KINDS
    ]
