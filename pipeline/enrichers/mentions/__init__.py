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
    columns: tuple[list[Any], ...] = tuple([] for _ in schema)
    for document in documents:
        article_id, filed_month = document.row["article_id"], document.row["filed_month"]
        for scan, mentions in find_mentions(document, model):
            if not mentions:
                continue
            published = scan.source.published
            starts, ends, *told = zip(*mentions, strict=True)
            firsts, lasts = map(scan.source.folded.sources, (starts, ends))
            texts = [published[first:last] for first, last in zip(firsts, lasts, strict=True)]
            size = len(mentions)
            made = ([article_id] * size, [scan.source.part] * size, firsts, lasts, texts, *told, [filed_month] * size)
            for column, values in zip(columns, made, strict=True):
                column.extend(values)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
