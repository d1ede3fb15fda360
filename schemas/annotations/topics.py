"""Decides the columns of `topics`: which IPTC Media Topics an article is about."""

import pyarrow as pa

from schemas.annotations.model import Annotation
from schemas.field import Field

TOPICS = Annotation(
    "topics",
    "one IPTC Media Topic that one article is about; an article that no topic is sure enough for has none",
    ("article_id", "topic_id"),
    (
        Field(
            "topic_id",
            pa.string(),
            "Concept of IPTC Media Topics; its labels are in the view media_topics",
            example="medtop:15000000",
            pattern="medtop:[0-9]{8}",
        ),
        Field("topic_level", pa.int32(), "Depth of the concept: 1 is one of the 17 at the top", minimum=1, maximum=6),
        Field(
            "topic_score",
            pa.float32(),
            "How sure the topic is, from 0.5 at the top level; below it, the score of the top-level topic times 1 - 0.5 to the power of the times that its label is said",
            minimum=0.0,
            maximum=1.0,
        ),
        Field(
            "topic_rank",
            pa.int32(),
            "Place among the topics of the article: by level, then the surest first",
            minimum=1,
        ),
        "rule",
    ),
)
