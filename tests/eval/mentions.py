"""Measures mentions on the labelled articles: ``python -m tests.eval.mentions [--errors tuned] [--held-out]``.

Precision and recall by type, exact (same span and type) and overlapping (same type, a common character), of the annotator and of
a plain gazetteer: the countries, cities and regions found as strings anywhere in the text. Every second article is held out.
"""

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from pipeline.enrichers.mentions import annotate
from pipeline.enrichers.mentions.lexicon import NISBAS, split_forms, table
from pipeline.text.aligned import fold_aligned
from schemas.tables import ARTICLES
from tests.eval.mention_texts import texts_of

TYPES = ("PER", "LOC", "ORG", "NISBA")
Span = tuple[int, int, str]


@cache
def labelled() -> dict[bool, dict[str, tuple[str, list[Span]]]]:
    """By whether they are held out: the articles by id, each its text and the labelled spans."""
    spans: dict[str, list[Span]] = {}
    for row in _rows("mentions.tsv"):
        spans.setdefault(row["article"], []).append((int(row["start"]), int(row["end"]), row["type"]))
    rows = list(_rows("mention_articles.tsv"))
    texts = texts_of(row["id"] for row in rows)
    sets: dict[bool, dict[str, tuple[str, list[Span]]]] = {False: {}, True: {}}
    for row in rows:
        text = texts[row["id"]]
        if hashlib.sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
            raise ValueError(f"{row['id']}: the parsed text is not the one that was labelled")
        sets[row["is_held_out"] == "true"][row["id"]] = (text, spans.get(row["article"], []))
    return sets


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")


def documents(bodies: dict[str, str]) -> Documents:
    """Articles that have nothing but a body."""
    schema = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])
    rows = [
        {"article_id": name, "headline": "", "body": body, "filed_month": "2020-01"} for name, body in bodies.items()
    ]
    return Documents(pa.Table.from_pylist(rows, schema=schema))


def found(articles: dict[str, tuple[str, list[Span]]]) -> dict[str, list[Span]]:
    """What the annotator finds, by article; an adjective of a country inside an organisation is left out, as in the labels."""
    spans: dict[str, list[Span]] = {name: [] for name in articles}
    for row in annotate(documents({name: text for name, (text, _) in articles.items()})).to_pylist():
        kind = "NISBA" if row["rule"] == NISBAS else row["entity_type"]
        spans[row["article_id"]].append((row["start_char"], row["end_char"], kind))
    return {name: _outermost(list_) for name, list_ in spans.items()}


def _outermost(spans: list[Span]) -> list[Span]:
    return [
        span
        for span in spans
        if not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in spans)
    ]


@cache
def _plain_names() -> tuple[str, ...]:
    names = {
        form.text
        for name in ("countries", "country_forms", "cities", "regions")
        for row in table(name)
        for form in split_forms(row["forms"])
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def plain(articles: dict[str, tuple[str, list[Span]]]) -> dict[str, list[Span]]:
    """What a plain gazetteer of places finds: the longest names, anywhere in a word."""
    spans: dict[str, list[Span]] = {}
    for article, (text, _) in articles.items():
        folded = fold_aligned(text)
        rest, kept = folded.text, []
        for name in _plain_names():
            while (start := rest.find(name)) >= 0:
                kept.append((*folded.span(start, start + len(name)), "LOC"))
                rest = rest[:start] + "\0" * len(name) + rest[start + len(name) :]
        spans[article] = sorted(kept)
    return spans


def score(articles: dict[str, tuple[str, list[Span]]], got: dict[str, list[Span]]) -> dict[str, float | int]:
    """Figures by name: `PER precision`, `PER overlap recall`…, and `PER n`, the labelled spans."""
    counts: Counter[str] = Counter()
    for name, (_, wanted) in articles.items():
        for kind in TYPES:
            ours, theirs = [s for s in got[name] if s[2] == kind], [s for s in wanted if s[2] == kind]
            counts[f"{kind} found"] += len(ours)
            counts[f"{kind} n"] += len(theirs)
            counts[f"{kind} exact"] += len(set(ours) & set(theirs))
            counts[f"{kind} ours met"] += sum(any(_meet(a, b) for b in theirs) for a in ours)
            counts[f"{kind} theirs met"] += sum(any(_meet(a, b) for b in ours) for a in theirs)
    figures: dict[str, float | int] = {}
    for kind in TYPES:
        n, n_found = counts[f"{kind} n"], counts[f"{kind} found"]
        figures |= {
            f"{kind} precision": counts[f"{kind} exact"] / n_found if n_found else 0.0,
            f"{kind} recall": counts[f"{kind} exact"] / n if n else 0.0,
            f"{kind} overlap precision": counts[f"{kind} ours met"] / n_found if n_found else 0.0,
            f"{kind} overlap recall": counts[f"{kind} theirs met"] / n if n else 0.0,
            f"{kind} n": n,
        }
    return figures


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def figures() -> list[dict[str, Any]]:
    """One row a figure: what it is, its value, how many labelled mentions it is over, and the plain gazetteer's value."""
    rows = []
    for is_held_out, articles in labelled().items():
        ours, theirs = score(articles, found(articles)), score(articles, plain(articles))
        for kind in TYPES:
            for measure in ("precision", "recall", "overlap precision", "overlap recall"):
                name = f"{kind} {measure}"
                rows.append(
                    {
                        "figure": f"mentions: {name}, {'held out' if is_held_out else 'tuned'}",
                        "value": round(ours[name], 3),
                        "n": ours[f"{kind} n"],
                        "alternative": "plain gazetteer of places" if kind == "LOC" else None,
                        "alternative_value": round(theirs[name], 3) if kind == "LOC" else None,
                    }
                )
    return rows


def _errors(is_held_out: bool) -> None:
    articles = labelled()[is_held_out]
    got = found(articles)
    for number, (name, (text, wanted)) in enumerate(articles.items()):
        missed, wrong = sorted(set(wanted) - set(got[name])), sorted(set(got[name]) - set(wanted))
        if missed or wrong:
            print(f"## {number} {name.rpartition('::')[2] or name}")
        for sign, spans in (("-", missed), ("+", wrong)):
            for start, end, kind in spans:
                print(f"  {sign} {kind} {text[start:end]}   … {text[max(0, start - 30) : end + 25]!r}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", action="store_true", help="what was missed (-) and wrong (+) on the tuned half")
    options.add_argument("--tuned", action="store_true", help="the tuned half alone")
    chosen = options.parse_args()
    if chosen.errors:
        _errors(False)
    for row in figures():
        if not (chosen.tuned and "held out" in row["figure"]):
            print(f"{row['figure']:<50} {row['value']:.3f} of {row['n']:<4} {row['alternative_value'] or ''}")


if __name__ == "__main__":
    main()
