"""Decides the rows of `quotes`: the reported words of headlines and bodies, with their speakers (see `reading`)."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

import pyarrow as pa

from pipeline.enrichers.documents import Documents, Text
from pipeline.enrichers.quotes.headlines import read_headline
from pipeline.enrichers.quotes.reading import Quote, Reading
from pipeline.enrichers.quotes.speakers import Entity
from pipeline.text.spacing import spaced
from schemas.tables import ANNOTATION_TABLES

VERSION = "2"

_SCHEMA = ANNOTATION_TABLES["quotes"].arrow()
_ALI: Final = " علي"
_NAME_YA: Final = "ې"  # a letter that the fold leaves no text with
_MENTION_COLUMNS = ("article_id", "text_part", "start_char", "end_char", "entity_type", "entity_id")
_order = itemgetter(0, 1, 2)
_Mentions = Mapping[tuple[str, str], Sequence[Entity]]


def annotate(documents: Documents, mentions: pa.Table | None = None) -> pa.Table:
    """Rows of `quotes`, by article, headline first, in the order of the text.

    Args:
        mentions: rows of `mentions` of the same articles; they refine speakers and name their entity.
    """
    rows: list[tuple[Any, ...]] = []
    by_text = _grouped(mentions)
    for document in documents:
        for text in document.texts:
            entities = _folded(text, by_text.get((document.row["article_id"], text.part), ()))
            for position, quote in enumerate(read(text, entities)):
                rows.append(_row(document.row, text, position, quote))
    columns = zip(*rows, strict=True) if rows else ((),) * len(_SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def read(text: Text, entities: Sequence[Entity] = ()) -> list[Quote]:
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


def _row(row: Mapping[str, Any], text: Text, position: int, quote: Quote) -> tuple[Any, ...]:
    """The columns of a quote, in the order of the schema."""
    source, published = text.folded.source, text.published
    start, end = source(quote.start), source(quote.end)
    speaker, verb = quote.speaker, quote.verb
    first, last = (source(speaker.start), source(speaker.end)) if speaker else (None, None)
    return (
        row["article_id"],
        position,
        text.part,
        start,
        end,
        published[start:end],
        quote.kind,
        published[first:last] if speaker else None,
        first,
        last,
        speaker.entity_id if speaker else None,
        published[source(verb[0]) : source(verb[1])] if verb else None,
        quote.score,
        quote.rule,
        row["filed_month"],
    )


def _grouped(mentions: pa.Table | None) -> _Mentions:
    """The mentions of each text in order, with their places in the published text."""
    grouped: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    if mentions is not None:
        articles, parts, *columns = (mentions[name].to_pylist() for name in _MENTION_COLUMNS)
        entities = map(Entity._make, zip(*columns, strict=True))
        for article, part, entity in zip(articles, parts, entities, strict=True):
            grouped[article, part].append(entity)
        for spans in grouped.values():
            spans.sort(key=_order)
    return grouped


def _folded(text: Text, entities: Sequence[Entity]) -> Sequence[Entity]:
    """The mentions of a text with their places in the folded text."""
    shifts = text.folded.shifts
    if not shifts or not entities:
        return entities
    removed = [shift + number for number, shift in enumerate(shifts)]  # places in the published text
    return [Entity(_place(removed, start), _place(removed, end), kind, entity) for start, end, kind, entity in entities]


def _place(removed: Sequence[int], place: int) -> int:
    """Where a place of the published text is in the folded text."""
    return place - bisect_left(removed, place)


__all__ = ["VERSION", "annotate", "read"]
