"""Decides the rows of `quotes`: the reported words of headlines and bodies, with their speakers (see `reading`)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import NOWHERE, Documents, Text, table_of
from pipeline.enrichers.quotes.entities import Entities, by_text
from pipeline.enrichers.quotes.headlines import read_headline
from pipeline.enrichers.quotes.reading import Quote, read_body
from pipeline.enrichers.quotes.scan import Scan, scan
from pipeline.text.folded_texts import FoldedTexts
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
    found = read(texts, documents.folded_texts, by_text(documents, mentions))
    quotes = [quote for of_text in found for quote in of_text]
    if not quotes:
        return _SCHEMA.empty_table()
    text = np.repeat(np.arange(len(found)), list(map(len, found)))
    article_id, filed_month, part = documents.of_texts(text)
    starts, ends, kinds, speakers, verbs, scores, rules = zip(*quotes, strict=True)
    start, end, words = documents.published(text, starts, ends)
    speaker_start, speaker_end, speaker = documents.published(
        text, *([who[side] if who else NOWHERE for who in speakers] for side in range(2))
    )
    _, _, verb = documents.published(text, *([cue[side] if cue else NOWHERE for cue in verbs] for side in range(2)))
    columns = (
        article_id,
        [position for of_text in found for position in range(len(of_text))],
        part,
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
        filed_month,
    )
    return table_of(columns, _SCHEMA)


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


__all__ = ["VERSION", "annotate", "read"]
