"""Decides how CSV and TSV are cut into rows, and which of their rows are records; which cells are our fields the mappings say.

The header is the first row that is not blank. A file without one is `mapping_unknown`, once for the whole file, unless the
operator names columns by position (`--map text=#2`): then the first row is a record like the others.
"""

import csv
import sys
from collections.abc import Iterable, Iterator

from .content import Content, Item
from .objects import ObjectPlan
from .records import RawProblem

_SUFFIXES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_DELIMITERS = ("\t", ",", ";", "|")
# Rows are bounded in bytes here, before the csv module sees them; its own limit, of 128 KiB, is one for the whole process.
csv.field_size_limit(sys.maxsize)


def looks_delimited(content: Content) -> bool:
    """CSV or TSV by name, or by a first line that is a header which a mapping knows."""
    if content.name.endswith(tuple(_SUFFIXES)):
        return True
    first = content.head.lstrip().partition(b"\n")[0]
    return _dialect(first.decode("utf-8", "replace"), content)[1] is not None


def read_delimited(content: Content) -> Iterator[Item]:
    """Yield the rows of CSV and TSV, streamed."""
    first = content.head.lstrip().partition(b"\n")[0].decode("utf-8", "replace")
    delimiter, plan = _dialect(first, content)
    header: list[str] = []
    number = 0
    for row in _Rows(content, delimiter):
        if isinstance(row, tuple):
            yield RawProblem(row[0], content.locator(number), observed=row[1])
            number += 1
            continue
        if not header:
            positions = [f"#{column}" for column in range(1, len(row) + 1)]
            by_position = content.mapper.uses_positions and content.mapper.plan_for(dict.fromkeys(positions))
            if by_position:
                header, plan = positions, by_position
            else:
                header = [name.strip() or position for name, position in zip(row, positions, strict=True)]
                plan = content.mapper.plan_for(dict.fromkeys(header))
                if plan is None:
                    yield RawProblem("mapping_unknown", content.whole, observed=", ".join(header))
                    for _ in content.stream:  # a broken container is told even so
                        pass
                    return
                continue
        if plan is not None:
            yield _record(content.locator(number), row, header, plan)
            number += 1


def _record(locator: str, row: list[str], header: list[str], plan: ObjectPlan) -> Item:
    if len(row) > len(header):
        while len(row) > len(header) and not row[-1].strip():
            row.pop()  # spreadsheets write empty cells at the end
    if len(row) != len(header):
        return RawProblem("row_ragged", locator, observed=f"{len(row)} cells, the header has {len(header)}")
    return plan.read(locator, dict(zip(header, row, strict=True)))


def _dialect(first: str, content: Content) -> tuple[str, ObjectPlan | None]:
    """The delimiter, and the mapping that knows the header under it: a known header decides, then the number of cells."""
    best, cells = next((mark for suffix, mark in _SUFFIXES.items() if content.name.endswith(suffix)), ","), 1
    for delimiter in _DELIMITERS:
        if delimiter not in first:
            continue
        names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        plan = content.mapper.plan_for(dict.fromkeys(names))
        if plan is not None and len(names) > 1:
            return delimiter, plan
        if len(names) > cells:
            best, cells = delimiter, len(names)
    return best, None


class _Rows:
    """The rows of a stream as lists of cells, or as (reason code, observed) where a row cannot be read."""

    def __init__(self, content: Content, delimiter: str) -> None:
        self._max = content.limits.max_record_bytes
        self._lines = _physical_lines(content.stream, self._max, only_cr=b"\n" not in content.head)
        self._delimiter = delimiter
        self._again: list[str] = []  # lines to be read again, newest last
        self._taken: list[str] = []
        self._taken_size = 0
        self._problem: tuple[str, str] | None = None
        self._overflow = False

    def __iter__(self) -> Iterator[list[str] | tuple[str, str]]:
        while True:
            self._overflow = False
            reader = csv.reader(self._feed(), delimiter=self._delimiter)
            for row in reader:
                problem, self._problem = self._problem, None
                if self._overflow:
                    break
                self._taken.clear()
                self._taken_size = 0
                if problem:
                    yield problem
                elif row and not (len(row) == 1 and not row[0].strip()):
                    yield row
            if not self._overflow:
                if self._problem:
                    yield self._problem
                return
            # A quote that is never closed: the row is given up after its first line, and the others are read as rows.
            self._again = self._taken[:0:-1] + self._again
            self._taken.clear()
            self._taken_size = 0
            yield "record_too_large", f"more than {self._max} bytes, or a quote that is not closed"

    def _feed(self) -> Iterator[str]:
        """Lines for the csv reader, until the row that it is building is too large."""
        while True:
            if self._again:
                line = self._again.pop()
            else:
                raw = next(self._lines, None)
                if raw is None:
                    return
                if raw == b"":
                    self._problem = ("record_too_large", f"more than {self._max} bytes")
                    line = "x\n"
                else:
                    try:
                        line = raw.decode("utf-8")
                    except UnicodeDecodeError as error:
                        self._problem = ("encoding_invalid", str(error))
                        line = raw.decode("utf-8", "replace")
            self._taken.append(line)
            self._taken_size += len(line)
            if self._taken_size > self._max:
                self._overflow = True
                return
            yield line


def _physical_lines(chunks: Iterable[bytes], max_bytes: int, *, only_cr: bool) -> Iterator[bytes]:
    """Lines with their ends; an empty one stands for a line over `max_bytes`, which is never held."""
    tail = bytearray()
    too_large = False
    for chunk in chunks:
        if only_cr:
            chunk = chunk.replace(b"\r", b"\n")
        for line in chunk.splitlines(keepends=True) if b"\r" not in chunk else _split(chunk):
            if not line.endswith(b"\n"):
                tail += line
                if len(tail) > max_bytes:
                    too_large = True
                    tail.clear()
                continue
            if tail:
                line = bytes(tail) + line
                tail.clear()
            yield b"" if too_large or len(line) > max_bytes else line
            too_large = False
    if too_large:
        yield b""
    elif tail:
        yield bytes(tail)


def _split(chunk: bytes) -> Iterator[bytes]:
    *lines, last = chunk.split(b"\n")
    for line in lines:
        yield line + b"\n"
    if last:
        yield last
