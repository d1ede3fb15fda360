"""Decides how a value of a query is written as JSON, so that the output is valid whatever the query returns.

| DuckDB | JSON |
|---|---|
| integers of any size, DECIMAL | number, every digit kept |
| FLOAT, DOUBLE | number; NaN and the infinities are null, as JSON has no such numbers |
| TIMESTAMPTZ | ISO 8601 text in UTC, ending in Z |
| TIMESTAMP, DATE, TIME | ISO 8601 text without a zone, as none is stored |
| INTERVAL | ISO 8601 duration in days and seconds, such as P1DT7200S |
| BLOB | hexadecimal text, as hex() gives it |
| LIST, ARRAY, STRUCT | array, object |
| MAP | object; a key that is not text is written as its JSON text |
| UUID, BIT, ENUM and the rest | text |

Accepted gap: DuckDB's Python client delivers a month of an INTERVAL as 30 days, a nanosecond cut to its microsecond and an
infinite date as year 9999; cast such a column to VARCHAR in the query to keep it whole.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson


def json_array(rows: Iterable[Mapping[str, Any]]) -> str:
    """One JSON array of row objects.

    >>> json_array([{"n": 2**70, "at": datetime(2024, 1, 1, tzinfo=UTC), "share": math.nan}])
    '[{"n":1180591620717411303424,"at":"2024-01-01T00:00:00Z","share":null}]'
    """
    return json_text([dict(row) for row in rows])


def json_text(value: Any) -> str:
    """The value as one line of JSON."""
    return orjson.dumps(_plain(value)).decode()


def shown(value: Any) -> str:
    """The value as the text of a table cell; empty for NULL."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple, dict)):
        return json_text(value)
    plain = _scalar(value)
    return str(value) if isinstance(plain, orjson.Fragment) or plain is None else str(plain)


def unique_names(names: Sequence[str]) -> list[str]:
    """Column names with repeated ones numbered, so that a row object keeps every column.

    >>> unique_names(["n", "n", "n_1"])
    ['n', 'n_1', 'n_1_1']
    """
    taken: list[str] = []
    for name in names:
        free, number = name, 0
        while free in taken:
            number += 1
            free = f"{name}_{number}"
        taken.append(free)
    return taken


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key if isinstance(key, str) else _key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return _scalar(value)


def _key(key: Any) -> str:
    return json_text(key).strip('"')


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return orjson.Fragment(str(value))  # orjson itself stops at 64 bits
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f")) if value.is_finite() else None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, (bytes, bytearray)):
        return value.hex().upper()
    return str(value)


def _duration(value: timedelta) -> str:
    sign, value = ("-", -value) if value < timedelta(0) else ("", value)
    seconds = Decimal(value.seconds) + Decimal(value.microseconds) / 1_000_000
    return f"{sign}P{value.days}D" + (f"T{seconds:f}S" if seconds else "")
