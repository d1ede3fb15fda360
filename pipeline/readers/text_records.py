"""Decides how pages and JSON are cut into records; which values of an object are our fields the mappings say."""

import re
from collections.abc import Iterator

import orjson

from pipeline.text.encoding import decode

from .content import Content, Item
from .records import RawProblem, RawRecord, no_text
from .streams import StreamError, split_lines, split_values

PAGE_MAPPING = "page"
PAGE_SUFFIX = ".txt"
_LINE_SUFFIXES = (".jsonl", ".ndjson")
_JSON_SUFFIXES = (".json", *_LINE_SUFFIXES)
# The first line of an object that is spread over several lines ends where a value of it is still open.
_SPREAD_OBJECT = re.compile(rb"\s*\{[ \t\r]*\n|\s*\{[^\n]*[\[{,:][ \t\r]*\n")


def is_named_page(content: Content) -> bool:
    """A page by its name."""
    return content.name.endswith(PAGE_SUFFIX)


def looks_like_json(content: Content) -> bool:
    """JSON by its name or first character."""
    return content.name.endswith(_JSON_SUFFIXES) or content.head.lstrip()[:1] in (b"{", b"[")


def read_page(content: Content) -> Iterator[Item]:
    """Yield the one page that the content is."""
    yield _page(content)


def _page(content: Content) -> Item:
    locator = content.locator(0)
    page = content.read_whole()
    if isinstance(page, RawProblem):
        return page
    decoded = decode(page)
    text = decoded.text
    if text is None:
        return RawProblem("encoding_invalid", locator, observed=repr(page[:40]))
    if "\0" in text:
        return RawProblem("nul_bytes", locator, field="text")
    if not text.strip():
        return RawProblem("text_missing", locator)
    flags = () if decoded.is_certain and not content.is_guessed else ("encoding_guessed",)
    return RawRecord(locator, None, PAGE_MAPPING, text, {}, False, flags)


def read_json(content: Content) -> Iterator[Item]:
    """Yield the records of an array, of objects one after the other, or of lines."""
    spread = content.head.lstrip()[:1] == b"[" or _SPREAD_OBJECT.match(content.head)
    if not content.name.endswith(_LINE_SUFFIXES) and spread:
        yield from _values(content)
    else:
        for number, line in enumerate(split_lines(content.stream, content.limits.max_record_bytes)):
            yield from _json(content, number, line)


def _values(content: Content) -> Iterator[Item]:
    number = 0
    try:
        for value in split_values(content.stream, content.limits.max_record_bytes):
            for item in _json(content, number, value):
                yield item
                if isinstance(item, RawProblem) and item.reason_code == "json_invalid":
                    return  # where the values end can no longer be told
            number += 1
    except StreamError as error:
        if error.reason_code != "json_invalid":
            raise
        yield RawProblem("json_invalid", content.locator(number), observed=error.observed)


def _json(content: Content, number: int, value: bytes | None) -> Iterator[Item]:
    locator = content.locator(number)
    content.show(number, value)
    if value is None:
        yield content.too_large(number)
        return
    try:
        record = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        yield no_text(locator, value) or RawProblem("json_invalid", locator, observed=str(error))
        return
    if isinstance(record, dict):
        yield from content.mapper.read(locator, record)
    else:
        yield RawProblem("record_not_object", locator, observed=value.decode("utf-8").strip())
