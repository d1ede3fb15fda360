"""Every bad input that was decided on, in one folder through the real command: a row with a reason, and the rest goes on."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.vocab import REASONS

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "samples" / "bad"
CODE = re.compile(rb'"(%s)"' % "|".join(REASONS).encode())

# (path below the folder, locator in it): the deciding reason. The records of records.jsonl name theirs themselves.
FILES = {
    ("empty.txt", None): "file_empty",
    ("picture.png", None): "file_binary",
    ("truncated.jsonl.gz", None): "file_corrupt",
    ("expands-without-end.jsonl.zst", None): "archive_ratio_exceeded",
    ("path-leaves-archive.zip", "../outside.txt"): "archive_path_unsafe",
    ("koi8-r.txt", "#0"): "encoding_invalid",
    ("fifty-megabytes.txt", "#0"): "record_too_large",
    ("record-too-large.jsonl.zst", "#0"): "record_too_large",
    ("trailing-comma.json", "#1"): "json_invalid",
    ("unknown-layout.txt", "#0"): "article_missing",
    ("ragged-row.csv", "#1"): "row_ragged",
    ("cut-feed.rss", "#1"): "xml_invalid",
    ("too-deep.nitf", "#0"): "record_too_complex",
    ("nests-too-deep.html.zst", "#0"): "page_too_complex",
    ("crawl.warc", "#1"): "http_status",
    ("crawl.warc", "#2"): "content_not_text",
    ("crawl.warc", "#3"): "http_invalid",
    ("crawl.warc", "#4"): "payload_truncated",
    ("crawl.warc", "#5"): "warc_revisit",
    ("lead-too-short.txt", "#0"): "body_too_short",
    ("embeds-the-same-twice.txt", "#0"): "article_id_not_unique",
}


def warraq(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def rows(warehouse: Path, query: str) -> list[dict]:
    return json.loads(warraq("sql", query, "--json", "--warehouse", warehouse).stdout)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The folder, the warehouse, and what `warraq run` returned."""
    raw, warehouse = tmp_path_factory.mktemp("raw") / "bad", tmp_path_factory.mktemp("warehouse")
    shutil.copytree(BAD, raw)
    with (raw / "fifty-megabytes.txt").open("w", encoding="utf-8") as page:
        page.write("صفحة طويلة:\n2024-03-12@06:15:00 GMT\n\n")
        for _ in range(50):
            page.write("سطر من صفحة لا تنتهي.\n" * 28_000)
    assert (raw / "fifty-megabytes.txt").stat().st_size > 50 * 2**20
    return raw, warehouse, warraq("run", raw, "--json", "--warehouse", warehouse)


def test_every_bad_input_has_one_row_with_its_reason(loaded):
    raw, warehouse, _ = loaded
    lines = (raw / "records.jsonl").read_bytes().splitlines()
    own = {("records.jsonl", f"#{n}"): CODE.search(line)[1].decode() for n, line in enumerate(lines)}
    expected = FILES | {place: code for place, code in own.items() if REASONS[code].severity == "quarantine"}

    found = rows(warehouse, "SELECT path, raw_locator, reason_code FROM quarantine")

    places = [(str(Path(row["path"]).relative_to(raw)), row["raw_locator"]) for row in found]
    assert dict(zip(places, (row["reason_code"] for row in found), strict=True)) == expected
    assert len(places) == len(set(places))


def test_every_flag_is_on_its_row(loaded):
    raw, warehouse, _ = loaded
    lines = (raw / "records.jsonl").read_bytes().splitlines()
    codes = {f"#{n}": CODE.search(line)[1].decode() for n, line in enumerate(lines)}

    found = rows(
        warehouse,
        "SELECT raw_locator, quality_flags FROM articles JOIN raw_files USING (raw_file_id) WHERE path LIKE '%/records.jsonl'",
    )

    assert {row["raw_locator"]: row["quality_flags"] for row in found} == {
        place: [code] for place, code in codes.items() if REASONS[code].severity == "flag"
    }


def test_the_run_succeeds_and_every_record_is_accounted_for(loaded):
    _, _, done = loaded
    (counts,) = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert counts["n_read"] == counts["n_loaded"] + counts["n_quarantined"] + counts["n_duplicates"]
    assert (counts["n_read"], counts["n_quarantined"], counts["n_duplicates"]) == (55, 35, 0)


def test_no_member_was_written_outside_the_archive(loaded):
    raw, _, _ = loaded

    assert list(raw.parent.rglob("outside.txt")) == []


def test_the_quarantine_shows_a_json_record_whole(loaded):
    raw, warehouse, _ = loaded
    line = next(line for line in (raw / "records.jsonl").read_bytes().splitlines() if b"published_in_future" in line)
    ((quarantine_id,),) = [
        tuple(row.values())
        for row in rows(warehouse, "SELECT quarantine_id FROM quarantine WHERE reason_code = 'published_in_future'")
    ]

    shown = warraq("quarantine", "show", quarantine_id, "--warehouse", warehouse).stdout

    assert json.loads(shown.partition("The raw record:\n")[2]) == json.loads(line)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nowhere"], "warraq: nowhere does not exist; give a raw file or a folder of raw files\n"),
        (
            ["run", "samples/pages", "--map", "text"],
            "warraq: --map 'text' is not FIELD=THEIRS; write for example --map text=content\n",
        ),
    ],
)
def test_what_cannot_be_run_is_one_line_and_exit_code_2(arguments, message, tmp_path):
    done = warraq(*arguments, "--warehouse", tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
