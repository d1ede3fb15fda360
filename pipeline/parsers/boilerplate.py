"""Decides which lines are the furniture of a source because its pages repeat them; it does not decide what else they are.

The counts are a declared side input of parse: for each source, hashes of folded lines with the number of distinct pages that
carry them. They are built page by page and merged by adding, over the set of distinct pages, so neither the order nor the split
of the input changes them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import pyarrow as pa
import xxhash

from pipeline.parsers.blocks import split_blocks
from pipeline.text.arabic import FOLD_VERSION, fold

BOILERPLATE_VERSION: Final = f"1+fold.{FOLD_VERSION}"

# A line is furniture when at least MIN_PAGES distinct pages of the source and MIN_PAGE_SHARE of them carry it. In every third article
# of ANT Corpus v2.1 (5,800 pages, five outlets) no line of text is on more than 0.4 % of its outlet's pages; what is on more is
# disclaimers and credits (0.6 to 9 %). Menus and footers are on nearly all pages; 5 % leaves room for those of one section.
MIN_PAGES: Final = 5
MIN_PAGE_SHARE: Final = 0.05
MAX_LINE_WORDS: Final = 40  # longer lines are text, and agency text does repeat

SCHEMA: Final = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("line_hash", pa.uint64(), nullable=False),
        pa.field("n_pages", pa.int64(), nullable=False),
    ],
    metadata={"version": BOILERPLATE_VERSION},
)
"""One row: a folded line (xxh3-64) of a source and the distinct pages with it; the row with hash 0 counts all its pages."""

_ALL_PAGES: Final = 0

Pages = Mapping[str, Mapping[int, frozenset[int]]]
"""Source -> hash of a page's folded text -> hashes of its lines: what one batch saw; a set, so a page seen twice counts once."""


def source_key(fields: Mapping[str, Any]) -> str:
    """The name under which a record's lines are counted: its outlet, else the host of its URL, else ''."""
    for name in ("source_id", "source_name"):
        if isinstance(fields.get(name), str) and fields[name].strip():
            return fold(fields[name])
    url = fields.get("url")
    if not isinstance(url, str):
        return ""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def page_lines(pages: Iterable[tuple[str, str]]) -> dict[str, dict[int, frozenset[int]]]:
    """The line hashes of pages given as (source key, page text)."""
    seen: dict[str, dict[int, frozenset[int]]] = {}
    for source, text in pages:
        blocks = split_blocks(text)
        lines = frozenset(_hash(block.folded) for block in blocks if block.n_words <= MAX_LINE_WORDS)
        seen.setdefault(source, {})[_hash("\n".join(block.folded for block in blocks))] = lines
    return seen


def merge(*parts: Pages) -> dict[str, dict[int, frozenset[int]]]:
    """The pages of several batches together: associative, commutative, and idempotent."""
    merged: dict[str, dict[int, frozenset[int]]] = {}
    for part in parts:
        for source, pages in part.items():
            merged.setdefault(source, {}).update(pages)
    return merged


def count(pages: Pages) -> pa.Table:
    """The counts of distinct pages, in `SCHEMA`, sorted: the same pages give the same bytes."""
    rows: list[tuple[str, int, int]] = []
    for source, by_page in pages.items():
        counts: dict[int, int] = {_ALL_PAGES: len(by_page)}
        for lines in by_page.values():
            for line in lines:
                counts[line] = counts.get(line, 0) + 1
        rows += [
            (source, line, n_pages) for line, n_pages in counts.items() if n_pages >= MIN_PAGES or line == _ALL_PAGES
        ]
    rows.sort()
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return pa.table(
        [pa.array(list(values), field.type) for values, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


class Boilerplate:
    """The repeated lines of each source, read from a table of `count`."""

    def __init__(self, table: pa.Table) -> None:
        """Keep the lines over the thresholds.

        Raises:
            ValueError: the table was built by another version, so its hashes mean other lines.
        """
        version = (table.schema.metadata or {}).get(b"version", b"").decode()
        if version != BOILERPLATE_VERSION:
            raise ValueError(
                f"boilerplate counts of version {version!r}, need {BOILERPLATE_VERSION!r}: build them again"
            )
        totals: dict[str, int] = {}
        rows = table.to_pylist()
        for row in rows:
            if row["line_hash"] == _ALL_PAGES:
                totals[row["source"]] = row["n_pages"]
        self._lines: dict[str, set[int]] = {}
        for row in rows:
            least = max(MIN_PAGES, MIN_PAGE_SHARE * totals.get(row["source"], 0))
            if row["line_hash"] != _ALL_PAGES and row["n_pages"] >= least:
                self._lines.setdefault(row["source"], set()).add(row["line_hash"])

    def of(self, source: str) -> Callable[[str], bool] | None:
        """Says of a folded line whether the source repeats it; None for a source without repeated lines."""
        lines = self._lines.get(source)
        return None if lines is None else lambda folded: _hash(folded) in lines


def _hash(folded: str) -> int:
    return xxhash.xxh3_64_intdigest(folded.encode("utf-8", "surrogatepass"))
