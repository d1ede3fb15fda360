"""Decides which IPTC Media Topics an article is about: of the top level by the evidence of its words, below it by labels it names.

An article that no topic is sure enough for has no row: it abstains, and `enrichments` says that it was looked at.
"""

from typing import Any

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
    schema = ANNOTATION_TABLES["topics"].arrow()
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    articles = [evidence.read(document) for document in documents]
    sure = evidence.logits(evidence.totals(articles))
    sure_enough = sure >= MIN_LOGIT
    for place in np.flatnonzero(sure_enough.any(axis=1)).tolist():
        document, article = documents.documents[place], articles[place]
        logits = sorted((-sure[place, column], TOP[column]) for column in np.flatnonzero(sure_enough[place]))
        found = [row for logit, top in logits[:MAX_TOP] for row in _below(top, evidence.score(-logit), article)]
        for rank, (topic, score, rule) in enumerate(
            sorted(found, key=lambda row: (concepts()[row[0]].level, -row[1], row[0])), 1
        ):
            columns["article_id"].append(document.row["article_id"])
            columns["topic_id"].append(topic)
            columns["topic_level"].append(concepts()[topic].level)
            columns["topic_score"].append(score)
            columns["topic_rank"].append(rank)
            columns["rule"].append(rule)
            columns["filed_month"].append(document.row["filed_month"])
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def _below(top: str, score: float, article: evidence.Read) -> Found:
    """A top-level topic and the narrower ones that the article names, each less sure than it is."""
    found: Found = [(top, score, "word_evidence")]
    found += [
        (topic, round(score * (1 - 0.5**times), 3), "label_in_text") for topic, times in named(top, *article).items()
    ]
    return found
