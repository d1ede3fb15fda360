"""Floors of the page reader on synthetic layouts, pinned at what was reached, and what each of them must not lose or let in."""

import pytest

from pipeline.parsers.html import extract
from tests.eval.html_layouts import EXTRACTORS, HELD_OUT, SECOND, THIRD, TUNED, Layout, scored
from tests.eval.shingles import mean

FLOORS = {"tuned": (TUNED, 0.99), "held out": (HELD_OUT, 0.995), "second": (SECOND, 0.985), "third": (THIRD, 0.985)}


@pytest.mark.parametrize(("layouts", "floor"), FLOORS.values(), ids=FLOORS)
def test_floors(layouts: tuple[Layout, ...], floor: float) -> None:
    assert mean([scored(layout, EXTRACTORS["warraq"]) for layout in layouts]).f1 >= floor


@pytest.mark.parametrize("layout", [*TUNED, *HELD_OUT, *SECOND, *THIRD], ids=lambda layout: layout.name)
def test_every_paragraph_is_kept(layout: Layout) -> None:
    page = extract(layout.html)
    assert [text for text in layout.paragraphs if text not in (page.body or "") and len(text) > 30] == []
    assert page.embedded == ()


def test_a_page_that_is_not_free_says_so() -> None:
    flags = {layout.name: extract(layout.html).flags for layout in (*TUNED, *HELD_OUT)}
    assert sorted(name for name, found in flags.items() if "body_maybe_truncated" in found) == [
        "a wall without the rest",
        "a wall, the rest hidden",
    ]
