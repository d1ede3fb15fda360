"""Decides what a file is, from its content and name, and yields its records and problems; it does not interpret their text."""

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from .archives import Member, tar_members, zip_members
from .mappings import Mapper, Mapping
from .markup import decode_html, is_html
from .records import Limits, RawProblem, RawRecord
from .streams import (
    GZIP_MAGIC,
    HEAD,
    ZSTD_MAGIC,
    Meter,
    StreamError,
    file_chunks,
    gunzip,
    peek,
    split_lines,
    split_values,
    to_utf8,
    unzstd,
)
from .warc import HTML_MAPPING, read_warc
from .warc import MAGIC as WARC_MAGIC

Item = RawRecord | RawProblem

PAGE_MAPPING = "page"
_PAGE_SUFFIX = ".txt"
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_LINE_SUFFIXES = (".jsonl", ".ndjson")
_JSON_SUFFIXES = (".json", *_LINE_SUFFIXES)
_TAR_SUFFIXES = (".tar", ".tgz", ".tzst")
_COMPRESSED_SUFFIXES = (".gz", ".zst")
_DECOMPRESSORS = {GZIP_MAGIC: gunzip, ZSTD_MAGIC: unzstd}
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_MAGIC, _TAR_MAGIC_AT = b"ustar", 257
# Formats that could pass for text in their first bytes, or whose name helps an operator more than "binary".
_BINARY_MAGICS = {
    b"%PDF-": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "RIFF", b"PAR1": "Parquet",
    b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z", b"\x7fELF": "ELF", b"SQLite format 3\0": "SQLite",
    b"PK\x03\x04": "zip", GZIP_MAGIC: "gzip", ZSTD_MAGIC: "zstd",
}  # fmt: skip
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.03
# The first line of an object that is spread over several lines ends where a value of it is still open.
_SPREAD_OBJECT = re.compile(rb"\s*\{[ \t\r]*\n|\s*\{[^\n]*[\[{,:][ \t\r]*\n")


def is_page_file(path: Path) -> bool:
    """Whether the file is one loose page, told by its name."""
    return path.suffix.lower() in (_PAGE_SUFFIX, *_HTML_SUFFIXES)


def read_file(path: Path, mappings: tuple[Mapping, ...], limits: Limits) -> Iterator[Item]:
    """Yield every record and problem of a file, in file order and bounded memory.

    Raises:
        OSError: The path cannot be opened or read; no content of a file raises.
    """
    with path.open("rb") as file:
        size = path.stat().st_size
        head = file.read(HEAD)
        file.seek(0)
        reader = _Reader(Mapper(mappings), limits, size)
        name = path.name.lower()
        try:
            if head.startswith(_ZIP_MAGICS) and not name.endswith(_PAGE_SUFFIX):
                yield from reader.members(zip_members(file, Meter(size, limits)), independent=True)
            else:
                yield from reader.bare(name, file_chunks(file))
        except StreamError as error:
            yield RawProblem(error.reason_code, None, observed=error.observed)


def read_record(path: Path, locator: str, mappings: tuple[Mapping, ...], limits: Limits) -> Item | None:
    """Read again what `read_file` yielded under `locator`; None if there is nothing under it."""
    return next(
        (item for item in read_file(path, mappings, limits) if item.locator == locator),
        None,
    )


def _strip_compression(name: str) -> str:
    return next(
        (name.removesuffix(suffix) for suffix in _COMPRESSED_SUFFIXES if name.endswith(suffix)),
        name,
    )


def _binary_kind(head: bytes) -> str | None:
    """Name of what `head` is if it is not text."""
    for magic, kind in _BINARY_MAGICS.items():
        if head.startswith(magic):
            return kind
    if len(_CONTROLS.findall(head)) > _MAX_CONTROL_SHARE * len(head):
        return "control characters"
    if b"\0" in head:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
        except UnicodeDecodeError:
            return "NUL bytes in no known encoding"
    return None


