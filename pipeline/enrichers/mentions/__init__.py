"""Decides where headline and body name persons, places and organisations, and which: see `finder`."""

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.mentions.finder import find_mentions
from pipeline.enrichers.mentions.joined import Joined
from pipeline.enrichers.mentions.lexicon import gazetteers_version
from pipeline.enrichers.mentions.model import TokenClassifier
from schemas.tables import ANNOTATION_TABLES

_PARTS = ("headline", "body")
VERSION = f"2/{gazetteers_version()}"


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
    joined = Joined(documents)
    mentions = find_mentions(joined, documents.documents, model)
    if not mentions.starts:
        return schema.empty_table()
    starts, ends = np.array(mentions.starts), np.array(mentions.ends)
    text = joined.texts_at(starts)
    begin = joined.first[text]
    first, last = (documents.alignments.sources(text, places - begin) for places in (starts, ends))
    published = documents.texts
    spans = zip(text.tolist(), first.tolist(), last.tolist(), strict=True)
    article = text // 2
    columns = (
        documents.table["article_id"].take(article),
        pa.array(_PARTS).take(text % 2),
        first,
        last,
        [published[number][start:end] for number, start, end in spans],
        *zip(*mentions.namings, strict=True),
        documents.table["filed_month"].take(article),
    )
    arrays = [
        column.cast(field.type) if isinstance(column, pa.ChunkedArray) else pa.array(column, field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
