"""Decides how bytes are decompressed, decoded and cut into records in bounded memory; it does not know what a record means.

Every layer is an iterator of byte chunks, so layers compose and memory stays at one chunk a layer. What breaks a stream
is raised as `StreamError`, always after the chunks before the break.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import zstandard

from pipeline.text.encoding import unmarked_utf16

from .records import Limits

CHUNK = 256 * 1024
HEAD = 8 * 1024
# One 4-byte RLE block of zstd makes 128 KiB (RFC 8878 3.1.1.2), so this much input makes at most 32 MiB at once.
_ZSTD_INPUT = 1024
_ZSTD_MAX_WINDOW = 2**27

GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class StreamError(Exception):
    """A stream cannot be read on; `reason_code` is one of `schemas.vocab.REASONS`."""

    def __init__(self, reason_code: str, observed: str | None = None) -> None:
        super().__init__(reason_code, observed)
        self.reason_code = reason_code
        self.observed = observed


class Meter:
    """Counts what one layer of a file expands to; headers are never believed."""

    def __init__(self, file_bytes: int, limits: Limits) -> None:
        self._allowed = max(limits.expansion_grace_bytes, limits.max_expansion_ratio * file_bytes)
        self._produced = 0

    def add(self, chunk: bytes) -> bytes:
        """Pass `chunk` on, or raise `archive_ratio_exceeded`."""
        self.count(len(chunk))
        return chunk

    def count(self, n_bytes: int) -> None:
        """Count bytes, or raise `archive_ratio_exceeded`."""
        self._produced += n_bytes
        if self._produced > self._allowed:
            raise StreamError("archive_ratio_exceeded", f"more than {self._allowed:.0f} bytes")


class ChunkFile:
    """A forward-only binary file over chunks; remembers where it is and where its last non-zero byte was."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")
        self.size = 0
        self.content_end = 0

    def read(self, size: int) -> bytes:
        """Return one to `size` bytes, or none at the end."""
        if not self._rest:
            chunk = next(self._chunks, b"")
            self._rest = memoryview(chunk)
            if content := chunk.rstrip(b"\0"):
                self.content_end = self.size + len(content)
            self.size += len(chunk)
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)

    def drain(self) -> None:
        """Read to the end."""
        while self.read(CHUNK):
            pass


def file_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of an open file."""
    while chunk := file.read(CHUNK):
        yield chunk


def unzstd(chunks: Iterable[bytes], meter: Meter) -> Iterator[bytes]:
    """Decompress zstd, all its frames; unlike zstandard's own stream reader it tells a truncated frame from the end."""
    context = zstandard.ZstdDecompressor(max_window_size=_ZSTD_MAX_WINDOW)
    frame = None
    for chunk in chunks:
        for start in range(0, len(chunk), _ZSTD_INPUT):
            pending = chunk[start : start + _ZSTD_INPUT]
            while pending:
                frame = frame or context.decompressobj()
                try:
                    output = frame.decompress(pending)
                except zstandard.ZstdError as error:
                    raise StreamError("file_corrupt", str(error)) from error
                pending = b""
                if frame.eof:
                    pending, frame = frame.unused_data, None
                if output:
                    yield meter.add(output)
    if frame is not None:
        raise StreamError("file_corrupt", "the zstd frame broke off")


def peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes (`HEAD` or more, fewer only at the end or a break), and the whole stream, those included."""
    source = iter(chunks)
    head = bytearray()
    failure: StreamError | None = None
    try:
        while len(head) < HEAD and (chunk := next(source, None)) is not None:
            head += chunk
    except StreamError as error:
        failure = error
    return bytes(head), _resume(bytes(head), source, failure)


def _resume(head: bytes, rest: Iterator[bytes], failure: StreamError | None) -> Iterator[bytes]:
    if head:
        yield head
    if failure is not None:
        raise failure
    yield from rest


def unicode_encoding(head: bytes) -> tuple[str, bool]:
    """UTF-8 or UTF-16 in either byte order, and whether a byte order mark says so; what is neither passes as UTF-8."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, True
    wide = unmarked_utf16(head) if b"\0" in head else None
    return (wide, False) if wide else ("utf-8", False)


