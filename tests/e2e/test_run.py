"""The samples through the whole pipeline, with real tables and a real DuckDB."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from pipeline import runner, statistics
from pipeline.dumps import plan
from pipeline.errors import InputError
from pipeline.explanation import explain
from pipeline.quality import failed_checks
from pipeline.settings import Settings
from pipeline.storage.query import reader
from schemas.tables import ANNOTATION_TABLES, TABLES
from schemas.vocab import REASONS, Severity

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


COUNTS = {
    "n_read": 349,
    "n_loaded": 314,
    "n_quarantined": 34,
    "n_duplicates": 1,
    "n_embedded": 101,
    "n_files": 38,
    "n_dumps": 1,
    "n_skipped": 0,
    "n_annotated": 403,
}


def warehouse(folder, **settings):
    shutil.copy(ROOT / "warehouse" / "sources.yml", folder)
    return Settings(warehouse=folder, **settings)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    made = warehouse(tmp_path_factory.mktemp("warehouse"))
    assert runner.run([SAMPLES], made) == COUNTS
    return made


def query(settings, sql):
    with reader(settings) as connection:
        return connection.execute(sql).fetchall()


def codes(severity):
    return {code for code, reason in REASONS.items() if reason.severity is severity}


def test_every_reason_to_reject_is_there(settings):
    not_in_samples = {
        "spool_too_large",
        "parse_timeout",
    }  # more than 4 GiB, more than 10 s: see the readers' and parsers' tests
    found = {code for (code,) in query(settings, "SELECT reason_code FROM quarantine")}

    assert found == codes(Severity.QUARANTINE) - not_in_samples


def test_every_flag_is_there(settings):
    outcomes = {"same_version"}  # is the reason of a duplicate, not a flag of a row
    # Doubts of parsers; see tests/parsers.
    not_in_samples = {
        "several_headline_candidates", "body_maybe_truncated", "profile_mismatch", "extraction_doubtful",
        "encoding_repair_inexact",
    }  # fmt: skip
    found = {code for (code,) in query(settings, "SELECT unnest(quality_flags) FROM articles")}

    assert found == codes(Severity.FLAG) - outcomes - not_in_samples


def test_the_same_address_delivered_again_is_a_duplicate_of_a_loaded_version(settings):
    outcome = "SELECT record_id, outcome, reason_code FROM raw_records WHERE record_id IN ('delivered-again', 'zafaran-7000') ORDER BY 2"

    assert query(settings, outcome) == [
        ("delivered-again", "duplicate", "same_version"),
        ("zafaran-7000", "loaded", None),
    ]


def test_a_later_capture_with_more_text_is_the_current_version(settings):
    sql = (
        "SELECT v.n_paragraphs, a.n_paragraphs, a.fetched_at > v.fetched_at FROM {} WHERE a.version_id <> v.version_id"
    )
    pairs = query(settings, sql.format("article_versions v JOIN articles a USING (article_id)"))

    assert pairs == [(before, before + 1, True) for before, *_ in pairs]
    assert len(pairs) == 9


def test_outlets_state_local_times(settings):
    """Cairo is two hours ahead of UTC in March 2024, Riyadh three, Halifax three behind from 10 March."""
    sql = "SELECT source_id, published_at_raw, CAST(published_at AS VARCHAR) FROM articles WHERE record_id IN ('zafaran-7000', 'yasmin-7001', 'larkhaven-7003') ORDER BY record_id"

    found = query(settings, sql)
    hours = [(source, datetime.fromisoformat(at).hour - datetime.fromisoformat(raw).hour) for source, raw, at in found]

    assert hours == [("larkhaven", 3), ("yasmin", -3), ("zafaran", -2)]


def test_embedded_article_is_its_own_row_with_an_inferred_date(settings):
    rows = query(
        settings,
        "SELECT CAST(e.published_date AS VARCHAR), e.published_date_source, e.quality_flags, e.n_paragraphs, l.source_id FROM articles e JOIN articles l ON e.parent_article_id = l.article_id JOIN raw_files f ON f.raw_file_id = e.raw_file_id WHERE f.path LIKE '%/embedded-with-post.txt'",
    )

    assert rows == [("2024-03-12", "social", ["date_inferred"], 3, "zafaran")]


def test_every_check_holds(settings):
    assert failed_checks(settings) == []


def test_a_second_run_changes_nothing(settings):
    before = settings.published.read_text()

    counts = runner.run([SAMPLES], settings)

    assert (counts["n_dumps"], counts["n_skipped"]) == (0, COUNTS["n_files"])
    assert settings.published.read_text() == before


def test_rebuilding_from_nothing_gives_equal_tables_whatever_the_batches(settings, tmp_path):
    other = warehouse(tmp_path, batch_size=15)
    runner.run([SAMPLES], other, workers=2)
    columns = "* EXCLUDE (run_id)"

    for table in ("articles", "article_versions", "duplicates", "enrichments", *ANNOTATION_TABLES):
        sql = f"SELECT {columns if 'run_id' in TABLES[table].columns else '*'} FROM {table} ORDER BY ALL"
        assert query(settings, sql) == query(other, sql)


def test_a_load_that_died_before_publishing_is_invisible_and_repeated(settings, tmp_path):
    broken = warehouse(tmp_path)
    batches = runner.discover([str(SAMPLES)], broken)
    for batch in batches:
        runner.process(batch, broken)
    runner.load(batches[:1], broken)
    broken.published.unlink()

    runner.run([SAMPLES], broken)

    sql = "SELECT article_id, version_id FROM articles ORDER BY ALL"
    assert query(broken, sql) == query(settings, sql)


def test_statistics_account_for_every_record(settings):
    statistics.compute(settings)

    assert query(
        settings, "SELECT sum(value), any_value(denominator) FROM statistics WHERE stat_id = 'accounting'"
    ) == [(float(COUNTS["n_read"]), COUNTS["n_read"])]


def test_explain_names_span_and_rule_of_every_block(settings):
    page = SAMPLES / "pages" / "related.txt"
    sql = f"SELECT article_id FROM articles JOIN raw_files USING (raw_file_id) WHERE path = '{page}'"
    ((article_id,),) = query(settings, sql)
    text = page.read_text(encoding="utf-8")

    rows = explain(article_id, settings)

    for row in rows:
        if row["part"] == "annotation":
            continue
        spans = [tuple(map(int, span.split(":"))) for span in (row["span"] or "").split()]
        if row["part"] == "block" or row["what"] in ("headline", "published_at_raw", "credit"):
            assert [text[start:end] for start, end in spans] == [row["value"]]
        if row["what"] == "body":
            assert "\n\n".join(text[start:end] for start, end in spans) == row["value"]
    assert [row["what"] for row in rows if row["part"] == "stage"] == ["read", "parse", "validate", "enrich", "load"]
    untold = {row["what"] for row in rows if row["part"] == "field" and not (row["span"] or row["rule"])}
    assert {"headline", "body", "published_at", "source_name", "fetched_at", "keywords", "language"} & untold == set()


def test_explain_shows_every_annotation_with_its_rule(settings):
    sql = "SELECT article_id, sum(n_rows), any_value(body), any_value(headline) FROM enrichments JOIN articles USING (article_id) GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 1"
    ((article_id, n_rows, body, headline),) = query(settings, sql)

    rows = [row for row in explain(article_id, settings) if row["part"] == "annotation"]

    assert len(rows) == n_rows
    assert [row for row in rows if not row["rule"]] == []
    for row in rows:
        if row["span"] and "span_text" in row["value"]:
            part, _, span = row["span"].partition(" ")
            start, end = map(int, span.split(":"))
            assert {"body": body, "headline": headline}[part][start:end] == row["value"]["span_text"]


def test_a_missing_path_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        runner.run([tmp_path / "nothing"], Settings(warehouse=tmp_path))


def test_small_files_share_a_commit_and_large_ones_have_their_own(tmp_path):
    paths = [tmp_path / f"{number}.json" for number in range(5)]
    for path, size in zip(paths, (10, 10, 90, 10, 10), strict=True):
        path.write_text(path.stem * size)
    groups = [
        [Path(file.path).stem for file in dump.files]
        for dump in plan(paths, Settings(warehouse=tmp_path, dump_bytes=50), {}, {})
    ]
    assert groups == [["0", "1"], ["2"], ["3", "4"]]
