"""Decides what one stream holds (a page, JSON lines, a JSON array) and reads its records; archives are `files.py`."""

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import ijson
import orjson

from pipeline.readers.mapping import Mapping
from pipeline.readers.records import Limits, RawProblem, RawRecord
from pipeline.readers.streams import lines

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1b")
_MAX_CONTROL_SHARE = 0.02  # binary formats have far more control bytes than any text, damaged text far fewer

Records = Iterator[RawRecord | RawProblem]


def read_stream(stream: io.BufferedReader, name: str, member: str, mappings: tuple[Mapping, ...], limits: Limits) -> Records:
    """The records of one unpacked stream; `name` decides only where content cannot."""
    start = stream.peek(4096)[:4096]
    locator = f"{member}#0"
    if not start:
        yield RawProblem("file_empty", locator if member else None)
    elif _is_binary(start):
        yield RawProblem("file_binary", locator if member else None, start[:16].hex(" "))
    elif name.lower().endswith((".txt", ".text")):
        yield _page(stream, locator, limits)
    elif (first := start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]) == b"[":
        yield from _array(stream, member, mappings, limits)
    elif first == b"{":
        yield from _json_lines(stream, member, mappings, limits)
    else:
        yield _page(stream, locator, limits)


def _is_binary(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in start)
    return start.startswith((b"%PDF", b"\x89PNG")) or controls > max(8, _MAX_CONTROL_SHARE * len(start))


def _page(stream: io.BufferedReader, locator: str, limits: Limits) -> RawRecord | RawProblem:
    data = stream.read(limits.max_record_bytes + 1)
    if len(data) > limits.max_record_bytes:
        return RawProblem("record_too_large", locator, f"more than {limits.max_record_bytes} bytes")
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return RawProblem("encoding_invalid", locator, f"byte {error.start}: {data[error.start : error.start + 8].hex(' ')}")
    if "\0" in text:
        return RawProblem("nul_bytes", locator, f"character {text.index(chr(0))}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return RawProblem("text_missing", locator)
    return RawRecord(locator, None, "page", text, {})


def _json_lines(stream: io.BufferedReader, member: str, mappings: tuple[Mapping, ...], limits: Limits) -> Records:
    number = -1
    for line in lines(stream, limits.max_record_bytes):
        if line is not None and not line.strip():
            continue
        number += 1
        locator = f"{member}#{number}"
        if line is None:
            yield RawProblem("record_too_large", locator, f"more than {limits.max_record_bytes} bytes")
            continue
        try:
            record = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as error:
            code = "json_invalid" if _is_utf8(line) else "encoding_invalid"
            yield RawProblem(code, locator, str(error)[:200])
            continue
        yield _mapped(record, locator, mappings, limits)


def _array(stream: io.BufferedReader, member: str, mappings: tuple[Mapping, ...], limits: Limits) -> Records:
    number = 0
    if stream.peek(3)[:3] == b"\xef\xbb\xbf":
        stream.read(3)
    items = ijson.items(stream, "item")
    while True:
        try:
            record = next(items, None)
        except (ijson.JSONError, UnicodeDecodeError) as error:
            yield RawProblem("json_invalid", f"{member}#{number}", str(error)[:200])
            return
        if record is None:
            return
        yield _mapped(record, f"{member}#{number}", mappings, limits)
        number += 1


def _mapped(record: Any, locator: str, mappings: tuple[Mapping, ...], limits: Limits) -> RawRecord | RawProblem:
    if not isinstance(record, dict):
        return RawProblem("record_not_object", locator, str(record)[:200])
    for mapping in mappings:
        applied = mapping.apply(record)
        if applied is not None:
            break
    else:
        return RawProblem("mapping_unknown", locator, ", ".join(sorted(record))[:200])
    fields = {key: _plain(value) for key, value in applied[0].items()}
    strings = [value for value in fields.values() if isinstance(value, str)]
    if sum(map(len, strings)) > limits.max_record_bytes:
        return RawProblem("record_too_large", locator, f"more than {limits.max_record_bytes} characters")
    if any("\0" in value for value in strings):
        return RawProblem("nul_bytes", locator)
    text, record_id = fields.pop("text", None), fields.pop("record_id", None)
    if not any(isinstance(value, str) and value.strip() for value in (text, fields.get("body"), fields.get("headline"))):
        return RawProblem("text_missing", locator, None if record_id is None else str(record_id)[:200])
    page = text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) and text.strip() else None
    return RawRecord(locator, None if record_id is None else str(record_id), mapping.name, page, fields, applied[1])


def _plain(value: Any) -> Any:
    """Decimals of the streaming JSON reader as floats, so that both JSON readers give the same values."""
    return float(value) if isinstance(value, Decimal) else value


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
