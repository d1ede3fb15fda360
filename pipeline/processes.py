"""Decides where batches run: in this process, or in worker processes of this machine; not what runs.

Workers are forks of a process that has imported what reads pages and annotates articles, and done nothing: they start at once,
share its memory, and can be ended when what they remember of past batches is no longer worth its memory. It must not import
Polars, whose threads a fork would lose.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any

from pipeline.memory import keep_little

FORKED_WITH = ("pipeline.stages.parse", "pipeline.annotation_unit")
_WORKERS = get_context("forkserver")
_WORKERS.set_forkserver_preload(list(FORKED_WITH))


class _Inline(Executor):
    """Runs what is submitted at once, in this process: for one worker, and without its start-up time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def pool(workers: int) -> Executor:
    """An executor of so many processes; they and this one keep little of the memory that they free."""
    keep_little()
    if workers == 1:
        return _Inline()
    return ProcessPoolExecutor(workers, mp_context=_WORKERS, initializer=_begin)


def _begin() -> None:
    """What a worker does first: it keeps little memory, and ends with the process that it works for, however that ends."""
    keep_little()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def hold(futures: Sequence[Future[Any]], most: int) -> None:
    """Waits while more than `most` are under way, so that memory and staging stay bounded."""
    running = [future for future in futures if not future.done()]
    if len(running) > most:
        running[0].result()
