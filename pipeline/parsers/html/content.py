"""Decides which blocks of a page are the article's text and how sure that is; it does not read metadata.

Every block gets a signed weight: prose adds its length, lists of links and labels take away. The text is the subtree with
the greatest sum, less what stands in it under another cue. Nothing depends on the language: letters are counted, words of no
language are looked for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.parsers.html.blocks import HEADINGS, Block, Blocks, Element
from pipeline.parsers.html.cues import LABELS, Cue
from pipeline.parsers.html.furniture import furniture
from pipeline.parsers.html.notices import before_notices
from pipeline.parsers.html.stories import Stories

_BODY, _PAGE = Cue.BODY, Cue.PAGE  # looking up a member costs more than comparing it
_TERMINALS = ".!?…؟۔。！？।\"”»’')]:"
_PROSE_CHARS = 80  # a line this long that is not a link is prose; shorter needs a full stop
_SHORT_PROSE_CHARS = 25
_DENSE_SCRIPT = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"[^\W_]+")
_ASCII_LOWER = bytes(range(256)).lower()
_ASCII_OTHERS = bytes(code for code in range(128) if not chr(code).isalnum())
_MARKS = "\u00a0–—‘’“”«»…،؛؟"  # what is left to take out of most texts; any other takes the pattern, five times slower
_DIGIT = re.compile(r"\d")
_MAX_LINKED = 0.5
_LABEL_COST = 20
_STAMP_DIGITS = 0.12  # a date line has more digits than a sentence with a date
_BODY_BONUS, _PAGE_BONUS = 1.3, 1.1
# An element with this share of the page's prose is no furniture, whatever its name; the second is for pages whose names
# would otherwise leave less than the first.
_PROTECTED, _PROTECTED_MORE = 0.4, 0.1


_ALONE = Stories()


@dataclass(frozen=True, slots=True)
class Content:
    """The text, paragraphs separated by a blank line, and what speaks for it.

    Attributes:
        text: '' when the page has no prose.
        share: Of the page's prose outside furniture, the part that is in the text, 0..1.
        semantic: The container is named or marked up as an article body.
        agreement: Share of the publisher's own articleBody found in the text; None when it states none.
        first, end: The block range of the container.
    """

    text: str
    share: float
    semantic: bool
    agreement: float | None
    first: int
    end: int


def letters(text: str) -> str:
    """The letters and digits of a text, for comparing texts whose spaces and quotes differ."""
    kept = text.encode("utf-8", "surrogatepass").translate(_ASCII_LOWER, _ASCII_OTHERS).decode("utf-8", "surrogatepass")
    if kept.isascii():
        return kept
    for mark in _MARKS:
        kept = kept.replace(mark, "")
    return (kept if kept.isalnum() else "".join(_WORDS.findall(kept))).lower()


def _could_be(block: Block, title: str) -> bool:
    return len(title) <= len(block.text) <= 3 * len(title) and letters(block.text) == title


def prose_of(page: Blocks) -> list[int]:
    """Of each block, its characters that count as running text."""
    return [0 if block.text in page.alts else _prose(block) for block in page.blocks]


def extract_content(
    page: Blocks,
    prose: Sequence[int],
    title: int | None,
    headline: str | None,
    stated_body: str | None,
    *,
    live: bool = False,
    paid: bool = False,
    stories: Stories = _ALONE,
) -> Content:
    """Choose and prune.

    Args:
        page: The blocks of the page's body.
        prose: What `prose_of` says of them.
        title: The block that prints the headline.
        headline: Left out where the text repeats it.
        stated_body: The articleBody that the publisher's metadata states, whole or the beginning.
        live: The page is a live blog: several posts make up the one text.
        paid: The page says that its text is not free: an offer may follow what it shows of it.
        stories: What of the page is of other articles, and what is a part of this one.
    """
    elements, blocks = page.elements, page.blocks
    if not blocks:
        return Content("", 0.0, False, None, 0, 0)
    prose = list(prose)
    for story in stories.others:
        prose[story.first : story.end] = [0] * (story.end - story.first)
    total = list(accumulate(prose, initial=0))
    dropped = furniture(page, total, None if live else title, _PROTECTED, stories.parts)
    if _open_prose(blocks, prose, dropped) < _PROTECTED * total[-1]:
        dropped = furniture(page, total, None if live else title, _PROTECTED_MORE, stories.parts)
    weights = []
    for block, amount in zip(blocks, prose, strict=True):
        if dropped[block.element]:
            weights.append(-min(0.3 * amount, _LABEL_COST) - 5.0)  # no box of furniture may cost the text beside it
        elif amount:
            weights.append(float(amount))
        elif block.tag in HEADINGS:
            weights.append(-1.0)
        else:
            weights.append(-float(_LABEL_COST + block.linked // 2))
    sums = list(accumulate(weights, initial=0.0))
    stated = letters(stated_body) if stated_body else ""
    known = _stated_blocks(blocks, stated)
    foreign = {number for story in stories.others for number in range(story.first, story.end)}
    for number in foreign:
        known.pop(number, None)
    container = _container(page, sums, known)
    if container is None:
        return Content("", 0.0, False, None, 0, 0)
    chosen = elements[container]
    kept = _prune(page, container, prose, dropped, headline, known, foreign, stories.parts)
    kept = before_notices(page, kept, chosen.end, paid=paid)
    text = "\n\n".join(_paragraphs(blocks[at]) for at in kept)
    open_prose = _open_prose(blocks, prose, dropped)
    agreement = sum(known.get(at, 0) for at in kept) / max(1, len(stated)) if stated_body else None
    semantic = any(elements[at].cue in (_BODY, _PAGE) for at in page.ancestors(container))
    share = sum(prose[at] for at in kept) / max(1, open_prose)
    return Content(text, min(1.0, share), semantic, agreement, chosen.first, chosen.end)


def _prose(block: Block) -> int:
    """Characters of a block that count as running text; 0 for labels, links and headings."""
    text = block.text
    length = size = len(text)
    if size < 12 or block.tag in HEADINGS or block.linked > _MAX_LINKED * length:
        return 0
    if not text.isascii() and _DENSE_SCRIPT.search(text):
        size = int(size * 2.5)  # a Chinese, Japanese, Korean or Thai letter carries more than a Latin one
    if size < _SHORT_PROSE_CHARS or (length < 100 and len(_DIGIT.findall(text)) > max(5, _STAMP_DIGITS * length)):
        return 0
    if size >= _PROSE_CHARS:
        return size // 2 if block.is_item or block.tag in ("td", "th") else size
    return size if text[-1] in _TERMINALS and block.linked <= 0.3 * length and not block.is_item else 0


def headline_block(blocks: list[Block], headline: str | None) -> int | None:
    """Number of the block that prints the headline: a heading before a line, the first before a later one."""
    title = letters(headline) if headline else ""
    if not title:
        return next((number for number, block in enumerate(blocks) if block.tag == "h1"), None)
    # most blocks are too long, too short, or begin with another letter
    shortest, longest, initial = (len(title) + 1) // 2, min(399, 3 * len(title)), title[0]
    equal = [
        number
        for number, block in enumerate(blocks)
        if shortest <= len(text := block.text) <= longest
        and (text[0].lower()[0] == initial or not text[0].isalnum())
        and (bare := letters(text))
        and (bare == title or (title.startswith(bare) and 2 * len(bare) > len(title)))
    ]
    return min(
        equal, key=lambda number: (blocks[number].tag not in HEADINGS, blocks[number].tag != "h1", number), default=None
    )


def _open_prose(blocks: list[Block], prose: list[int], dropped: list[bool]) -> int:
    return sum(amount for amount, block in zip(prose, blocks, strict=True) if not dropped[block.element])


def _stated_blocks(blocks: list[Block], stated: str) -> dict[int, int]:
    """Numbers of the blocks that the publisher's own articleBody (its letters) contains, with how many letters they have."""
    if not stated:
        return {}
    return {
        number: len(bare)
        for number, block in enumerate(blocks)
        if len(block.text) >= _SHORT_PROSE_CHARS and (bare := letters(block.text)) and bare in stated
    }


