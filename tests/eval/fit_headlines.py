"""Decides the weights of `pipeline/parsers/headline_weights.toml`: `python -m tests.eval.fit_headlines [--pages N] [--write]`.

A choice among the lines above a text is a softmax over their scores; the weights are those under which the true headlines of the
pages with truth are likeliest, with a penalty for each step away from `PRIOR`, the weights that were set by hand before. The pages:
the tuned layouts with real and with synthetic texts, the layouts of `page_layouts`, and the HTML kit as plain text. No page of a held-out layout is read.
"""

import argparse
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pipeline.parsers import headlines, heads, stories
from pipeline.parsers.blocks import split_blocks
from pipeline.parsers.labels import label
from pipeline.text.arabic import fold
from pipeline.text.mojibake import repair
from tests.eval.generator import pages
from tests.eval.generic import SETS
from tests.eval.layout import layouts

TARGET: Final = Path(headlines.__file__).with_name("headline_weights.toml")
SEED: Final = 1000  # of pages that no figure is measured on
PRIOR: Final = {
    "base": 0.5, "about": 2.0, "repeated": 0.6, "steps": -0.07, "words_1_2": -1.0, "words_3": -0.5, "words_4": -0.15,
    "words_5_7": 0.0, "words_17_22": 0.0, "words_23": -0.4, "beside_meta": 0.5, "over_date": 0.0, "right_over_date": 0.0,
    "in_series": -1.5, "over_standfirst": 0.0,
    "is_standfirst": 0.0, "bullet": -0.5, "clock_first": -1.0, "listed": -0.6, "under_list": 0.0, "ticker_or_prose": -0.5,
    "cue": -0.8, "ends_with_stop": -0.5, "introduces": -0.8, "soft": -0.4, "names": -0.5, "copied": -1.2, "first": 0.4,
    "count": -0.6, "list_end": -0.3, "top": 0.7, "under_top": -0.7, "far_above_top": -0.3, "site_name": -0.8,
    "above_top": -0.2, "introduced": 0.4,
}  # fmt: skip
FIXED: Final = ("base", "about")  # the scale of the score, which thresholds elsewhere are given in
SIGNS: Final = {
    "over_date": 1,
    "right_over_date": 1,
    "over_standfirst": 1,
    "is_standfirst": -1,
    "clock_first": -1,
    "under_list": -1,
    "list_end": -1,
}
# How much a group of pages counts: real texts in our layouts (the `page_layouts` and the tuned ones of these languages), a
# country of the HTML kit, and synthetic texts, which repeat so few words that a headline is like any other line.
REAL, KIT, SYNTHETIC = 1.0, 0.3, 0.3
REAL_LANGUAGES: Final = ("ar", "en", "de")
PENALTY: Final = 0.02
STEPS: Final = 250
RATE: Final = 0.03

Features = dict[str, float]
Choice = list[tuple[Features, bool]]  # the candidates by their features, and whether each is the headline


def choices(n: int) -> Iterator[tuple[str, Choice]]:
    """The first choice of each page whose candidates hold the true headline, with the name of its layout."""
    for name, text, headline in _pages(n):
        marks = label(split_blocks(text))
        with _recorded() as seen:
            stories.find_stories(marks)
        wanted = fold(headline)
        for found in seen:
            right = [_is_headline(marks[c.index].block.folded, wanted) for c in found]
            if any(right) and not all(right):
                rows = [{feature: float(value) for feature, value in c.features.items() if value} for c in found]
                yield name, list(zip(rows, right, strict=True))
                break


@contextmanager
def _recorded() -> Iterator[list[list[heads.Candidate]]]:
    """The candidates of each choice that is made meanwhile."""
    seen: list[list[heads.Candidate]] = []
    original = headlines.headline_candidates

    def recorded(*given: Any) -> list[heads.Candidate]:
        seen.append(original(*given))
        return seen[-1]

    headlines.headline_candidates = recorded
    try:
        yield seen
    finally:
        headlines.headline_candidates = original


def _is_headline(line: str, wanted: str) -> bool:
    return line == wanted or (line.startswith(wanted) and line[len(wanted) :].strip()[:1] in ("|", "-", "–", ":"))


