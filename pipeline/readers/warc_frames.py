"""Decides where each record of a WARC stream begins and ends, and what is skipped where that cannot be told; it reads no record.

fastwarc passes over what is no record without a word, and takes a record that breaks off for a whole one; nothing may be lost
silently, so the frames are found here. A record is framed by its Content-Length; where what follows is not the end of a record, that
was wrong, and the next record is looked for from its header on.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .streams import StreamError

MAGIC = b"WARC/"
_MAX_HEAD = 64 * 1024
_BEGIN = re.compile(rb"WARC/\d\.\d+\r\n")
_LENGTH = re.compile(rb"\r\nContent-Length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_LINE_ENDS, _END = b"\r\n", b"\r\n\r\n"
_LONGEST_BEGIN = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole record: its header with the blank line, and its block; None for a block over the limit, which was passed over."""

    head: bytes
    block: bytes | None
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that belong to no whole record, and why."""

    n_bytes: int
    reason: str


def frames(
    chunks: Iterator[bytes], max_block: int, offset: int = 0, broken_from: Callable[[], int | None] = lambda: None
) -> Iterator[Frame | Gap]:
    """Cut a stream into records, in bounded memory.

    Args:
        chunks: The stream.
        max_block: Largest block that is held.
        offset: Of the first byte.
        broken_from: After a `StreamError`, the offset from which the bytes before it are in doubt: where the member of a
            compressed file begins that failed its checksum.

    Raises:
        StreamError: The stream broke; whole records before the break were yielded.
    """
    source = _Source(chunks, offset)
    while source.skip_line_ends():
        start = source.offset
        head = source.head()
        length = None if head is None else _content_length(head)
        if head is None or length is None:
            reason = "no WARC record where one should begin" if head is None else "a record without Content-Length"
            source.skip_one()
        elif (block := source.block(len(head), length, max_block)) is not None or source.is_passed:
            in_doubt = broken_from() if source.failure else None
            if in_doubt is not None and start <= in_doubt < source.offset:
                break
            yield Frame(head, block, length)
            continue
        else:
            reason = "a record that does not end where its Content-Length says"
        if not source.go_to_next() and source.failure:
            break  # what is missing is not here
        yield Gap(source.offset - start, reason)
    if source.failure:
        raise source.failure


def _content_length(head: bytes) -> int | None:
    match = _LENGTH.search(head)
    return int(match[1]) if match else None


class _Source:
    """A forward-only view on a stream that ends where it breaks.

    Attributes:
        failure: What broke it.
        is_passed: Whether the block that was asked for last was too large, and whole.
    """

    def __init__(self, chunks: Iterator[bytes], offset: int) -> None:
        self._chunks = chunks
        self._data = b""
        self._at = 0
        self._before = offset  # of the first byte of `_data`
        self.failure: StreamError | None = None
        self.is_passed = False

    @property
    def offset(self) -> int:
        """Of the next byte."""
        return self._before + self._at

    def skip_line_ends(self) -> bool:
        """Go to the next byte that is no line end; False at the end."""
        while self._has(1):
            if self._data[self._at] not in _LINE_ENDS:
                return True
            self._at += 1
        return False

    def skip_one(self) -> None:
        """Pass over a byte that is there."""
        self._at += 1

    def head(self) -> bytes | None:
        """The header that begins here, with its blank line, not yet taken; None if none does."""
        self._has(_LONGEST_BEGIN)
        if not _BEGIN.match(self._data, self._at):
            return None
        searched = self._at
        while (end := self._data.find(b"\r\n\r\n", searched, self._at + _MAX_HEAD)) < 0:
            read = len(self._data) - self._at
            if read >= _MAX_HEAD or not self._has(read + 1):
                return None
            searched = self._at + max(0, read - 3)
        return self._data[self._at : end + 4]

    def block(self, head: int, length: int, max_block: int) -> bytes | None:
        """Take a record and return its block; None, and its first bytes are taken, if it is not whole or does not end there.

        None too for a block over the limit, with `is_passed` if it is whole; if not, what is taken ends where the first other
        record may begin.
        """
        self.is_passed = False
        if length > max_block:
            self._pass_over(head, length, max_block)
            return None
        if not self._has(head + length) or not self._ends(head + length):
            self._at += len(MAGIC)
            return None
        begin = self._at + head
        self._at = begin + length
        return self._data[begin : self._at]

    def go_to_next(self) -> bool:
        """Go to what looks like the next record; False at the end."""
        while True:
            if found := _BEGIN.search(self._data, self._at):
                self._at = found.start()
                return True
            self._at = max(self._at, len(self._data) - _LONGEST_BEGIN)
            if not self._has(len(self._data) - self._at + 1):
                self._at = len(self._data)
                return False

    def _ends(self, size: int) -> bool:
        """Whether a record may end so many bytes from here."""
        self._has(size + len(_END) + len(MAGIC))
        after = self._data[self._at + size : self._at + size + len(_END) + len(MAGIC)]
        rest = after.lstrip(_LINE_ENDS)
        return after.startswith(_END) or not rest or rest.startswith(MAGIC)

    def _pass_over(self, head: int, length: int, max_block: int) -> None:
        """Take a large record; if its length was wrong, only as far as the first other record in it, if that can be held."""
        self._at += head
        kept, kept_from = b"", -1
        left = length
        while left and self._has(1):
            piece = self._data[self._at : self._at + left]
            if kept_from < 0 and (found := _BEGIN.search(piece)):  # accepted gap: one that is cut between chunks
                kept_from = self.offset + found.start()
                kept = piece[found.start() :]
            elif kept_from >= 0 and len(kept) <= max_block:
                kept += piece
            self._at += len(piece)
            left -= len(piece)
        self.is_passed = not left and self._ends(0)
        if not self.is_passed and kept_from >= 0 and kept_from + len(kept) == self.offset:
            self._data, self._at, self._before = kept + self._data[self._at :], 0, kept_from

    def _has(self, size: int) -> bool:
        if len(self._data) - self._at >= size:
            return True
        held = [self._data[self._at :]]
        self._before += self._at
        self._at, n_bytes = 0, len(held[0])
        while n_bytes < size and self.failure is None:
            try:
                chunk = next(self._chunks, b"")
            except StreamError as error:
                self.failure = error
                break
            if not chunk:
                break
            held.append(chunk)
            n_bytes += len(chunk)
        self._data = b"".join(held)
        return n_bytes >= size
