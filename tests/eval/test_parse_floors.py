"""The parser keeps the figures that it once reached, on pages made from synthetic texts."""

import tomllib
from pathlib import Path

import pytest

from tests.eval.generator import pages
from tests.eval.layout import layouts
from tests.eval.parse import evaluate

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))
LIMITS = [
    (name, figure, kind, limit)
    for name, kinds in FLOORS.items()
    if isinstance(kinds, dict)
    for kind, limits in kinds.items()
    for figure, limit in limits.items()
]


@pytest.fixture(scope="module")
def figures():
    evaluation = evaluate(page for layout in layouts() for page in pages(layout, FLOORS["pages"], real=False))
    return {name.removeprefix("total "): row for name, _, _, row in evaluation.rows()}


@pytest.mark.parametrize(("name", "figure", "kind", "limit"), LIMITS)
def test_figure_keeps_its_floor(figures, name, figure, kind, limit):
    reached = figures[name][figure]
    assert reached is not None
    worst = min(reached, limit) if kind == "at_least" else max(reached, limit)
    assert worst == limit, f"{name}: {figure} is {reached}, {kind.replace('_', ' ')} {limit} was reached before"


def test_kinds_of_floors_are_known():
    assert {kind for _, _, kind, _ in LIMITS} <= {"at_least", "at_most"}
