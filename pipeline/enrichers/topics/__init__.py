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

Found = list[tuple[str, float, str]]
"""Topic, score and rule, the surest first."""


def annotate(documents: Documents) -> pa.Table:
    """Rows of `topics`, by article and rank."""
    read = evidence.read(documents)
    sure = evidence.logits(evidence.totals(read))
    sure_enough = sure >= MIN_LOGIT
    rows: list[int] = []
    ranks: list[int] = []
    found: Found = []
    for row in np.flatnonzero(sure_enough.any(axis=1)).tolist():
        logits = sorted((-sure[row, column], TOP[column]) for column in np.flatnonzero(sure_enough[row]))
        own = [each for logit, top in logits[:MAX_TOP] for each in _below(top, evidence.score(-logit), read.texts(row))]
        found += sorted(own, key=lambda each: (concepts()[each[0]].level, -each[1], each[0]))
        rows += [row] * len(own)
        ranks += range(1, len(own) + 1)
    columns = {
        "article_id": documents.table["article_id"].take(pa.array(rows, pa.int64())),
        "topic_id": pa.array([topic for topic, _, _ in found], pa.string()),
        "topic_level": pa.array([concepts()[topic].level for topic, _, _ in found], pa.int32()),
        "topic_score": pa.array([score for _, score, _ in found], pa.float32()),
        "topic_rank": pa.array(ranks, pa.int32()),
        "rule": pa.array([rule for _, _, rule in found], pa.string()),
        "filed_month": documents.table["filed_month"].take(pa.array(rows, pa.int64())),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["topics"].arrow())


def _below(top: str, score: float, texts: tuple[evidence.Integers, evidence.Integers]) -> Found:
    """A top-level topic and the narrower ones that the article names, each less sure than it is."""
    found: Found = [(top, score, "word_evidence")]
    found += [
        (topic, round(score * (1 - 0.5**times), 3), "label_in_text") for topic, times in named(top, *texts).items()
    ]
    return found