def _pages(n: int) -> Iterator[tuple[str, str, str]]:
    for layout in layouts():
        if layout.group == "tuned" and layout.has_article:
            for real in (True, False):
                name = layout.name if real and layout.language in REAL_LANGUAGES else f"synthetic/{layout.name}"
                for page in pages(layout, n, SEED, real=real):
                    yield name, repair(page.text).text, page.articles[0].headline or ""
    for which in ("layouts", "html"):
        for name, made in SETS[which](n):
            yield f"{which}/{name}", made.text, made.headline


def fit(found: list[tuple[str, Choice]]) -> Features:
    """The weights that make the true headlines likeliest; every layout counts the same.

    `base`, which no choice depends on, is set so that true headlines keep their mean score, and thresholds elsewhere their meaning.
    """
    counts = Counter(name for name, _ in found)
    weights, mean, square = dict(PRIOR), dict.fromkeys(PRIOR, 0.0), dict.fromkeys(PRIOR, 0.0)
    for step in range(1, STEPS + 1):
        gradient = {name: -PENALTY * (weights[name] - PRIOR[name]) * len(counts) for name in PRIOR}
        for name, choice in found:
            _add_gradient(gradient, choice, weights, headlines.SHARPNESS * _share(name) / counts[name])
        for name in PRIOR.keys() - set(FIXED):  # Adam
            mean[name] = 0.9 * mean[name] + 0.1 * gradient[name]
            square[name] = 0.99 * square[name] + 0.01 * gradient[name] ** 2
            size = math.sqrt(square[name] / (1 - 0.99**step)) + 1e-8
            moved = weights[name] + RATE * mean[name] / (1 - 0.9**step) / size
            sign = SIGNS.get(name) or PRIOR[name]
            weights[name] = max(moved, 0.0) if sign > 0 else min(moved, 0.0) if sign < 0 else moved
    true = [row for _, choice in found for row, is_right in choice if is_right]
    weights["base"] += sum(score(row, PRIOR) - score(row, weights) for row in true) / len(true)
    return {name: round(weight, 2) for name, weight in weights.items()}


def _add_gradient(gradient: Features, choice: Choice, weights: Features, factor: float) -> None:
    """Add how the log chance of the true lines of a choice grows with each weight."""
    scores = [headlines.SHARPNESS * score(row, weights) for row, _ in choice]
    best = max(scores)
    chances = [math.exp(each - best) for each in scores]
    total = sum(chances)
    total_true = sum(chance for chance, (_, is_right) in zip(chances, choice, strict=True) if is_right) or 1e-12
    for chance, (row, is_right) in zip(chances, choice, strict=True):
        surprise = factor * ((chance / total_true if is_right else 0.0) - chance / total)
        for name, value in row.items():
            gradient[name] += surprise * value


def score(row: Features, weights: Features) -> float:
    """The score of a line."""
    return sum(weights[name] * value for name, value in row.items())


def _share(name: str) -> float:
    return KIT if name.startswith("html/") else SYNTHETIC if name.startswith("synthetic/") else REAL


def accuracy(found: list[tuple[str, Choice]], weights: Features) -> float:
    """Share of choices in which the line with the highest score is the headline."""
    return sum(max(choice, key=lambda line: score(line[0], weights))[1] for _, choice in found) / len(found)


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(prog="python -m tests.eval.fit_headlines", description=__doc__.split("\n")[0])
    options.add_argument("--pages", type=int, default=40, help="pages a layout and kind of text (default 40)")
    options.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    given = options.parse_args()
    found = list(choices(given.pages))
    weights = fit(found)
    print(f"{len(found)} choices: prior {accuracy(found, PRIOR):.4f}, fitted {accuracy(found, weights):.4f}")
    lines = "".join(f"{name} = {weight}\n" for name, weight in weights.items())
    print(lines)
    if given.write:
        head = "# Weights of the features of `headlines.py`. Fitted: python -m tests.eval.fit_headlines --pages"
        TARGET.write_text(f"{head} {given.pages} --write\n[weights]\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()
