"""Decides which pages are too large or too deep to be parsed at all; `blocks` has the limits on what parsing makes of the others."""

import re

import numpy as np

from pipeline.parsers.html.blocks import PageTooComplexError

MAX_CHARS = 8_000_000  # the largest of the kit's 77 pages has 1.9 million
MAX_TAGS = 300_000
MAX_OPEN = 10_000  # building the tree takes the square of this in steps
MAX_ATTRIBUTES = 20_000  # in one tag, by its equals signs

_LESS_THAN, _EQUALS = ord("<"), ord("=")


def check_size(html: str) -> bytes:
    """The page in UTF-8, lone surrogates left out; refuses what would cost more than any page is worth before it is parsed.

    Raises:
        PageTooComplexError: Too long, too many tags, or a tag of too many attributes.
    """
    if len(html) > MAX_CHARS:
        raise PageTooComplexError(f"more than {MAX_CHARS} characters")
    data = html.encode("utf-8", "ignore")
    codes = np.frombuffer(data, np.uint8)  # counts six times as fast as `bytes.count`
    tags = np.count_nonzero(codes == _LESS_THAN)
    if tags > MAX_TAGS:
        raise PageTooComplexError(f"more than {MAX_TAGS} tags")
    if tags > MAX_OPEN and tags - html.count("</") > MAX_OPEN and _most_open(html) > MAX_OPEN:
        raise PageTooComplexError(f"more than {MAX_OPEN} tags open at once")
    if np.count_nonzero(codes == _EQUALS) > MAX_ATTRIBUTES and any(
        tag.count("=") > MAX_ATTRIBUTES for tag in html.split("<") if ">" in tag
    ):
        raise PageTooComplexError(f"more than {MAX_ATTRIBUTES} attributes in a tag")
    return data


_OPENING = re.compile(r"<(/?)(?!(?:br|img|hr|input|meta|link|source|wbr|area|col|embed|track|param)\b)[a-zA-Z]")


def _most_open(html: str) -> int:
    """Most tags open at once, those that HTML closes by itself included."""
    depth = most = 0
    for match in _OPENING.finditer(html):
        depth += -1 if match[1] else 1
        most = max(most, depth)
    return most
