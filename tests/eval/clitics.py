"""Measures how Arabic words are cut into particles and word: ``python -m tests.eval.clitics [--errors]``.

`clitics.tsv` holds 318 distinct words drawn by frequency from SaudiNewsNet (210 that begin with و ف ب ل ك س, 60 with the article, the
rest others; two without a clear reading left out), labelled by hand before anything was run on them. Every second one was looked at
while the rules were written (tuned); the others are held out. The counts behind the rules come from another corpus.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.text.arabic_clitics import segment

Segmenter = Callable[[str], tuple[str, ...]]
LABELS = Path(__file__).with_suffix(".tsv")


def labelled() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """(word, its parts) of each half."""
    with LABELS.open(encoding="utf-8") as file:
        rows = [(row["word"], tuple(row["segmented"].split("+"))) for row in csv.DictReader(file, delimiter="\t")]
    return {"tuned": rows[::2], "held_out": rows[1::2]}


def whole(word: str) -> tuple[str, ...]:
    """No segmentation."""
    return (word,)


def plain_stripper(word: str) -> tuple[str, ...]:
    """Cuts whatever looks like a particle, as long as three letters stay: conjunction, preposition or س, article."""
    parts = []
    for particles in ("وف", "بلكس"):
        if word[0] in particles and len(word) > 3:
            parts.append(word[0])
            word = word[1:]
    if word.startswith("ال") and len(word) > 4:
        return (*parts, "ال", word[2:])
    if parts and parts[-1] == "ل" and word.startswith("ل") and len(word) > 3:
        return (*parts, "ال", word[1:])
    return (*parts, word)


def score(rows: list[tuple[str, tuple[str, ...]]], cut: Segmenter) -> dict[str, float]:
    """Share of words cut exactly right, and F1 over the particles, by their place."""
    right = sum(cut(word) == parts for word, parts in rows)
    found = [set(enumerate(cut(word)[:-1])) for word, _ in rows]
    wanted = [set(enumerate(parts[:-1])) for _, parts in rows]
    hits = sum(len(one & other) for one, other in zip(found, wanted, strict=True))
    total = sum(map(len, found)) + sum(map(len, wanted))
    return {"accuracy": right / len(rows), "particle_f1": 2 * hits / total if total else 0.0}


def figures() -> list[dict[str, Any]]:
    """Rows figure, value, n, alternative, alternative_value."""
    rows = []
    for half, words in labelled().items():
        ours = score(words, segment)
        for name, alternative in (("no segmentation", whole), ("plain prefix stripper", plain_stripper)):
            other = score(words, alternative)
            rows += [
                {
                    "figure": f"clitics {half} {figure}",
                    "value": ours[figure],
                    "n": len(words),
                    "alternative": name,
                    "alternative_value": other[figure],
                }
                for figure in ours
            ]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show the errors of the tuned half")
    options = parser.parse_args()
    for row in figures():
        print(
            f"{row['figure']:<32} {row['value']:.3f} of {row['n']}; {row['alternative']} {row['alternative_value']:.3f}"
        )
    if options.errors:
        print([(word, segment(word)) for word, parts in labelled()["tuned"] if segment(word) != parts])


if __name__ == "__main__":
    main()
