"""Measures cited sources and wire copy on labelled articles: ``python -m tests.eval.sources [--show tuned]``.

A citation is right when it shares a character with a labelled one and names the same agency or outlet, or none where the label
says that it is in no list. The alternative is the lexicon alone: every name of it that stands in the text.
"""

import argparse
from collections import Counter
from typing import Any, Final

from pipeline.enrichers.sources.citations import Citation, find_citations
from pipeline.enrichers.sources.names import find_names
from pipeline.enrichers.sources.wire import wire_copy
from pipeline.parsers.bylines import split_byline
from pipeline.text.aligned import Folded
from pipeline.text.folded_texts import FoldedTexts
from tests.eval.quotes_corpus import Labelled, labelled

Span = tuple[int, int, str]
HALVES: Final = ("tuned", "held_out")


def citations(body: str) -> tuple[Folded, list[Citation]]:
    """The citations of a body, in the places of the folded text."""
    batch = FoldedTexts([body])
    (folded,), (hits,) = batch.texts, find_names(batch)
    return folded, find_citations(folded.text, hits, is_body=True)


def ours(body: str) -> list[Span]:
    """(start, end, agency id or 'unknown') of the citations in the published text."""
    folded, found = citations(body)
    return [(*folded.span(c.start, c.end), c.agency_id or "unknown") for c in found]


def baseline(body: str) -> list[Span]:
    """Every name of the lexicon, ordinary words aside."""
    batch = FoldedTexts([body])
    (folded,), (hits,) = batch.texts, find_names(batch)
    return [(*folded.span(h.start, h.end), h.agency_id) for h in hits if h.agency_id and h.kind == "name"]


def wanted(article: Labelled) -> list[Span]:
    return [(a.start, a.end, a.label.removeprefix("cited:")) for a in article.labels if a.label.startswith("cited:")]


def rights(found: list[Span], labels: list[Span]) -> list[tuple[Span, Span]]:
    """Pairs of labels and citations that agree, each used once."""
    pairs: list[tuple[Span, Span]] = []
    left = list(found)
    for label in labels:
        match = next((f for f in left if f[0] < label[1] and label[0] < f[1] and f[2] == label[2]), None)
        if match:
            left.remove(match)
            pairs.append((label, match))
    return pairs


def is_wire(article: Labelled) -> str | None:
    """The agency that the article is from, by its byline and body."""
    folded, found = citations(article.body)
    byline = article.byline or None
    row = {"byline": byline, "agency": split_byline(byline).agency if byline else None}
    return wire_copy(row, found, folded).agency_id


def measure(half: str) -> Counter[str]:
    """Counts over the articles of a half."""
    counts: Counter[str] = Counter()
    for article in labelled():
        if article.half != half:
            continue
        labels = wanted(article)
        counts["labelled"] += len(labels)
        for name, found in (("ours", ours(article.body)), ("lexicon", baseline(article.body))):
            counts[f"{name}_found"] += len(found)
            counts[f"{name}_right"] += len(rights(found, labels))
        counts["articles"] += 1
        counts["wire_right"] += is_wire(article) == article.wire_agency
        counts["wire_never"] += article.wire_agency is None
    return counts


def figures() -> list[dict[str, Any]]:
    """A row for each figure and half: figure, value, n, alternative, alternative_value."""
    rows = []
    for half in HALVES:
        c = measure(half)
        for figure, of in (("cited source precision", "found"), ("cited source recall", "labelled")):
            n, other = (c["labelled"], c["labelled"]) if of == "labelled" else (c["ours_found"], c["lexicon_found"])
            rows.append(_row(figure, half, c["ours_right"] / n, n, "lexicon alone", c["lexicon_right"] / other))
        right = c["wire_right"] / c["articles"]
        rows.append(_row("wire agency", half, right, c["articles"], "never wire copy", c["wire_never"] / c["articles"]))
    return rows


def _row(figure: str, half: str, value: float, n: int, alternative: str, alternative_value: float) -> dict[str, Any]:
    return {
        "figure": f"{figure}, {half}",
        "value": value,
        "n": n,
        "alternative": alternative,
        "alternative_value": alternative_value,
    }


def show(half: str) -> None:
    """Prints what differs from the labels of a half."""
    for article in labelled():
        if article.half == half:
            found, labels = ours(article.body), wanted(article)
            pairs = rights(found, labels)
            for what, spans in (
                ("MISSED", [label for label in labels if all(label is not other for other, _ in pairs)]),
                ("EXTRA", [span for span in found if all(span is not other for _, other in pairs)]),
            ):
                for start, end, name in spans:
                    print(f"{article.name}\n  {what} {name}: …{article.body[max(0, start - 40) : end + 10]!r}")
            if is_wire(article) != article.wire_agency:
                print(f"{article.name}\n  WIRE {is_wire(article)}, labelled {article.wire_agency}: {article.byline}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", choices=HALVES)
    if half := options.parse_args().show:
        show(half)
    for row in figures():
        print(
            f"{row['figure']:<34} {row['value']:.3f} of {row['n']:<4} {row['alternative']} {row['alternative_value']:.3f}"
        )


if __name__ == "__main__":
    main()
