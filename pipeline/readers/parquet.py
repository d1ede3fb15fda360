"""Decides how Parquet files are read, in bounded batches and only the columns that a mapping names; it maps nothing itself."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from .content import Content, Item
from .records import RawProblem, RawRecord
from .streams import StreamError

PARQUET_MAGIC = b"PAR1"
_SUFFIXES = (".parquet", ".pq")
# Rows that are decoded at once: at a few KiB a page one or two MiB, and at the largest value allowed still bounded.
_BATCH = 256
_BUFFER = 1024 * 1024
_ERRORS = (pa.ArrowException, OSError, ValueError, KeyError, IndexError, TypeError, NotImplementedError, OverflowError)


def looks_like_parquet(content: Content) -> bool:
    """Parquet by its magic or name."""
    return content.head.startswith(PARQUET_MAGIC) or content.name.endswith(_SUFFIXES)


def read_parquet(content: Content) -> Iterator[Item]:
    """Yield the rows of a Parquet file; its footer is at the end, so what comes as a stream is first put in a temporary file."""
    if not content.head.startswith(PARQUET_MAGIC):
        raise StreamError("file_corrupt", "no Parquet magic")
    if content.file is not None:
        yield from _rows(content, content.file)
        return
    with tempfile.TemporaryFile() as spool:
        size = 0
        for chunk in content.stream:
            size += len(chunk)
            if size > content.limits.max_spool_bytes:
                yield RawProblem(
                    "spool_too_large", content.whole, observed=f"more than {content.limits.max_spool_bytes} bytes"
                )
                return
            spool.write(chunk)
        yield from _rows(content, spool)


def _rows(content: Content, file: BinaryIO) -> Iterator[Item]:
    file.seek(0)
    try:
        # Arrow must not close the file, and the schema of pandas or Arrow inside the file is not needed.
        parquet = pq.ParquetFile(pa.PythonFile(file, mode="r"), pre_buffer=False, buffer_size=_BUFFER)
        schema = parquet.schema_arrow
    except _ERRORS as error:
        raise StreamError("file_corrupt", str(error)) from error
    names = dict.fromkeys(schema.names)
    plan = content.mapper.plan_for(
        {name: _shape(schema.field(name).type) for name in names if schema.names.count(name) == 1}
    )
    if plan is None:
        yield RawProblem("mapping_unknown", content.whole, observed=", ".join(names))
        return
    columns = [name for name in names if name in plan.used]
    has_unknown = not plan.known.issuperset(names)
    number = 0
    batches = parquet.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
        except _ERRORS as error:
            raise StreamError("file_corrupt", str(error)) from error
        if batch is None:
            return
        content.meter.count(batch.nbytes)
        for row in _objects(batch):
            locator = content.locator(number)
            if isinstance(row, dict):
                content.show(number, row)
            number += 1
            if isinstance(row, UnicodeDecodeError):
                yield RawProblem("encoding_invalid", locator, observed=str(row))
            elif _size(row) > content.limits.max_record_bytes:
                yield content.too_large(number - 1)
            else:
                item = plan.read(locator, row)
                if has_unknown and isinstance(item, RawRecord) and not item.unknown_fields:
                    item = RawRecord(item.locator, item.record_id, item.mapping, item.text, item.fields, True)
                yield item


def _shape(kind: pa.DataType) -> Any:
    """What a mapping can see of a column: the names of structs, and of structs in lists."""
    if pa.types.is_struct(kind):
        return {field.name: _shape(field.type) for field in kind}
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return [_shape(kind.value_type)]
    return None


def _objects(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | UnicodeDecodeError]:
    plain = all(_is_plain(field.type) for field in batch.schema)
    try:
        rows = batch.to_pylist()
    except UnicodeDecodeError:
        for index in range(batch.num_rows):
            try:
                rows = batch.slice(index, 1).to_pylist()
            except UnicodeDecodeError as error:
                yield error
            else:
                yield rows[0] if plain else _plain(rows[0])
        return
    yield from rows if plain else map(_plain, rows)


def _is_plain(kind: pa.DataType) -> bool:
    """Whether values arrive as JSON knows them."""
    types = pa.types
    if types.is_list(kind) or types.is_large_list(kind):
        return _is_plain(kind.value_type)
    if types.is_struct(kind):
        return all(_is_plain(field.type) for field in kind)
    return bool(
        types.is_string(kind) or types.is_large_string(kind) or types.is_integer(kind) or types.is_floating(kind)
        or types.is_boolean(kind) or types.is_null(kind)
    )  # fmt: skip


def _plain(value: Any) -> Any:
    """The value as JSON knows it: times in ISO 8601, bytes as text, the pairs of a map as lists."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value) if isinstance(value, (Decimal, timedelta)) else value


def _size(row: dict[str, Any]) -> int:
    return sum(len(value) for value in row.values() if isinstance(value, str))
