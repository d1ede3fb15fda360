"""Workers are forks: what they are forked from must hold no threads that a fork would lose."""

import os
import subprocess
import sys

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
