"""Decides which containers a file is made of, and yields the records and problems in them; what is in them `formats` decides."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from .archives import Member, tar_members, zip_members
from .content import Content, Item, Witness
from .elements import ElementMapper
from .formats import format_of
from .gzips import Gunzip
from .mappings import Mapping
from .objects import Mapper
from .records import Limits, RawProblem
from .streams import (
    GZIP_MAGIC,
    HEAD,
    ZSTD_MAGIC,
    Meter,
    StreamError,
    file_chunks,
    peek,
    to_utf8,
    unicode_encoding,
    unzstd,
)
from .text_records import PAGE_SUFFIX
from .warc import WARC_SUFFIX

_TAR_SUFFIXES = (".tar", ".tgz", ".tzst")
_COMPRESSED_SUFFIXES = (".gz", ".zst")
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_MAGIC, _TAR_MAGIC_AT = b"ustar", 257
# Formats that could pass for text in their first bytes, or whose name helps an operator more than "binary".
_BINARY_MAGICS = {
    b"%PDF-": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "RIFF",
    b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z", b"\x7fELF": "ELF", b"SQLite format 3\0": "SQLite",
    b"PK\x03\x04": "zip", GZIP_MAGIC: "gzip", ZSTD_MAGIC: "zstd",
}  # fmt: skip
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.03


def read_file(
    path: Path, mappings: tuple[Mapping, ...], limits: Limits, witness: Witness | None = None
) -> Iterator[Item]:
    """Yield every record and problem of a file, in file order and bounded memory.

    Args:
        path: A file, whatever it is.
        mappings: In the order in which they are tried.
        limits: What one file may cost.
        witness: Is shown the bytes of each record before they are interpreted.

    Raises:
        OSError: The path cannot be opened or read; no content of a file raises.
    """
    with path.open("rb") as file:
        size = path.stat().st_size
        head = file.read(HEAD)
        file.seek(0)
        reader = _Reader(mappings, limits, size, witness)
        name = path.name.lower()
        try:
            if head.startswith(_ZIP_MAGICS) and not name.endswith(PAGE_SUFFIX):
                yield from reader.members(zip_members(file, Meter(size, limits)), independent=True)
            else:
                yield from reader.bare(name, file)
        except StreamError as error:
            yield RawProblem(error.reason_code, None, observed=error.observed)


def read_record(path: Path, locator: str, mappings: tuple[Mapping, ...], limits: Limits) -> Item | None:
    """Read again what `read_file` yielded under `locator`; None if there is nothing under it."""
    return next(
        (item for item in read_file(path, mappings, limits) if item.locator == locator),
        None,
    )


def read_raw(path: Path, locator: str, mappings: tuple[Mapping, ...], limits: Limits) -> bytes | None:
    """One record as it is in the (decompressed) file, rows of a table as JSON; None if nothing is there to show."""
    kept: list[bytes | None] = []

    def keep(place: str, value: bytes | None) -> None:
        if locator == place or locator.startswith(place + "/"):  # a record inside the object at `place`
            kept[:] = [value]

    for item in read_file(path, mappings, limits, keep):
        if item.locator == locator:
            break
    return kept[0] if kept else None


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

    def __init__(self, mappings: tuple[Mapping, ...], limits: Limits, file_bytes: int, witness: Witness | None) -> None:
        self._mapper = Mapper(mappings)
        self._elements = ElementMapper(mappings)
        self._witness = witness
        self._limits = limits
        self._file_bytes = file_bytes
        self._nested = self._meter()

    def _meter(self) -> Meter:
        return Meter(self._file_bytes, self._limits)

    def bare(self, name: str, file: BinaryIO) -> Iterator[Item]:
        """Read a file that is no zip: content, perhaps compressed, or a tar."""
        head, stream, inner, packed = self._decompress(name, file_chunks(file), self._meter())
        is_tar = head[_TAR_MAGIC_AT:].startswith(_TAR_MAGIC) or inner.endswith(_TAR_SUFFIXES)
        if head and is_tar and not inner.endswith(PAGE_SUFFIX):
            yield from self.members(tar_members(stream), independent=False)
        else:
            yield from self._content("", inner, head, stream, packed, file if inner == name else None)

    def members(self, members: Iterator[Member], *, independent: bool) -> Iterator[Item]:
        """Read the members of an archive; a broken member ends the file unless members are `independent`."""
        for member in members:
            if isinstance(member, RawProblem):
                yield member
                continue
            label, chunks = member
            own = _Tracked(chunks)
            try:
                head, stream, name, packed = self._decompress(label.lower(), own, self._nested)
                yield from self._content(label, name, head, stream, packed)
            except StreamError as error:
                if error.reason_code == "archive_ratio_exceeded" or not (independent or own.error is None):
                    raise
                yield RawProblem(error.reason_code, label, observed=error.observed)

    def _decompress(
        self, name: str, chunks: Iterable[bytes], meter: Meter
    ) -> tuple[bytes, Iterator[bytes], str, Gunzip | None]:
        head, stream = peek(chunks)
        inner = _strip_compression(name)
        if name.endswith(PAGE_SUFFIX):
            return head, stream, name, None
        if head.startswith(ZSTD_MAGIC):
            return *peek(unzstd(stream, meter)), inner, None
        if head.startswith(GZIP_MAGIC) or (name.endswith(".gz") and inner.endswith(WARC_SUFFIX) and GZIP_MAGIC in head):
            packed = Gunzip(stream, meter)
            return *peek(packed), inner, packed
        return head, stream, name, None

    def _content(
        self,
        member: str,
        name: str,
        head: bytes,
        stream: Iterator[bytes],
        packed: Gunzip | None,
        file: BinaryIO | None = None,
    ) -> Iterator[Item]:
        if not head and not (packed and packed.is_broken and name.endswith(WARC_SUFFIX)):
            for _ in stream:  # raises if the stream broke before its first byte
                pass
            yield RawProblem("file_empty", member or None)
            return
        meter = self._nested if member else self._meter()
        content = Content(
            member, name, head, stream, file, meter, self._mapper, self._elements, self._limits, self._witness, packed
        )
        found = format_of(content, is_text=False)
        if found is None:
            encoding, is_marked = unicode_encoding(head)
            head, stream = peek(to_utf8(head, stream))
            if kind := _binary_kind(head):
                yield RawProblem("file_binary", member or None, observed=kind)
                return
            is_guessed = encoding != "utf-8" and not is_marked
            content = replace(content, head=head, stream=stream, file=None, packed=None, is_guessed=is_guessed)
            found = format_of(content, is_text=True)
        if found is not None:
            yield from found.read(content)


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
