"""A redacted release shows no personal data in words, says so, and is caught when it does."""

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import runner, statistics
from pipeline.release import create, verify
from pipeline.release.checksums import sha256, write_sums
from pipeline.release.redaction import personal_kinds
from pipeline.settings import Settings
from schemas.vocab import Redaction, ReleasedText

BODY = (
    "قالت البلدية إن التسجيل يبدأ الأحد المقبل في مقر السوق القديم، وتستقبل الطلبات على reader.desk@example.org طوال الأسبوع.\n"
    "وللاستفسار: هاتف ٠٥٠١٢٣٤٥٦٧ أو +966 11 203 4567 في ساعات الدوام الرسمية من كل يوم عمل."
)
REDACTED = (
    "قالت البلدية إن التسجيل يبدأ الأحد المقبل في مقر السوق القديم، وتستقبل الطلبات على [email] طوال الأسبوع.\n"
    "وللاستفسار: هاتف [phone] أو [phone] في ساعات الدوام الرسمية من كل يوم عمل."
)
RECORD = {
    "id": "1",
    "url": "https://news.example/a/1",
    "source_id": "example",
    "title": "التسجيل على press@example.org",
    "body": BODY,
    "date": "2024-03-11T09:30:00+00:00",
    "fetched_at": "2024-03-11T12:00:00Z",
}
ARTICLES = "data/articles/lang=ar/month=2024-03/part-00000.parquet"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    raw = tmp_path_factory.mktemp("raw") / "one.jsonl"
    raw.write_text(json.dumps(RECORD, ensure_ascii=False) + "\n", encoding="utf-8")
    settings = Settings(warehouse=tmp_path_factory.mktemp("warehouse"))
    (settings.warehouse / "sources.yml").write_text("[]\n")
    runner.run([raw], settings)
    statistics.compute(settings)
    return settings


@pytest.fixture(scope="module")
def redacted(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    return create("news", "1.0.0", folder, corpus, text=ReleasedText.ALL, redact=Redaction.PERSONAL_DATA)


def test_each_datum_is_replaced_by_its_kind(redacted):
    (row,) = pq.read_table(redacted / ARTICLES, partitioning=None).to_pylist()

    assert row["headline"] == "التسجيل على [email]"
    assert row["body"].replace("\n\n", "\n") == REDACTED
    assert row["body_folded"].count("[email]") == 1
    assert row["body_folded"].count("[phone]") == 2


def test_manifest_and_card_say_so(redacted):
    manifest = json.loads((redacted / "MANIFEST.json").read_text())

    assert manifest["redaction"]["what"] == "personal-data"
    assert manifest["redaction"]["replaced"] == {"email": 4, "phone": 4}
    assert {"body", "headline", "body_folded", "headline_folded", "byline"} <= set(manifest["redaction"]["columns"])
    assert "## Personal data" in (redacted / "README.md").read_text()


def test_it_verifies(redacted, corpus):
    checks = {check.name: (check.looked_at > 0, check.problems) for check in verify(redacted, corpus)}

    assert checks["personal data is replaced where it is promised"] == (True, [])
    assert [problems for _, problems in checks.values() if problems] == []


def test_a_datum_that_is_left_is_found(redacted, corpus, tmp_path):
    bundle = Path(shutil.copytree(redacted, tmp_path / redacted.name))
    table = pq.read_table(bundle / ARTICLES, partitioning=None)
    place = table.column_names.index("body")
    pq.write_table(table.set_column(place, table.field(place), pa.array([BODY])), bundle / ARTICLES)
    manifest = json.loads((bundle / "MANIFEST.json").read_text())
    entry = next(entry for entry in manifest["files"] if entry["path"] == ARTICLES)
    entry |= {"bytes": (bundle / ARTICLES).stat().st_size, "sha256": sha256(bundle / ARTICLES)}
    (bundle / "MANIFEST.json").write_text(json.dumps(manifest))
    write_sums(bundle)

    assert [problem for check in verify(bundle, corpus) for problem in check.problems] == [
        "body shows personal data: {'phone': 2, 'email': 1}",
        "4 email replaced, but [email] stands 3 times",
        "4 phone replaced, but [phone] stands 2 times",
    ]


def test_nothing_is_replaced_unless_asked(corpus, tmp_path):
    made = create("news", "1.0.0", tmp_path, corpus, text=ReleasedText.ALL)

    assert json.loads((made / "MANIFEST.json").read_text())["redaction"] is None
    assert "reader.desk@example.org" in pq.read_table(made / ARTICLES, partitioning=None)["body"][0].as_py()
    assert "## Personal data" not in (made / "README.md").read_text()


def test_lists_and_structs_are_looked_into():
    rows = pa.table({"a": [["x@example.org", "y"], None], "b": [{"t": "z@example.org"}, None], "c": ["u", None]})

    assert personal_kinds(rows, ["a", "b", "c"]) == {"email": 2}
