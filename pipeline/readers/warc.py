"""Decides which records of a WARC or WET file are pages and what they say of themselves; it does not read the pages.

Raw records are `response` and `conversion` records, HTML `resource` records, and `revisit` records (counted, they have no
text). `warcinfo`, `request`, `metadata` and `dns:` records describe the crawl and are no raw records. ARC is not read.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from .content import Content, Item
from .markup import html_record, is_html
from .records import RawProblem, RawRecord
from .streams import CHUNK, ChunkFile, StreamError
from .text_records import PAGE_MAPPING, PAGE_SUFFIX

MAGIC = b"WARC/"
_READ = (
    WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource | WarcRecordType.revisit
)  # fmt: skip
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_OK = 200


def looks_like_warc(content: Content) -> bool:
    """A WARC by its first bytes, unless it is named as text."""
    return content.head.startswith(MAGIC) and not content.name.endswith(PAGE_SUFFIX)


def read_warc(content: Content) -> Iterator[Item]:
    """Yield the pages of an uncompressed WARC stream, one record in memory at a time.

    The locator is `member#n`, n counting every WARC record from 0, crawl records included.

    Raises:
        StreamError: The stream broke, or what follows is no WARC record; the records before were yielded.
    """
    source = _Source(content.stream)
    records = iter(
        ArchiveIterator(
            cast(BinaryIO, source), record_types=WarcRecordType.any_type, parse_http=False, stream_detect=False
        )
    )
    number = 0
    while True:
        try:
            record = next(records, None)
            item = None if record is None else _read(record, number, content)
        except (OSError, ValueError, EOFError) as error:
            raise source.error or StreamError("file_corrupt", str(error)) from error
        if source.error:
            raise source.error
        if record is None:
            return
        if item is not None:
            yield item
        number += 1


class _Source(ChunkFile):
    """A forward-only file that ends where its stream breaks and keeps the error: fastwarc cannot pass one on."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__(chunks)
        self.error: StreamError | None = None
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """Return one to `size` bytes, or none at the end or at a break."""
        try:
            data = super().read(size if size >= 0 else CHUNK)
        except StreamError as error:
            self.error = error
            return b""
        self._position += len(data)
        return data

    def tell(self) -> int:
        """Bytes read so far."""
        return self._position


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
