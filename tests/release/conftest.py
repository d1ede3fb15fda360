"""One small corpus made from `raw/`, and one release of it, for every test of releases."""

import shutil
from pathlib import Path

import pytest
import yaml

from pipeline import runner, statistics
from pipeline.release import create
from pipeline.settings import Settings

RAW = Path(__file__).resolve().parent / "raw"


@pytest.fixture(scope="package")
def settings(tmp_path_factory):
    """A corpus in which one outlet, Harbour Gazette, allows its text to be shown."""
    made = Settings(warehouse=tmp_path_factory.mktemp("warehouse"))
    entry = {"id": "harbour", "names": ["Harbour Gazette"], "text_access": "full", "license_id": "CC-BY-4.0"}
    (made.warehouse / "sources.yml").write_text(yaml.safe_dump([entry]))
    runner.run([RAW], made)
    statistics.compute(made)
    return made


@pytest.fixture(scope="package")
def released(settings, tmp_path_factory):
    """A release that tests only read."""
    return create("sample-news", "1.0.0", tmp_path_factory.mktemp("releases"), settings)


@pytest.fixture
def bundle(released, tmp_path):
    """A copy of the release, to be tampered with."""
    return Path(shutil.copytree(released, tmp_path / released.name))
