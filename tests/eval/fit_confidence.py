"""Decides the weights and the curve of `pipeline/parsers/confidence.toml`: `python -m tests.eval.fit_confidence [--pages N] [--write]`.

A logistic regression on the features of readings, then the monotone curve (pool adjacent violators) that makes the share of right
readings of what it says. Read are the tuned layouts with real and with synthetic texts, the layouts of `page_layouts`, and the HTML kit
as plain text, which keeps the layouts from promising too much. No page of a held-out layout is read; `make eval-parse` prints for them
what the confidence promised and what came.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from pipeline.parsers import Unparsed, confidence, generic, parse_record
from pipeline.sources import Sources
from tests.eval.generator import pages, record_fields
from tests.eval.generic import SETS, measure
from tests.eval.layout import layouts
from tests.eval.reliability import MIN_F1, is_right
from tests.eval.scoring import score_page

TARGET: Final = Path(confidence.__file__).with_name("confidence.toml")
SEED: Final = 2000  # of pages that no figure is measured on
# How much a page counts: the kit has few pages, and they are what pages are.
SHARES: Final = {"real": 1.0, "synthetic": 0.3, "layouts": 0.3, "html": 2.0}
RIDGE: Final = 1.0
ROUNDS: Final = 50
MIN_KNOT: Final = 0.02  # of the weight of all pages

Reading = tuple[str, dict[str, float], bool]  # where from, its features, and whether it is right


def readings(n: int) -> Iterator[Reading]:
    """Every lead that is read by shape, from pages with and without an article."""
    seen: list[dict[str, float]] = []
    original = generic.describe

    def described(*given: Any) -> dict[str, float]:
        seen.append(original(*given))
        return seen[-1]

    generic.describe = described
    try:
        sources = Sources(layout.registry_entry() for layout in layouts())
        for layout in layouts():
            for name in ("real", "synthetic") if layout.group == "tuned" else ():
                for page in pages(layout, n, SEED, real=name == "real"):
                    seen.clear()
                    parsed = parse_record(page.text, record_fields(page), "page", sources)
                    if seen and not isinstance(parsed, Unparsed):
                        yield name, seen[0], is_right(score_page(page, parsed))
        for name in ("layouts", "html"):
            for _, made in SETS[name](n):
                seen.clear()
                figures, _ = measure(made)
                if seen:
                    yield name, seen[0], bool(figures["headline"] and figures["f1"] >= MIN_F1)
    finally:
        generic.describe = original


def fit(found: list[Reading]) -> tuple[dict[str, float], list[tuple[float, float]]]:
    """The weights, and the knots of the curve: what the weights say, and the share that is right."""
    names = list(found[0][1])
    rows = np.array([[features[name] for name in names] for _, features, _ in found])
    right = np.array([float(is_good) for _, _, is_good in found])
    shares = np.array([SHARES[name] for name, _, _ in found])
    penalty = RIDGE * np.array([float(name != "base") for name in names])
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):  # Newton
        said = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (shares * (right - said)) - penalty * weights
        curvature = (rows.T * (shares * said * (1 - said))) @ rows + np.diag(penalty + 1e-9)
        weights += np.linalg.solve(curvature, gradient)
    rounded = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    said = [confidence.chance(features, rounded) for _, features, _ in found]
    return rounded, curve(said, [is_good for _, _, is_good in found], [SHARES[name] for name, _, _ in found])


def curve(said: list[float], right: list[bool], shares: list[float]) -> list[tuple[float, float]]:
    """The knots of the monotone map from what was said to the share that was right, from the lowest."""
    pools: list[list[float]] = []  # weight, weighted said, weighted right
    least = MIN_KNOT * sum(shares)
    for each, is_good, share in sorted(zip(said, right, shares, strict=True)):
        pools.append([share, share * each, share * is_good])
        while len(pools) > 1 and (pools[-2][0] < least or pools[-2][2] / pools[-2][0] >= pools[-1][2] / pools[-1][0]):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    knots, highest = [], 0.0
    for weight, x, y in pools:
        highest = max(highest, (y + 1) / (weight + 2))  # no share of 0 or 1 from so many pages
        knots.append((round(x / weight, 3), round(highest, 3)))
    return knots


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(prog="python -m tests.eval.fit_confidence", description=__doc__.split("\n")[0])
    options.add_argument("--pages", type=int, default=60, help="pages a layout and kind of text (default 60)")
    options.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    given = options.parse_args()
    found = list(readings(given.pages))
    weights, knots = fit(found)
    print(f"{len(found)} readings, {sum(is_good for _, _, is_good in found) / len(found):.3f} right")
    lines = "".join(f"{name} = {weight}\n" for name, weight in weights.items())
    lines += f"\n[curve]\nsaid = {[x for x, _ in knots]}\nshare = {[y for _, y in knots]}\n"
    print(lines)
    if given.write:
        head = "# Weights of the features of `confidence.py`, and the curve from what they say to the share that is right.\n"
        head += f"# Fitted: python -m tests.eval.fit_confidence --pages {given.pages} --write\n"
        TARGET.write_text(f"{head}[weights]\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()
