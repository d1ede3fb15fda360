"""The samples through the whole pipeline, with real tables and a real DuckDB."""

from pathlib import Path

import pytest

from pipeline import runner, statistics
from pipeline.errors import InputError
from pipeline.explanation import explain
from pipeline.quality import failed_checks
from pipeline.settings import Settings
from pipeline.storage.catalog import reader

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    made = Settings(warehouse=tmp_path_factory.mktemp("warehouse"))
    made_counts = runner.run([SAMPLES], made)
    assert made_counts == {
        "n_read": 13,
        "n_loaded": 4,
        "n_quarantined": 8,
        "n_duplicates": 1,
        "n_embedded": 1,
        "n_files": 5,
        "n_dumps": 2,
        "n_skipped": 0,
    }
    return made


def query(settings, sql):
    with reader(settings) as connection:
        return connection.execute(sql).fetchall()


def test_every_reject_has_its_reason(settings):
    assert query(settings, "SELECT reason_code, count(*) FROM quarantine GROUP BY 1 ORDER BY 1") == [
        ("article_missing", 1),
        ("body_too_short", 1),
        ("file_empty", 1),
        ("json_invalid", 1),
        ("mapping_unknown", 1),
        ("published_in_future", 1),
        ("record_not_object", 1),
        ("url_not_absolute", 1),
    ]


def test_the_same_url_twice_is_a_duplicate_of_a_loaded_version(settings):
    assert query(
        settings, "SELECT record_id, outcome, reason_code FROM raw_records WHERE record_id IN ('1', '2') ORDER BY 1"
    ) == [
        ("1", "loaded", None),
        ("2", "duplicate", "same_version"),
    ]


def test_embedded_article_is_its_own_row_with_an_inferred_date(settings):
    rows = query(
        settings,
        "SELECT e.headline, CAST(e.published_date AS VARCHAR), e.quality_flags, e.n_paragraphs, e.parent_article_id = l.article_id FROM articles e JOIN articles l ON l.source_name = 'صوت المدينة' WHERE e.role = 'embedded'",
    )

    assert rows == [("سباق الدراجات يعود إلى شوارع المدينة", "2024-03-12", ["date_inferred"], 2, True)]


def test_every_check_holds(settings):
    assert failed_checks(settings) == []


def test_a_second_run_changes_nothing(settings):
    before = settings.published.read_text()

    counts = runner.run([SAMPLES], settings)

    assert (counts["n_dumps"], counts["n_skipped"]) == (0, 5)
    assert settings.published.read_text() == before


def test_rebuilding_from_nothing_gives_equal_tables_whatever_the_batches(settings, tmp_path):
    other = Settings(warehouse=tmp_path, batch_size=1)
    runner.run([SAMPLES], other, workers=2)
    columns = "* EXCLUDE (run_id)"

    for table in ("articles", "article_versions", "duplicates"):
        sql = f"SELECT {columns if table != 'duplicates' else '*'} FROM {table} ORDER BY ALL"
        assert query(settings, sql) == query(other, sql)


def test_a_load_that_died_before_publishing_is_invisible_and_repeated(settings, tmp_path):
    broken = Settings(warehouse=tmp_path)
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
    ) == [(13.0, 13)]


def test_explain_names_span_and_rule_of_every_block(settings):
    ((article_id,),) = query(settings, "SELECT article_id FROM articles WHERE source_name = 'صوت المدينة'")
    text = (SAMPLES / "page-ar.txt").read_text(encoding="utf-8")

    for row in explain(article_id, settings):
        if row["span"]:
            start, end = map(int, row["span"].split(":"))
            assert text[start:end] == row["value"]


def test_a_missing_path_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        runner.run([tmp_path / "nothing"], Settings(warehouse=tmp_path))
