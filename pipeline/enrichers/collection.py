"""Decides when Python looks for unreachable cycles: not while a batch is annotated. It changes no result, only its cost.

The objects of a batch live until it is done and then go without that search, which goes through all of them, and through all tables,
again and again: a tenth of the time of all annotators, and more the more of a batch is worked out at once.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles inside; whether there is one afterwards is as it was.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
