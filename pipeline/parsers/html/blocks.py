"""Decides how a page is cut into blocks of running text with the elements that hold them; it does not judge them.

One pass over the DOM, without recursion, so that no nesting can exhaust the stack.
"""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.parsers.html.cues import NAMED_BY, Cue, cue_of

MAX_DEPTH = 2_000  # the deepest of the 77 pages of the kit has 41 levels
MAX_NODES = 400_000  # the largest has 31,000; a page of this size takes about a second

# Elements that do not break a line of text. What is not named here, custom elements included, does.
_INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)
_NEVER_TEXT = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "video", "audio", "map", "button", "select", "option", "input", "textarea", "head", "dialog", "progress", "meter", "img", "source", "track", "link", "meta", "datalist"]
)
_DROPPED = {"nav": Cue.DROP, "footer": Cue.DROP, "figcaption": Cue.DROP, "aside": Cue.DROP, "figure": Cue.MEDIA}
_REGION = {"article": Cue.PAGE, "main": Cue.PAGE}
_UNNAMED = frozenset(("a", "b", "strong", "i", "em"))  # names here style words, and pages have thousands
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
    """A run of text without a line-breaking element in it.

    `text` has single spaces and a newline where the page has `<br>`; `linked` counts its characters inside links,
    `emphasised` those inside bold or italics; `element` is the index of the element that holds it.
    """

    text: str
    tag: str
    element: int
    linked: int
    emphasised: int
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

    def ancestors(self, index: int) -> list[int]:
        """The element and those that hold it, innermost first."""
        chain = []
        while index >= 0:
            chain.append(index)
            index = self.elements[index].parent
        return chain


_PROPERTIES = frozenset(
    ["headline", "name", "datePublished", "dateModified", "author", "articleSection", "keywords", "description", "articleBody", "publisher"]
)


def read_blocks(root: LexborNode, removed: frozenset[int] = frozenset()) -> Blocks:
    """Cut the subtree of `root` into blocks, leaving out nodes whose `mem_id` is in `removed`.

    Raises:
        PageTooComplexError: More than MAX_NODES nodes or MAX_DEPTH levels.
    """
    page = Blocks()
    elements, blocks = page.elements, page.blocks
    parts: list[str] = []
    stack: list[tuple[LexborNode, int]] = []
    current, link, strong, linked, emphasised, items, nodes = -1, 0, 0, 0, 0, 0, 0

    def flush() -> None:
        nonlocal linked, emphasised
        if parts:
            text = "".join(parts)
            parts.clear()
            if "\n" in text:
                text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
            else:
                text = " ".join(text.split())
            if text:
                tag = elements[current].tag if current >= 0 else "body"
                blocks.append(Block(text, tag, current, linked, emphasised, items > 0))
            linked = emphasised = 0

    node: LexborNode | None = root
    while node is not None:
        nodes += 1
        if nodes > MAX_NODES:
            raise PageTooComplexError(f"more than {MAX_NODES} nodes")
        tag = node.tag or ""
        opened = 0  # what leaving the node undoes: 1 element, 2 link, 3 emphasis, 4 other inline
        if tag == "-text":
            text = node.text_content or ""
            if "\n" in text or "\r" in text:
                text = text.replace("\n", " ").replace("\r", " ")
            parts.append(text)
            if link:
                linked += len(text.strip())
            if strong:
                emphasised += len(text.strip())
        elif tag == "br":
            parts.append("\n")
        elif tag == "img":
            if (alt := node.attributes.get("alt")) and len(alt) > 15:
                page.alts.add(" ".join(alt.split()))
        elif tag not in _NEVER_TEXT and not tag.startswith(("-", "!")) and not (removed and node.mem_id in removed):
            inline = tag in _INLINE
            cue, names = _DROPPED.get(tag) or _REGION.get(tag, Cue.NONE), ""
            if tag not in _UNNAMED:
                attributes = node.attributes
                if attributes:
                    names = " ".join([value for name in NAMED_BY if (value := attributes.get(name))])
                    if names and (named := cue_of(names)):
                        if cue is Cue.NONE or (cue is Cue.PAGE and named is Cue.BODY):
                            cue = named
                    # a hidden box is furniture of scripts; a hidden paragraph is text behind a wall
                    if tag != "p" and _is_hidden(attributes):
                        cue = Cue.DROP
                    if tag == "time" or "itemprop" in attributes:
                        _note(page, node, tag, attributes)
            if inline and cue is not Cue.DROP:
                opened = 2 if tag == "a" else 3 if tag in ("b", "strong", "i", "em") else 4
                link += opened == 2
                strong += opened == 3
            else:
                flush()
                elements.append(Element(tag, current, cue, names, len(blocks)))
                current = len(elements) - 1
                items += tag == "li"
                opened = 1
        child = node.first_child if opened else None
        if child is not None:
            stack.append((node, opened))
            if len(stack) > MAX_DEPTH:
                raise PageTooComplexError(f"more than {MAX_DEPTH} levels")
            node = child
            continue
        following: LexborNode | None = None
        while True:
            if opened == 1:
                flush()
                closed = elements[current]
                closed.end = len(blocks)
                items -= closed.tag == "li"
                current = closed.parent
            elif opened == 2:
                link -= 1
            elif opened == 3:
                strong -= 1
            following = node.next if stack else None
            if following is not None or not stack:
                break
            node, opened = stack.pop()
        node = following
    flush()
    return page


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and "display:none" in (style or "").replace(" ", "").lower()


def _note(page: Blocks, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
    position, prop = len(page.blocks), attributes.get("itemprop") or ""
    if tag == "time":
        page.times.append((position, attributes.get("datetime") or node.text(), prop))
    for name in prop.split():
        if name in _PROPERTIES and name != "articleBody":
            value = attributes.get("content") or attributes.get("datetime") or node.text()
            page.properties.append((name, " ".join(value[:2000].split()), position))
