"""The committed sample dumps are what their generator makes."""

import importlib.util
from pathlib import Path

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"


def load_generator():
    spec = importlib.util.spec_from_file_location("make_samples", HERE / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_samples_are_what_the_generator_makes():
    made = load_generator().files()
    committed = {path.relative_to(SAMPLES).as_posix(): path.read_bytes() for path in SAMPLES.rglob("*") if path.is_file()}

    assert sorted(committed) == sorted(made)
    assert [name for name, data in made.items() if committed[name] != data] == [], "run: python tests/samples/make.py"
