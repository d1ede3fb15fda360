"""Decides which records of a WARC or WET file are pages and what they say of themselves; it does not read the pages.

Raw records are `response` and `conversion` records, HTML `resource` records, and `revisit` records (counted, they have no
text). `warcinfo`, `request`, `metadata` and `dns:` records describe the crawl and are no raw records. ARC is not read.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from .content import Content, Item
from .markup import html_record, is_html
from .records import RawProblem, RawRecord
from .streams import StreamError
from .text_records import PAGE_MAPPING, PAGE_SUFFIX
from .warc_frames import MAGIC, Frame, Gap, frames

WARC_SUFFIX = (".warc", ".wet")
_READ = (
    WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource | WarcRecordType.revisit
)  # fmt: skip
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_OK = 200


def looks_like_warc(content: Content) -> bool:
    """A WARC by its first bytes, or by its name where those are damaged, unless it is named as text."""
    if content.name.endswith(PAGE_SUFFIX):
        return False
    if content.head.startswith(MAGIC):
        return True
    is_damaged = MAGIC in content.head or (content.packed is not None and content.packed.is_broken)
    return is_damaged and content.name.endswith(WARC_SUFFIX)


def read_warc(content: Content) -> Iterator[Item]:
    """Yield the pages of an uncompressed WARC stream, one record in memory at a time.

    The locator is `member#n`, n counting every WARC record from 0, crawl records included. What is skipped between two records,
    where a member of gzip or the frame of a record is damaged, counts as one and is one problem.

    Raises:
        StreamError: The stream broke for good; the records before were yielded.
    """
    packed, limit = content.packed, content.limits.max_record_bytes
    stream, offset, number = content.stream, 0, 0
    while True:
        broken_from = (lambda: packed.member_start) if packed else (lambda: None)
        try:
            for frame in frames(stream, limit, offset, broken_from):
                item = _item(frame, number, content)
                if item is not None:
                    yield item
                number += 1
            return
        except StreamError as error:
            if packed is None or error.reason_code != "file_corrupt":
                raise
            is_resumed = packed.resume(MAGIC)
            skipped = f"{packed.skipped} compressed bytes skipped: {error.observed}"
            yield RawProblem("file_corrupt", content.locator(number), observed=skipped)
            if not is_resumed:
                return
            number += 1
            stream, offset = packed, packed.produced


def _item(frame: Frame | Gap, number: int, content: Content) -> Item | None:
    if isinstance(frame, Gap):
        observed = f"{frame.n_bytes} bytes skipped: {frame.reason}"
        return RawProblem("file_corrupt", content.locator(number), observed=observed)
    source = BytesIO(frame.head + (frame.block or b""))
    try:
        record = next(
            ArchiveIterator(source, record_types=WarcRecordType.any_type, parse_http=False, stream_detect=False), None
        )
        if record is not None:
            return _read(record, number, content)
    except (OSError, ValueError, EOFError) as error:
        return RawProblem("file_corrupt", content.locator(number), observed=str(error))
    return RawProblem("file_corrupt", content.locator(number), observed="a record without headers")


def _read(record: WarcRecord, number: int, content: Content) -> Item | None:
    locator, limits = content.locator(number), content.limits
    kind, headers = record.record_type, record.headers
    url = (headers.get("WARC-Target-URI") or "").strip("<> ")
    if not kind & _READ or url.startswith("dns:"):
        return None
    record_id = (headers.get("WARC-Record-ID") or "").strip("<> ") or None

    def problem(code: str, field: str | None, observed: str | None) -> RawProblem:
        return RawProblem(code, locator, record_id, field, observed)

    if kind == WarcRecordType.revisit:
        return problem("warc_revisit", None, headers.get("WARC-Refers-To-Target-URI") or url)
    if truncated := headers.get("WARC-Truncated"):
        return problem("payload_truncated", None, truncated)
    if record.content_length > limits.max_record_bytes:
        return problem("record_too_large", None, f"{record.content_length} bytes")
    declared = None
    content_type = (headers.get("Content-Type") or "").lower()
    if kind == WarcRecordType.response:
        record.parse_http(auto_decode="all")
        http = record.http_headers
        if http is None or http.status_code is None:
            return problem("http_invalid", None, url)
        if http.status_code != _OK:
            return problem("http_status", None, f"{http.status_code} {url}")
        content_type, declared = (http.get("Content-Type") or "").lower(), record.http_charset
    data = record.reader.read(limits.max_record_bytes + 1)
    if len(data) > limits.max_record_bytes:
        return problem("record_too_large", None, f"more than {limits.max_record_bytes} bytes decoded")
    is_wet = kind == WarcRecordType.conversion
    typed = content_type.startswith("text/plain" if is_wet else _HTML_TYPES)
    if not typed and (
        (content_type and not content_type.startswith("application/octet-stream")) or not is_html(data[:8192])
    ):
        return problem("content_not_text", "Content-Type", content_type or "none stated")
    content.show(number, data)
    fields: dict[str, Any] = {
        "url": url,
        "fetched_raw": headers.get("WARC-Date"),
        "language_declared": headers.get("WARC-Identified-Content-Language"),
    }
    fields = {name: value for name, value in fields.items() if value}
    if not is_wet:
        return html_record(locator, record_id, data, declared, fields)
    text = data.decode("utf-8", "replace").replace("\0", "")
    if not text.strip():
        return problem("text_missing", None, url)
    return RawRecord(locator, record_id, PAGE_MAPPING, text, fields, False)