def to_utf8(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Drop a UTF-8 byte order mark and turn UTF-16, marked or not, into UTF-8; other bytes pass unchanged."""
    encoding, is_marked = unicode_encoding(head)
    bom = next((mark for mark, name in _BOMS if name == encoding), b"") if is_marked else b""
    rest = (chunk[len(bom) :] if number == 0 else chunk for number, chunk in enumerate(chunks))
    return rest if encoding == "utf-8" else transcode(rest, encoding)


def transcode(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Turn text of an encoding into UTF-8, or raise `encoding_invalid`."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise StreamError("encoding_invalid", str(error)) from error


def split_lines(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes | None]:
    """Yield the lines that are not blank, without their ends; None stands for a line over `max_bytes`, which is never held."""
    tail = bytearray()
    too_large = False
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        for line in (first, *others[:-1]) if others else ():
            if tail or too_large:
                tail += line
                line = bytes(tail)
                tail.clear()
            if too_large or len(line) > max_bytes:
                yield None
            elif line and not line.isspace():
                yield line
            too_large = False
        tail += others[-1] if others else first
        if len(tail) > max_bytes:
            too_large = True
            tail.clear()
    if too_large:
        yield None
    elif tail and not tail.isspace():
        yield bytes(tail)


_SPACE = re.compile(rb"[ \t\r\n]*")
_STRUCTURE = re.compile(rb'["{}\[\]]')
_SCALAR = re.compile(rb"[^ \t\r\n,\[\]{}\"]*")
_IN_STRING = re.compile(rb'(?:[^"\\]+|\\.)*+', re.DOTALL)


def split_values(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes | None]:
    """Cut a JSON array into its values, or a sequence of JSON objects into objects.

    Yields:
        The bytes of each value, not yet checked; None for one over `max_bytes`, which is never held.

    Raises:
        StreamError: `json_invalid` where the punctuation between values breaks.
    """
    cutter = _Cutter(chunks)
    in_array = cutter.next_byte() == b"["
    if in_array:
        cutter.skip(1)
        if cutter.next_byte() == b"]":
            cutter.skip(1)
            cutter.expect_end()
            return
    while True:
        if not in_array and cutter.next_byte() == b"":
            return
        yield cutter.value(max_bytes)
        if in_array:
            mark = cutter.next_byte()
            if mark not in (b",", b"]"):
                raise cutter.broken()
            cutter.skip(1)
            if mark == b"]":
                cutter.expect_end()
                return


class _Cutter:
    """A cursor over JSON bytes that finds where values end without building them."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._buffer = b""
        self._at = 0

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return True

    def broken(self) -> StreamError:
        shown = self._buffer[self._at : self._at + 40].decode("utf-8", "replace")
        return StreamError("json_invalid", shown or "the file ends inside the JSON")

    def skip(self, count: int) -> None:
        self._at += count

    def next_byte(self) -> bytes:
        """The next byte that is not white space, without taking it; empty at the end."""
        while True:
            if match := _SPACE.match(self._buffer, self._at):
                self._at = match.end()
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def expect_end(self) -> None:
        if self.next_byte():
            raise self.broken()

    def value(self, max_bytes: int) -> bytes | None:
        """Take one value; None if it is larger than `max_bytes`."""
        first = self.next_byte()
        if first in (b"", b",", b"]", b"}"):
            raise self.broken()
        held: list[bytes] = []
        size = depth = 0
        in_string = False
        scalar = first not in (b'"', b"{", b"[")
        while True:
            start = self._at
            done = False
            while not done and self._at < len(self._buffer):
                if scalar:
                    match = _SCALAR.match(self._buffer, self._at)
                    self._at = match.end() if match else self._at
                    done = self._at < len(self._buffer)
                elif in_string:
                    match = _IN_STRING.match(self._buffer, self._at)
                    self._at = match.end() if match else self._at
                    if self._buffer[self._at : self._at + 1] != b'"':
                        break  # at the end, or at a lone backslash that needs the next byte
                    self._at += 1
                    in_string = False
                    done = depth == 0
                elif found := _STRUCTURE.search(self._buffer, self._at):
                    self._at = found.end()
                    mark = found.group()
                    in_string = mark == b'"'
                    depth += (mark in b"{[") - (mark in b"}]")
                    done = depth == 0 and not in_string
                else:
                    self._at = len(self._buffer)
            size += self._at - start
            held.append(self._buffer[start : self._at])
            if size > max_bytes:
                held.clear()
            if done:
                return b"".join(held) if size <= max_bytes else None
            if not self._more():
                if scalar and depth == 0:
                    return b"".join(held) if size <= max_bytes else None
                raise self.broken()
