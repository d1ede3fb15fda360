"""Decides where headline and body name persons, places and organisations, and which: see `finder`."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.mentions.candidates import Naming
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
    mentions = find_mentions(joined, documents, model)
    if not mentions.namings:
        return schema.empty_table()
    text, first, last = joined.published(mentions.starts, mentions.ends)
    published = documents.texts
    spans = zip(text.tolist(), first.tolist(), last.tolist(), strict=True)
    article = text // 2
    columns = (
        documents.table["article_id"].take(article),
        pa.array(_PARTS).take(text % 2),
        first,
        last,
        [published[number][start:end] for number, start, end in spans],
        *_taken(mentions.namings),
        documents.table["filed_month"].take(article),
    )
    arrays = [
        column.cast(field.type) if isinstance(column, pa.Array | pa.ChunkedArray) else pa.array(column, field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _taken(namings: Sequence[Naming]) -> Iterator[pa.Array]:
    """The fields of namings in columns; most are the same object as others, which is told faster than an equal one."""
    distinct = {id(naming): naming for naming in namings}
    number = {key: place for place, key in enumerate(distinct)}
    numbers = pa.array(map(number.__getitem__, map(id, namings)), pa.int32())
    return (pa.array(column).take(numbers) for column in zip(*distinct.values(), strict=True))
