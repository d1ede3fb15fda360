"""Decides how gzip is unpacked, and where reading can go on behind a damaged member; it does not know what is in the members.

`gzip.GzipFile` ends at the first damage. Archives of records have one member a record, so the members behind it are whole.
"""

import zlib
from collections.abc import Iterable, Iterator

from .streams import CHUNK, GZIP_MAGIC, Meter, StreamError

_DEFLATE = 8
_EXTRA, _NAME, _COMMENT, _CHECKED = 4, 8, 16, 2  # flags of RFC 1952
_PIECE = 64 * 1024
_KEPT = 1024 * 1024
"""Compressed bytes of a member that are looked through again when it turns out to be damaged: a flipped bit shows within a
few blocks of deflate. Of a larger member the last ones are kept."""
_PROBE, _PROBED = 4096, 64
_WHOLE_MEMBER = 31  # zlib's window bits for gzip with its header; -15 for deflate alone


class Gunzip:
    """The unpacked bytes of all members, checksums included; after a `StreamError`, `resume` may find a place to go on.

    Attributes:
        produced: Bytes unpacked so far.
        member_start: How many of them came before the current member.
        is_broken: Whether it ended at damage.
        skipped: Compressed bytes that the last `resume` passed over.
    """

    def __init__(self, chunks: Iterable[bytes], meter: Meter) -> None:
        self._chunks = iter(chunks)
        self._meter = meter
        self._window = b""
        self._start = self._at = 0  # in it: the current member, as far as it is kept, and the next byte
        self._member: _Member | None = None
        self.is_broken = False
        self._dropped = 0  # compressed bytes of the current member that are kept no more
        self.produced = self.member_start = self.skipped = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self.is_broken:
            raise StopIteration
        try:
            chunk = self._unpack()
        except (zlib.error, EOFError) as error:
            self.is_broken = True
            raise StreamError("file_corrupt", str(error)) from error
        if not chunk:
            raise StopIteration
        self.produced += len(chunk)
        return self._meter.add(chunk)

    def resume(self, magic: bytes) -> bool:
        """Go to the next member whose content begins with `magic`; False if there is none, and the rest is read.

        Raises:
            StreamError: The layer below broke.
        """
        self._at = self._start + 1
        while True:
            found = self._window.find(GZIP_MAGIC, self._at)
            if found >= 0:
                self._at = found
                if _unpacks(self._probe(), magic):
                    self.skipped = self._dropped + self._at - self._start
                    self._member, self.is_broken = None, False
                    return True
                self._at += 1
            else:
                self._at = max(self._at, len(self._window) - 1)  # the magic may be cut
                self._keep(1)
                if not self._more():
                    self.skipped = self._dropped + len(self._window) - self._start
                    return False

    def _unpack(self) -> bytes:
        while True:
            if self._member is None:
                self._skip_padding()
                if not self._has(1):
                    return b""
                self._start, self._dropped, self.member_start = self._at, 0, self.produced
                self._skip_header()
                self._member = _Member()
            if not self._has(1):
                raise EOFError("the file ends inside a gzip member")
            used, chunk = self._member.unpack(self._window[self._at : self._at + _PIECE])
            self._at += used
            if not self._member.is_ended:
                self._keep(_KEPT)
            elif not chunk:
                self._member.check(self._take(8))
                self._member = None
            if chunk:
                return chunk

    def _skip_padding(self) -> None:
        while self.produced and self._has(1) and self._window[self._at] == 0:
            self._at += 1

    def _skip_header(self) -> None:
        head = self._take(10)
        if not head.startswith(GZIP_MAGIC) or head[2] != _DEFLATE:
            raise zlib.error(f"no gzip member where one should begin: {head[:4]!r}")
        flags = head[3]
        if flags & _EXTRA:
            self._take(int.from_bytes(self._take(2), "little"))
        for text in (_NAME, _COMMENT):
            while flags & text and self._take(1) != b"\0":
                pass
        if flags & _CHECKED:
            self._take(2)

    def _take(self, size: int) -> bytes:
        if not self._has(size):
            raise EOFError("the file ends inside a gzip member")
        self._at += size
        return self._window[self._at - size : self._at]

    def _has(self, size: int) -> bool:
        while len(self._window) - self._at < size:
            if not self._more():
                return False
        return True

    def _probe(self) -> bytes:
        self._has(_PROBE)  # or what there is
        return self._window[self._at : self._at + _PROBE]

    def _more(self) -> bool:
        chunk = next(self._chunks, b"")
        self._window = self._window[self._start :] + chunk
        self._at -= self._start
        self._start = 0
        return bool(chunk)

    def _keep(self, size: int) -> None:
        """Of the current member, let go of all but the last bytes."""
        passed = self._at - self._start - size
        if passed > 0:
            self._dropped += passed
            self._start += passed


class _Member:
    """The deflate stream of a member, and its checksum."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._crc = self._size = 0

    @property
    def is_ended(self) -> bool:
        return self._inflate.eof

    def unpack(self, data: bytes) -> tuple[int, bytes]:
        """How much of `data` was used, and what it unpacks to."""
        if self.is_ended:
            return 0, b""
        chunk = self._inflate.decompress(data, CHUNK)
        left = len(self._inflate.unused_data) if self._inflate.eof else len(self._inflate.unconsumed_tail)
        self._crc = zlib.crc32(chunk, self._crc)
        self._size += len(chunk)
        return len(data) - left, chunk

    def check(self, trailer: bytes) -> None:
        if trailer != self._crc.to_bytes(4, "little") + (self._size & 0xFFFFFFFF).to_bytes(4, "little"):
            raise zlib.error("the checksum of a gzip member is wrong")


def _unpacks(data: bytes, magic: bytes) -> bool:
    """Whether a gzip member begins here whose content begins with `magic`."""
    try:
        return zlib.decompressobj(_WHOLE_MEMBER).decompress(data, _PROBED).startswith(magic)
    except zlib.error:
        return False
