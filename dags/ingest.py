"""Decides the order in which Airflow runs the stages over raw dumps; what a stage does is `pipeline.runner`'s business."""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import Param, dag, task
from wiring import ARTICLES, RETRIES, bad_data_fails_at_once

DOC = """
# ingest: raw dumps to the published warehouse

`discover` reads the raw dumps into batches, `parse`, `validate` and `enrich` run once per batch, `load` commits one
dump at a time, `annotate` lets the annotators look at what is new or changed, `publish` rebuilds `news.duckdb` and announces the `articles` asset, on which `statistics` runs.
Only paths and counts travel between tasks. A second run over the same files finds nothing to do: the mapped tasks are
skipped, and `publish` still runs, which repairs a warehouse whose last run died between `load` and `publish`.

## Parameters

| name | meaning |
|---|---|
| `raw` | a file or folder of raw dumps, as the Airflow worker sees it |
| `match` | only the raw files whose path contains this text; empty means all |
| `batch_size` | records in a batch; smaller uses less memory and gives more tasks |
| `workers` | processes that annotate side by side, inside one task |

## Triage

A bad *record* never fails a task: look in `warraq quarantine list`. A task fails for one of these:

| task | error | what to do |
|---|---|---|
| `discover` | `InputError`: no such path | correct `raw`; it is read on the worker, so prefer an absolute path |
| `discover` | map length above `core.max_map_length` | raise `batch_size`, or ingest part of the dumps with `match` |
| `parse`, `validate`, `enrich`, `annotate` | `ContractError`, `BalanceError` | a defect in the code, not in the data: \
keep the batch directory named in the log, fix, clear the task |
| any mapped task | killed, no traceback | out of memory: run again with a smaller `batch_size` |
| `load`, `annotate`, `publish` | `StorageError` after the retries | another run holds the warehouse, or the disk is full: \
free it and clear the task |
| `load` | anything else | dumps committed before the error stay whole; clear the task, they are not loaded twice |

| `parse` | `InputError`: `boilerplate.parquet` | the counts of repeated lines are damaged or of another version: \
build them again with `warraq boilerplate RAW`, or delete the file, then start a new run |

When menus or notices of a site stand in its articles, build the counts from its dumps with `warraq boilerplate RAW` and run
again: dumps are read again whenever the counts have changed.

Every task may be cleared and run again at any time. Only errors that a retry can cure are retried.
"""

STAGES = ("parse", "validate", "enrich")


@dag(
    dag_id="ingest",
    schedule=None,
    start_date=datetime(2024, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=RETRIES,
    tags=["warraq", "ingest"],
    doc_md=DOC,
    params={
        "raw": Param("samples", type="string", minLength=1, title="Raw dumps", description="A file or folder."),
        "match": Param("", type="string", title="Match", description="Only raw files whose path contains this text."),
        "batch_size": Param(5000, type="integer", minimum=100, maximum=100_000, title="Records in a batch"),
        "workers": Param(2, type="integer", minimum=1, title="Processes that annotate"),
    },
)
def ingest() -> None:
    """Wire discover, the mapped stages, load, annotate and publish."""

    @task
    def discover(params: dict[str, Any] | None = None) -> list[str]:
        from pipeline import runner
        from pipeline.settings import Settings

        asked = params or {}
        with bad_data_fails_at_once():
            return runner.discover([asked["raw"]], Settings(), match=asked["match"], batch_size=asked["batch_size"])

    @task(map_index_template="{{ task.op_kwargs['batch'] }}")
    def run_stage(name: str, batch: str) -> str:
        from pipeline import runner
        from pipeline.settings import Settings

        with bad_data_fails_at_once():
            return runner.run_stage(name, batch, Settings())

    # none_failed: nothing discovered leaves the stages skipped, and a half-loaded warehouse must still be published;
    # after a failed stage neither runs.
    @task(trigger_rule="none_failed")
    def load(batches: Any) -> dict[str, int]:
        from pipeline import runner
        from pipeline.settings import Settings

        with bad_data_fails_at_once():
            return runner.load(list(batches or ()), Settings())

    @task
    def annotate(loaded: Any, params: dict[str, Any] | None = None) -> int:
        from pipeline import runner
        from pipeline.settings import Settings

        with bad_data_fails_at_once():
            return runner.annotate(Settings(), workers=(params or {})["workers"])

    @task(outlets=[ARTICLES])
    def publish(loaded: Any, *, outlet_events: Any = None) -> dict[str, int]:
        from pipeline import runner
        from pipeline.settings import Settings

        with bad_data_fails_at_once():
            rows = runner.publish(Settings())
        outlet_events[ARTICLES].extra = {"rows": rows, "loaded": loaded}
        return rows

    batches: Any = discover()
    for stage in STAGES:
        batches = run_stage.override(task_id=stage).partial(name=stage).expand(batch=batches)
    loaded = load(batches)
    annotate(loaded) >> publish(loaded)


ingest()
