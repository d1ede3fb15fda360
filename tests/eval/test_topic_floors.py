"""The quality that topics and keywords reached, pinned: it may rise, it may not fall. Needs the shared data."""

import pytest

from tests.eval.texts import DATA
from tests.eval.topics import figures

# Reached with `python -m tests.eval.topics`, rounded to the safe side.
FLOORS = {
    "topics.labelled_held_out.coverage": 0.85,
    "topics.labelled_held_out.precision": 0.87,
    "topics.labelled_held_out.precision_of_first": 0.89,
    "topics.labelled_held_out.recall": 0.64,
    "topics.sections_antcorpus.coverage": 0.89,
    "topics.sections_antcorpus.accuracy_where_covered": 0.83,
    "topics.sections_antcorpus.macro_f1": 0.80,
    "topics.sections_multisource.coverage": 0.90,
    "topics.sections_multisource.accuracy_where_covered": 0.84,
    "topics.sections_multisource.macro_f1": 0.80,
    "keywords.al_arabiya_held_out.precision_at_5": 0.32,
    "keywords.al_arabiya_held_out.recall_at_10": 0.61,
    "keywords.al_arabiya_held_out.exact_recall_at_10": 0.40,
    "keywords.html_kit.recall_at_10": 0.29,
}


@pytest.mark.skipif(not (DATA / "antcorpus-2015-2017q1.zip").exists(), reason="needs ../shared/data")
def test_quality_stays():
    reached = {row["figure"]: row["value"] for row in figures()}

    assert {name: min(reached[name], floor) for name, floor in FLOORS.items()} == FLOORS
