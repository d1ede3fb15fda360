"""Decides whether bytes are an HTML page and which characters they are; it does not read the markup beyond that."""

import codecs
import re

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096  # browsers look at 1,024 bytes; old news pages put scripts first
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FALLBACK = "cp1256"
_MAX_BROKEN_SHARE = 0.001


def is_html(head: bytes) -> bool:
    """Whether a file that begins so is an HTML page.

    >>> is_html(b"<!-- saved page --><!DOCTYPE html>"), is_html(b"<html dir=rtl>"), is_html(b"<htmlish>")
    (True, True, False)
    """
    return _HTML.match(head) is not None


def decode_html(data: bytes, declared: str | None = None) -> str:
    """The characters of a page: byte order mark, UTF-8, the label of HTTP or else of the page, windows-1256.

    Never raises; bytes that mean nothing become U+FFFD, and NUL, which HTML does not have, goes.
    """
    return _decode(data, declared or _meta_charset(data)).replace("\0", "")


def _decode(data: bytes, declared: str | None) -> str:
    # The seam to `pipeline.text.encoding.decode(data, declared).text`, which decides this for every reader.
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        label = codecs.lookup(declared or _FALLBACK).name
    except (LookupError, ValueError):
        label = _FALLBACK
    text = data.decode("utf-8", "replace")
    if label == "utf-8" and text.count("\ufffd") <= max(2, _MAX_BROKEN_SHARE * len(text)):
        return text
    try:
        return data.decode(_FALLBACK if label == "utf-8" else label, "replace")
    except (LookupError, UnicodeError, ValueError, TypeError):  # labels that name no text encoding
        return text


def _meta_charset(data: bytes) -> str | None:
    match = _META.search(data, 0, _META_WITHIN)
    return match[1].decode("ascii") if match else None
