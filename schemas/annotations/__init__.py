"""Decides which annotation tables there are: facts derived from the text of articles, one module a subject.

An annotation can change without the text changing, so it lives in a table of its own; `enrichments` says which article was
looked at by which annotator.
"""

from schemas.annotations.keywords import KEYWORDS
from schemas.annotations.languages import ARTICLE_LANGUAGES
from schemas.annotations.model import Annotation
from schemas.annotations.topics import TOPICS

ANNOTATIONS: tuple[Annotation, ...] = (ARTICLE_LANGUAGES, KEYWORDS, TOPICS)

__all__ = ["ANNOTATIONS", "Annotation"]
