"""Each query that we hand out runs, and answers what the file beside it says."""

import json
import re

import pytest

from pipeline.settings import Settings
from pipeline.storage.catalog import VIEWS
from pipeline.storage.query import reader
from tests.docs.refresh import QUERIES, ROOT, answers

NAMES = sorted(path.stem for path in QUERIES.glob("*.sql"))
README = (ROOT / "warehouse" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("queries")


@pytest.fixture(scope="module")
def found(folder):
    return answers(folder)


@pytest.mark.parametrize("name", NAMES)
def test_query_answers_as_expected_on_the_samples(name, found):
    expected = json.loads((QUERIES / f"{name}.expected.json").read_text(encoding="utf-8"))

    assert found[name] == expected, "if the change is meant: python -m tests.docs.refresh"


@pytest.mark.parametrize("name", NAMES)
def test_query_says_which_question_it_answers(name):
    assert re.match(r"-- [^\n]*[?.]", (QUERIES / f"{name}.sql").read_text(encoding="utf-8"))


def test_no_expected_answer_is_left_over_and_the_readme_lists_every_query():
    assert sorted(path.name.removesuffix(".expected.json") for path in QUERIES.glob("*.expected.json")) == NAMES
    assert re.findall(r"\(queries/(\S+)\.sql\)", README) == NAMES


def test_the_queries_of_the_readme_run(found, folder):
    statements = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
    with reader(Settings(warehouse=folder)) as connection:
        counts = [len(connection.execute(sql).fetchall()) for sql in statements]

    assert [count for count in counts if count == 0] == []
    assert len(counts) >= 3


def test_every_view_and_every_column_has_a_comment(found, folder):
    with reader(Settings(warehouse=folder)) as connection:
        sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'news' AND NOT internal AND comment IS NULL"
        silent = connection.execute(sql).fetchall()
        views = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE database_name = 'news' AND NOT internal AND comment IS NULL"
        ).fetchall()

    assert (silent, views) == ([], [])
    assert len(list(VIEWS.glob("*.sql"))) == 3


def test_the_readme_lists_every_table():
    listed = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    from schemas.tables import TABLES

    assert listed == set(TABLES) | {path.stem for path in VIEWS.glob("*.sql")}
