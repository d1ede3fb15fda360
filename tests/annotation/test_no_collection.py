"""The collector rests while a batch is annotated, and is afterwards what it was before, even when the batch fails."""

import gc
from collections.abc import Iterator

import pytest

from pipeline.memory import no_collection


@pytest.fixture(params=[True, False])
def was_enabled(request: pytest.FixtureRequest) -> Iterator[bool]:
    if not request.param:
        gc.disable()
    yield request.param
    gc.enable()


def test_the_collector_rests_and_is_what_it_was(was_enabled: bool) -> None:
    with no_collection():
        within = gc.isenabled()
    assert (False, was_enabled) == (within, gc.isenabled())


def test_it_is_what_it_was_after_a_failure(was_enabled: bool) -> None:
    with pytest.raises(ZeroDivisionError), no_collection():
        _ = 1 / 0
    assert was_enabled == gc.isenabled()
