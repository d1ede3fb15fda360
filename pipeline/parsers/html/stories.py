"""Decides which blocks of a page are articles of their own beside the page's, and what heads each; it does not extract them.

A story is told by what sites print around one: a heading of its own before whole paragraphs. A card has one line of text, an
excerpt ends in an ellipsis, a reader's comment stands among comments, and the parts of one text (chapters, sections, the posts of
a live blog) have no page of their own that their headings link to, no date of their own, and no template that they share with the
page's article.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.parsers.html.blocks import HEADINGS, Block, Blocks, Element
from pipeline.parsers.html.cues import Cue, is_discussion
from pipeline.text.dates import parse_date

_MIN_PARAGRAPHS, _MIN_CHARS = 2, 250
"""Of prose. A card's teaser is one paragraph; the shortest news in full has two."""
_MAX_LABELS = 12  # blocks between a heading and its first paragraph: standfirst, byline, dates, share buttons
_DATED_WITHIN, _MAX_DATE_CHARS = 4, 80
_MAX_STORIES = 100  # accepted gap: of an archive with more, the rest is no page that people read
_PARTS = 3  # as many articles of one template that no heading links out of are the parts of one text
_MAX_LINKED, _SAME = 0.5, 0.5
_EXCERPT = re.compile(r"(?:…|\.\.\.|\[[….]+\])\s*$")


@dataclass(frozen=True, slots=True)
class Story:
    """Blocks `[first, end)` of the page, headed by the block `heading`; `element` holds them, and what is in it has a greater index."""

    first: int
    end: int
    heading: int
    element: int


@dataclass(frozen=True, slots=True)
class Stories:
    """The articles of a page.

    Attributes:
        own: The page's own where the page is a list of whole articles, whose title heads none of them, or else None.
        others: In page order and without overlap.
        parts: Article elements that are parts of the page's own text, as the posts of a live blog are.
    """

    own: Story | None = None
    others: tuple[Story, ...] = ()
    parts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _View:
    """A page with sums of its prose, so that any range is judged at once."""

    page: Blocks
    chars: list[int]
    paragraphs: list[int]

    def is_whole(self, first: int, end: int) -> bool:
        """Whether a range has the text of an article."""
        return (
            self.paragraphs[end] - self.paragraphs[first] >= _MIN_PARAGRAPHS
            and self.chars[end] - self.chars[first] >= _MIN_CHARS
        )

    def first_prose(self, first: int) -> int:
        """The first block with prose at or after `first`."""
        return bisect_left(self.paragraphs, self.paragraphs[first] + 1) - 1

    def last_prose(self, end: int) -> int:
        """The last block with prose before `end`."""
        return bisect_left(self.paragraphs, self.paragraphs[end]) - 1


def find_stories(page: Blocks, prose: Sequence[int], title: int | None, headline: str | None) -> Stories:
    """The stories of a page beside the one that its title heads.

    Args:
        page: Its blocks. A page that says that it is a live blog is none for this function: its posts are one text.
        prose: Of each block, its characters that are running text.
        title: The block that prints the page's headline.
        headline: That, as it was chosen; an element that prints it again, or a part of it, is the page's own article.
    """
    articles = [index for index, element in enumerate(page.elements) if element.tag == "article"]
    headings = [] if title is None else _peers(page.blocks, title, headline)
    if not articles and not headings:
        return Stories()
    view = _View(page, list(accumulate(prose, initial=0)), list(accumulate(map(bool, prose), initial=0)))
    candidates = [
        story
        for index in articles
        if (story := _story(view, index, title)) and not _same(page.blocks[story.heading].text, headline)
    ]
    holder = None if title is None else _holder(view, articles, title)
    if candidates and not holder and not (title is not None and view.is_whole(title, max(title, candidates[0].first))):
        # no article is the title's: either they are one text, or each is whole and linked to its page
        listed = _apart([s for s in candidates if _is_linked(page.blocks[s.heading])])
        return Stories(listed[0], tuple(listed[1:_MAX_STORIES])) if len(listed) > 1 else Stories()
    parts = _parts(view, candidates, articles, holder)
    others = _apart([*_others(view, candidates, parts, title), *_headed(view, title, headings)])[:_MAX_STORIES]
    return Stories(None, tuple(others) if _leaves_text(view, others) else (), parts)


def subpage(page: Blocks, story: Story) -> Blocks:
    """The blocks of a story as a page of their own."""
    first, end = story.first, story.end
    number = {story.element: 0}
    elements = [Element("article", -1, Cue.PAGE, "", 0, end - first)]
    for index in range(story.element + 1, len(page.elements)):
        element = page.elements[index]
        if element.first >= end:
            break
        if element.first >= first and element.end <= end:
            number[index] = len(elements)
            parent = number.get(element.parent, 0)
            elements.append(
                Element(element.tag, parent, element.cue, element.names, element.first - first, element.end - first)
            )
    return Blocks(
        [Block(b.text, b.tag, number.get(b.element, 0), b.linked, b.is_item) for b in page.blocks[first:end]],
        elements,
        [(at - first, raw, prop) for at, raw, prop in page.times if first <= at < end],
        [(name, value, at - first) for name, value, at in page.properties if first <= at < end],
        page.alts,
        {number[index] for index in page.pictures if index in number},
    )


def _peers(blocks: list[Block], title: int, headline: str | None) -> list[int]:
    """Headings after the title of the same rank, its repetitions not counted."""
    tag = blocks[title].tag
    if tag not in HEADINGS:
        return []
    return [
        at for at in range(title + 1, len(blocks)) if blocks[at].tag == tag and not _same(blocks[at].text, headline)
    ]


