"""Decides whether the DAG files load fast, say how to triage them, and run end to end on a real (synthetic) page."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]

# Both fixtures start Airflow: keep these tests on one xdist worker.
pytestmark = [pytest.mark.xdist_group("airflow"), pytest.mark.timeout(300)]

PAGE = """\
المرصد المحلي:
2025-02-11@06:15:00 GMT

افتتاح مكتبة الحي بعد ترميمها

تاريخ النشر: 10th, February 2025 GMT

افتتاح مكتبة الحي بعد ترميمها

أعادت البلدية افتتاح مكتبة الحي القديم بعد أعمال ترميم استمرت عاما كاملا، وشملت القاعات وغرف المطالعة والواجهة الحجرية.

وقالت مديرة المكتبة إن عدد الكتب المتاحة للإعارة زاد إلى عشرين ألف كتاب، وإن الأبواب مفتوحة للقراء من كل الأعمار طوال أيام الأسبوع.

ويتوقع العاملون فيها أن يزورها مئات الطلاب كل شهر مع بداية الفصل الدراسي الجديد.

المصدر: المرصد المحلي

كلمات دلالية: مكتبات
"""


def airflow_settings() -> dict[str, str]:
    lines = (ROOT / "airflow.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


class Airflow:
    """An Airflow home and a warehouse in a temporary folder, driven through `drive.py`."""

    def __init__(self, home: Path) -> None:
        self.warehouse = home / "warehouse"
        self.answer = home / "answer.json"
        self.env = os.environ | airflow_settings()
        self.env |= {
            "AIRFLOW_HOME": str(home / "airflow"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "DRIVE_ANSWER": str(self.answer),
            "PYTHONPATH": str(ROOT),
            "WARRAQ_WAREHOUSE": str(self.warehouse),
        }
        self.call("-m", "airflow", "db", "migrate")

    def call(self, *arguments: str) -> None:
        done = subprocess.run([sys.executable, *arguments], env=self.env, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, (done.stdout + done.stderr)[-8000:]

    def drive(self, *arguments: str) -> Any:
        self.call(str(ROOT / "tests" / "dags" / "drive.py"), *arguments)
        return json.loads(self.answer.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Airflow:
    return Airflow(tmp_path_factory.mktemp("airflow"))


@pytest.fixture(scope="module")
def described(airflow: Airflow) -> Any:
    return airflow.drive("describe")


@pytest.fixture(scope="module")
def ingested(airflow: Airflow, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same folder ingested twice, then a path that does not exist."""
    raw = tmp_path_factory.mktemp("raw")
    (raw / "page.txt").write_text(PAGE, encoding="utf-8")
    paths = (raw, raw, raw / "missing")
    return airflow.drive("run", "ingest", *(json.dumps({"raw": str(path)}) for path in paths))


def test_every_dag_file_imports(described: Any) -> None:
    assert (described["errors"], sorted(described["dags"])) == ({}, ["ingest", "statistics"])


def test_parsing_a_dag_file_takes_less_than_a_second(described: Any) -> None:
    assert {name: seconds for name, seconds in described["seconds"].items() if seconds >= 1} == {}


@pytest.mark.parametrize("dag_id", ["ingest", "statistics"])
def test_a_dag_has_tags_and_triage_notes(described: Any, dag_id: str) -> None:
    dag = described["dags"][dag_id]
    assert (dag["tags"], dag["doc"].count("## Triage")) == (sorted(["warraq", dag_id]), 1)


def test_the_stages_run_in_order(described: Any) -> None:
    assert described["dags"]["ingest"]["after"] == {
        "discover": [],
        "parse": ["discover"],
        "validate": ["parse"],
        "enrich": ["validate"],
        "load": ["enrich"],
        "annotate": ["load"],
        "publish": ["annotate", "load"],
    }


def test_a_page_goes_through_every_task(ingested: Any) -> None:
    tasks = ("discover", "parse", "validate", "enrich", "load", "annotate", "publish")
    assert ingested[0] == {"state": "success", "tasks": {task: ["success"] for task in tasks}}


def test_an_unchanged_folder_skips_the_stages_and_still_publishes(ingested: Any) -> None:
    states = {task: ["skipped"] for task in ("parse", "validate", "enrich")}
    states |= {task: ["success"] for task in ("discover", "load", "annotate", "publish")}
    assert ingested[1] == {"state": "success", "tasks": states}


def test_a_path_that_does_not_exist_fails_without_a_retry_and_publishes_nothing(ingested: Any) -> None:
    later = ("parse", "validate", "enrich", "load", "annotate", "publish")
    assert ingested[2] == {
        "state": "failed",
        "tasks": {"discover": ["failed"], **{task: ["upstream_failed"] for task in later}},
    }


def test_the_page_can_be_queried_and_has_statistics(airflow: Airflow, ingested: Any) -> None:
    (statistics,) = airflow.drive("run", "statistics", "{}")
    with duckdb.connect(str(airflow.warehouse / "news.duckdb"), read_only=True) as connection:
        connection.execute("SET file_search_path = ?", [str(airflow.warehouse)])
        headlines = connection.sql("SELECT headline FROM articles").fetchall()
        (measures,) = connection.sql("SELECT count(*) > 0 FROM statistics").fetchall()
    assert (statistics, headlines, measures) == (
        {"state": "success", "tasks": {"compute": ["success"]}},
        [("افتتاح مكتبة الحي بعد ترميمها",)],
        (True,),
    )
