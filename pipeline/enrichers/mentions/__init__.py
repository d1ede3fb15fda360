"""Decides where headline and body name persons, places and organisations, and which: see `finder`."""

import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.mentions.finder import find_mentions
from schemas.tables import ANNOTATION_TABLES

VERSION = "1"


def annotate(documents: Documents) -> pa.Table:
    """Rows of `mentions`, in the order of the articles and of their text."""
    columns: dict[str, list] = {name: [] for name in ANNOTATION_TABLES["mentions"].columns}
    for document in documents:
        for mention in find_mentions(document):
            row = document.key | mention
            for name, values in columns.items():
                values.append(row[name])
    return pa.Table.from_pydict(columns, schema=ANNOTATION_TABLES["mentions"].arrow())
