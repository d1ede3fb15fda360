"""Decides the shape of a segmented page, which every segmenter returns; it does not segment."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

# Between keywords; a space is none, for keywords of several words are printed without quotes.
KEYWORD_SEPARATOR = re.compile(r"\s*[,،;؛|•·#\n]+\s*|\s+[-–/]\s+")


class Segment(NamedTuple):
    """A block of a page: `role` (a `schemas.vocab.BlockRole`), raw span [start, end) in code points, its text, the article it
    belongs to (0 = lead), the rule that decided, and the confidence in the role, 0..1."""

    role: str
    start: int
    end: int
    text: str
    article: int = 0
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """The segments of a page, in order and without overlap; who read them, and how sure of it.

    `scores` and `flags` are by article number: confidence in headline and body (0..1), and codes of `schemas.vocab.REASONS`.
    """

    segments: list[Segment]
    parser: str
    version: str
    scores: dict[int, float] = field(default_factory=dict)
    flags: dict[int, list[str]] = field(default_factory=dict)
    keyword_separator: re.Pattern[str] = KEYWORD_SEPARATOR
