"""What the tables keep is enough to read a rejected record again as it was read, `--map` options included."""

import json

import pytest

from pipeline import runner
from pipeline.dumps import reading
from pipeline.explanation import EXCERPT_CHARS, raw_excerpt
from pipeline.readers import RawRecord, read_record
from pipeline.settings import Settings
from pipeline.storage.query import reader

RECORDS = [
    {"kopf": "Ein kurzer Titel", "rumpf": "kurz"},
    {"kopf": "Ein langer Titel", "rumpf": ["kein Text"], "mehr": "x" * 2 * EXCERPT_CHARS},
]


@pytest.fixture(scope="module")
def rejected(tmp_path_factory):
    """The settings, and the two quarantine rows with the parameters of their run."""
    folder = tmp_path_factory.mktemp("replay")
    (folder / "dump.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    settings = Settings(warehouse=folder / "warehouse")
    runner.run([folder / "dump.jsonl"], settings, fields=["headline=titel", "headline=kopf", "body=rumpf"])
    with reader(settings) as connection:
        cursor = connection.execute(
            "SELECT q.*, parameters FROM quarantine q JOIN runs USING (run_id) ORDER BY raw_locator"
        )
        names = [column[0] for column in cursor.description]
        return settings, folder, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_a_rejected_record_is_read_again_with_the_options_of_its_run(rejected):
    _, folder, rows = rejected
    again = read_record(folder / "dump.jsonl", rows[0]["raw_locator"], *reading(rows[0]["parameters"]))

    assert [row["reason_code"] for row in rows] == ["body_too_short", "body_missing"]
    assert again == RawRecord("#0", None, "options", None, {"headline": "Ein kurzer Titel", "body": "kurz"}, False)


def test_the_excerpt_is_the_record_as_delivered_and_says_when_it_is_cut(rejected):
    settings, _, rows = rejected
    whole, cut = (raw_excerpt(row, settings) for row in rows)

    assert json.loads(whole) == RECORDS[0]
    assert cut[EXCERPT_CHARS:] == f"\n… cut: {EXCERPT_CHARS} of {len(json.dumps(RECORDS[1], indent=2))} characters"


def test_a_raw_file_that_changed_is_not_shown_as_what_was_rejected(rejected):
    settings, folder, rows = rejected
    path = folder / "dump.jsonl"
    path.write_text(path.read_text() + "\n")

    assert raw_excerpt(rows[0], settings) == f"({path} is gone or changed since)"
