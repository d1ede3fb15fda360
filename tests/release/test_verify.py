"""Verify finds each way of tampering, also when the sums were computed again."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.release import verify
from pipeline.release.checksums import sha256, write_sums

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = "data/articles/lang=en/month=2024-03/part-00000.parquet"


def differences(bundle, settings):
    return [problem for check in verify(bundle, settings) for problem in check.problems]


def change(bundle, path, edit, *, manifest=True):
    """Rewrites a data file, and everything that counts it, as a careful forger would."""
    file = bundle / path
    pq.write_table(edit(pq.read_table(file, partitioning=None)), file)
    if manifest:
        stated = json.loads((bundle / "MANIFEST.json").read_text())
        for entry in stated["files"]:
            if entry["path"] == path:
                rows = pq.read_metadata(file).num_rows
                stated["tables"][entry["table"]]["rows"] += rows - entry["rows"]
                entry |= {"rows": rows, "bytes": file.stat().st_size, "sha256": sha256(file)}
        (bundle / "MANIFEST.json").write_text(json.dumps(stated))
    write_sums(bundle)


def replaced(table, column, values):
    index = table.column_names.index(column)
    return table.set_column(index, table.field(index), pa.array(values, table.field(index).type))


def test_a_changed_byte(bundle, settings):
    content = bytearray((bundle / ARTICLES).read_bytes())
    content[100] ^= 1
    (bundle / ARTICLES).write_bytes(content)

    assert differences(bundle, settings) == [f"{ARTICLES} has other bytes than SHA256SUMS says"]


def test_a_removed_file(bundle, settings):
    (bundle / ARTICLES).unlink()

    assert differences(bundle, settings) == [f"{ARTICLES} is missing"]


def test_an_added_file(bundle, settings):
    (bundle / "data" / "more.parquet").write_bytes(b"")

    assert differences(bundle, settings) == ["data/more.parquet is not listed in SHA256SUMS"]


def test_a_file_replaced_by_a_link(bundle, settings, tmp_path):
    (bundle / ARTICLES).rename(tmp_path / "elsewhere.parquet")
    os.symlink(tmp_path / "elsewhere.parquet", bundle / ARTICLES)

    assert differences(bundle, settings) == [f"{ARTICLES} is not a plain file"]


def test_sums_that_leave_the_bundle(bundle, settings):
    with (bundle / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  ../elsewhere\n")

    assert [problem.endswith("is not 'sha256  path'") for problem in differences(bundle, settings)] == [True]


def test_a_removed_or_added_data_file_with_sums_made_again(bundle, settings):
    (bundle / ARTICLES).rename(bundle / "data" / "moved.parquet")
    write_sums(bundle)

    assert differences(bundle, settings) == [
        "data/moved.parquet is not in MANIFEST.json",
        f"{ARTICLES} is missing",
    ]


def test_a_removed_row_with_sums_made_again(bundle, settings):
    change(bundle, ARTICLES, lambda table: table.slice(1), manifest=False)

    assert [problem.split(" of ")[0] for problem in differences(bundle, settings)] == ["bytes", "sha256", "rows"]
    assert f"rows of {ARTICLES}: expected 3, found 2" in differences(bundle, settings)


@pytest.mark.parametrize("row", range(3))
def test_a_removed_row_with_sums_and_manifest_made_again(row, bundle, settings):
    def without(table):
        return pa.concat_tables([table.slice(0, row), table.slice(row + 1)])

    change(bundle, ARTICLES, without)

    assert [problem.rpartition(", such as ")[0] for problem in differences(bundle, settings)] == [
        "1 loaded records without their article"
    ]


def test_a_repeated_row_with_sums_and_manifest_made_again(bundle, settings):
    change(bundle, ARTICLES, lambda table: pa.concat_tables([table, table.slice(0, 1)]))

    assert [problem[:33] for problem in differences(bundle, settings)] == ["articles: 1 keys are not unique, "]


def test_a_renamed_column(bundle, settings):
    change(
        bundle,
        ARTICLES,
        lambda table: table.rename_columns(["id" if n == "article_id" else n for n in table.column_names]),
    )

    assert [problem.split(":")[0] for problem in differences(bundle, settings)] == [f"columns of {ARTICLES}"]


def test_a_column_of_another_type(bundle, settings):
    def longer(table):
        index = table.column_names.index("n_words")
        field = table.field(index).with_type(pa.int64())
        return table.set_column(index, field, table["n_words"].cast(pa.int64()))

    change(bundle, ARTICLES, longer)

    assert [problem.split(":")[0] for problem in differences(bundle, settings)] == [f"column n_words of {ARTICLES}"]


def test_a_column_without_its_description(bundle, settings):
    def bare(table):
        index = table.column_names.index("n_words")
        return table.set_column(index, table.field(index).remove_metadata(), table["n_words"])

    change(bundle, ARTICLES, bare)

    assert [problem.split(":")[0] for problem in differences(bundle, settings)] == [f"column n_words of {ARTICLES}"]


def test_a_row_in_the_wrong_partition(bundle, settings):
    change(bundle, ARTICLES, lambda table: replaced(table, "language", ["fr", "en", "en"]))

    assert [problem.split(":")[0] for problem in differences(bundle, settings)] == [f"partition of {ARTICLES}"]


def test_a_month_that_is_not_the_month_of_the_day(bundle, settings):
    change(
        bundle,
        ARTICLES,
        lambda table: replaced(table, "filed_date", [date(2024, 4, 1)] * 3),
    )

    assert [problem[:59] for problem in differences(bundle, settings)] == [
        "3 articles whose filed_month is not the month of filed_date"
    ]


def test_text_that_rights_withhold(bundle, settings):
    change(bundle, ARTICLES, lambda table: replaced(table, "headline", ["shown"] * 3))

    assert differences(bundle, settings) == ["2 articles show headline, although their text_access is not full"]


def test_an_outcome_changed(bundle, settings):
    path = "data/raw_records/part-00000.parquet"
    change(bundle, path, lambda table: replaced(table, "outcome", ["loaded"] * table.num_rows))

    assert [problem.split(":")[0] for problem in differences(bundle, settings)][:2] == [
        "outcomes of raw records",
        "outcomes of the records of articles.jsonl",
    ]


def test_an_input_left_out_of_the_manifest(bundle, settings):
    stated = json.loads((bundle / "MANIFEST.json").read_text())
    stated["raw_files"].pop()
    (bundle / "MANIFEST.json").write_text(json.dumps(stated))
    write_sums(bundle)

    assert differences(bundle, settings) == ["number of raw files: expected 4, found 5"]


def test_a_view_that_shows_less(bundle, settings):
    connection = duckdb.connect(str(bundle / "news.duckdb"), config={"file_search_path": str(bundle)})
    ((sql,),) = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'articles'").fetchall()
    connection.execute(sql.rstrip(";\n").replace("CREATE VIEW", "CREATE OR REPLACE VIEW") + " LIMIT 2")
    connection.close()
    write_sums(bundle)

    assert "rows of view articles: expected 5, found 2" in differences(bundle, settings)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "warraq-release", "format_version": "1"}', "\x00", "null"]
)
def test_a_broken_manifest_is_a_difference_and_no_traceback(content, bundle, settings):
    (bundle / "MANIFEST.json").write_text(content)
    write_sums(bundle)

    assert [check.name for check in verify(bundle, settings) if check.problems] == ["the release can be read"]


def test_a_name_that_would_become_part_of_a_query(bundle, settings):
    stated = json.loads((bundle / "MANIFEST.json").read_text())
    stated["tables"]["articles"]["key"] = ['article_id" FROM articles; DROP VIEW articles; --']
    (bundle / "MANIFEST.json").write_text(json.dumps(stated))
    write_sums(bundle)

    assert [check.name for check in verify(bundle, settings) if check.problems] == ["the release can be read"]


@pytest.mark.parametrize(
    ("path", "content"), [("README.md", "no card"), ("README.md", "---\n: [\n---\n"), ("CITATION.cff", "[")]
)
def test_a_broken_document(path, content, bundle, settings):
    (bundle / path).write_text(content)
    write_sums(bundle)

    assert [check.name for check in verify(bundle, settings) if check.problems] == ["the release can be read"]


def test_a_data_file_that_is_no_parquet(bundle, settings):
    stated = json.loads((bundle / "MANIFEST.json").read_text())
    (bundle / ARTICLES).write_bytes(b"not parquet")
    for entry in stated["files"]:
        if entry["path"] == ARTICLES:
            entry |= {"bytes": 11, "sha256": sha256(bundle / ARTICLES)}
    (bundle / "MANIFEST.json").write_text(json.dumps(stated))
    write_sums(bundle)

    assert [check.name for check in verify(bundle, settings) if check.problems] == ["the release can be read"]


def test_a_folder_that_is_no_release(settings, tmp_path):
    with pytest.raises(InputError, match="not a release"):
        verify(tmp_path, settings)


def test_the_command_prints_what_differs_and_exits_with_3(bundle):
    (bundle / "README.md").write_text("other")
    code = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, "release", "verify", str(bundle), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 3
    assert [row["differs"] for row in json.loads(done.stdout)] == [["README.md has other bytes than SHA256SUMS says"]]
    assert done.stderr == f"warraq: {bundle} is not what it says it is: 1 differences, listed above\n"
