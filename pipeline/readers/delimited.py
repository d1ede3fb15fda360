"""Decides how CSV and TSV are cut into rows, and which of their rows are records; which cells are our fields the mappings say.

The header is the first row that is not blank. A file without one is `mapping_unknown`, once for the whole file, unless the
operator names columns by position (`--map text=#2`): then the first row is a record like the others.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Literal

from .content import Content, Item
from .objects import ObjectPlan
from .records import RawProblem

_SUFFIXES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_DELIMITERS = ("\t", ",", ";", "|")
# Rows are bounded in bytes here, before the csv module sees them; its own limit, of 128 KiB, is one for the whole process.
csv.field_size_limit(sys.maxsize)
_MAX_OPEN_QUOTES = 20
_FIRST_LINE = re.compile(rb"[^\r\n]*")

_Problem = tuple[str, str]
_Line = tuple[str, _Problem | None]
_END: _Problem = ("row_ragged", "a quote that is not closed")


def looks_delimited(content: Content) -> bool:
    """CSV or TSV by name, or by a first line that is a header which a mapping knows."""
    if content.name.endswith(tuple(_SUFFIXES)):
        return True
    return _dialect(content)[1] is not None


def read_delimited(content: Content) -> Iterator[Item]:
    """Yield the rows of CSV and TSV, streamed."""
    delimiter, plan = _dialect(content)
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
            content.show(number, {name or "": cell for name, cell in zip_longest(header, row)})
            yield _record(content.locator(number), row, header, plan)
            number += 1


def _record(locator: str, row: list[str], header: list[str], plan: ObjectPlan) -> Item:
    if len(row) > len(header):
        while len(row) > len(header) and not row[-1].strip():
            row.pop()  # spreadsheets write empty cells at the end
    if len(row) != len(header):
        return RawProblem("row_ragged", locator, observed=f"{len(row)} cells, the header has {len(header)}")
    return plan.read(locator, dict(zip(header, row, strict=True)))


def _dialect(content: Content) -> tuple[str, ObjectPlan | None]:
    """The delimiter, and the mapping that knows the header under it: a known header decides, then the number of cells."""
    line = _FIRST_LINE.match(content.head.lstrip())
    first = line.group().decode("utf-8", "replace") if line else ""
    best, cells = next((mark for suffix, mark in _SUFFIXES.items() if content.name.endswith(suffix)), ","), 1
    for delimiter in _DELIMITERS:
        if delimiter not in first:
            continue
        try:
            names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        except csv.Error:
            continue
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
        self._again: list[_Line] = []  # lines to be read again, the next one last
        self._taken: list[_Line] = []  # lines of the row that is being read
        self._stopped: _Problem | None = None  # why no more lines are fed

    def __iter__(self) -> Iterator[list[str] | _Problem]:
        n_open = 0
        while True:
            # Where quotes stay open again and again they are not meant as quotes, and looking for their ends is quadratic.
            quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if n_open < _MAX_OPEN_QUOTES else csv.QUOTE_NONE
            self._stopped = None
            try:
                for row in csv.reader(self._feed(), delimiter=self._delimiter, quoting=quoting):
                    problem = self._stopped or next((one[1] for one in self._taken if one[1]), None)
                    if (
                        self._stopped
                    ):  # a quote was still open: its row is given up, and what it took in is read as rows
                        n_open += 1
                        self._again.extend(self._taken[:0:-1])
                    self._taken.clear()
                    if problem:
                        yield problem
                    elif row and not (len(row) == 1 and not row[0].strip()):
                        yield row
            except csv.Error as error:
                self._taken.clear()
                yield "row_ragged", str(error)
                continue
            if self._stopped == _END and not self._again:
                return

    def _feed(self) -> Iterator[str]:
        """Lines for the csv reader, until the row that it is building is too large."""
        size = 0
        while True:
            if not self._taken:
                size = 0
            line = self._again.pop() if self._again else self._next()
            if line is None:
                self._stopped = _END
                return
            self._taken.append(line)
            size += len(line[0])
            if size > self._max:
                self._stopped = ("record_too_large", f"more than {self._max} bytes, or a quote that is not closed")
                return
            yield line[0]

    def _next(self) -> _Line | None:
        raw = next(self._lines, None)
        if raw is None:
            return None
        if raw == b"":
            return "-\n", ("record_too_large", f"more than {self._max} bytes")
        try:
            return raw.decode("utf-8"), None
        except UnicodeDecodeError as error:
            return raw.decode("utf-8", "replace"), ("encoding_invalid", str(error))


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