def _container(page: Blocks, sums: list[float], known: dict[int, int]) -> int | None:
    """The element that holds the text: the innermost around the stated blocks, or else the one of the greatest sum."""
    elements = page.elements
    if len(known) >= 3 or sum(len(page.blocks[at].text) for at in known) >= 400:
        numbers = sorted(known)
        best, best_count = None, 0
        for index, element in enumerate(elements):
            count = bisect_left(numbers, element.end) - bisect_left(numbers, element.first)
            if count >= max(best_count, 0.8 * len(numbers)):
                best, best_count = index, count
        if best is not None:
            return best
    best, best_score = None, 0.0
    for index, element in enumerate(elements):
        score = sums[element.end] - sums[element.first]
        if score > 0:
            if element.cue is _BODY:
                score *= _BODY_BONUS
            elif element.cue is _PAGE:
                score *= _PAGE_BONUS
            if score >= best_score:
                best, best_score = index, score
    return best


def _prune(
    page: Blocks,
    container: int,
    prose: list[int],
    dropped: list[bool],
    headline: str | None,
    known: dict[int, int],
    foreign: set[int],
    parts: frozenset[int],
) -> list[int]:
    elements, blocks = page.elements, page.blocks
    chosen = elements[container]
    others = _other_articles(elements, container, prose) - parts
    title = letters(headline) if headline else ""
    kept: list[int] = []
    for number in range(chosen.first, chosen.end):
        block = blocks[number]
        if number in foreign:
            continue
        if number not in known:
            if dropped[block.element] and not dropped[container]:
                continue
            if others and not others.isdisjoint(page.ancestors(block.element)):
                continue
            if not prose[number] and (
                block.tag == "h1"
                or block.linked > _MAX_LINKED * len(block.text)
                or block.text in page.alts
                or block.text.lower() in LABELS
                or (title and _could_be(block, title))
            ):
                continue
        kept.append(number)
    first = next((at for at, number in enumerate(kept) if prose[number] or number in known), len(kept))
    # a heading that stands beside the first paragraph belongs to it; bylines, dates and labels above it do not
    if first and (above := blocks[kept[first - 1]]).tag in HEADINGS and above.tag != "h1":
        first -= elements[above.element].parent == elements[blocks[kept[first]].element].parent
    kept = kept[first:]
    while kept and not prose[kept[-1]] and kept[-1] not in known and not _ends_list(blocks, kept):
        kept.pop()  # headings and labels of what followed the text
    return [number for at, number in enumerate(kept) if not _is_empty_section(blocks, kept, at)]


