"""Articles a second and core of each annotator, and of all together: `python -m tests.bench.enrich [--articles 2000] [--profile]`.

Process time, best of three passes over documents whose shared views have not been made yet; an annotator's own line holds what
it needs too. Two sizes: that of the seed page's lead article, and one half as long again. Articles are those of ../shared/bench/make_dumps.py, parsed and enriched; without it, those of the samples.
"""

import argparse
import cProfile
import pstats
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import runner
from pipeline.annotation import UNIT
from pipeline.dumps import find_files, parameters, plan
from pipeline.enrichers.annotators import annotators
from pipeline.enrichers.documents import Documents
from pipeline.settings import Settings
from tests.bench.foundation import SHARED

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SIZES = (1_663, 2_400)  # characters; the first is the body of the seed page's lead article


def articles(number: int) -> pa.Table:
    """So many enriched articles."""
    with tempfile.TemporaryDirectory(prefix="warraq-bench-") as name:
        raw, script = Path(name) / "raw", SHARED / "bench" / "make_dumps.py"
        if script.exists():
            options = ["--articles", str(number), "--mojibake", "0", "--out", str(raw)]
            subprocess.run([sys.executable, str(script), *options], check=True, capture_output=True)
            for truth in (raw / "truth").glob("*"):
                truth.unlink()
        else:
            raw = SAMPLES
        settings = Settings(warehouse=Path(name))
        for dump in plan(find_files([raw]), settings, parameters(settings, ()), {}):
            for batch in runner.read_dump(dump, settings):
                runner.process(batch, settings)
        made = sorted(settings.staging.glob("r*/batch-*/enrich/accepted.parquet"))
        return pa.concat_tables(pq.read_table(path, partitioning=None) for path in made).slice(0, number)


def resized(table: pa.Table, size: int) -> pa.Table:
    """The articles with bodies of so many characters: each body, or as many from it on as it takes, cut."""
    bodies, made = table["body"].to_pylist(), []
    for number in range(len(bodies)):
        body = bodies[number]
        for more in range(number + 1, number + len(bodies)):
            if len(body) >= size:
                break
            body += "\n\n" + bodies[more % len(bodies)]
        made.append(body[:size].rstrip())
    place = table.schema.get_field_index("body")
    return table.set_column(place, table.schema.field(place), pa.array(made, pa.string()))


def seconds(table: pa.Table, names: list[str]) -> float:
    """Process time of the best of three passes."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for start in range(0, table.num_rows, UNIT):
            annotators().annotate(Documents(table.slice(start, UNIT)), names)
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--articles", type=int, default=2000)
    options.add_argument("--profile", action="store_true", help="the 30 functions that take most time themselves")
    asked = options.parse_args()
    made = articles(asked.articles)
    names = list(annotators().by_name)
    print(f"{made.num_rows:,} articles; articles/s of one core, by characters of a body")
    print(f"{'':16}" + "".join(f"{size:9,}" for size in SIZES))
    tables = [resized(made, size) for size in SIZES]
    for line, chosen in [(name, [name]) for name in names] + [("all together", names)]:
        print(f"{line:16}" + "".join(f"{made.num_rows / seconds(table, chosen):9,.0f}" for table in tables))
    if asked.profile:
        profile = cProfile.Profile()
        profile.runcall(seconds, tables[0], names)
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
