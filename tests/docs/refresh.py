"""Decides what each query of warehouse/queries answers on the samples, and writes it beside the query as NAME.expected.json.

Run `python -m tests.docs.refresh` from the root of the checkout after a change of the samples, the outlets, the parsers or a query,
and read the difference before you commit it.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from pipeline import runner, statistics
from pipeline.json_rows import json_array
from pipeline.settings import Settings
from pipeline.storage.query import query_rows, reader

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "warehouse" / "queries"


def answers(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows of every query, by its name, on a corpus of the samples that is made in `folder`."""
    settings = Settings(warehouse=folder)
    shutil.copy(ROOT / "warehouse" / "sources.yml", folder)
    runner.run([ROOT / "samples"], settings)
    statistics.compute(settings)
    with reader(settings) as connection:
        return {
            path.stem: json.loads(json_array(query_rows(connection, path.read_text(encoding="utf-8"))))
            for path in sorted(QUERIES.glob("*.sql"))
        }


def main() -> None:
    """Rewrites every expected answer, and removes those whose query is gone."""
    with tempfile.TemporaryDirectory() as folder:
        found = answers(Path(folder))
    for path in QUERIES.glob("*.expected.json"):
        path.unlink()
    for name, rows in found.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (QUERIES / f"{name}.expected.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
