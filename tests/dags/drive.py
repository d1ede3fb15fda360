"""Runs DAGs the way Airflow does, in a process of its own, and prints what happened as JSON; judges nothing.

Airflow reads its environment when it is first imported, so the tests cannot run it inside pytest.

    python drive.py describe                            every DAG file: tags, doc_md, task order, seconds to parse, errors
    python drive.py run DAG_ID CONF_JSON [CONF_JSON…]   one `dag.test()` per CONF_JSON: state of the run and its tasks
"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import BundleDagBag


def describe(bag: "BundleDagBag") -> dict[str, Any]:
    return {
        "errors": bag.import_errors,
        "seconds": {Path(stat.file).name: stat.duration.total_seconds() for stat in bag.dagbag_stats},
        "dags": {
            dag_id: {
                "tags": sorted(dag.tags),
                "doc": dag.doc_md,
                "after": {task.task_id: sorted(task.upstream_task_ids) for task in dag.tasks},
            }
            for dag_id, dag in bag.dags.items()
        },
    }


def run(bag: "BundleDagBag", dag_id: str, conf: dict[str, Any]) -> dict[str, Any]:
    done = bag.dags[dag_id].test(run_conf=conf)
    tasks: dict[str, list[str]] = {}
    for instance in done.get_task_instances():
        tasks.setdefault(instance.task_id, []).append(str(instance.state))
    return {"state": str(done.state), "tasks": tasks}


if __name__ == "__main__":
    # Here and not above: importing Airflow creates its home, and pytest imports this file to look for doctests.
    from airflow.dag_processing.dagbag import BundleDagBag

    folder = Path(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    bag = BundleDagBag(folder, bundle_path=folder, bundle_name="dags-folder")
    command, *rest = sys.argv[1:]
    answer = describe(bag) if command == "describe" else [run(bag, rest[0], json.loads(conf)) for conf in rest[1:]]
    Path(os.environ["DRIVE_ANSWER"]).write_text(json.dumps(answer), encoding="utf-8")
