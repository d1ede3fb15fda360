"""Decides the keywords of an article: the publisher's, then those extracted from its words, none twice.

Accepted gap: in languages without a list of stop words nothing is extracted.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.enrichers import lexicon
from pipeline.enrichers.documents import Documents
from pipeline.enrichers.keywords.extracted import extract
from pipeline.enrichers.keywords.published import published
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1/lexicon {lexicon.VERSION}"
MAX_EXTRACTED = 10
PUBLISHERS: Final = "publisher_keywords"


def annotate(documents: Documents) -> pa.Table:
    """Rows of `keywords`, by article and position."""
    table = documents.table
    given = [published(keywords or ()) for keywords in table["keywords"].to_pylist()]
    by_publisher = [(row, folded, keyword) for row, chosen in enumerate(given) for folded, keyword in chosen.items()]
    n_given = len(by_publisher)
    found = extract(documents, MAX_EXTRACTED)
    is_new = [folded not in given[row] for row, folded in zip(found.row.tolist(), found.folded, strict=True)]
    rows = np.concatenate((np.array([row for row, _, _ in by_publisher], np.int64), found.row))
    order = np.argsort(rows, kind="stable")  # the publisher's stay first
    order = order[np.concatenate((np.ones(n_given, np.bool_), np.array(is_new, np.bool_)))[order]]
    place, row = pa.array(order), rows[order]
    columns = {
        "article_id": table["article_id"].take(pa.array(row)),
        "keyword_position": (np.arange(len(row)) - np.searchsorted(row, row) + 1).astype(np.int32),
        "keyword": pa.array([keyword for _, _, keyword in by_publisher] + found.keyword, pa.string()).take(place),
        "keyword_folded": pa.array([folded for _, folded, _ in by_publisher] + found.folded, pa.string()).take(place),
        "keyword_origin": pa.array(["publisher", "extracted"]).take(pa.array((order >= n_given).astype(np.int8))),
        "keyword_score": pa.array([None] * n_given + found.score.tolist(), pa.float32()).take(place),
        "rule": pa.array([PUBLISHERS] * n_given + found.rule, pa.string()).take(place),
        "filed_month": table["filed_month"].take(pa.array(row)),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["keywords"].arrow())
