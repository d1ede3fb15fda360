"""What a release holds, how it loads, and that a create leaves all or nothing."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import yaml

from pipeline.errors import CheckFailedError, InputError, StorageError
from pipeline.release import create, verify
from pipeline.release.checksums import files_below
from pipeline.release.contents import FACTS, release_tables, withheld_columns
from pipeline.release.data_files import SLICE_ROWS, write_table
from pipeline.settings import Settings
from pipeline.storage.query import reader, session
from pipeline.storage.tables import Warehouse
from schemas.tables import ARTICLES, TABLES
from schemas.vocab import ReleasedText

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "tests" / "release" / "raw"


def rows(settings, sql):
    with reader(settings) as connection:
        return connection.execute(sql).fetchall()


def in_bundle(folder, sql):
    connection = duckdb.connect(config={"file_search_path": str(folder)})
    connection.execute(f"SET TimeZone = 'UTC'; ATTACH '{folder}/news.duckdb' AS news (READ_ONLY); USE news")
    return connection.execute(sql).fetchall()


def test_it_verifies_and_every_check_looked_at_something(released, settings):
    checks = verify(released, settings)

    assert [check.problems for check in checks] == [[]] * 10
    assert [check.name for check in checks if check.looked_at == 0] == []


def test_gnu_sha256sum_agrees(released):
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=released, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(files_below(released))


def test_the_same_snapshots_give_the_same_bytes(released, settings, tmp_path):
    again = create(released.name.rpartition("-")[0], "1.0.0", tmp_path, settings)
    differing = [
        path for path in files_below(released) if (released / path).read_bytes() != (again / path).read_bytes()
    ]

    assert files_below(again) == files_below(released)
    # DuckDB numbers each database file that it makes; views and comments are the same.
    assert [path for path in differing if path != "news.duckdb"] == []
    sql = "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY 1"
    assert in_bundle(released, sql) == in_bundle(again, sql)


def test_articles_lie_in_partitions_whose_keys_are_no_columns(released):
    folders = sorted(path.relative_to(released).as_posix() for path in released.glob("data/articles/*/*/*"))

    assert folders == [f"data/articles/lang={lang}/month=2024-03/part-00000.parquet" for lang in ("ar", "en")]
    assert {"lang", "month"} & set(ARTICLES.columns) == set()


@pytest.mark.parametrize("table", ["articles", "duplicates", "raw_records", "raw_files", "runs", "statistics"])
def test_rows_are_those_of_the_corpus(table, released, settings):
    hidden = withheld_columns(release_tables(ReleasedText.ALLOWED)) if table == "articles" else ["path"]
    columns = ", ".join(name for name in TABLES[table].columns if name not in hidden)
    sql = f"SELECT {columns} FROM {table} ORDER BY ALL"

    assert in_bundle(released, sql) == rows(settings, sql)


def test_text_is_shown_only_where_the_outlet_allows_it(released):
    assert in_bundle(
        released, "SELECT source_id, count(headline), count(body), count(n_words) FROM articles GROUP BY ALL ORDER BY 1"
    ) == [("example", 0, 0, 2), ("harbour", 1, 1, 1), ("صوت-المدينه", 0, 0, 1), (None, 0, 0, 1)]


def test_every_column_of_articles_is_judged_a_fact_or_withheld():
    assert FACTS - set(ARTICLES.columns) == set()
    assert withheld_columns(release_tables(ReleasedText.ALLOWED)) == [
        name for name in ARTICLES.columns if name not in FACTS
    ]
    assert withheld_columns(release_tables(ReleasedText.ALL)) == []


def test_all_text_is_shown_on_request_and_the_card_says_so(settings, tmp_path):
    made = create("sample-news", "2.0.0", tmp_path, settings, text=ReleasedText.ALL)

    sql = "SELECT article_id, headline, body, keywords, social_embeds FROM articles ORDER BY ALL"
    assert in_bundle(made, sql) == rows(settings, sql)
    assert json.loads((made / "MANIFEST.json").read_text())["text"] == "all"
    assert "do not publish it" in (made / "README.md").read_text()


def test_no_text_of_rejected_records_and_no_folder_of_this_machine_is_in_the_bundle(released, settings):
    observed = {row[0] for row in rows(settings, "SELECT observed FROM quarantine WHERE len(observed) > 12")}
    folder = str(ROOT)
    tables = {
        path.name: str(pq.read_table(path, partitioning=None).to_pylist()) for path in released.rglob("*.parquet")
    }
    texts = tables | {
        path: (released / path).read_text()
        for path in files_below(released)
        if not path.endswith((".parquet", ".duckdb"))
    }

    assert [path for path, text in texts.items() if folder in text or str(settings.warehouse) in text] == []
    assert [path for path, text in texts.items() for value in observed if value in text] == []


def test_it_loads_in_polars_pyarrow_and_duckdb_with_and_without_hive_keys(released):
    folder = f"{released}/data/articles"

    assert pl.scan_parquet(f"{folder}/**/*.parquet").select(pl.len()).collect().item() == 5
    assert pl.scan_parquet(folder, hive_partitioning=True).filter(lang="ar").select(pl.len()).collect().item() == 2
    assert ds.dataset(folder, partitioning="hive").to_table(filter=ds.field("month") == "2024-03").num_rows == 5
    assert pq.read_table(folder).num_rows == 5
    sql = f"SELECT count(*), count(DISTINCT lang) FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
    assert duckdb.execute(sql).fetchall() == [(5, 2)]


def test_init_sql_opens_the_bundle_without_the_database_file(released):
    code = "import duckdb; c = duckdb.connect(); c.execute(open('init.sql').read()); print(c.execute('SELECT count(*) FROM articles').fetchall())"
    done = subprocess.run([sys.executable, "-c", code], cwd=released, capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("[(5,)]\n", "")


def test_the_database_file_opens_in_every_duckdb_from_1_1_on(released):
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{released}/news.duckdb' AS news (READ_ONLY)")
    ((tags,),) = connection.execute(
        "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'news'"
    ).fetchall()

    assert tags.startswith("v1.0.0")


def test_descriptions_and_page_index_are_in_the_files(released):
    path = next(released.glob("data/articles/lang=ar/*/*"))
    column = pq.read_metadata(path).row_group(0).column(0)

    assert pq.read_schema(path).field("article_id").metadata[b"description"].startswith(b"Stable id")
    assert (column.compression, column.has_offset_index, column.has_column_index) == ("ZSTD", True, True)


def test_manifest_counts_inputs_and_outcomes(released):
    manifest = json.loads((released / "MANIFEST.json").read_text())
    inputs = {file["name"]: (file["n_read"], file["sha256"]) for file in manifest["raw_files"]}
    done = subprocess.run(["sha256sum", *sorted(RAW.iterdir())], capture_output=True, text=True, check=True)
    expected = {Path(line[66:]).name: line[:64] for line in done.stdout.splitlines()}

    assert {name: sha256 for name, (_, sha256) in inputs.items()} == expected
    assert inputs["articles.jsonl"][0] == 9
    accounting = manifest["accounting"]
    assert [accounting[n] for n in ("n_read", "n_loaded", "n_quarantined", "n_duplicates")] == [13, 4, 8, 1]
    assert sum(row["n"] for row in accounting["outcomes"]) == 13


def test_card_has_computed_front_matter(released):
    card = yaml.safe_load((released / "README.md").read_text().split("---\n")[1])

    assert (card["language"], card["size_categories"], card["version"]) == (["en", "ar"], ["n<1K"], "1.0.0")
    assert {c["config_name"]: len(list(released.glob(c["data_files"][0]["path"]))) for c in card["configs"]} == {
        "articles": 2,
        "duplicates": 1,
        "raw_records": 1,
        "raw_files": 1,
        "runs": 1,
        "statistics": 1,
    }


@pytest.mark.parametrize("name", ["", "Arabic", "a b", "../up", "a/b", "-a", "خبر", "a" * 101, "a\n"])
def test_a_bad_name_is_refused(name, settings, tmp_path):
    with pytest.raises(InputError, match="lower-case"):
        create(name, "1.0.0", tmp_path, settings)


@pytest.mark.parametrize("version", ["", "1.0", "v1.0.0", "1.0.0.0", "1.0.x", "1.0.0-", "1.0.0/..", "١.٠.٠", "1.0.0\n"])
def test_a_bad_version_is_refused(version, settings, tmp_path):
    with pytest.raises(InputError, match="three numbers"):
        create("news", version, tmp_path, settings)


def test_a_release_is_never_overwritten(released, settings):
    with pytest.raises(InputError, match="exists"):
        create("sample-news", "1.0.0", released.parent, settings)


def test_an_empty_warehouse_has_nothing_to_release(tmp_path):
    with pytest.raises(InputError, match="no published corpus"):
        create("news", "1.0.0", tmp_path / "out", Settings(warehouse=tmp_path / "empty"))
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_that_breaks_a_promise_is_not_put_in_place(settings, tmp_path):
    broken = Settings(warehouse=tmp_path / "warehouse")
    subprocess.run(["cp", "-r", settings.warehouse, broken.warehouse], check=True)
    warehouse = Warehouse(broken)
    published = json.loads(broken.published.read_text())
    broken.published.write_text(json.dumps(published | {"articles": None}))
    assert warehouse.files("articles") == []

    with pytest.raises(CheckFailedError, match="4 loaded records without their article"):
        create("news", "1.0.0", tmp_path / "out", broken)
    assert list((tmp_path / "out").iterdir()) == []


def cli(*arguments, **options):
    code = "from pipeline.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_a_full_disk_is_one_line_and_leaves_nothing(settings, tmp_path):
    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    process = cli(
        "release", "create", "--name", "news", "--version", "1.0.0", "--out", tmp_path, "--warehouse", settings.warehouse,
        preexec_fn=small_files,
    )  # fmt: skip
    _, errors = process.communicate()

    assert (process.returncode, errors.count("\n"), "could not be written" in errors) == (4, 1, True), errors
    assert list(tmp_path.iterdir()) == []


def test_a_killed_create_leaves_no_release_and_is_cleared_by_the_next(settings, tmp_path):
    process = cli("release", "create", "--name", "news", "--version", "1.0.0", "--out", tmp_path, "--warehouse", settings.warehouse)  # fmt: skip
    while not list(tmp_path.glob(".news-1.0.0.partial/data/*/*")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert [path.name for path in tmp_path.iterdir()] == [".news-1.0.0.partial"]
    (tmp_path / ".news-1.0.0.partial" / "left-over").touch()

    made = create("news", "1.0.0", tmp_path, settings)

    assert [path.name for path in tmp_path.iterdir()] == ["news-1.0.0"]
    assert [check.problems for check in verify(made, settings)] == [[]] * 10


def test_two_creates_of_one_release_do_not_meet(settings, tmp_path):
    seen = []

    def second(what, rows):
        if not seen:
            with pytest.raises(StorageError, match="another create") as caught:
                create("news", "1.0.0", tmp_path, settings)
            seen.append(caught.value.exit_code)

    create("news", "1.0.0", tmp_path, settings, progress=second)

    assert seen == [4]


def test_partitions_without_language_or_date_have_words_for_it_and_long_tables_are_cut_the_same_way(settings, tmp_path):
    """Rows arrive unsorted and in two files; NULL partition values must lose nothing."""
    n = 3 * SLICE_ROWS + 7
    base = release_tables(ReleasedText.ALL)[0]
    months = [None, "2024-01"]
    columns = {
        name: pa.array(
            [f"a{i:06d}" for i in range(n)] if name == "article_id"
            else [months[i % 2] for i in range(n)] if name == "filed_month"
            else ["und" if i % 3 else "zh-Hant" for i in range(n)] if name == "language"
            else ["x" * (i % 50) for i in range(n)] if ARTICLES.arrow().field(name).type == pa.string()
            else [None] * n,
            ARTICLES.arrow().field(name).type,
        )
        for name in ARTICLES.columns
    }  # fmt: skip
    # Integer columns are never NULL in the corpus.
    table = pa.table({k: (v if v.null_count < n else pa.array([0] * n, v.type) if pa.types.is_integer(v.type) else pa.array([[]] * n, v.type) if k == "quality_flags" else v) for k, v in columns.items()})  # fmt: skip
    shuffled = table.take(pa.array([(i * 769) % n for i in range(n)]))
    made = {}
    for order, source in (("sorted", table), ("shuffled", shuffled)):
        inputs = [tmp_path / f"{order}-{i}.parquet" for i in range(2)]
        pq.write_table(source.slice(0, 1000), inputs[0])
        pq.write_table(source.slice(1000), inputs[1])
        with session(settings) as connection:
            files = list(write_table(base, inputs, connection, tmp_path / order))
        made[order] = {file.path: (tmp_path / order / file.path).read_bytes() for file in files}
        assert sum(file.rows for file in files) == n

    assert list(made["sorted"]) == [
        f"data/articles/lang={lang}/month={month}/part-00000.parquet"
        for lang in ("und", "zh-Hant")
        for month in ("2024-01", "unknown")
    ]
    assert made["sorted"] == made["shuffled"]
