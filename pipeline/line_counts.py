"""Decides where the counts of repeated lines come from and are kept; which lines they make furniture `parsers.boilerplate` does.

`boilerplate.parquet` of a warehouse is a declared side input of parse: its digest is a parameter of every run. Without it a
page is judged alone.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dumps import digest, find_files, parameters, reading, sha256
from pipeline.errors import InputError
from pipeline.parsers import counted_lines
from pipeline.parsers.boilerplate import ALL_PAGES, MIN_PAGES, SCHEMA, Boilerplate, PageLines
from pipeline.readers import RawRecord, read_file
from pipeline.settings import Settings
from pipeline.storage.query import session
from pipeline.storage.tables import write_atomically

Progress = Callable[[str, int], None]

_BATCH_PAGES = 1000
_SEEN = pa.schema([("source", pa.string()), ("page", pa.uint64()), ("line", pa.uint64())])
# A page's identity goes with each of its lines, so that a page seen twice counts once in whatever order the pages come.
_COUNT = f"""
    SELECT source, line AS line_hash, count(*) AS n_pages FROM (SELECT DISTINCT source, page, line FROM seen)
    GROUP BY ALL HAVING count(*) >= {MIN_PAGES} OR line = {ALL_PAGES} ORDER BY source, line"""


@dataclass(frozen=True, slots=True)
class Built:
    """The side input as it was written; `is_changed` is False when the warehouse had the same counts."""

    boilerplate: Boilerplate
    is_changed: bool


def build(
    raw: Sequence[Path],
    settings: Settings,
    *,
    match: str = "",
    fields: Sequence[str] = (),
    progress: Progress = lambda what, n: None,
) -> Built:
    """Counts the lines of all page texts in the raw files, and replaces the side input of the warehouse with the counts.

    The same pages give the same bytes, whatever their order and the files they are in.

    Raises:
        InputError: a path does not exist, or an option cannot be understood.
    """
    mappings, limits = reading(json.dumps(parameters(settings, fields)))
    paths = find_files(raw, match)

    def pages() -> Iterator[PageLines]:
        for path in paths:
            for found in read_file(path, mappings, limits):
                if isinstance(found, RawRecord) and (page := counted_lines(found.text, found.fields, found.mapping)):
                    progress(path.name, 1)
                    yield page

    table = count_lines(pages(), settings)
    before = digest(settings.boilerplate)
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    write_atomically(settings.boilerplate, written.getvalue())
    return Built(Boilerplate(table), sha256(settings.boilerplate) != before)


def count_lines(pages: Iterable[PageLines], settings: Settings) -> pa.Table:
    """The distinct pages of each source and of each of its lines, in `parsers.boilerplate.SCHEMA`, sorted.

    Takes DuckDB's `memory_limit`, and beyond it room in the temporary directory: see `python -m tests.bench.boilerplate`.
    """
    source = iter(pages)
    with session(settings) as connection:
        connection.execute("CREATE TABLE seen (source VARCHAR, page UBIGINT, line UBIGINT)")
        while batch := list(islice(source, _BATCH_PAGES)):
            rows = [(page.source, page.page, line) for page in batch for line in (ALL_PAGES, *page.lines)]
            columns = [
                pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), _SEEN, strict=True)
            ]
            connection.register("batch", pa.table(columns, schema=_SEEN))
            connection.execute("INSERT INTO seen SELECT * FROM batch")
            connection.unregister("batch")
        found: pa.Table = connection.sql(_COUNT).to_arrow_table()
    return pa.table(
        [found[name].cast(SCHEMA.field(name).type) for name in SCHEMA.names], schema=SCHEMA
    ).combine_chunks()


def read_boilerplate(settings: Settings) -> Boilerplate | None:
    """The repeated lines of the warehouse, None when it has no counts; kept in memory until the file changes.

    Raises:
        InputError: the file is damaged, or of another version of the counts.
    """
    try:
        state = settings.boilerplate.stat()
    except FileNotFoundError:
        return None
    return _load(settings.boilerplate, state.st_mtime_ns, state.st_ino)


@lru_cache(maxsize=1)
def _load(path: Path, mtime_ns: int, inode: int) -> Boilerplate:
    try:
        return Boilerplate(pq.read_table(path))
    except (ValueError, KeyError) as error:  # pyarrow's errors of damaged files are ValueErrors too
        raise InputError(f"{path}: {error}; run warraq boilerplate RAW again, or delete the file") from error
