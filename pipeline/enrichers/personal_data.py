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
    for document in documents:
        for text in document.texts:
            for datum in text.personal:
                start, end = text.folded.span(datum.start, datum.end)
                rows.append(
                    {
                        **document.key,
                        "text_part": text.part,
                        "start_char": start,
                        "end_char": end,
                        "personal_kind": datum.kind,
                        "personal_country": datum.country,
                        "rule": datum.rule,
                    }
                )
    return pa.Table.from_pylist(rows, schema=ANNOTATION_TABLES["personal_data"].arrow())
