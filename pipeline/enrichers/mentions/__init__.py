"""Decides where headline and body name persons, places and organisations, and which: see `finder`."""

from typing import Any

import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.mentions.finder import find_mentions
from pipeline.enrichers.mentions.lexicon import gazetteers_version
from pipeline.enrichers.mentions.model import TokenClassifier
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1/{gazetteers_version()}"


def version(model: TokenClassifier | None) -> str:
    """What decides the rows beside the articles."""
    return VERSION if model is None else f"{VERSION}; model {model.version}"


def annotate(documents: Documents, model: TokenClassifier | None = None) -> pa.Table:
    """Rows of `mentions`, in the order of the articles and of their text.

    Args:
        documents: the articles.
        model: a token classifier, which adds what overlaps nothing that the rules found.
    """
    schema = ANNOTATION_TABLES["mentions"].arrow()
    rows: list[tuple[Any, ...]] = []
    for document in documents:
        article_id, filed_month = document.row["article_id"], document.row["filed_month"]
        for scan, mentions in find_mentions(document, model):
            part, published, span = scan.source.part, scan.source.published, scan.source.folded.span
            for start, end, entity_type, entity_id, name, method, score, rule in mentions:
                first, last = span(start, end)
                text = published[first:last]
                rows.append(
                    (
                        article_id,
                        part,
                        first,
                        last,
                        text,
                        entity_type,
                        entity_id,
                        name,
                        method,
                        score,
                        rule,
                        filed_month,
                    )
                )
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
