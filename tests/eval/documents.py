"""Decides how texts that come without a record become the documents that annotators read."""

import hashlib
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from schemas.tables import ARTICLES


def documents(texts: Iterable[tuple[str, str, str, str]], **columns: Any) -> Documents:
    """Documents of (name, headline, body, language); `columns` are the same for all."""
    rows = [
        dict.fromkeys(INPUT_COLUMNS)
        | {"role": "lead", "filed_month": "2024-03", "quality_flags": [], "headline": headline, "body": body}
        | {"article_id": "a" + hashlib.sha256(name.encode()).hexdigest()[:31], "language": language}
        | columns
        for name, headline, body, language in texts
    ]
    schema = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])
    return Documents(pa.Table.from_pylist(rows, schema=schema))
