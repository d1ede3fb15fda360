"""Decides which plain paragraphs an HTML fragment inside a data field holds; it does not extract articles from whole pages.

Feeds, ninjs, NewsML-G2 and NITF carry bodies as small pieces of HTML that hold the article and nothing else. What needs a
judgement (menus, share buttons, related links) is the business of the page parsers.
"""

import html
import re

from selectolax.lexbor import LexborHTMLParser

FRAGMENTS_VERSION = "1"

# HTML's block elements and those of NITF 3.6 (hl1, hl2, block, body.*); a break between their contents is a paragraph break.
# Of tables the cells are enough.
_BLOCKS = (
    r"address|article|aside|block|blockquote|body|body\.content|body\.end|body\.head|caption|center|dd"
    r"|details|div|dl|dt|fieldset|figure|footer|form|h1|h2|h3|h4|h5|h6|header|hgroup|hl1|hl2|hr|li|main"
    r"|menu|nav|ol|p|pre|section|summary|td|th|ul"
)
# Not text of the article: code, embedded objects, form parts, and media with their captions.
_DROPPED = [
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math",
    "canvas", "audio", "video", "select", "button", "textarea", "title", "figcaption", "media",
]  # fmt: skip
# Elements that HTML lets stay open; they say nothing about depth.
_UNCLOSED = frozenset(
    b"area base br col embed hr img input link meta source track wbr p li dt dd tr td th option".split()
)
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)")
_ENOUGH_TO_NEST = 400
_MAX_DEPTH = 400
_MAX_TAGS = 200_000
# Marks of paragraph breaks and line breaks on the way through the parser: control characters that no text needs.
_PARAGRAPH, _LINE = "\x1e", "\x1f"
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_BLANK_LINES = re.compile(r"\n{3,}")
_BREAK_TAG = re.compile(r"<br(?=[\s/>])[^<>]*>", re.IGNORECASE)


class FragmentTooComplex(ValueError):
    """The fragment nests deeper or has more tags than news bodies do; parsing it could take minutes."""


def paragraphs(fragment: str) -> str:
    r"""The text of an HTML fragment, its paragraphs separated by a blank line, `<br>` as one line end.

    Line ends of the source count as white space if the fragment has block elements, and as line ends otherwise: plain text
    in which only `&` or `<b>` betray the HTML keeps its lines.

    >>> paragraphs("<p>One &amp; two<br>three</p><script>x()</script><div>Four</div>")
    'One & two\nthree\n\nFour'
    >>> paragraphs("A &lt; B\nC << D")
    'A < B\nC << D'

    Raises:
        FragmentTooComplex: Lexbor's tree building is quadratic in depth, so the depth is bounded before it starts.
    """
    if "<" not in fragment or not _MARKUP.search(fragment):
        return (html.unescape(fragment) if "&" in fragment else fragment).strip()
    _check_complexity(fragment)
    if _PARAGRAPH in fragment or _LINE in fragment:
        fragment = fragment.replace(_PARAGRAPH, " ").replace(_LINE, " ")
    marked, n_blocks = _BLOCK_TAG.subn(rf"{_PARAGRAPH}\g<0>{_PARAGRAPH}", fragment)
    tree = LexborHTMLParser(_BREAK_TAG.sub(_LINE, marked))
    tree.strip_tags(_DROPPED)
    text = tree.body.text(deep=True) if tree.body else ""
    if not n_blocks:
        text = text.replace("\n", _LINE)
    blocks = []
    for block in text.split(_PARAGRAPH):
        if block and not block.isspace():
            lines = block.split(_LINE)
            blocks.append("\n".join([" ".join(line.split()) for line in lines]).strip())
    return _BLANK_LINES.sub("\n\n", "\n\n".join(filter(None, blocks)))


def _check_complexity(fragment: str) -> None:
    if fragment.count("<") <= _ENOUGH_TO_NEST:
        return
    depth = 0
    for tags, match in enumerate(_TAG.finditer(fragment.encode("utf-8", "replace"))):
        if match[2].lower() not in _UNCLOSED:
            depth += -1 if match[1] else 1
            depth = max(depth, 0)
        if depth > _MAX_DEPTH or tags > _MAX_TAGS:
            raise FragmentTooComplex(f"more than {_MAX_DEPTH} open elements or {_MAX_TAGS} tags")
