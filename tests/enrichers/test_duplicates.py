from datetime import UTC, date, datetime

import pyarrow as pa

from pipeline.enrichers.duplicates import KEYS, exact_duplicates
from schemas.tables import DUPLICATES


def article(name, text, filed=None, fetched=None):
    captured = datetime(2025, 1, fetched, tzinfo=UTC) if fetched else None
    return dict(zip(KEYS, (name, text, date(2025, 1, filed) if filed else None, captured), strict=True))


def duplicates(*articles):
    schema = pa.schema([("article_id", pa.string()), ("content_hash", pa.string()), ("filed_date", pa.date32()), ("fetched_at", pa.timestamp("us", tz="UTC"))])  # fmt: skip
    found = exact_duplicates(pa.Table.from_pylist(list(articles), schema=schema))
    assert found.schema.equals(DUPLICATES.arrow())
    return [(row["article_id"], row["duplicate_of_article_id"]) for row in found.to_pylist()]


def test_the_earliest_is_the_original_and_undated_ones_are_last():
    copies = [
        article("a", "same"),
        article("b", "same", 2, 9),
        article("c", "same", 2, 3),
        article("d", "same", 2),
        article("e", "other", 1),
    ]
    expected = [("a", "c"), ("b", "c"), ("d", "c")]
    assert duplicates(*copies) == expected
    assert duplicates(*reversed(copies)) == expected


def test_no_copies():
    assert duplicates() == []
    assert duplicates(article("a", "one"), article("b", "two")) == []
