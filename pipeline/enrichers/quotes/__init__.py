"""Decides the rows of `quotes`: the reported words of headlines and bodies, with their speakers (see `reading`)."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import NOWHERE, Documents, table_of
from pipeline.enrichers.quotes.entities import Entities, by_text
from pipeline.enrichers.quotes.headlines import read_headline
from pipeline.enrichers.quotes.reading import Quote, read_body
from pipeline.enrichers.quotes.scan import Scan, scan
from pipeline.text.name_lists import NameList
from schemas.tables import ANNOTATION_TABLES

VERSION = "2"

_SCHEMA = ANNOTATION_TABLES["quotes"].arrow()
_NAME_YA: Final = "ې"  # a letter that the fold leaves no text with


def annotate(documents: Documents, mentions: pa.Table | None = None) -> pa.Table:
    """Rows of `quotes`, by article, headline first, in the order of the text.

    Args:
        mentions: rows of `mentions` of the same articles; they refine speakers and name their entity.
    """
    found = read(documents, by_text(documents, mentions))
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


def read(documents: Documents, entities: Sequence[Entities]) -> list[list[Quote]]:
    """The quotes of each text of the documents, in the places of the folded texts; `entities` are the mentions of each."""
    scanned = _names_kept(documents, scan(documents.folded_texts))
    return [
        (read_body if number % 2 else read_headline)(of_text, near)
        for number, (of_text, near) in enumerate(zip(scanned, entities, strict=True))
    ]


def _names_kept(documents: Documents, scanned: list[Scan]) -> list[Scan]:
    """The texts in which the name علي, printed with ya, is not the preposition على; of the same length."""
    texts = documents.folded_texts
    found = _ali().find(texts)
    text = np.searchsorted(texts.first, found.start, side="right") - 1
    last = found.end - texts.first[text] - 1
    printed = documents.alignments.sources(text, last).tolist()
    published = documents.texts
    for number, place, source in zip(text.tolist(), last.tolist(), printed, strict=True):
        if published[number][source] == "ي":
            folded, cues, *rest = scanned[number]
            kept = f"{folded[:place]}{_NAME_YA}{folded[place + 1 :]}"
            cues = [cue for cue in cues if not cue[0] <= place < cue[1]]
            scanned[number] = Scan(kept, cues, *rest)
    return scanned


@cache
def _ali() -> NameList:
    return NameList(["علي"], " ", str.isalpha)


__all__ = ["VERSION", "annotate", "read"]
