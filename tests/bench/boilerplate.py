"""Decides what the counting of repeated lines costs: memory and CPU by pages, on page hashes made up for it.

    python -m tests.bench.boilerplate [--pages N] [--lines N]

Lines are distinct but for thirty that every page has: the worst case, for what repeats takes no room in the result.
"""

import argparse
import resource
import time
from collections.abc import Iterator

import xxhash

from pipeline.line_counts import count_lines
from pipeline.parsers.boilerplate import PageLines
from pipeline.settings import Settings

_FURNITURE = frozenset(range(1, 31))


def pages(count: int, lines: int) -> Iterator[PageLines]:
    """Pages of one source of which no two share a line of text."""
    for number in range(count):
        text = frozenset(xxhash.xxh3_64_intdigest(b"%d/%d" % (number, line)) for line in range(lines))
        yield PageLines("example.org", xxhash.xxh3_64_intdigest(b"%d" % number), text | _FURNITURE)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.boilerplate", description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=20, help="lines of text a page (default 20)")
    options = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    table = count_lines(pages(options.pages, options.lines), Settings())
    spent = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{options.pages:,} pages of {options.lines + len(_FURNITURE)} lines: {table.num_rows} rows")
    print(f"{options.pages / spent:,.0f} pages/s of CPU, peak memory {grown:,.0f} MiB above the start")
    print(f"DuckDB memory limit {Settings().memory_limit}; beyond it rows go to the temporary directory")


if __name__ == "__main__":
    main()
