"""Decides how personal data leaves the text of a release: each datum is replaced by its kind in brackets, and counted.

What personal data is, `pipeline.text.personal` decides, the same as for the table `personal_data`; only words are redacted, not
facts such as addresses of pages. Offsets of annotations count in the text as published, which a redacted release does not have.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from pipeline.text.personal import PERSONAL_VERSION, redact

VERSION = PERSONAL_VERSION


def redact_columns(rows: pa.Table, columns: Iterable[str], counts: Counter[str]) -> pa.Table:
    """Rows with the personal data of some columns replaced; `counts` grows by what was replaced, by kind.

    Args:
        rows: Any table.
        columns: Names of its columns with text: strings, or lists or structs with strings in them.
        counts: Replaced data by kind.
    """
    for name in columns:
        before = rows[name].to_pylist()
        after = [_redacted(value, counts) for value in before]
        if after != before:
            place = rows.schema.get_field_index(name)
            rows = rows.set_column(place, rows.schema.field(name), pa.chunked_array([pa.array(after, rows[name].type)]))
    return rows


def personal_kinds(rows: pa.Table, columns: Iterable[str]) -> Counter[str]:
    """How much personal data some columns show, by kind."""
    counts: Counter[str] = Counter()
    redact_columns(rows, columns, counts)
    return counts


def texts(value: Any) -> Iterator[str]:
    """Every string in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def _redacted(value: Any, counts: Counter[str]) -> Any:
    if isinstance(value, str):
        return _redacted_text(value, counts)
    if isinstance(value, list):
        return [_redacted(part, counts) for part in value]
    if isinstance(value, dict):
        return {name: _redacted(part, counts) for name, part in value.items()}
    return value


def _redacted_text(text: str, counts: Counter[str]) -> str:
    """A text without personal data. What stood beside a datum may be one itself once that is gone, so it is looked at again."""
    while True:
        text, found = redact(text)
        if not found:
            return text
        counts.update(found)
