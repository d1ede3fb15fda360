"""`warraq sql` answers with valid JSON whatever the types, and cannot write anything or read anything but the corpus."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import runner
from pipeline.errors import InputError
from pipeline.json_rows import json_array
from pipeline.settings import Settings
from pipeline.storage.query import query_rows, reader

ROOT = Path(__file__).resolve().parents[2]
RECORD = {
    "url": "https://news.example/a/1",
    "source_id": "example",
    "title": "Market hall reopens",
    "body": "The market hall reopened on Monday after eight months of repairs to its roof.",
    "date": "2024-03-11T09:30:00+00:00",
    "fetched_at": "2024-03-11T12:00:00Z",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sql")
    (folder / "dump.jsonl").write_text(json.dumps(RECORD) + "\n")
    made = Settings(warehouse=folder / "warehouse")
    runner.run([folder / "dump.jsonl"], made)
    return made


def answer(settings, query):
    def only_json(constant):
        raise AssertionError(f"{constant} is not JSON")

    with reader(settings) as connection:
        return json.loads(json_array(query_rows(connection, query)), parse_constant=only_json)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("NULL", None),
        ("true", True),
        ("1.50::DECIMAL(10, 2)", 1.5),
        ("170141183460469231731687303715884105727::HUGEINT", 170141183460469231731687303715884105727),
        ("340282366920938463463374607431768211455::UHUGEINT", 340282366920938463463374607431768211455),
        ("'nan'::DOUBLE", None),
        ("[1e0, 'infinity'::DOUBLE, '-infinity'::DOUBLE]", [1.0, None, None]),
        ("TIMESTAMPTZ '2024-01-01 00:00:00.5+03'", "2023-12-31T21:00:00.500000Z"),
        ("TIMESTAMP '2024-01-01 00:00:01'", "2024-01-01T00:00:01"),
        ("DATE '2024-01-01'", "2024-01-01"),
        ("DATE '0044-03-15 (BC)'", "0044-03-15 (BC)"),
        ("TIME '10:00:00'", "10:00:00"),
        ("INTERVAL '1 day 2 hours'", "P1DT7200S"),
        ("INTERVAL '-90 seconds'", "-P0DT90S"),
        ("INTERVAL 1 MONTH", "P30D"),
        ("[{'at': TIMESTAMPTZ '2024-01-01 00:00:00+00', 'b': NULL}]", [{"at": "2024-01-01T00:00:00Z", "b": None}]),
        ("MAP {1: 'x', 2: NULL}", {"1": "x", "2": None}),
        ("MAP {DATE '2024-01-01': [1.5]}", {"2024-01-01": [1.5]}),
        ("'\\xAA\\x00'::BLOB", "AA00"),
        ("'8910eb60-2a13-4ba3-b170-5ed5fa9b56c4'::UUID", "8910eb60-2a13-4ba3-b170-5ed5fa9b56c4"),
        ("[1, 2]::INTEGER[2]", [1, 2]),
        ("'101'::BIT", "101"),
        ("'a'::ENUM ('a')", "a"),
        ("""'{"a": 1}'::JSON""", '{"a": 1}'),
        ("'خبر \"\n' || chr(0) || chr(8232)", 'خبر "\n\x00\u2028'),
    ],
)  # fmt: skip
def test_any_type_is_valid_json(sql, expected, settings):
    assert answer(settings, f"SELECT {sql} AS value") == [{"value": expected}]


def test_decimals_keep_every_digit(settings):
    with reader(settings) as connection:
        rows = query_rows(connection, "SELECT 12345678901234567890.123456789::DECIMAL(38, 9) AS n")

    assert json_array(rows) == '[{"n":12345678901234567890.123456789}]'


def test_columns_of_one_name_are_both_kept(settings):
    assert answer(settings, "SELECT 1 AS n, 2 AS n") == [{"n": 1, "n_1": 2}]


READS = [
    "SELECT headline FROM articles",
    "FROM articles SELECT headline",
    "WITH a AS (FROM articles) SELECT headline FROM a",
    "SELECT 1; -- the last statement counts\nSELECT headline FROM articles; -- done",
    "SELECT headline FROM articles WHERE headline <> 'COPY x TO y' AND body <> 'COPY_TO_FILE'",
]


@pytest.mark.parametrize("query", READS)
def test_every_spelling_of_a_query_is_answered(query, settings):
    assert answer(settings, query) == [{"headline": "Market hall reopens"}]


@pytest.mark.parametrize(
    "query",
    [
        "VALUES (1)",
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "DESCRIBE articles",
        "SUMMARIZE articles",
        "PIVOT articles ON role USING count(*) GROUP BY source_id",
        "EXPLAIN SELECT * FROM articles",
        "EXPLAIN ANALYZE SELECT * FROM articles",
        "EXPLAIN (FORMAT json) SELECT * FROM articles",
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'articles'",
    ],
)
def test_what_describes_the_corpus_is_answered(query, settings):
    assert len(answer(settings, query)) >= 1


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{free}'",
        "COPY (SELECT 1 AS a) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
        "WITH x AS (COPY (SELECT 1 AS a) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)) FROM x",
        "WITH x AS (COPY (SELECT 1 AS a) TO '{free}') SELECT 2",
        "SELECT 1; COPY (SELECT 1 AS a) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
        "EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
        "EXPLAIN (ANALYZE) WITH x AS (COPY (SELECT 1 AS a) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)) FROM x",
        "/* note */ EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
        "FROM query('WITH x AS (COPY (SELECT 1 AS a) TO ''{data}'' (FORMAT parquet, USE_TMP_FILE false)) FROM x')",
        "PREPARE p AS COPY (SELECT 1 AS a) TO '{data}' (FORMAT parquet, USE_TMP_FILE false); EXECUTE p",
        "EXPORT DATABASE '{folder}/export'",
        "ATTACH '{free}'",
        "ATTACH '{tables}/new.duckdb'",
        "ATTACH ':memory:' AS m",
        "DETACH news",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
        "SET profiling_output = '{free}'",
        "PRAGMA enable_profiling",
        "RESET memory_limit",
        "USE memory",
        "CREATE TABLE t (a INTEGER)",
        "CREATE TABLE memory.t (a INTEGER)",
        "CREATE TEMP TABLE t AS SELECT 1",
        "DROP VIEW articles",
        "INSERT INTO articles SELECT * FROM articles",
        "DELETE FROM raw_files",
        "COMMENT ON VIEW articles IS 'x'",
        "CHECKPOINT",
        "VACUUM",
        "BEGIN",
        "CALL pragma_version()",
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('/etc/passwd')",
        "FROM '/etc/passwd'",
        "FROM glob('/etc/*')",
        "FROM read_parquet('{outside}')",
        "FROM read_parquet('https://example.org/a.parquet')",
        "FROM sniff_csv('/etc/passwd')",
    ],
)
def test_what_writes_or_leaves_the_corpus_is_refused_and_changes_nothing(query, settings, tmp_path):
    data = next(settings.tables.rglob("*.parquet"))
    outside = tmp_path / "outside.parquet"
    outside.write_bytes(data.read_bytes())
    below = sorted(path for path in settings.warehouse.rglob("*"))
    before = data.read_bytes()
    places = {
        "free": tmp_path / "free",
        "data": data,
        "folder": tmp_path,
        "tables": settings.tables,
        "outside": outside,
    }

    with reader(settings) as connection, pytest.raises(InputError, match=r"the query failed|only queries that read"):
        query_rows(connection, query.format(**places))

    assert data.read_bytes() == before
    assert sorted(path for path in settings.warehouse.rglob("*")) == below
    assert sorted(tmp_path.iterdir()) == [outside]


def test_a_reader_may_start_anywhere(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert answer(settings, "SELECT count(*) AS n FROM articles") == [{"n": 1}]


def warraq(settings, *arguments):
    code = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments, "--warehouse", str(settings.warehouse)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_command_prints_one_json_array_and_nothing_else(settings):
    done = warraq(settings, "sql", "SELECT published_at, keywords FROM articles", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [{"published_at": "2024-03-11T09:30:00Z", "keywords": None}]
    assert warraq(settings, "sql", "FROM articles WHERE false", "--json").stdout == "[]\n"


def test_an_error_is_one_line(settings):
    done = warraq(settings, "sql", "SELECT\n  nothing\nFROM articles", "--json")

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("warraq: the query failed: Binder Error")


def test_times_without_a_zone_do_not_move_with_the_machine(settings):
    code = "import os, time; os.environ['TZ'] = 'Asia/Riyadh'; time.tzset(); from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, "sql", "SELECT TIMESTAMP '2024-01-01' AS t", "--json", "--warehouse", str(settings.warehouse)]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert json.loads(done.stdout) == [{"t": "2024-01-01T00:00:00"}]
