"""Decides which annotation tables there are: facts derived from the text of articles, one module a subject.

An annotation can change without the text changing, so it lives in a table of its own; `enrichments` says which article was
looked at by which annotator.
"""

from schemas.annotations.keywords import KEYWORDS
from schemas.annotations.languages import ARTICLE_LANGUAGES, LANGUAGE_SPANS
from schemas.annotations.mentions import MENTIONS
from schemas.annotations.model import Annotation
from schemas.annotations.numbers import DATE_MENTIONS, QUANTITIES
from schemas.annotations.personal import PERSONAL_DATA
from schemas.annotations.quality import TEXT_QUALITY
from schemas.annotations.quotes import QUOTES
from schemas.annotations.sources import CITED_SOURCES, WIRE_COPY
from schemas.annotations.terms import TERMS, TOKEN_COUNTS
from schemas.annotations.topics import TOPICS

ANNOTATIONS: tuple[Annotation, ...] = (
    ARTICLE_LANGUAGES,
    LANGUAGE_SPANS,
    TERMS,
    TOKEN_COUNTS,
    TEXT_QUALITY,
    MENTIONS,
    QUOTES,
    CITED_SOURCES,
    WIRE_COPY,
    DATE_MENTIONS,
    QUANTITIES,
    KEYWORDS,
    TOPICS,
    PERSONAL_DATA,
)

__all__ = ["ANNOTATIONS", "Annotation"]
