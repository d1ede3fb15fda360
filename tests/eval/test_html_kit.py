"""Floors of the page reader on real pages, pinned at what was reached; skipped where the pages are not at hand."""

import pytest

from pipeline.parsers.html import extract
from tests.eval.html import NEAR_FAILURE, best, same_title
from tests.eval.html_kit import KIT, load_kit
from tests.eval.shingles import mean

FLOORS = {"tune": 0.970, "held": 0.979, "arabic": 0.985}


@pytest.mark.skipif(not KIT.exists(), reason="the HTML kit is not part of the repository")
def test_floors() -> None:
    pages = load_kit()
    read = [extract(page.html, page.url) for page in pages]
    scores = [best(page, found.body or "") for page, found in zip(pages, read, strict=True)]
    for half, floor in FLOORS.items():
        assert mean([s for s, page in zip(scores, pages, strict=True) if page.half == half]).f1 >= floor, half
    assert [page.name for s, page in zip(scores, pages, strict=True) if s.f1 < NEAR_FAILURE] == []
    assert sum(same_title(page, found.headline) for page, found in zip(pages, read, strict=True)) >= 69
    dates = [
        (page.date, found.published.day.isoformat()) for page, found in zip(pages, read, strict=True) if found.published
    ]
    assert sum(expected == actual for expected, actual in dates) >= 72
    assert [actual for expected, actual in dates if expected is None] == []
