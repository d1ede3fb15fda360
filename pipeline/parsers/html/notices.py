"""Decides where a text gives way to what the site says about itself: an offer to pay, a newsletter, a copyright line, a form."""

from collections.abc import Sequence

from pipeline.parsers.cues import find_cue, present_phrases
from pipeline.parsers.html.blocks import HEADINGS, Block, Blocks
from pipeline.text.arabic import fold

_KINDS = frozenset(("subscribe", "login", "copyright", "comment_form"))
_WITHIN = 12  # blocks around the end of the text
_LAST = 2
_MAX_CHARS = 160  # of such a line
_MAX_SHARE, _MAX_PAID_SHARE = 0.2, 0.4  # of the text, that may follow it; more where the page shows the beginning only


def before_notices(page: Blocks, kept: list[int], end: int, *, paid: bool) -> list[int]:
    """The blocks of the text before the first such box, or line, at its end.

    Args:
        page: Its blocks and elements.
        kept: Numbers of the blocks of the text.
        end: Of the element that holds them.
        paid: The page says that its text is not free.
    """
    if len(kept) < 2:
        return kept
    blocks = page.blocks
    begin = kept[max(1, len(kept) - _WITHIN)]
    limit = (_MAX_PAID_SHARE if paid else _MAX_SHARE) * sum(len(blocks[at].text) for at in kept)
    near = range(begin, min(max(end, kept[-1] + 1) + paid * _WITHIN, len(blocks)))
    last = kept[-_LAST:][0]
    for number, kind in _notices(blocks, [at for at in near if paid or at >= last or blocks[at].linked]):
        holders = (page.elements[index] for index in page.ancestors(blocks[number].element))
        box = next((element for element in holders if element.end - element.first > 1), None)
        if box and box.first >= begin:
            first = box.first
        elif blocks[number].linked or (paid and blocks[number].tag in HEADINGS):
            first = number
        elif kind == "copyright" and number >= last:
            first = number  # further up it belongs to a picture
        else:
            continue  # a sentence of the text
        following = [at for at in kept if at >= first]
        if sum(len(blocks[at].text) for at in following) <= limit:
            return kept[: len(kept) - len(following)]
    return kept


def _notices(blocks: Sequence[Block], near: Sequence[int]) -> list[tuple[int, str]]:
    if not near:
        return []
    lines = {at: fold(blocks[at].text) for at in near if len(blocks[at].text) <= _MAX_CHARS}
    present = present_phrases(lines.values(), [word for line in lines.values() for word in line.split()])
    return [
        (at, cue.kind)
        for at, line in lines.items()
        if (cue := find_cue(line, len(line.split()), present)) is not None and cue.kind in _KINDS
    ]
