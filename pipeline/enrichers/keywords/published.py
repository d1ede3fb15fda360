"""Decides which keywords a publisher's list holds: one a subject, without the marks that lists are written with."""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.enrichers.lexicon import lexicon
from pipeline.text.aligned import fold_aligned
from pipeline.text.remembered import Remembered
from pipeline.text.tokens import words

MAX_CHARS = 100  # longer ones are descriptions or headlines in the wrong field
_SEPARATOR = re.compile(r"[,،;؛|\n\r\t•·]|\s[-–—/]\s|(?<=\s)#|(?<=\w)#")
_EDGES = " \u200b\u200c\u200e\u200f\ufeff\u00a0\"'«»“”‘’()[]{}#.:،,؛;-–—_*/\\"
_SPACES = re.compile(r"[\s_]+")


def published(keywords: Iterable[str]) -> dict[str, str]:
    """The keywords by their folded form, in the publisher's order.

    >>> published(["#كوريا_الشمالية، روسيا", "وروسيا", " "])
    {'كوريا شماليه': 'كوريا الشمالية', 'روسيا': 'روسيا'}
    """
    found: dict[str, str] = {}
    for given in keywords:
        for folded, keyword in _SUBJECTS[given]:
            found.setdefault(folded, keyword)
    return found


def _subjects(given: str) -> list[tuple[str, str]]:
    """The keywords of an entry of a list, folded and as published."""
    keywords = [_SPACES.sub(" ", part).strip(_EDGES) for part in _SEPARATOR.split(given)]
    found = [(folded_keyword(keyword), keyword) for keyword in keywords if 1 < len(keyword) <= MAX_CHARS]
    return [(folded, keyword) for folded, keyword in found if folded]


def folded_keyword(keyword: str) -> str:
    """The words of a keyword in the match fold, without particles and article.

    >>> folded_keyword("الولايات المتحدة")
    'ولايات متحده'
    """
    without_particles = lexicon().without_particles
    return " ".join(without_particles(word)[1] for word in words(fold_aligned(keyword).text))


_SUBJECTS: Final = Remembered(_subjects, room=1 << 16)
