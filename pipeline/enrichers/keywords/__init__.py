"""Decides the keywords of an article: the publisher's, then those extracted from its words, none twice.

Accepted gap: in languages without a list of stop words nothing is extracted.
"""

from typing import Any

import pyarrow as pa

from pipeline.enrichers import lexicon
from pipeline.enrichers.documents import Document, Documents
from pipeline.enrichers.keywords.extracted import extract
from pipeline.enrichers.keywords.published import published
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1/lexicon {lexicon.VERSION}"
MAX_EXTRACTED = 10

_COLUMNS = ANNOTATION_TABLES["keywords"].columns


def annotate(documents: Documents) -> pa.Table:
    """Rows of `keywords`, by article and position."""
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for document in documents:
        _add(document, columns)
    schema = ANNOTATION_TABLES["keywords"].arrow()
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def _add(document: Document, columns: dict[str, list[Any]]) -> None:
    chosen = published(document.row["keywords"] or ())
    rows: list[tuple[str, str, str, float | None, str]] = [
        (keyword, folded, "publisher", None, "publisher_keywords") for folded, keyword in chosen.items()
    ]
    rows += [
        (found.keyword, found.folded, "extracted", found.score, found.rule)
        for found in extract(document, MAX_EXTRACTED)
        if found.folded not in chosen
    ]
    for position, (keyword, folded, origin, score, rule) in enumerate(rows, 1):
        columns["article_id"].append(document.row["article_id"])
        columns["keyword_position"].append(position)
        columns["keyword"].append(keyword)
        columns["keyword_folded"].append(folded)
        columns["keyword_origin"].append(origin)
        columns["keyword_score"].append(score)
        columns["rule"].append(rule)
        columns["filed_month"].append(document.row["filed_month"])
