"""Decides which annotation tables there are: facts derived from the text of articles, one module a subject.

An annotation can change without the text changing, so it lives in a table of its own; `enrichments` says which article was
looked at by which annotator.
"""

from schemas.annotations.languages import ARTICLE_LANGUAGES
from schemas.annotations.model import Annotation
from schemas.annotations.numbers import DATE_MENTIONS, QUANTITIES
from schemas.annotations.personal import PERSONAL_DATA

ANNOTATIONS: tuple[Annotation, ...] = (ARTICLE_LANGUAGES, DATE_MENTIONS, QUANTITIES, PERSONAL_DATA)

__all__ = ["ANNOTATIONS", "Annotation"]
