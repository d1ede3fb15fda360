"""Golden pages: one folder a layout, written for this test in the way real sites lay pages out; `aggregator` has a layout file."""

import json
from pathlib import Path

import pytest

from pipeline.parsers import parse_record
from pipeline.parsers.segmenter import segment_page
from pipeline.sources import Sources

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.mark.parametrize("folder", sorted(GOLDEN.iterdir()), ids=lambda folder: folder.name)
def test_page(folder):
    text = (folder / "page.txt").read_text(encoding="utf-8")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))

    lead, *embedded = parse_record(text, None, "page", Sources())

    printed = [s.text for s in segment_page(text).segments if s.role == "published_raw" and s.article == 0]
    found = {
        "headline": lead["headline"],
        "published_at_raw": lead.get("published_at_raw") or (printed[0] if printed else None),
        "byline": lead["byline"],
        "body": lead["body"].split("\n\n"),
        "related": lead["related_headlines"],
        "parser": lead["parser"],
        "embedded": [{"headline": e["headline"], "body": e["body"].split("\n\n")} for e in embedded],
    }
    assert {key: found[key] for key in expected} == expected
