"""Decides which IPTC Media Topics an article is about: of the top level by the evidence of its words, below it by labels it names.

An article that no topic is sure enough for has no row: it abstains, and `enrichments` says that it was looked at.
"""

import numpy as np
import pyarrow as pa

from pipeline.enrichers import lexicon
from pipeline.enrichers.documents import Documents
from pipeline.enrichers.topics import evidence
from pipeline.enrichers.topics.labels import named
from pipeline.enrichers.topics.taxonomy import TOP, concepts
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1/lexicon {lexicon.VERSION}"
MIN_LOGIT = 0.0  # a score of 0.5: on the dev half nine of ten topics are right, and nine of ten articles have one
MAX_TOP = 3


def annotate(documents: Documents) -> pa.Table:
    """Rows of `topics`, by article and rank."""
    read = evidence.read(documents)
    sure = evidence.logits(evidence.totals(read))
    surest = np.argsort(-sure, axis=1, kind="stable")[:, :MAX_TOP]
    is_topic = np.zeros(sure.shape, np.bool_)
    np.put_along_axis(is_topic, surest, np.take_along_axis(sure, surest, axis=1) >= MIN_LOGIT, axis=1)
    below = named(read, is_topic)
    found: list[tuple[int, int, float, str, str]] = []
    for article, column in np.argwhere(is_topic).tolist():
        score = evidence.score(sure[article, column])
        found.append((article, 1, -score, TOP[column], "word_evidence"))
        for topic, times in below.get((article, column), {}).items():  # each less sure than the topic above
            found.append(
                (article, concepts()[topic].level, -round(score * (1 - 0.5**times), 3), topic, "label_in_text")
            )
    found.sort()
    rows, levels, scores, topics, rules = zip(*found, strict=True) if found else ((),) * 5
    row = np.array(rows, np.int64)
    columns = {
        "article_id": documents.table["article_id"].take(pa.array(row)),
        "topic_id": pa.array(topics, pa.string()),
        "topic_level": pa.array(levels, pa.int32()),
        "topic_score": -np.array(scores, np.float32),
        "topic_rank": (np.arange(len(row)) - np.searchsorted(row, row) + 1).astype(np.int32),
        "rule": pa.array(rules, pa.string()),
        "filed_month": documents.table["filed_month"].take(pa.array(row)),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["topics"].arrow())
