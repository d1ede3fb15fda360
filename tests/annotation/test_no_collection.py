"""The collector rests while a batch is annotated, and is afterwards what it was before, even when the batch fails; nothing needs it."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from pipeline.enrichers.annotators import annotators
from pipeline.memory import no_collection
from pipeline.text import pieces
from tests.enrichers.article_rows import documents


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


def test_a_full_vocabulary_goes_without_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MAX_TYPES", 1)
    gc.disable()
    try:
        vocabularies = []
        for body in ("قال الوزير محمد علي إن العمل مستمر.", "زار الرئيس مدينة دمشق أمس.", "عاد الفريق إلى القاهرة."):
            batch = documents(("عنوان", body))
            annotators().annotate(batch, list(annotators().by_name))
            vocabularies.append(weakref.ref(batch.pieces.vocabulary))
            del batch
        assert [seen() is None for seen in vocabularies] == [True, True, False]
    finally:
        gc.enable()
