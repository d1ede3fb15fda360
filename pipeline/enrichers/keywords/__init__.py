"""Decides the keywords of an article: the publisher's, then those extracted from its words, none twice.

Accepted gap: in languages without a list of stop words nothing is extracted.
"""

from operator import itemgetter
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
    given = [published(keywords or ()) for keywords in documents.table["keywords"].to_pylist()]
    found: list[tuple[int, str, str, float | None, str]] = [
        (row, keyword, folded, None, PUBLISHERS)
        for row, chosen in enumerate(given)
        for folded, keyword in chosen.items()
    ]
    found += [each for each in extract(documents, MAX_EXTRACTED) if each.folded not in given[each.row]]
    found.sort(key=itemgetter(0))  # the publisher's stay first
    rows, keyword, folded, score, rule = zip(*found, strict=True) if found else ((),) * 5
    row = np.array(rows, np.int64)
    columns = {
        "article_id": documents.table["article_id"].take(row),
        "keyword_position": (np.arange(len(row)) - np.searchsorted(row, row) + 1).astype(np.int32),
        "keyword": pa.array(keyword, pa.string()),
        "keyword_folded": pa.array(folded, pa.string()),
        "keyword_origin": pa.array(["publisher" if name == PUBLISHERS else "extracted" for name in rule], pa.string()),
        "keyword_score": pa.array(score, pa.float32()),
        "rule": pa.array(rule, pa.string()),
        "filed_month": documents.table["filed_month"].take(row),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["keywords"].arrow())
