"""Decides how a page is cut into blocks of running text with the elements that hold them; it does not judge them.

One pass over the DOM, without recursion, so that no nesting can exhaust the stack.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.parsers.html.cues import NAMED_BY, Cue, cue_of

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting)/?$")  # of schema.org

MAX_DEPTH = 2_000  # the deepest of the 77 pages of the kit has 41 levels
MAX_ELEMENTS = 200_000  # with text in them; a page of this size takes about a second

# What an element does to a line of text. What is not named here, custom elements included, breaks it.
_BREAKS, _INLINE, _LINK, _SKIPPED, _NEW_LINE, _PICTURE, _TEXT = range(7)
_KIND = {
    **dict.fromkeys(
        [
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
            "mark",
            "nobr",
            "q",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
            "u",
            "var",
            "wbr",
        ],
        _INLINE,
    ),
    # never text of the page: scripts, pictures, controls, headlines that move, and the two regions that HTML itself names as furniture
    **dict.fromkeys(
        [
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "canvas",
            "video",
            "audio",
            "map",
            "button",
            "select",
            "option",
            "input",
            "textarea",
            "head",
            "dialog",
            "progress",
            "meter",
            "source",
            "track",
            "link",
            "meta",
            "datalist",
            "marquee",
            "nav",
            "footer",
            "-comment",
            "-document",
            "!doctype",
            "-undef",
        ],
        _SKIPPED,
    ),
    "a": _LINK,
    "br": _NEW_LINE,
    "img": _PICTURE,
    "-text": _TEXT,
}
_CUES = {"figcaption": Cue.DROP, "aside": Cue.DROP, "figure": Cue.MEDIA, "article": Cue.PAGE, "main": Cue.PAGE}
_NONE, _DROP, _BODY, _PAGE = (
    Cue.NONE,
    Cue.DROP,
    Cue.BODY,
    Cue.PAGE,
)  # looking up a member costs more than reading a name
_UNNAMED = frozenset(("a", "b", "strong", "i", "em"))  # names here style words, and pages have thousands
_MIN_ALT = 15
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class PageTooComplexError(Exception):
    """The page nests deeper, or has more nodes, than any page that people read."""


@dataclass(slots=True)
class Element:
    """An element that breaks lines. Its blocks are `blocks[first:end]` of the page."""

    tag: str
    parent: int
    cue: Cue
    names: str
    first: int
    end: int = 0


@dataclass(slots=True)
class Block:
    """A run of text without a line-breaking element or an empty line in it.

    `text` has single spaces and a newline where the page has `<br>`; `linked` counts its characters inside links;
    `element` is the index of the element that holds it; `is_item` says whether that is in a list.
    """

    text: str
    tag: str
    element: int
    linked: int
    is_item: bool


@dataclass(slots=True)
class Blocks:
    """The blocks and elements of a page in document order, and what metadata needs of its body."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    times: list[tuple[int, str, str]] = field(default_factory=list)
    """(number of the next block, `datetime` attribute or text, itemprop) of each time element"""
    properties: list[tuple[str, str, int]] = field(default_factory=list)
    """(itemprop, content or text, number of the next block) of each microdata property"""
    alts: set[str] = field(default_factory=set)
    """texts that stand for pictures"""
    pictures: set[int] = field(default_factory=set)
    """elements in which a picture stands apart from text"""

    def ancestors(self, index: int) -> list[int]:
        """The element and those that hold it, innermost first."""
        chain = []
        while index >= 0:
            chain.append(index)
            index = self.elements[index].parent
        return chain

    def leave_out(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Forget what metadata could need of these blocks."""
        self.times = [entry for entry in self.times if not any(first <= entry[0] < end for first, end in ranges)]
        self.properties = [
            entry for entry in self.properties if not any(first <= entry[2] < end for first, end in ranges)
        ]


_PROPERTIES = frozenset(
    [
        "headline",
        "name",
        "datePublished",
        "dateModified",
        "author",
        "articleSection",
        "keywords",
        "description",
        "articleBody",
        "publisher",
    ]
)


def read_blocks(root: LexborNode, removed: frozenset[int] = frozenset()) -> Blocks:
    """Cut the subtree of `root` into blocks, leaving out nodes whose `mem_id` is in `removed`.

    Raises:
        PageTooComplexError: More than MAX_ELEMENTS elements with text or MAX_DEPTH levels.
    """
    page = Blocks()
    elements, blocks = page.elements, page.blocks
    parts: list[str] = []
    stack: list[tuple[LexborNode | None, int]] = []  # of each open element, what follows it and its kind
    current, link, linked, items, opened = -1, 0, 0, 0, 0
    kind_of, add = _KIND.get, parts.append

    def flush() -> None:
        nonlocal linked
        text = "".join(parts)
        parts.clear()
        if "\n" in text:
            text = "\n".join([" ".join(line.split()) for line in text.split("\n")]).strip()
        else:
            text = " ".join(text.split())
        if text:
            blocks.append(Block(text, elements[current].tag, current, linked, items > 0))
        linked = 0

    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        kind, following = (kind_of(tag, _BREAKS), node.next) if opened else (_BREAKS, None)
        if kind == _TEXT:
            if node.is_empty_text_node:  # most are the space between elements
                if parts:
                    add(" ")
            elif (text := node.text_content or "") and (parts or not text.isspace()):
                if "\n" in text or "\r" in text:
                    text = text.replace("\n", " ").replace("\r", " ")
                add(text)
                if link:
                    linked += len(text.strip())
        elif kind == _SKIPPED or (removed and node.mem_id in removed):
            pass
        elif kind == _NEW_LINE:
            last = next((part for part in reversed(parts) if part == "\n" or not part.isspace()), "")
            if last == "\n":
                flush()  # an empty line parts paragraphs
            else:
                add("\n")
        elif kind == _PICTURE:
            if not parts:
                page.pictures.add(current)
            if (alt := node.attributes.get("alt")) and len(alt) > _MIN_ALT:
                page.alts.add(" ".join(alt.split()))
        else:
            names, cue = "", _NONE
            if tag not in _UNNAMED:
                attributes = node.attributes
                names = _names(attributes) if attributes else ""
                cue = _CUES.get(tag, _NONE)
                if names:
                    named = cue_of(names)
                    if cue is _NONE or (cue is _PAGE and named is _BODY):
                        cue = named
                if attributes and (not names or len(attributes) > 1):
                    # a hidden box is furniture of scripts; a hidden paragraph is text behind a wall
                    if tag != "p" and _is_hidden(attributes):
                        cue = _DROP
                    if "itemtype" in attributes and _ARTICLE_TYPE.search(attributes["itemtype"] or ""):
                        tag = "article"
                    if tag == "time" or "itemprop" in attributes:
                        _note(page, node, tag, attributes)
            if kind == _LINK:
                link += 1
            elif kind == _BREAKS or cue is _DROP:
                kind = _BREAKS
                if parts:
                    flush()
                elements.append(Element(tag, current, cue, names, len(blocks)))
                current = len(elements) - 1
                items += tag == "li"
            opened += 1
            stack.append((following, kind))
            if len(stack) > MAX_DEPTH:
                raise PageTooComplexError(f"more than {MAX_DEPTH} levels")
            if opened > MAX_ELEMENTS:
                raise PageTooComplexError(f"more than {MAX_ELEMENTS} elements")
            following = node.first_child
        # the next in document order: a child, a sibling, or the sibling of the nearest ancestor that has one
        while following is None and stack:
            following, kind = stack.pop()
            if kind == _BREAKS:
                if parts:
                    flush()
                closed = elements[current]
                closed.end = len(blocks)
                items -= closed.tag == "li"
                current = closed.parent
            elif kind == _LINK:
                link -= 1
        node = following
    return page


def _names(attributes: dict[str, str | None]) -> str:
    """What names the element; most have a class and nothing else."""
    if len(attributes) == 1:
        return attributes.get("class") or attributes.get("id") or ""
    if NAMED_BY.isdisjoint(attributes):
        return ""
    return " ".join([value for key, value in attributes.items() if value and key in NAMED_BY])


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and "none" in style and "display:none" in style.replace(" ", "").lower()


def _note(page: Blocks, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
    position, prop = len(page.blocks), attributes.get("itemprop") or ""
    if tag == "time":
        page.times.append((position, attributes.get("datetime") or node.text(), prop))
    for name in prop.split():
        if name in _PROPERTIES and name != "articleBody":
            value = attributes.get("content") or attributes.get("datetime") or node.text()
            page.properties.append((name, " ".join(value[:2000].split()), position))
