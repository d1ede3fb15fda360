"""Decides the rows of `quotes`: the reported words of headlines and bodies, with their speakers (see `reading`)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import Documents, Text
from pipeline.enrichers.quotes.entities import NOBODY, Entities, by_text
from pipeline.enrichers.quotes.headlines import read_headline
from pipeline.enrichers.quotes.reading import Quote, Reading
from pipeline.text.alignments import Ints
from pipeline.text.spacing import spaced
from schemas.tables import ANNOTATION_TABLES

VERSION = "2"

_SCHEMA = ANNOTATION_TABLES["quotes"].arrow()
_ALI: Final = " علي"
_NAME_YA: Final = "ې"  # a letter that the fold leaves no text with


def annotate(documents: Documents, mentions: pa.Table | None = None) -> pa.Table:
    """Rows of `quotes`, by article, headline first, in the order of the text.

    Args:
        mentions: rows of `mentions` of the same articles; they refine speakers and name their entity.
    """
    texts = [text for document in documents for text in document.texts]
    found = list(map(read, texts, by_text(documents, mentions)))
    quotes = [quote for of_text in found for quote in of_text]
    if not quotes:
        return _SCHEMA.empty_table()
    text = np.repeat(np.arange(len(found)), list(map(len, found)))
    article = documents.table.select(["article_id", "filed_month"]).take(text // 2)
    starts, ends, kinds, speakers, verbs, scores, rules = zip(*quotes, strict=True)
    start, end, words = _published(documents, text, list(zip(starts, ends, strict=True)))
    speaker_start, speaker_end, speaker = _published(documents, text, [who and who[:2] for who in speakers])
    _, _, verb = _published(documents, text, verbs)
    columns = (
        article["article_id"],
        [position for of_text in found for position in range(len(of_text))],
        np.array(("headline", "body"), object)[text % 2],
        start,
        end,
        words,
        kinds,
        speaker,
        speaker_start,
        speaker_end,
        [who and who.entity_id for who in speakers],
        verb,
        scores,
        rules,
        article["filed_month"],
    )
    arrays = [column if isinstance(column, pa.ChunkedArray) else pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def read(text: Text, entities: Entities = NOBODY) -> list[Quote]:
    """The quotes of a text, in the places of its folded text."""
    folded = _names_kept(text)
    spaced_text = text.spaced if folded == text.folded.text else spaced(folded)
    if text.part == "headline":
        return read_headline(folded, spaced_text, entities)
    return Reading(folded, spaced_text, entities).quotes


def _names_kept(text: Text) -> str:
    """The folded text, in which the name علي, printed with ya, is not the preposition على; of the same length."""
    folded, published = text.folded.text, text.published
    if _ALI not in published:
        return folded
    place = folded.find(_ALI)
    while place >= 0:
        last = place + len(_ALI) - 1
        if not folded[last + 1 : last + 2].isalpha() and published[text.folded.source(last)] == "ي":
            folded = f"{folded[:last]}{_NAME_YA}{folded[last + 1 :]}"
        place = folded.find(_ALI, last + 1)
    return folded


def _published(
    documents: Documents, text: Ints, spans: Sequence[tuple[int, int] | None]
) -> tuple[pa.Array, pa.Array, list[str | None]]:
    """Where spans of folded texts start and end in the published ones, and what these have there."""
    place = np.array([span or (-1, -1) for span in spans], np.int64)
    nowhere = place[:, 0] < 0
    start, end = (documents.alignments.sources(text, column) for column in place.T)
    published = documents.texts
    words = [
        published[number][first:last] if span else None
        for number, first, last, span in zip(text.tolist(), start.tolist(), end.tolist(), spans, strict=True)
    ]
    return pa.array(start, pa.int32(), mask=nowhere), pa.array(end, pa.int32(), mask=nowhere), words


__all__ = ["VERSION", "annotate", "read"]
