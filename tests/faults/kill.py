"""Kills `warraq run` at random moments and runs it again, while a reader looks on; reports what differs from an undisturbed run.

    python -m tests.faults.kill RAW… [--kills 10] [--seed 1]

Exit code 1 when the tables differ or a reader saw a state that breaks a check.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Timer
from typing import Any

from pipeline.quality import failed_checks
from pipeline.settings import Settings
from tests.faults.compare import differing

_WARRAQ = [sys.executable, "-m", "pipeline.cli", "run"]


@dataclass
class Report:
    """What was seen: seconds of an undisturbed run, kills that hit a live run, states that readers saw, and what was wrong."""

    seconds: float = 0.0
    kills: int = 0
    states: int = 0
    broken: list[Any] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def survive(raw: Sequence[Path], folder: Path, kills: int, seed: int) -> Report:
    """Loads `raw` undisturbed into one warehouse and with `kills` SIGKILLs into another, both below `folder`."""
    report, chance = Report(), random.Random(seed)
    calm = Settings(warehouse=folder / "calm")
    roughs = (Settings(warehouse=folder / f"rough-{number}") for number in count(1))
    began = time.monotonic()
    subprocess.run(_command(raw, calm), check=True, capture_output=True)
    report.seconds = time.monotonic() - began
    rough = next(roughs)
    while report.kills < kills:
        # A fraction of the whole run each time, so that the kills spread over all of it as the work moves on.
        died = _run_and_kill(_command(raw, rough), chance.uniform(0.15, 0.9) * report.seconds, rough, report)
        report.kills += died
        if not died:  # it had finished: the next one starts from nothing again
            rough = next(roughs)
    subprocess.run(_command(raw, rough), check=True, capture_output=True)
    report.differing = list(differing(calm, rough))
    return report


def _command(raw: Sequence[Path], settings: Settings) -> list[str]:
    return [*_WARRAQ, *map(str, raw), "--warehouse", str(settings.warehouse)]


def _run_and_kill(command: list[str], after: float, settings: Settings, report: Report) -> bool:
    """Runs a command and kills it and its workers; returns whether it was still alive. A reader looks at the corpus meanwhile."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    timer = Timer(after, os.killpg, (process.pid, signal.SIGKILL))  # a look takes longer than some stages
    timer.start()
    while process.poll() is None:
        _look(settings, report)
        time.sleep(0.2)
    timer.cancel()
    _look(settings, report)
    return process.returncode == -signal.SIGKILL


def _look(settings: Settings, report: Report) -> None:
    if settings.database.exists():
        report.states += 1
        report.broken += failed_checks(settings)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("raw", nargs="+", type=Path)
    arguments.add_argument("--kills", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-kill-") as folder:
        report = survive(asked.raw, Path(folder), asked.kills, asked.seed)
    print(report)
    return int(bool(report.broken or report.differing))


if __name__ == "__main__":
    sys.exit(main())
