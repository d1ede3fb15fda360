"""Articles for the tests of annotators: rows of `articles` made of headline and body by the enrichers themselves."""

import hashlib
import unicodedata

import pyarrow as pa

from pipeline.enrichers import ENRICHERS
from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from schemas.tables import PARSED


def articles(*pairs, **columns):
    """A table of articles of (headline, body) pairs; `columns` are set in every row."""
    rows = [
        {
            "article_id": "a" + hashlib.sha256(f"{number}".encode()).hexdigest()[:31],
            "role": "lead",
            "filed_month": "2024-03",
            "published_precision": "unknown",
            "headline": unicodedata.normalize("NFC", headline),
            "body": unicodedata.normalize("NFC", body),
            "quality_flags": [],
        }
        | columns
        for number, (headline, body) in enumerate(pairs)
    ]
    table = pa.Table.from_pylist(rows, schema=PARSED)
    for enricher in ENRICHERS:
        for name, column in enricher.run(table).items():
            table = table.append_column(name, column)
    return table


def documents(*pairs, **columns):
    return Documents(articles(*pairs, **columns).select(INPUT_COLUMNS))
