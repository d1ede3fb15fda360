"""Workers are forks: what they are forked from must hold no threads that a fork would lose."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from pipeline.processes import FORKED_WITH, pool


def _ancestry(_: int) -> tuple[int, int]:
    return os.getpid(), os.getppid()


def test_workers_are_forked_from_one_process_that_is_not_this_one() -> None:
    parents = set()
    for _ in range(2):
        with pool(2) as workers:
            parents |= {parent for _, parent in workers.map(_ancestry, range(2))}
    assert len(parents) == 1
    assert os.getpid() not in parents


def test_one_worker_is_this_process() -> None:
    with pool(1) as workers:
        assert workers.submit(_ancestry, 0).result() == (os.getpid(), os.getppid())


def test_what_workers_are_forked_with_has_no_polars() -> None:
    imported = f"import sys, {', '.join(FORKED_WITH)}; print('polars' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", imported], text=True) == "False\n"


_KILLED = """
import os, time
from pipeline.processes import pool

if __name__ == "__main__":
    with pool(2) as workers:
        print(workers.submit(os.getpid).result(), flush=True)
        workers.submit(time.sleep, 600).result()
"""


def test_workers_end_with_a_process_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    command = [sys.executable, str(script)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        worker = Path("/proc", process.stdout.readline().strip())
        assert worker.exists()
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while worker.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not worker.exists()