def _ends_list(blocks: list[Block], kept: list[int]) -> bool:
    """Whether the last block is an item of a list that follows a paragraph: part of the text, however short."""
    last = kept[-1]
    return blocks[last].is_item and not blocks[last].linked and len(kept) > 1 and last - kept[-2] == 1


def _is_empty_section(blocks: list[Block], kept: list[int], at: int) -> bool:
    """Whether a heading lost all that stood under it: a list of links, a box."""
    number = kept[at]
    following = kept[at + 1] if at + 1 < len(kept) else None
    if blocks[number].tag not in HEADINGS or following is None or following == number + 1:
        return False
    return blocks[number + 1].linked > _MAX_LINKED * len(blocks[number + 1].text) and blocks[following].tag in HEADINGS


def _other_articles(elements: list[Element], container: int, prose: list[int]) -> frozenset[int]:
    """Article elements inside the container that are not the main one."""
    chosen = elements[container]
    inside = [
        index
        for index in range(container + 1, len(elements))
        if elements[index].first >= chosen.first
        and elements[index].end <= chosen.end
        and elements[index].tag == "article"
    ]
    if not inside:
        return frozenset()
    total = list(accumulate(prose, initial=0))
    amounts = {index: total[elements[index].end] - total[elements[index].first] for index in inside}
    whole = total[chosen.end] - total[chosen.first]
    outermost = [
        index for index in inside if not any(other in amounts for other in _parents(elements, index, container))
    ]
    outside = whole - sum(amounts[index] for index in outermost)
    if max(amounts.values()) < 0.5 * whole and outside < 0.5 * whole:
        return frozenset()  # the parts of one text: posts of a live blog, chapters
    return frozenset(index for index in inside if amounts[index] < 0.5 * whole)


def _parents(elements: list[Element], index: int, top: int) -> Iterator[int]:
    while (index := elements[index].parent) > top:
        yield index


def _paragraphs(block: Block) -> str:
    return (
        "\n\n".join(filter(None, (line.strip() for line in block.text.split("\n"))))
        if "\n" in block.text
        else block.text
    )