class _Reader:
    """Reads the content of one file."""

    def __init__(self, mapper: Mapper, limits: Limits, file_bytes: int) -> None:
        self._mapper = mapper
        self._limits = limits
        self._file_bytes = file_bytes
        self._nested = self._meter()

    def _meter(self) -> Meter:
        return Meter(self._file_bytes, self._limits)

    def bare(self, name: str, chunks: Iterable[bytes]) -> Iterator[Item]:
        """Read a file that is no zip: content, perhaps compressed, or a tar."""
        head, stream, name = self._decompress(name, chunks, self._meter())
        is_tar = head[_TAR_MAGIC_AT:].startswith(_TAR_MAGIC) or name.endswith(_TAR_SUFFIXES)
        if head and is_tar and not name.endswith(_PAGE_SUFFIX):
            yield from self.members(tar_members(stream), independent=False)
        else:
            yield from self._content("", name, head, stream)

    def members(self, members: Iterator[Member], *, independent: bool) -> Iterator[Item]:
        """Read the members of an archive; a broken member ends the file unless members are `independent`."""
        for member in members:
            if isinstance(member, RawProblem):
                yield member
                continue
            label, chunks = member
            own = _Tracked(chunks)
            try:
                head, stream, name = self._decompress(label.lower(), own, self._nested)
                yield from self._content(label, name, head, stream)
            except StreamError as error:
                if error.reason_code == "archive_ratio_exceeded" or not (independent or own.error is None):
                    raise
                yield RawProblem(error.reason_code, label, observed=error.observed)

    def _decompress(self, name: str, chunks: Iterable[bytes], meter: Meter) -> tuple[bytes, Iterator[bytes], str]:
        head, stream = peek(chunks)
        if not name.endswith(_PAGE_SUFFIX):
            for magic, decompress in _DECOMPRESSORS.items():
                if head.startswith(magic):
                    return *peek(decompress(stream, meter)), _strip_compression(name)
        return head, stream, name

    def _content(self, member: str, name: str, head: bytes, stream: Iterator[bytes]) -> Iterator[Item]:
        whole = member or None
        if not head:
            for _ in stream:  # raises if the stream broke before its first byte
                pass
            yield RawProblem("file_empty", whole)
            return
        if head.startswith(WARC_MAGIC) and not name.endswith(_PAGE_SUFFIX):
            yield from read_warc(member, stream, self._limits)
            return
        head, stream = peek(to_utf8(head, stream))
        if kind := _binary_kind(head):
            yield RawProblem("file_binary", whole, observed=kind)
            return
        start = head.lstrip()[:1]
        if name.endswith(_HTML_SUFFIXES) or (not name.endswith(_PAGE_SUFFIX) and start == b"<" and is_html(head)):
            yield self._page(f"{member}#0", stream, HTML_MAPPING)
        elif name.endswith(_PAGE_SUFFIX) or (start not in (b"{", b"[") and not name.endswith(_JSON_SUFFIXES)):
            yield self._page(f"{member}#0", stream)
        elif not name.endswith(_LINE_SUFFIXES) and (start == b"[" or _SPREAD_OBJECT.match(head)):
            yield from self._values(member, stream)
        else:
            for number, line in enumerate(split_lines(stream, self._limits.max_record_bytes)):
                yield self._json(f"{member}#{number}", line)

    def _page(self, locator: str, stream: Iterator[bytes], mapping: str = PAGE_MAPPING) -> Item:
        page = bytearray()
        too_large = False
        try:
            for chunk in stream:
                too_large = too_large or len(page) + len(chunk) > self._limits.max_record_bytes
                if too_large:  # read on, to tell a large page from an archive that never ends
                    page.clear()
                else:
                    page += chunk
        except StreamError as error:
            if error.reason_code != "encoding_invalid":
                raise
            return RawProblem("encoding_invalid", locator, observed=error.observed)
        if too_large:
            return RawProblem(
                "record_too_large",
                locator,
                observed=f"more than {self._limits.max_record_bytes} bytes",
            )
        try:
            text = decode_html(bytes(page)) if mapping == HTML_MAPPING else page.decode("utf-8")
        except UnicodeDecodeError as error:
            return RawProblem("encoding_invalid", locator, observed=str(error))
        if "\0" in text:
            return RawProblem("nul_bytes", locator, field="text")
        if not text.strip():
            return RawProblem("text_missing", locator)
        return RawRecord(locator, None, mapping, text, {}, False)

    def _values(self, member: str, stream: Iterator[bytes]) -> Iterator[Item]:
        number = 0
        try:
            for value in split_values(stream, self._limits.max_record_bytes):
                item = self._json(f"{member}#{number}", value)
                yield item
                if isinstance(item, RawProblem) and item.reason_code == "json_invalid":
                    return  # where the values end can no longer be told
                number += 1
        except StreamError as error:
            if error.reason_code != "json_invalid":
                raise
            yield RawProblem("json_invalid", f"{member}#{number}", observed=error.observed)

    def _json(self, locator: str, value: bytes | None) -> Item:
        if value is None:
            return RawProblem(
                "record_too_large",
                locator,
                observed=f"more than {self._limits.max_record_bytes} bytes",
            )
        try:
            record = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            return _undecodable(locator, value, error)
        if not isinstance(record, dict):
            return RawProblem("record_not_object", locator, observed=value.decode("utf-8").strip())
        return self._mapper.read(locator, record)


def _undecodable(locator: str, value: bytes, error: orjson.JSONDecodeError) -> RawProblem:
    if b"\0" in value:
        return RawProblem("nul_bytes", locator)
    try:
        value.decode("utf-8")
    except UnicodeDecodeError as encoding:
        return RawProblem("encoding_invalid", locator, observed=str(encoding))
    return RawProblem("json_invalid", locator, observed=str(error))


class _Tracked:
    """Chunks that remember whether it was they that broke, and not a layer above them."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.error: StreamError | None = None

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._chunks
        except StreamError as error:
            self.error = error
            raise
