"""Decides which rows `personal_data` has: where the text of an article shows personal data, never the datum itself."""

from typing import Any

import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.text.personal import PERSONAL_VERSION
from schemas.tables import ANNOTATION_TABLES

VERSION = PERSONAL_VERSION


def annotate(documents: Documents) -> pa.Table:
    """Rows of `personal_data`, in order of article, text and place."""
    rows: list[dict[str, Any]] = []
    keys = documents.table.select(["article_id", "filed_month"])
    for number, data in enumerate(documents.personal):
        if not data:
            continue
        key = keys.slice(number // 2, 1).to_pylist()[0]
        folded = documents.folded_texts.texts[number]
        for datum in data:
            start, end = folded.span(datum.start, datum.end)
            rows.append(
                {
                    **key,
                    "text_part": "body" if number % 2 else "headline",
                    "start_char": start,
                    "end_char": end,
                    "personal_kind": datum.kind,
                    "personal_country": datum.country,
                    "rule": datum.rule,
                }
            )
    return pa.Table.from_pylist(rows, schema=ANNOTATION_TABLES["personal_data"].arrow())
