"""Decides which elements of a page are furniture: by their names, by the line that heads them, and by the form of teaser lists.

Furniture is what a site prints around articles: menus, other articles, readers' comments. Names are the cheapest evidence, but many
pages have names that machines made, or none.
"""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.parsers.cues import find_cue
from pipeline.parsers.html.blocks import HEADINGS, Block, Blocks
from pipeline.parsers.html.cues import Cue
from pipeline.text.arabic import fold

_DROP, _MEDIA, _BODY = Cue.DROP, Cue.MEDIA, Cue.BODY  # looking up a member costs more than comparing it
_MEDIA_CHARS, _MEDIA_BLOCKS = 400, 3  # captions with their credit line; longer is text
_TEXT_TAGS = frozenset(("p", "li", "td", "th", "blockquote", "pre", *HEADINGS))
_LABEL_CHARS = 40
_LISTS, _READERS = frozenset(("related", "most_read")), frozenset(("comments", "comment_form"))
_MAX_LIST_SHARE = 0.4  # of the page's prose, in a box of other articles
_TEASERS, _TEASER_CHARS, _TEASER_BLOCKS = 3, 250, 6
"""A teaser list has as many items, each a linked line with no more prose than this after it, and few labels."""
_TITLE_CHARS = 10
_TEXT_CHARS = 200  # of prose: as much stands between a headline and what follows its article


def furniture(page: Blocks, total: list[int], title: int | None, protected: float, parts: frozenset[int]) -> list[bool]:
    """Of each element, whether it or an element that holds it is furniture, or the article of another headline.

    Args:
        page: The blocks and elements.
        total: Sums of the prose before each block.
        title: The block that prints the headline.
        protected: An element with a greater share of the page's prose is no furniture, whatever its name.
        parts: Elements that are parts of the page's own text.
    """
    whole = total[-1]
    boxes = _labelled(page, total, title) | _teasers(page, total, title) | _captions(page, total, title)
    articles = [element for element in page.elements if element.tag == "article"]
    mine = None if title is None else [e for e in articles if e.first <= title < e.end]
    dropped: list[bool] = []
    for index, element in enumerate(page.elements):
        if element.parent >= 0 and dropped[element.parent]:
            dropped.append(True)
            continue
        own = index in boxes
        if element.cue is _DROP or element.cue is _MEDIA or (mine and element.tag == "article"):
            amount = total[element.end] - total[element.first]
            own = (
                own
                or (element.cue is _DROP and amount <= protected * whole)
                or (element.cue is _MEDIA and amount <= _MEDIA_CHARS and element.end - element.first <= _MEDIA_BLOCKS)
                or (
                    bool(mine)
                    and element.tag == "article"
                    and index not in parts
                    and not (element.first <= (title or 0) < element.end)
                    and not any(
                        e.first <= element.first
                        and element.end <= e.end
                        and amount > 0.5 * (total[e.end] - total[e.first])
                        for e in mine or ()
                    )
                )
            )
        dropped.append(own)
    return dropped


def _labelled(page: Blocks, total: Sequence[int], title: int | None) -> set[int]:
    """Elements that a line of their own says are lists of other articles or the readers' part of the page."""
    found: set[int] = set()
    for index, element in enumerate(page.elements):
        first, end = element.first, element.end
        amount = total[end] - total[first]
        if not amount or end - first < 2 or element.cue is _BODY or not _is_label(page.blocks[first], total, first):
            continue
        if title is not None and first <= title < end:
            continue
        cue = find_cue(fold(page.blocks[first].text), len(page.blocks[first].text.split()), [])
        if cue is None or cue.labelled or cue.value >= 0:
            continue
        if cue.kind in _LISTS:
            is_box = amount <= _MAX_LIST_SHARE * total[-1] and _longest_run(total, first, end) <= _TEASER_CHARS
        else:
            # readers may write more than the author, but they come after
            is_box = cue.kind in _READERS and title is not None and _has_text(total, title, first)
        if is_box:
            found.add(index)
    return found


def _is_label(block: Block, total: Sequence[int], number: int) -> bool:
    return len(block.text) <= _LABEL_CHARS and total[number + 1] == total[number]


def _longest_run(total: Sequence[int], first: int, end: int) -> int:
    """Most prose without a label or a link between; the text of an article may follow a list in one box."""
    longest = begin = 0
    for at in range(first, end):
        if total[at + 1] == total[at]:
            begin = at + 1
        longest = max(longest, total[at + 1] - total[max(begin, first)])
    return longest


def _has_text(total: Sequence[int], title: int, before: int) -> bool:
    return before > title and total[before] - total[title] >= _TEXT_CHARS


def _teasers(page: Blocks, total: Sequence[int], title: int | None) -> set[int]:
    """Items of lists in which a link and a sentence or two of what it leads to come again and again."""
    lists: dict[tuple[int, str, str, str], list[int]] = defaultdict(list)
    for index, element in enumerate(page.elements):
        first, end = element.first, element.end
        if 2 <= end - first <= _TEASER_BLOCKS and 0 < total[end] - total[first] <= _TEASER_CHARS:
            line, last = page.blocks[first], page.blocks[end - 1]
            if total[first + 1] != total[first]:
                continue
            if len(line.text) >= _TITLE_CHARS and 2 * line.linked > len(line.text):
                lists[element.parent, element.tag, element.names, ""].append(index)
            elif last.linked == len(last.text) and title is not None and _has_text(total, title, first):
                # the title is no link, but each item ends in the same one: "read more", "reply"
                lists[element.parent, element.tag, element.names, last.text].append(index)
    found: set[int] = set()
    for items in lists.values():
        if len(items) >= _TEASERS:
            first, end = page.elements[items[0]].first, page.elements[items[-1]].end
            amount = sum(total[page.elements[index].end] - total[page.elements[index].first] for index in items)
            after = total[-1] - total[title or 0] - (total[end] - total[first])
            if amount <= _MAX_LIST_SHARE * total[-1] or (title is not None and after >= _TEXT_CHARS):
                found.update(items)
    return found


def _captions(page: Blocks, total: Sequence[int], title: int | None) -> set[int]:
    """Boxes of a picture and a line or two that are not marked up as paragraphs; none where pictures tell the story."""
    found: set[int] = set()
    for index in page.pictures:
        # the picture may stand in an element of its own, beside that of the caption
        while index > 0 and page.elements[index].first == page.elements[index].end:
            index = page.elements[index].parent
        element = page.elements[index]
        first, end = element.first, element.end
        if (
            element.tag in _TEXT_TAGS
            or not 0 < end - first <= _MEDIA_BLOCKS
            or (title is not None and first <= title < end)
        ):
            continue
        inside = page.blocks[first:end]
        if sum(len(block.text) for block in inside) <= _MEDIA_CHARS and all(
            block.element != index and page.elements[block.element].tag not in _TEXT_TAGS for block in inside
        ):
            found.add(index)
    amount = sum(total[page.elements[index].end] - total[page.elements[index].first] for index in found)
    return found if amount <= _MAX_LIST_SHARE * total[-1] else set()
