"""The quality that mentions reached on labelled articles, pinned: it may rise, it may not fall. Needs the shared data."""

import pytest

from tests.eval.mention_texts import DATA
from tests.eval.mentions import figures

# Reached with `python -m tests.eval.mentions` (exact spans; precision / recall):
# tuned    PER 0.921 / 0.854, LOC 0.986 / 0.903, ORG 0.970 / 0.698, NISBA 0.966 / 0.977
# held out PER 0.896 / 0.709, LOC 0.931 / 0.903, ORG 0.888 / 0.811, NISBA 0.980 / 0.980
FLOORS = {
    "tuned": {"PER": (0.91, 0.84), "LOC": (0.975, 0.89), "ORG": (0.96, 0.69), "NISBA": (0.955, 0.965)},
    "held out": {"PER": (0.885, 0.70), "LOC": (0.92, 0.89), "ORG": (0.88, 0.80), "NISBA": (0.97, 0.97)},
}

pytestmark = pytest.mark.skipif(not (DATA / "saudinewsnet").exists(), reason="needs ../shared/data")


def test_quality_stays():
    reached = {row["figure"]: row["value"] for row in figures()}

    fallen = {
        f"{kind} {measure}, {half}": reached[f"mentions: {kind} {measure}, {half}"]
        for half, kinds in FLOORS.items()
        for kind, floors in kinds.items()
        for measure, floor in zip(("precision", "recall"), floors, strict=True)
        if reached[f"mentions: {kind} {measure}, {half}"] < floor
    }
    assert fallen == {}
