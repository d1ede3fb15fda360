"""Decides when a document has had its time; the limits on size, which come first, are the parsers' own.

The backstop for what no limit foresaw: a timer on the process's own CPU time, so that a busy machine fails no page. It can
interrupt only between Python instructions, and only in the main thread, where workers parse; elsewhere it does nothing.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

_AGAIN = 0.2  # seconds; code that swallows the first interruption gets another


class DeadlineError(Exception):
    """A document took too long."""


class _Interruption(BaseException):
    """Passes through `except Exception` of libraries."""


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise _Interruption


@cache
def _install() -> None:
    """Once a process and for good: `signal.signal` costs as much as reading a date, and nothing else uses this signal."""
    signal.signal(signal.SIGVTALRM, _interrupt)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `DeadlineError` when the block takes more than `seconds` of CPU time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _install()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _Interruption:
        raise DeadlineError(seconds) from None
