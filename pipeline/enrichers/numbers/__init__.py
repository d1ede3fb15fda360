"""Decides which dates and quantities an article mentions: the rows of `date_mentions` and `quantities`.

anchors (where) -> date_windows -> snippets (what they state), periods -> date_mentions
                -> numerals, units -> quantities
"""

from datetime import UTC, datetime, time
from typing import Any

import pyarrow as pa

from pipeline.enrichers.documents import Document, Documents, Text
from pipeline.enrichers.numbers.anchors import Anchors, find_anchors
from pipeline.enrichers.numbers.date_mentions import find_date_mentions
from pipeline.enrichers.numbers.model import DateMention, Quantity
from pipeline.enrichers.numbers.quantities import find_quantities
from pipeline.text.dates import DATES_VERSION
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1 (dates {DATES_VERSION})"


def annotate(documents: Documents) -> tuple[pa.Table, pa.Table]:
    """Rows of `date_mentions` and of `quantities`, in order of article, text and place.

    Each step looks at all texts before the next one begins: code and tables of a step stay in the processor's caches.
    """
    texts = [(document, text) for document in documents for text in document.texts]
    anchored = [
        (document, text, anchors, personal)
        for (document, text), anchors, personal in zip(
            texts, find_anchors(documents.folded_texts), documents.personal, strict=True
        )
        if any(anchors)
    ]
    dates = _Columns("date_mentions")
    taken = [_add_dates(dates, document, text, anchors) for document, text, anchors, _ in anchored]
    quantities = _Columns("quantities")
    for (document, text, anchors, personal), spans in zip(anchored, taken, strict=True):
        if personal:
            spans = sorted([*spans, *((datum.start, datum.end) for datum in personal)])
        for quantity in find_quantities(text.folded.text, anchors, spans):
            quantities.add(_quantity_row(document, text, quantity))
    return dates.table(), quantities.table()


def _add_dates(dates: "_Columns", document: Document, text: Text, anchors: Anchors) -> list[tuple[int, int]]:
    """Add the dates of a text; returns their spans in the folded text."""
    anchor, known_from = writing_time(document.row)
    language = document.row["language"] if document.row["language"] != "und" else None
    mentions = find_date_mentions(text.published, text.folded, anchors, anchor, language)
    for mention in mentions:
        dates.add(_date_row(document, text, mention, known_from))
    place = text.folded.place
    return [(place(mention.start), place(mention.end)) for mention in mentions]


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


class _Columns:
    """The columns of a table as they grow, row by row in the order of its schema."""

    def __init__(self, name: str) -> None:
        self.schema = ANNOTATION_TABLES[name].arrow()
        self.rows: list[tuple[Any, ...]] = []
        self.add = self.rows.append

    def table(self) -> pa.Table:
        if not self.rows:
            return self.schema.empty_table()
        columns = zip(*self.rows, strict=True)
        arrays = [pa.array(values, field.type) for values, field in zip(columns, self.schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=self.schema)


def _date_row(document: Document, text: Text, mention: DateMention, anchored: str) -> tuple[Any, ...]:
    return (
        document.row["article_id"],
        text.part,
        mention.start,
        mention.end,
        text.published[mention.start : mention.end],
        mention.first,
        mention.last,
        mention.precision,
        mention.calendar,
        anchored,
        mention.is_relative,
        mention.is_ambiguous,
        mention.weekday_agrees,
        mention.rule,
        document.row["filed_month"],
    )


def _quantity_row(document: Document, text: Text, quantity: Quantity) -> tuple[Any, ...]:
    start, end = text.folded.span(quantity.start, quantity.end)
    counted = None
    if quantity.counted is not None:
        first, last = text.folded.span(*quantity.counted)
        counted = text.published[first:last]
    return (
        document.row["article_id"],
        text.part,
        start,
        end,
        text.published[start:end],
        quantity.value,
        quantity.high,
        quantity.unit,
        counted,
        quantity.is_approximate,
        quantity.kind,
        quantity.rule,
        document.row["filed_month"],
    )
