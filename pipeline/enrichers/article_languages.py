"""Decides which scripts the letters of a body belong to, and in what shares."""

import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.text.arabic import script_shares
from schemas.tables import ANNOTATION_TABLES

VERSION = "1"


def annotate(documents: Documents) -> pa.Table:
    """Rows of `article_languages`, one an article."""
    rows = [
        document.key
        | {
            "script_shares": [
                {"script": script, "share": share} for script, share in script_shares(document.body.published).items()
            ]
        }
        for document in documents
    ]
    return pa.Table.from_pylist(rows, schema=ANNOTATION_TABLES["article_languages"].arrow())
