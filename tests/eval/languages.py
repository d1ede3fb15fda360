"""Measures language identification on headlines: ``python -m tests.eval.languages [--errors]``.

`headlines.tsv` holds 168 headlines of 14 languages, 12 each, written for this and by no one else; every second one of a language was
looked at while the weights were set (tuned), the others are held out. The alternative is lid.176 alone.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.enrichers.language import _GAPS, _model, detect
from pipeline.text.arabic_languages import LANGUAGES

HEADLINES = Path(__file__).with_name("headlines.tsv")
Rows = list[tuple[str, str]]


def headlines() -> dict[str, Rows]:
    """(language, headline) of each half."""
    with HEADLINES.open(encoding="utf-8") as file:
        rows = [(row["language"], row["headline"]) for row in csv.DictReader(file, delimiter="\t")]
    return {"tuned": rows[::2], "held_out": rows[1::2]}  # twelve a language: the halves have six each


def ours(text: str) -> str:
    """The language as the corpus says it."""
    return detect(text).language


def model_alone(text: str) -> str:
    """The likeliest language of lid.176."""
    return str(_model().predict(_GAPS.sub(" ", text).strip())[0][0]).removeprefix("__label__")


def accuracy(rows: Rows, judge: Callable[[str], str]) -> float:
    """Share of headlines in the language that they are in."""
    return sum(judge(text) == language for language, text in rows) / len(rows)


def figures() -> list[dict[str, Any]]:
    """Rows figure, value, n, alternative, alternative_value."""
    made = []
    for half, rows in headlines().items():
        for name, part in (("", rows), (" in Arabic script", [row for row in rows if row[0] in LANGUAGES])):
            made.append(
                {
                    "figure": f"language of headlines{name}, {half}",
                    "value": accuracy(part, ours),
                    "n": len(part),
                    "alternative": "lid.176 alone",
                    "alternative_value": accuracy(part, model_alone),
                }
            )
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show the errors of both judges on the tuned half")
    options = parser.parse_args()
    for row in figures():
        print(
            f"{row['figure']:<48} {row['value']:.3f} of {row['n']}; {row['alternative']} {row['alternative_value']:.3f}"
        )
    if options.errors:
        for judge in (ours, model_alone):
            print(
                judge.__name__,
                [(language, judge(text), text) for language, text in headlines()["tuned"] if judge(text) != language],
            )


if __name__ == "__main__":
    main()
