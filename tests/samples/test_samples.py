"""The committed sample dumps are what their generator makes."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_committed_samples_are_what_the_generator_makes(tmp_path):
    subprocess.run([sys.executable, str(HERE / "make.py"), str(tmp_path / "made")], check=True)
    made, committed = contents(tmp_path / "made"), contents(SAMPLES)

    assert sorted(committed) == sorted(made)
    assert [name for name in made if committed[name] != made[name]] == [], "run: python tests/samples/make.py"


def test_the_samples_stay_small():
    assert sum(map(len, contents(SAMPLES).values())) < 1_000_000
