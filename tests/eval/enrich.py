"""Prints every quality figure of the annotators in one table, beside the strongest alternative that runs offline.

    python -m tests.eval.enrich [NAME…]

Names are modules of `tests.eval`; each says what its sets are, who labelled them and when. Sets of real articles need the shared
data; without it their modules say so and are left out.
"""

import argparse
from importlib import import_module
from typing import Any

MODULES = ("languages", "clitics", "mentions", "quotes", "sources", "numbers", "topics", "personal")
HEADINGS = ("figure", "value", "n", "alternative", "its value")


def rows(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The figures of the named modules, as text."""
    return [_cells(figure) for name in names for figure in import_module(f"tests.eval.{name}").figures()]


def _cells(figure: dict[str, Any]) -> tuple[str, ...]:
    value, other = figure["value"], figure["alternative_value"]
    shown = "" if other is None else f"{other:.3f}"
    return figure["figure"], f"{value:.3f}", f"{figure['n']:,}", figure["alternative"] or "", shown


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES), default=MODULES)
    names = options.parse_args().names
    if unknown := set(names) - set(MODULES):
        options.error(f"no module {', '.join(sorted(unknown))}; there are: {', '.join(MODULES)}")
    table = [HEADINGS, *rows(tuple(names))]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
