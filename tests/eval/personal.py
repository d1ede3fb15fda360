"""Prints how the finder of personal data fares on synthetic texts, beside plain patterns: python -m tests.eval.personal [--wrong].

`personal.tsv` was written by us: every datum is invented, an example of its own registry, or of a range that is kept for
documentation. ⟦ and ⟧ mark it; rows of kind none look like personal data and are none.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.text.aligned import fold_aligned
from pipeline.text.personal import find_personal
from pipeline.text.tokens import digit_runs

ROWS = Path(__file__).with_suffix(".tsv")
Found = set[tuple[int, int, str]]

# What is commonly used: each pattern alone, no checks.
_PLAIN = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("iban", re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b")),
    ("card", re.compile(r"\b(?:\d[ -]?){13,19}\b")),
    ("ip", re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")),
    ("phone", re.compile(r"\+?\d[\d ()-]{6,}\d")),
)


def cases() -> list[tuple[str, Found]]:
    """Texts without marks, and what they hold."""
    read = []
    for line in ROWS.read_text("utf-8").splitlines()[1:]:
        kind, text = line.split("\t")
        start, end = text.find("⟦"), text.find("⟧") - 1
        read.append((text.replace("⟦", "").replace("⟧", ""), set() if kind == "none" else {(start, end, kind)}))
    return read


def ours(text: str) -> Found:
    """What the finder finds, in places of the published text."""
    folded = fold_aligned(text)
    return {
        (*folded.span(datum.start, datum.end), datum.kind)
        for datum in find_personal(folded.text, digit_runs(folded.text))
    }


def plain(text: str) -> Found:
    """What plain patterns find; a span belongs to the first pattern that matches it."""
    found: Found = set()
    for kind, pattern in _PLAIN:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.add((*match.span(), kind))
    return found


def score(find: Callable[[str], Found]) -> Counter[str]:
    """Counts: right, found and expected data; negative texts in which something is found."""
    total: Counter[str] = Counter()
    for text, expected in cases():
        found = find(text)
        total.update(right=len(found & expected), found=len(found), expected=len(expected))
        total["false_alarms"] += bool(found and not expected)
        total["negatives"] += not expected
    return total


def figures() -> list[dict[str, Any]]:
    """Precision, recall and false alarms: ours and those of plain patterns."""
    us, them = score(ours), score(plain)
    rows = []
    for name, top, bottom in (
        ("precision", "right", "found"),
        ("recall", "right", "expected"),
        ("false alarms", "false_alarms", "negatives"),
    ):
        rows.append(
            {
                "figure": f"personal data {name}",
                "value": round(us[top] / us[bottom], 3),
                "n": us[bottom],
                "alternative": "plain patterns",
                "alternative_value": round(them[top] / them[bottom], 3),
            }
        )
    return rows


if __name__ == "__main__":
    for row in figures():
        print(*row.values(), sep="\t")
    if "--wrong" in sys.argv:
        for text, expected in cases():
            if ours(text) != expected:
                print(repr(text), [(text[s:e], k) for s, e, k in ours(text)], [(text[s:e], k) for s, e, k in expected])
