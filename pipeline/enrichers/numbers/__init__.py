"""Decides which dates and quantities an article mentions: the rows of `date_mentions` and `quantities`.

anchors (where) -> date_windows -> snippets (what they state), periods -> date_mentions
                -> numerals, units -> quantities
"""

from datetime import UTC, datetime, time
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import NOWHERE, Documents, table_of
from pipeline.enrichers.numbers.anchors import Anchors, find_anchors
from pipeline.enrichers.numbers.date_mentions import find_date_mentions
from pipeline.enrichers.numbers.model import DateMention, Quantity
from pipeline.enrichers.numbers.quantities import find_quantities
from pipeline.text.dates import DATES_VERSION
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1 (dates {DATES_VERSION})"

_DATES = ANNOTATION_TABLES["date_mentions"].arrow()
_QUANTITIES = ANNOTATION_TABLES["quantities"].arrow()


def annotate(documents: Documents) -> tuple[pa.Table, pa.Table]:
    """Rows of `date_mentions` and of `quantities`, in order of article, text and place.

    Each step looks at all texts before the next one begins: code and tables of a step stay in the processor's caches.
    """
    anchored = [
        (number, anchors) for number, anchors in enumerate(find_anchors(documents.folded_texts)) if any(anchors)
    ]
    written = [writing_time(document.row) for document in documents]
    dates: list[DateMention] = []
    text: list[int] = []
    for number, anchors in anchored:
        found = _dates_of(documents, number, anchors, written[number // 2][0])
        dates += found
        text += [number] * len(found)
    taken = _taken(documents, text, dates)
    quantities: list[Quantity] = []
    counting: list[int] = []
    for number, anchors in anchored:
        if anchors.numbers or anchors.digits:
            counted = find_quantities(documents.folded_texts.texts[number].text, anchors, taken[number])
            quantities += counted
            counting += [number] * len(counted)
    return _date_rows(documents, text, dates, written), _quantity_rows(documents, counting, quantities)


def _dates_of(documents: Documents, number: int, anchors: Anchors, written: datetime | None) -> list[DateMention]:
    """The dates of a text, by its number."""
    language = documents.documents[number // 2].row["language"]
    return find_date_mentions(
        documents.texts[number],
        documents.folded_texts.texts[number],
        anchors,
        written,
        None if language == "und" else language,
    )


def _taken(documents: Documents, text: list[int], dates: list[DateMention]) -> list[list[tuple[int, int]]]:
    """The spans of each folded text that are no quantities, in order: dates, which are in these texts, and personal data."""
    taken = [[(datum.start, datum.end) for datum in personal] for personal in documents.personal]
    starts, ends = (
        documents.alignments.places(np.array(text, np.int64), np.array(places, np.int64)).tolist()
        for places in ([date.start for date in dates], [date.end for date in dates])
    )
    for number, *span in zip(text, starts, ends, strict=True):
        taken[number].append(tuple(span))
    for spans in taken:
        spans.sort()
    return taken


def writing_time(row: dict[str, Any]) -> tuple[datetime | None, str]:
    """When an article was written in its outlet's time, and from what that is known: published, fetched or none.

    The zone counts as UTC, so that days are those of the outlet. A day alone is taken at noon. Where the instant lies in another
    day of UTC than of the outlet, the edge of the outlet's day is nearest.
    """
    day, instant = row["published_date"], row["published_at"]
    anchored = "published"
    if day is None:
        instant = row["fetched_at"]
        if instant is None:
            return None, "none"
        anchored, day = "fetched", instant.date()
    elif instant is None or row["published_precision"] == "day":
        return datetime.combine(day, time(12), UTC), anchored
    if instant.date() == day:
        return instant, anchored
    return datetime.combine(day, time.min if instant.date() < day else time(23, 59, 59), UTC), anchored


def _date_rows(
    documents: Documents, text: list[int], dates: list[DateMention], written: list[tuple[datetime | None, str]]
) -> pa.Table:
    if not dates:
        return _DATES.empty_table()
    article_id, filed_month, part = documents.of_texts(np.array(text))
    start, end, *rest, rule = zip(*dates, strict=True)
    texts = documents.texts
    printed = [texts[number][first:last] for number, first, last in zip(text, start, end, strict=True)]
    first, last, precision, calendar, *doubts = rest
    known_from = [written[number // 2][1] for number in text]
    columns = (first, last, precision, calendar, known_from, *doubts, rule)
    return table_of((article_id, part, start, end, printed, *columns, filed_month), _DATES)


def _quantity_rows(documents: Documents, text: list[int], quantities: list[Quantity]) -> pa.Table:
    if not quantities:
        return _QUANTITIES.empty_table()
    of_text = np.array(text)
    article_id, filed_month, part = documents.of_texts(of_text)
    starts, ends, value, kind, rule, unit, high, nouns, is_approximate = zip(*quantities, strict=True)
    span = documents.published(of_text, starts, ends)
    _, _, counted = documents.published(
        of_text, *([noun[side] if noun else NOWHERE for noun in nouns] for side in range(2))
    )
    columns = (value, high, unit, counted, is_approximate, kind, rule)
    return table_of((article_id, part, *span, *columns, filed_month), _QUANTITIES)
