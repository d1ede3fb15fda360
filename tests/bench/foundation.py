"""Prints records per second of each stage, and the peak memory of whole runs of two sizes.

    python -m tests.bench.foundation [--pages 20000] [--large 100000] [--workers 2]

Pages come from `bench/make_dumps.py` of the shared data (WARRAQ_SHARED, by default beside the checkout). Stage rates are those
of one process; memory is the largest sum of proportional set sizes (PSS) of a run's processes, sampled twice a second, in the whole
run and in its parts one after the other.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import runner
from pipeline.dumps import find_files, parameters, plan
from pipeline.registry import STAGES
from pipeline.settings import Settings
from pipeline.storage.tables import Warehouse

SHARED = Path(os.environ.get("WARRAQ_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PARTS = 8
SHARD = 20_000  # pages in a dump: a run of 100,000 loads five


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--pages", type=int, default=20_000)
    arguments.add_argument("--large", type=int, default=100_000)
    arguments.add_argument("--workers", type=int, default=2)
    asked = arguments.parse_args()
    if not (SHARED / "bench" / "make_dumps.py").exists():
        sys.exit(f"{SHARED}/bench/make_dumps.py does not exist; set WARRAQ_SHARED to the folder of the shared data")
    with tempfile.TemporaryDirectory(prefix="warraq-bench-") as name:
        folder = Path(name)
        small = _pages(asked.pages, folder / "small")
        print(f"stages, one process, {asked.pages:,} pages")
        for stage, seconds in _stages(small, Settings(warehouse=folder / "stages")).items():
            print(f"  {stage:9} {asked.pages / seconds:9,.0f} records/s")
        for pages, raw in ((asked.pages, small), (asked.large, _pages(asked.large, folder / "large"))):
            seconds, sizes = _whole(raw, folder / f"whole-{pages}", asked.workers)
            parts = (sizes[len(sizes) * part // PARTS : len(sizes) * (part + 1) // PARTS] for part in range(PARTS))
            print(
                f"warraq run, {asked.workers} workers, {pages:,} pages: {pages / seconds:,.0f} records/s, {max(sizes):,.0f} MiB "
                f"at most; in each {PARTS}th of the run: {', '.join(f'{max(part, default=0):,.0f}' for part in parts)}"
            )


def _pages(number: int, folder: Path) -> Path:
    script = SHARED / "bench" / "make_dumps.py"
    options = ["--articles", str(number), "--shard-size", str(SHARD), "--out", str(folder)]
    subprocess.run([sys.executable, str(script), *options], check=True, capture_output=True)
    for truth in (folder / "truth").glob("*"):
        truth.unlink()
    return folder


def _stages(raw: Path, settings: Settings) -> dict[str, float]:
    """Seconds of wall time of each stage."""
    spent: dict[str, float] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - began

    for dump in plan(find_files([raw]), settings, parameters(settings, ()), {}):
        with timed("read"):
            batches = list(runner.read_dump(dump, settings))
        for stage in STAGES:
            with timed(stage):
                for batch in batches:
                    runner.run_stage(stage, batch, settings)
        with timed("load"):
            runner.load_dump(dump, Warehouse(settings))
    with timed("publish"):
        runner.publish(settings)
    return spent


def _whole(raw: Path, warehouse: Path, workers: int) -> tuple[float, list[float]]:
    """Seconds of a whole run, and how many MiB its processes had together, twice a second."""
    began = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "run",
        str(raw),
        "--warehouse",
        str(warehouse),
        "--workers",
        str(workers),
    ]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    sizes: list[float] = []
    while process.poll() is None:
        sizes.append(sum(map(_pss, _group(process.pid))) / 2**10)
        time.sleep(0.5)
    if process.returncode:
        sys.exit("the run failed")
    return time.perf_counter() - began, sizes


def _group(leader: int) -> list[Path]:
    """The /proc folders of a process group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # fields of proc(5) after the command, which may hold spaces: state, parent, group
            group = int((folder / "stat").read_text().rpartition(")")[2].split()[2])
        except (OSError, IndexError):
            continue
        if group == leader:
            found.append(folder)
    return found


def _pss(process: Path) -> int:
    """Proportional set size in KiB; 0 when the process has gone."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
