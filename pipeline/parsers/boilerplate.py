"""Decides which lines are the furniture of a source because its pages repeat them; it does not decide what else they are.

The counts are a declared side input of parse: for each source, hashes of folded lines with the number of distinct pages that
carry them. They depend on the set of pages only, so neither the order nor the split of the input changes them.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import pyarrow as pa
import xxhash

from pipeline.parsers.blocks import split_blocks
from pipeline.text.arabic import FOLD_VERSION, fold
from pipeline.text.urls import normalize_url

BOILERPLATE_VERSION: Final = f"2+fold.{FOLD_VERSION}"

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

ALL_PAGES: Final = 0


class PageLines(NamedTuple):
    """What one page adds to the counts: its source key, the hash that says which page it is, and those of its lines."""

    source: str
    page: int
    lines: frozenset[int]


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


def page_lines(text: str, fields: Mapping[str, Any]) -> PageLines:
    """The lines of a page text that are counted for its source.

    Two captures of one address are one page, so that an article fetched often is not furniture. Without an address the page is
    its folded text. Accepted gap: captures without an address whose text differs count as pages of their own.
    """
    blocks = split_blocks(text)
    url = fields.get("url")
    name = (normalize_url(url) if isinstance(url, str) else None) or "\n".join(block.folded for block in blocks)
    lines = frozenset(_hash(block.folded) for block in blocks if block.n_words <= MAX_LINE_WORDS)
    return PageLines(source_key(fields), _hash(name), lines)


class Boilerplate:
    """The repeated lines of each source, read from a table of counts in `SCHEMA`."""

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
        rows = table.to_pylist()
        self._pages = {row["source"]: row["n_pages"] for row in rows if row["line_hash"] == ALL_PAGES}
        self._lines: dict[str, set[int]] = {}
        for row in rows:
            least = max(MIN_PAGES, MIN_PAGE_SHARE * self._pages.get(row["source"], 0))
            if row["line_hash"] != ALL_PAGES and row["n_pages"] >= least:
                self._lines.setdefault(row["source"], set()).add(row["line_hash"])

    def of(self, source: str) -> Callable[[str], bool] | None:
        """Says of a folded line whether the source repeats it; None for a source without repeated lines."""
        lines = self._lines.get(source)
        return None if lines is None else lambda folded: _hash(folded) in lines

    def figures(self) -> list[tuple[str, int, int]]:
        """Source, pages and repeated lines of each source, most pages first."""
        figures = [(source, n_pages, len(self._lines.get(source, ()))) for source, n_pages in self._pages.items()]
        return sorted(figures, key=lambda row: (-row[1], row[0]))


def _hash(folded: str) -> int:
    return xxhash.xxh3_64_intdigest(folded.encode("utf-8", "surrogatepass"))
