"""The page the project started from, when it is at hand."""

from pathlib import Path

import pytest

from pipeline.parsers import parse_record
from pipeline.sources import Sources

ROOT = Path(__file__).resolve().parents[2]
SEED = sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))


@pytest.mark.skipif(not SEED, reason="the seed page is not part of the repository")
def test_seed_page_gives_a_lead_and_an_embedded_article():
    lead, embedded = parse_record(
        SEED[0].read_text(encoding="utf-8"), None, "page", Sources.read(ROOT / "warehouse" / "sources.yml")
    )

    assert lead["headline"] == "اتفاق كوري روسي لتعزيز العلاقات العسكرية"
    assert (lead["source_name"], lead["credit"], lead["keywords"]) == ("الجزيرة", "الجزيرة", ["حريات"])
    assert (str(lead["published_date"]), lead["published_precision"]) == ("2024-11-30", "day")
    assert lead["fetched_at"].isoformat() == "2025-01-05T02:03:35+00:00"
    assert (lead["body"].count("\n\n") + 1, len(lead["related_headlines"])) == (10, 10)
    assert (embedded["body"].count("\n\n") + 1, embedded["parent_article_id"]) == (6, lead["article_id"])
    assert (str(embedded["published_date"]), embedded["quality_flags"]) == ("2025-01-02", ["date_inferred"])
    assert [(post["account"], str(post["posted_date"])) for post in embedded["social_embeds"]] == [
        ("sputnik_ar", "2025-01-02")
    ]
