"""`warraq boilerplate` gives the same bytes for the same pages, and what it gives changes what the next run loads."""

import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline import line_counts, runner
from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.explanation import explain
from pipeline.parsers.boilerplate import MIN_PAGES, SCHEMA, page_lines
from pipeline.settings import Settings
from pipeline.storage.query import reader

CHROME = "يمكنكم متابعة كل جديد من صوت المدينة عبر تطبيقات الهواتف الذكية المتاحة مجانا للجميع."
DISTRICTS = ["الشمالي", "الجنوبي", "الشرقي", "الغربي", "القديم", "الجديد", "الأعلى", "الأوسط"]


def record(number, site="city", chrome=CHROME):
    district = DISTRICTS[number]
    lines = [
        f"افتتاح مكتبة عامة في الحي {district} من المدينة",
        "11 مارس 2024",
        f"افتتح المجلس البلدي يوم الأحد مكتبة عامة في الحي {district} بحضور عدد كبير من السكان والزوار.",
        chrome,
        f"وقال مدير المكتبة إن الحي {district} انتظرها {number + 2} سنوات، وإنها تفتح أبوابها كل صباح.",
    ]
    return {"url": f"https://{site}.example/{number}", "text": "\n".join(lines)}


def write(path, records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")


def side_input(folder, files, name):
    """The bytes that the command writes for files of records."""
    for number, records in enumerate(files):
        write(folder / name / "raw" / f"{number}.jsonl", records)
    warehouse = folder / name / "warehouse"
    done = CliRunner().invoke(app, ["boilerplate", str(folder / name / "raw"), "--warehouse", str(warehouse)])
    assert done.exit_code == 0, done.output
    return (warehouse / "boilerplate.parquet").read_bytes()


@pytest.fixture
def corpus(tmp_path):
    """Settings of a warehouse, and the dump of a site whose pages all print one line."""
    write(tmp_path / "raw" / "city.jsonl", [record(number) for number in range(len(DISTRICTS))])
    return Settings(warehouse=tmp_path / "warehouse"), tmp_path / "raw"


def column(settings, query):
    with reader(settings) as connection:
        return [value for (value,) in connection.execute(query).fetchall()]


def test_order_split_and_repetition_of_pages_do_not_matter(tmp_path):
    records = [record(n, site) for site in ("city", "town") for n in range(len(DISTRICTS))]
    one = side_input(tmp_path, [records], "one")

    assert side_input(tmp_path, [records[::-1]], "reversed") == one
    assert side_input(tmp_path, [records[1::2], records[:3], records[::2]], "split") == one
    assert side_input(tmp_path, [records[:-1]], "other") != one


PAGES = st.lists(
    st.builds(
        lambda source, lines: page_lines("\n".join(lines), {"source_name": source}),
        st.sampled_from(["a", "b"]),
        st.lists(st.sampled_from("abcdefgh"), max_size=5),
    ),
    max_size=40,
)


@hypothesis_settings(deadline=None, max_examples=25)
@given(PAGES, st.randoms(use_true_random=False))
def test_counts_are_those_of_the_set_of_pages(pages, rng):
    shuffled = rng.sample(pages, len(pages)) + pages[:3]
    distinct = {(page.source, page.page): page.lines for page in pages}
    expected = {(source, 0): 0 for source, _ in distinct}
    for (source, _), lines in distinct.items():
        for line in (0, *lines):
            expected[source, line] = expected.get((source, line), 0) + 1
    kept = [(*key, n) for key, n in sorted(expected.items()) if n >= MIN_PAGES or key[1] == 0]

    found = line_counts.count_lines(shuffled, Settings())

    assert [tuple(row.values()) for row in found.to_pylist()] == kept
    assert found.schema.equals(SCHEMA, check_metadata=True)


def test_the_command_says_what_it_found_and_what_follows(corpus):
    settings, raw = corpus
    arguments = ["boilerplate", str(raw), "--warehouse", str(settings.warehouse)]

    first = CliRunner().invoke(app, arguments).output
    before = settings.boilerplate.read_bytes()
    second = CliRunner().invoke(app, arguments).output
    rows = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)

    assert "the next warraq run reads every raw file that it is given again" in first
    assert "nothing has to be read again" in second
    assert settings.boilerplate.read_bytes() == before
    assert rows == [{"source": "city.example", "pages": 8, "repeated_lines": 2}]  # CHROME and the date


def test_a_line_that_the_pages_of_a_site_repeat_leaves_the_body(corpus):
    settings, raw = corpus
    bodies = "SELECT contains(body, 'تطبيقات الهواتف') FROM articles"

    runner.run([raw], settings)
    before = column(settings, bodies)
    line_counts.build([raw], settings)
    counts = runner.run([raw], settings)

    assert (before, column(settings, bodies)) == ([True] * 8, [False] * 8)
    assert (counts["n_dumps"], counts["n_skipped"]) == (1, 0)


def test_only_changed_counts_have_a_dump_read_again(corpus):
    settings, raw = corpus
    line_counts.build([raw], settings)
    runner.run([raw], settings)

    line_counts.build([raw], settings)
    same = runner.run([raw], settings)
    line_counts.build([raw / "city.jsonl"], settings, match="no such file")
    changed = runner.run([raw], settings)

    assert (same["n_dumps"], changed["n_dumps"]) == (0, 1)


def test_a_run_names_its_counts_and_explain_says_when_they_have_changed(corpus):
    settings, raw = corpus
    line_counts.build([raw], settings)
    runner.run([raw], settings)
    (asked,) = column(settings, "SELECT parameters FROM runs")
    article_id = column(settings, "SELECT article_id FROM articles ORDER BY ALL")[0]

    kept = explain(article_id, settings)
    settings.boilerplate.unlink()
    changed = explain(article_id, settings)

    assert len(json.loads(asked)["boilerplate"]) == 64
    assert [row["value"] for row in kept if row["what"] == "chrome"] == [CHROME]
    assert [row["value"] for row in changed if "boilerplate.parquet" in str(row["value"])] == [
        "boilerplate.parquet has changed since: spans are those of a load now"
    ]


def test_html_and_structured_records_are_not_counted(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.html").write_text(f"<html><body><p>{CHROME}</p></body></html>", encoding="utf-8")
    write(tmp_path / "raw" / "b.jsonl", [{"url": "https://a.example/1", "title": "خبر", "body": CHROME}])

    built = line_counts.build([tmp_path / "raw"], Settings(warehouse=tmp_path / "warehouse"))

    assert built.boilerplate.figures() == []


def test_a_damaged_side_input_says_what_to_do(corpus):
    settings, raw = corpus
    settings.warehouse.mkdir()
    settings.boilerplate.write_bytes(b"PAR1 and nothing more")

    with pytest.raises(InputError, match="run warraq boilerplate RAW again, or delete the file"):
        runner.run([raw], settings)
