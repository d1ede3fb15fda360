"""Decides the columns of `keywords`: what an article is about in its own words, or in those of its publisher."""

import pyarrow as pa

from schemas.annotations.model import Annotation
from schemas.field import Field

KEYWORDS = Annotation(
    "keywords",
    "one keyword of one article",
    ("article_id", "keyword_position"),
    (
        Field("keyword_position", pa.int32(), "Place among the keywords of the article: publisher's first", minimum=1),
        Field(
            "keyword", pa.string(), "The keyword, as published, without particles before it", example="كوريا الشمالية"
        ),
        Field(
            "keyword_folded",
            pa.string(),
            "Its words in the match fold without particles and article: equal for spellings of one keyword",
            example="كوريا شماليه",
        ),
        Field(
            "keyword_origin",
            pa.string(),
            "Who chose it: the publisher, or we from headline and body",
            allowed=("publisher", "extracted"),
        ),
        Field(
            "keyword_score",
            pa.float32(),
            "How much the article is about it: occurrences times rarity, between 0 and 1; for ranking in an article",
            "the publisher chose it",
            minimum=0.0,
            maximum=1.0,
        ),
        "rule",
    ),
)
