"""Decides what a format reader is given, and the shape of a row of the table of formats; it knows no format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson

from .elements import ElementMapper
from .gzips import Gunzip
from .objects import Mapper
from .records import Limits, RawProblem, RawRecord
from .streams import Meter, StreamError

Item = RawRecord | RawProblem
Witness = Callable[[str, bytes | None], object]
"""Takes a locator and what is under it, None when it is too large to hold."""


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one file or member, decompressed.

    Attributes:
        member: The member's name, empty for a bare file; locators start with it.
        name: The name in lower case without suffixes of compression.
        head: The first bytes of `stream`.
        stream: All bytes, to be consumed once.
        file: The open file if `stream` is all of it and not compressed, for formats that need random access.
        meter: Counts what this content expands to further.
        mapper: The mappings of objects.
        elements: The mappings of XML and SGML.
        witness: Is shown each record before it is interpreted.
        packed: What unpacks `stream`, if that can go on behind damage.
        is_guessed: Whether its encoding, now UTF-8, was guessed.
    """

    member: str
    name: str
    head: bytes
    stream: Iterator[bytes]
    file: BinaryIO | None
    meter: Meter
    mapper: Mapper
    elements: ElementMapper
    limits: Limits
    witness: Witness | None
    packed: Gunzip | None = None
    is_guessed: bool = False

    @property
    def whole(self) -> str | None:
        """The locator of all of the content."""
        return self.member or None

    def locator(self, number: int) -> str:
        """The locator of its n-th record."""
        return f"{self.member}#{number}"

    def show(self, number: int, record: bytes | dict[str, Any] | None) -> None:
        """Shows the n-th record to the witness, if there is one."""
        if self.witness is not None:
            shown = orjson.dumps(record, default=str) if isinstance(record, dict) else record
            self.witness(self.locator(number), shown)

    def read_whole(self) -> bytes | RawProblem:
        """All bytes of content that is one record, shown to the witness; or why they cannot be had."""
        kept = bytearray()
        size = 0
        try:
            for chunk in self.stream:
                size += len(chunk)
                if size > self.limits.max_record_bytes:  # read on, to tell a large page from an archive that never ends
                    kept.clear()
                else:
                    kept += chunk
        except StreamError as error:
            if error.reason_code != "encoding_invalid":
                raise
            return RawProblem("encoding_invalid", self.locator(0), observed=error.observed)
        if size > self.limits.max_record_bytes:
            return self.too_large(0)
        whole = bytes(kept)
        self.show(0, whole)
        return whole

    def too_large(self, number: int) -> RawProblem:
        """The problem of a record over the limit."""
        return RawProblem(
            "record_too_large", self.locator(number), observed=f"more than {self.limits.max_record_bytes} bytes"
        )


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table of formats.

    Attributes:
        name: For people.
        matches: Whether the content is of this format, by its name and first bytes.
        read: Yields its records and problems, and consumes the stream; may raise `StreamError`, and nothing else.
        is_text: Whether it wants marked UTF-16 turned into UTF-8 and control characters refused before it is asked.
    """

    name: str
    matches: Callable[[Content], bool]
    read: Callable[[Content], Iterator[Item]]
    is_text: bool = True
