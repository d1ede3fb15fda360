"""Decides the rows of `quotes`: the reported words of headlines and bodies, with their speakers (see `reading`)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import Documents, Text
from pipeline.enrichers.quotes.entities import Entities, by_text
from pipeline.enrichers.quotes.headlines import read_headline
from pipeline.enrichers.quotes.reading import Quote, read_body
from pipeline.enrichers.quotes.scan import Scan, scan
from pipeline.text.alignments import Ints
from pipeline.text.folded_texts import FoldedTexts
from schemas.tables import ANNOTATION_TABLES

VERSION = "2"

_SCHEMA = ANNOTATION_TABLES["quotes"].arrow()
_NOWHERE: Final = -1
_ALI: Final = " علي"
_NAME_YA: Final = "ې"  # a letter that the fold leaves no text with


def annotate(documents: Documents, mentions: pa.Table | None = None) -> pa.Table:
    """Rows of `quotes`, by article, headline first, in the order of the text.

    Args:
        mentions: rows of `mentions` of the same articles; they refine speakers and name their entity.
    """
    texts = [text for document in documents for text in document.texts]
    found = read(texts, documents.folded_texts, by_text(documents, mentions))
    quotes = [quote for of_text in found for quote in of_text]
    if not quotes:
        return _SCHEMA.empty_table()
    text = np.repeat(np.arange(len(found)), list(map(len, found)))
    article = documents.table.select(["article_id", "filed_month"]).take(text // 2)
    starts, ends, kinds, speakers, verbs, scores, rules = zip(*quotes, strict=True)
    start, end, words = _published(documents, text, starts, ends)
    speaker_start, speaker_end, speaker = _published(
        documents, text, *([who[side] if who else _NOWHERE for who in speakers] for side in range(2))
    )
    _, _, verb = _published(documents, text, *([cue[side] if cue else _NOWHERE for cue in verbs] for side in range(2)))
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
    arrays = [
        column if isinstance(column, pa.ChunkedArray) else pa.array(column, field.type)
        for column, field in zip(columns, _SCHEMA, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def read(texts: Sequence[Text], folded: FoldedTexts, entities: Sequence[Entities]) -> list[list[Quote]]:
    """The quotes of each text, in the places of the folded texts."""
    return [
        (read_headline if text.part == "headline" else read_body)(_names_kept(scanned, text), near)
        for text, scanned, near in zip(texts, scan(folded), entities, strict=True)
    ]


def _names_kept(scanned: Scan, text: Text) -> Scan:
    """The text in which the name علي, printed with ya, is not the preposition على; of the same length."""
    folded, published = scanned.text, text.published
    if _ALI not in published:
        return scanned
    place = folded.find(_ALI)
    while place >= 0:
        last = place + len(_ALI) - 1
        if not folded[last + 1 : last + 2].isalpha() and published[text.folded.source(last)] == "ي":
            folded = f"{folded[:last]}{_NAME_YA}{folded[last + 1 :]}"
        place = folded.find(_ALI, last + 1)
    cues = [cue for cue in scanned.cues if folded.startswith(scanned.text[cue[0] : cue[1]], cue[0])]
    return scanned._replace(text=folded, cues=cues)


def _published(
    documents: Documents, text: Ints, starts: Sequence[int], ends: Sequence[int]
) -> tuple[pa.Array, pa.Array, list[str | None]]:
    """Where spans of folded texts start and end in the published ones, and what these have there; `_NOWHERE` is None."""
    first, last = (documents.alignments.sources(text, np.array(places, np.int64)) for places in (starts, ends))
    published = documents.texts
    words = [
        published[number][start:end] if place >= 0 else None
        for number, start, end, place in zip(text.tolist(), first.tolist(), last.tolist(), starts, strict=True)
    ]
    is_nowhere = np.array(starts) < 0
    return pa.array(first, pa.int32(), mask=is_nowhere), pa.array(last, pa.int32(), mask=is_nowhere), words


__all__ = ["VERSION", "annotate", "read"]
