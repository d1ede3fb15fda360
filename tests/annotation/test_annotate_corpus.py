"""What the annotators look at, and when again, with real tables: a record is delivered, changed, and delivered anew."""

import json
import shutil
from dataclasses import replace
from itertools import starmap
from pathlib import Path

import pytest

from pipeline import runner
from pipeline.enrichers.annotators import ANNOTATORS, Annotators
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.storage.query import reader

ROOT = Path(__file__).resolve().parents[2]
BODY = "أعلنت البلدية اليوم افتتاح الحديقة العامة بعد أعمال صيانة استمرت شهرين كاملين، ودعت السكان إلى زيارتها. "


def record(number, date="2024-05-01", text="", hour=1):
    return {
        "fetched_at": f"2024-07-01T{hour:02}:00:00Z",
        "summary": "قصير",
        "id": str(number),
        "url": f"https://example.org/{number}",
        "title": f"افتتاح حديقة عامة رقم {number}",
        "content": BODY * 3 + text,
        "date": date,
        "source": "example",
    }


def dump(folder, *records, name="a.json"):
    (folder / name).write_text(json.dumps(list(records), ensure_ascii=False), "utf-8")
    return folder


def query(settings, sql):
    with reader(settings) as connection:
        return connection.execute(sql).fetchall()


def seen(settings):
    return query(settings, "SELECT a.url[-1:], e.filed_month, n_rows FROM enrichments e JOIN articles a USING (article_id) WHERE annotator = 'text_quality' ORDER BY 1")  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    shutil.copy(ROOT / "warehouse" / "sources.yml", tmp_path)
    (tmp_path / "raw").mkdir()
    return Settings(warehouse=tmp_path)


@pytest.fixture
def raw(settings):
    return settings.warehouse / "raw"


def test_only_what_is_new_or_changed_is_looked_at(settings, raw):
    assert runner.run([dump(raw, record(1), record(2))], settings)["n_annotated"] == 2
    assert runner.run([dump(raw, record(3), name="b.json")], settings)["n_annotated"] == 1
    assert runner.run([raw], settings)["n_annotated"] == 0
    later = record(1, date="2024-06-02", text="وأضافت البلدية أن الدخول مجاني.", hour=5)
    assert runner.run([dump(raw, later, name="c.json")], settings)["n_annotated"] == 1
    assert seen(settings) == [("1", "2024-06", 1), ("2", "2024-05", 1), ("3", "2024-05", 1)]
    assert query(settings, "SELECT count(*), count(DISTINCT article_id) FROM article_languages") == [(3, 3)]


def test_a_new_version_of_an_annotator_looks_at_everything_again(settings, raw, monkeypatch):
    runner.run([dump(raw, record(1), record(2))], settings)
    newer = Annotators(replace(a, version="next") if a.name == "languages" else a for a in ANNOTATORS)
    for module in ("annotation", "annotation_unit"):
        monkeypatch.setattr(f"pipeline.{module}.annotators", lambda model: newer)
    assert runner.annotate(settings, names=["languages"]) == 2
    ledger = "SELECT DISTINCT starts_with(annotator_version, 'next;') FROM enrichments WHERE annotator = 'languages'"
    assert query(settings, ledger) == [(True,)]
    assert query(settings, "SELECT count(*) FROM article_languages") == [(2,)]


def test_again_looks_at_what_has_been_seen_and_gives_the_same_rows(settings, raw):
    runner.run([dump(raw, record(1), record(2))], settings)
    everything = "FROM article_languages ORDER BY article_id"
    before = query(settings, everything)
    assert runner.annotate(settings) == 0
    assert runner.annotate(settings, again=True, workers=2) == 2
    assert query(settings, everything) == before


def test_articles_that_are_gone_leave_no_annotations(settings, raw):
    assert runner.run([dump(raw, record(1), record(2), name="a.json")], settings)["n_loaded"] == 2
    assert runner.run([raw], settings, fields=["body=summary"])["n_quarantined"] == 2
    assert query(settings, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM enrichments), (SELECT count(*) FROM article_languages)") == [(0, 0, 0)]  # fmt: skip


def test_an_unknown_annotator_is_a_clear_error(settings):
    with pytest.raises(InputError, match="no annotator nonsense; there are: languages"):
        runner.annotate(settings, names=["nonsense"])


def test_a_round_may_hold_several_months_or_a_part_of_one(settings, raw, monkeypatch):
    monkeypatch.setattr("pipeline.annotation.ROUND", 2)
    dates = ["2024-05-01", "2024-05-02", "2024-05-03", "2024-06-01", "2024-06-02", None]
    assert runner.run([dump(raw, *starmap(record, enumerate(dates)))], settings)["n_annotated"] == 6
    assert [row[0] for row in seen(settings)] == ["0", "1", "2", "3", "4", "5"]
    assert query(settings, "SELECT count(*) FROM article_languages") == [(6,)]
