"""A run that is killed anywhere ends in the same tables when it is run again, and readers never see a part of a load."""

from pathlib import Path

import pytest

from tests.faults.kill import survive

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.mark.timeout(600)
def test_a_killed_run_ends_in_the_same_tables(tmp_path: Path) -> None:
    report = survive([SAMPLES], tmp_path, kills=3, seed=7)

    assert (report.kills, report.broken, report.differing) == (3, [], [])
