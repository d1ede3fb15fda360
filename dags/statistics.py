"""Decides when the statistics are computed: after every publication of the articles; not what they measure."""

from datetime import UTC, datetime

from airflow.sdk import dag, task
from wiring import ARTICLES, RETRIES, bad_data_fails_at_once

DOC = """
# statistics: the measures of the published corpus

Runs whenever `ingest` publishes the `articles` asset, or by hand. It reads the published snapshots, computes volume,
lengths, missingness, row accounting and the coverage calendar, and replaces the long-form `statistics` table.

## Parameters

None: the input is what is published, so running it twice gives the same table.

## Triage

| error | what to do |
|---|---|
| `InputError`: nothing published | run `ingest` first |
| `ContractError` | a defect in a statistic; readers keep the previous table until it is fixed and the task cleared |
| `StorageError` after the retries | another run holds the warehouse, or the disk is full: free it, clear the task |
| never starts | `ingest` did not reach `publish`, or this DAG is paused |
"""


@dag(
    dag_id="statistics",
    schedule=[ARTICLES],
    start_date=datetime(2024, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=RETRIES,
    tags=["warraq", "statistics"],
    doc_md=DOC,
)
def statistics() -> None:
    """Wire the one task."""

    @task
    def compute() -> int:
        from pipeline import statistics as measures
        from pipeline.settings import Settings

        with bad_data_fails_at_once():
            return measures.compute(Settings())

    compute()


statistics()
