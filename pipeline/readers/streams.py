"""Decides how bytes are unpacked and cut into lines within bounded memory; it does not interpret them."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO

import zstandard

from pipeline.readers.records import Limits, ReadError

CHUNK_BYTES = 1 << 18
GZIP, ZSTD, ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK"

# What a broken container raises, in any of the libraries.
BROKEN = (EOFError, OSError, zlib.error, zstandard.ZstdError)


class Bounded(io.RawIOBase):
    """A reader that stops when the output outgrows the packed size by more than the allowed ratio."""

    def __init__(self, stream: IO[bytes], packed_bytes: int, limits: Limits) -> None:
        self._stream = stream
        self._left = max(limits.expansion_grace_bytes, int(packed_bytes * limits.max_expansion_ratio))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise ReadError("archive_ratio_exceeded")
        buffer[: len(data)] = data
        return len(data)


def unpack(stream: IO[bytes], packed_bytes: int, limits: Limits) -> io.BufferedReader:
    """A peekable stream of the content: gzip or zstd is unpacked, anything else is passed on."""
    plain = io.BufferedReader(Bounded(stream, packed_bytes, limits), CHUNK_BYTES)
    magic = plain.peek(4)[:4]
    if magic.startswith(GZIP):
        packed: IO[bytes] = gzip.GzipFile(fileobj=plain)
    elif magic == ZSTD:
        packed = zstandard.ZstdDecompressor().stream_reader(plain, read_across_frames=True)
    else:
        return plain
    return io.BufferedReader(Bounded(packed, packed_bytes, limits), CHUNK_BYTES)


def lines(stream: IO[bytes], max_bytes: int) -> Iterator[bytes | None]:
    """Lines without their ends; None for a line longer than `max_bytes`, which is skipped without being held."""
    skipping = False
    while line := stream.readline(max_bytes + 1):
        ended = line.endswith(b"\n")
        if skipping:
            skipping = not ended
        elif len(line) > max_bytes and not ended:
            skipping = True
            yield None
        else:
            yield line
