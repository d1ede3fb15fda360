"""Decides what a record is once its values are found: which are blank, damaged or missing; it does not find them."""

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.text.fragments import paragraphs

from .mappings import CONTENT_FIELDS, Kind
from .records import RawProblem, RawRecord

_HTTP = ("http://", "https://")


def combine(values: list[Any], kind: Kind) -> Any:
    """One field value of the values at a path, None if they are all blank.

    Raises:
        FragmentTooComplex: The markup cannot be read in bounded time.
    """
    if kind is Kind.VALUE:
        return next((value for value in values if not is_blank(value)), None)
    if kind is Kind.URL:
        texts = (value.strip() for value in values if isinstance(value, str))
        return next((value for value in texts if value.lower().startswith(_HTTP)), None)
    flat = [value for value in _flat(values) if not is_blank(value)]
    if kind is Kind.LIST:
        return flat or None
    texts = (str(value) for value in flat)
    return "\n\n".join(map(paragraphs, texts) if kind is Kind.MARKUP else texts) or None


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        yield from value if isinstance(value, list) else (value,)


def is_blank(value: Any) -> bool:
    """Whether a value counts as missing."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value in ([], {})


def to_record(
    locator: str, mapping: str, values: dict[str, Any], unknown_fields: bool, names: Iterable[str]
) -> RawRecord | RawProblem:
    """The record that mapped values make; `names` are its own names, shown when it has no content."""
    record_id = values.pop("record_id", None)
    if record_id is not None:
        record_id = str(record_id)
    damaged = "record_id" if "\0" in (record_id or "") else None
    damaged = damaged or next((ours for ours, value in values.items() if _has_nul(value)), None)
    if damaged:
        return RawProblem("nul_bytes", locator, record_id if damaged != "record_id" else None, damaged)
    missing = [ours for ours in CONTENT_FIELDS if not isinstance(values.get(ours), str)]
    for ours in missing:
        values.pop(ours, None)
    if len(missing) == len(CONTENT_FIELDS):
        return RawProblem("text_missing", locator, record_id, observed=", ".join(sorted(names)))
    text = values.pop("text", None)
    return RawRecord(locator, record_id, mapping, text, values, unknown_fields)


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    todo = [value]  # no recursion: JSON nests deeper than Python's stack
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            if "\0" in value:
                return True
        elif isinstance(value, dict):
            todo.extend(value)
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return False