def _same(text: str, headline: str | None) -> bool:
    """Whether most words of the shorter of two headings are in the other."""
    one, other = set(text.lower().split()), set((headline or "").lower().split())
    return len(one & other) > _SAME * min(len(one), len(other))


def _holder(view: _View, articles: list[int], title: int) -> Element | None:
    """The innermost article element that holds the title and a whole text."""
    elements = view.page.elements
    return next(
        (
            element
            for index in reversed(articles)
            if (element := elements[index]).first <= title < element.end and view.is_whole(element.first, element.end)
        ),
        None,
    )


def _story(view: _View, index: int, title: int | None) -> Story | None:
    """The story of an article element, if it has a heading and a whole text and not the page's title."""
    element, blocks = view.page.elements[index], view.page.blocks
    first, end = element.first, element.end
    if not view.is_whole(first, end) or (title is not None and first <= title < end):
        return None
    stop = min(view.first_prose(first), first + _MAX_LABELS)
    heading = next((at for at in range(first, stop) if blocks[at].tag in HEADINGS), None)
    if heading is None or _EXCERPT.search(blocks[view.last_prose(end)].text) or _in_discussion(view.page, index):
        return None
    return Story(first, end, heading, index)


def _parts(view: _View, candidates: list[Story], articles: list[int], holder: Element | None) -> frozenset[int]:
    """Article elements of one template that no heading links out of, several of them whole, inside the text or right below."""
    elements, blocks = view.page.elements, view.page.blocks
    unlinked = [
        story
        for story in candidates
        if not _is_linked(blocks[story.heading])
        and (holder is None or holder.first <= story.first < holder.end or not _is_dated(view.page, story.heading))
    ]
    alike = Counter(_template(elements[story.element]) for story in unlinked)
    templates = {template for template, count in alike.items() if count >= _PARTS}
    return (
        frozenset(index for index in articles if _template(elements[index]) in templates) if templates else frozenset()
    )


def _others(view: _View, candidates: list[Story], parts: frozenset[int], title: int | None) -> list[Story]:
    """The candidates that are not parts of the page's own text; an article under a heading of the title's rank is none."""
    blocks = view.page.blocks
    rank = None if title is None else blocks[title].tag
    return [story for story in candidates if story.element not in parts or blocks[story.heading].tag == rank]


def _headed(view: _View, title: int | None, headings: list[int]) -> Iterator[Story]:
    """What follows a heading of the title's rank, if a site's template or a date says that it is an article."""
    if title is None or not headings:
        return
    page, elements = view.page, view.page.elements
    all_headings = [title, *headings]
    own = _template_names(view, _alone(page, title, all_headings))
    for heading, stop in zip(headings, [*headings[1:], len(page.blocks)], strict=True):
        if not view.is_whole(heading, stop) or view.first_prose(heading) - heading > _MAX_LABELS:
            continue
        alone = _alone(page, heading, all_headings)
        index = alone[-1]
        if not own.isdisjoint(_template_names(view, alone)):
            story = Story(elements[index].first, elements[index].end, heading, index)
        elif _is_dated(page, heading):
            holders = page.ancestors(page.blocks[heading].element)
            end = next(
                min(elements[at].end, stop) for at in holders if view.is_whole(heading, min(elements[at].end, stop))
            )
            story = Story(heading, end, heading, holders[0])
        else:
            continue
        if not _EXCERPT.search(page.blocks[view.last_prose(story.end)].text) and not _in_discussion(page, index):
            yield story


def _alone(page: Blocks, heading: int, headings: list[int]) -> list[int]:
    """The elements that hold this heading and none of the others, innermost first; `headings` is in page order."""
    alone = [page.blocks[heading].element]
    for index in page.ancestors(alone[0])[1:]:
        element = page.elements[index]
        if bisect_left(headings, element.end) - bisect_left(headings, element.first) > 1:
            break
        alone.append(index)
    return alone


def _template_names(view: _View, alone: list[int]) -> set[str]:
    """Names of those of the elements that hold a whole text."""
    elements = [view.page.elements[index] for index in alone]
    return {name for e in elements if view.is_whole(e.first, e.end) for name in e.names.split()}


def _apart(found: Iterable[Story]) -> list[Story]:
    """The outermost stories, in page order."""
    kept: list[Story] = []
    for story in sorted(found, key=lambda s: (s.first, -s.end)):
        if not kept or story.first >= kept[-1].end:
            kept.append(story)
    return kept


def _leaves_text(view: _View, found: list[Story]) -> bool:
    """Whether a whole text is left outside the stories."""
    chars = sum(view.chars[story.end] - view.chars[story.first] for story in found)
    paragraphs = sum(view.paragraphs[story.end] - view.paragraphs[story.first] for story in found)
    return view.chars[-1] - chars >= _MIN_CHARS and view.paragraphs[-1] - paragraphs >= _MIN_PARAGRAPHS


def _is_linked(block: Block) -> bool:
    return block.linked > _MAX_LINKED * len(block.text)


def _is_dated(page: Blocks, heading: int) -> bool:
    """Whether a date stands beside a heading, as a time element or as a line."""
    if any(heading - 1 <= at <= heading + _DATED_WITHIN for at, _, _ in page.times):
        return True
    near = page.blocks[heading + 1 : heading + 1 + _DATED_WITHIN]
    return any(
        len(block.text) <= _MAX_DATE_CHARS and any(map(str.isdigit, block.text)) and parse_date(block.text) is not None
        for block in near
    )


def _template(element: Element) -> str:
    """What the articles of one list have in common: the first of their names that holds no number of its own."""
    return next((name for name in element.names.split() if not any(map(str.isdigit, name))), "")


def _in_discussion(page: Blocks, index: int) -> bool:
    return any(is_discussion(page.elements[at].names) for at in page.ancestors(index))
