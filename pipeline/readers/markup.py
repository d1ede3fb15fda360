"""Decides whether bytes are an HTML page and which charset it declares; it does not read the markup beyond that."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.text.encoding import decode

from .content import Content, Item
from .records import RawProblem, RawRecord
from .text_records import PAGE_SUFFIX

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096  # browsers look at 1,024 bytes; old news pages put scripts first
HTML_MAPPING = "html"
HTML_SUFFIXES = (".html", ".htm", ".xhtml")


def is_html(head: bytes) -> bool:
    """Whether a file that begins so is an HTML page.

    >>> is_html(b"<!-- saved page --><!DOCTYPE html>"), is_html(b"<html dir=rtl>"), is_html(b"<htmlish>")
    (True, True, False)
    """
    return _HTML.match(head) is not None


def looks_like_html(content: Content) -> bool:
    """A page by its name, or by its first element unless it is named as text."""
    return content.name.endswith(HTML_SUFFIXES) or (not content.name.endswith(PAGE_SUFFIX) and is_html(content.head))


def read_html(content: Content) -> Iterator[Item]:
    """Yield the one page that the content is."""
    page = content.read_whole()
    yield page if isinstance(page, RawProblem) else html_record(content.locator(0), None, page, None, {})


def html_record(
    locator: str, record_id: str | None, page: bytes, declared: str | None, fields: dict[str, Any]
) -> RawRecord | RawProblem:
    """The record of an HTML page; `declared` is the charset of HTTP, after which comes that of the page.

    NUL, which HTML does not have, goes.
    """
    label = declared or _meta_charset(page)
    decoded = decode(page, label)
    if decoded.text is None and b"\0" in page:
        decoded = decode(page.replace(b"\0", b""), label)
    if decoded.text is None:
        return RawProblem("encoding_invalid", locator, record_id, observed=repr(page[:40]))
    text = decoded.text.replace("\0", "")
    if not text.strip():
        return RawProblem("text_missing", locator, record_id, observed=fields.get("url"))
    flags = () if decoded.is_certain else ("encoding_guessed",)
    return RawRecord(locator, record_id, HTML_MAPPING, text, fields, False, flags)


def _meta_charset(data: bytes) -> str | None:
    match = _META.search(data, 0, _META_WITHIN)
    return match[1].decode("ascii") if match else None
