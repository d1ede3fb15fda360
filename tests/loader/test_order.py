"""The published tables depend on the set of dumps, never on the order in which they came."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline import runner
from pipeline.quality import failed_checks
from pipeline.settings import Settings
from pipeline.stages.load import resolve
from pipeline.storage.query import reader
from schemas.tables import ANNOTATION_TABLES

COMPARED = {
    "articles": "SELECT * FROM articles",
    "article_versions": "SELECT * FROM article_versions",
    "raw_records": "SELECT * FROM raw_records",
    "raw_files": "SELECT * EXCLUDE (path) FROM raw_files",
    "quarantine": "SELECT * FROM quarantine",
    "duplicates": "SELECT * FROM duplicates",
    **{name: f"SELECT * FROM {name}" for name in ("enrichments", *ANNOTATION_TABLES)},
}


def article(number: int, text: str, hour: int | None, **more: str) -> dict[str, str]:
    body = f"{text} Every synthetic article needs a body that is long enough to pass the check of its length."
    fetched = {"fetched_at": f"2024-03-11T{hour:02}:00:00Z"} if hour is not None else {}
    shared = {"url": f"https://news.example/{number}", "title": f"Report number {number}", "date": "2024-03-11"}
    return shared | {"body": body} | fetched | more


DUMPS = {
    "morning": [article(1, "First text.", 6), article(2, "Only here.", 6), {"title": "x", "body": "short"}],
    "noon": [article(1, "First text.", 12), article(3, "Shared.", 12), article(1, "Second text.", 13)],
    "undated": [article(1, "First text.", None), article(3, "Shared.", 5), article(4, "April.", 9, date="2024-02-01")],
}


def published(warehouse: Path) -> dict[str, list[Any]]:
    with reader(Settings(warehouse=warehouse)) as connection:
        return {name: connection.execute(f"{query} ORDER BY ALL").fetchall() for name, query in COMPARED.items()}


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("dumps")
    for name, records in DUMPS.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return {name: folder / f"{name}.jsonl" for name in DUMPS}


def test_every_order_of_dumps_gives_the_same_tables(dumps: dict[str, Path], tmp_path: Path) -> None:
    seen = []
    for number, order in enumerate(permutations(dumps.values())):
        settings = Settings(warehouse=tmp_path / str(number))
        for path in order:
            runner.run([path], settings)
        assert failed_checks(settings) == []
        seen.append(published(settings.warehouse))

    assert seen[1:] == seen[:1] * 5
    outcomes = [(row[2], row[3], row[4]) for row in seen[0]["raw_records"]]
    assert sorted(outcomes, key=str) == sorted(
        [(None, "loaded", None)] * 5
        + [(None, "duplicate", "same_version")] * 3
        + [(None, "quarantined", "body_too_short")],
        key=str,
    )


def test_a_file_loaded_again_by_other_rules_takes_back_what_it_gave(dumps: dict[str, Path], tmp_path: Path) -> None:
    once, twice = Settings(warehouse=tmp_path / "once"), Settings(warehouse=tmp_path / "twice")
    mapped = ["body=body", "headline=title", "url=url", "fetched_raw=fetched_at", "published_raw=date"]
    for settings, fields in ((twice, ()), (once, mapped), (twice, mapped)):
        runner.run([dumps["noon"]], settings, fields=fields)
        runner.run([dumps["morning"]], settings)

    assert published(twice.warehouse) == published(once.warehouse)


def test_of_one_version_the_first_capture_carries_it_and_of_versions_the_last_is_current() -> None:
    rows = [
        ("a", "v1", 2, "f1"),
        ("a", "v1", 1, "f2"),
        ("a", "v2", 3, "f3"),
        ("a", "v2", None, "f4"),
        ("b", "v3", 1, "f5"),
    ]
    names = ("article_id", "version_id", "fetched_at", "raw_file_id")
    table = pa.table({name: [row[n] for row in rows] for n, name in enumerate(names)} | {"raw_locator": ["#0"] * 5})

    resolved = resolve(table)

    assert resolved["is_duplicate"].to_pylist() == [True, False, True, False, False]
    assert resolved["is_current"].to_pylist() == [False, True, False, False, True]
