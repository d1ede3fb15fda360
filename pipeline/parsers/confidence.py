"""Decides how sure the generic reader is of an article, as the share of such pages that it reads right; it reads nothing itself.

Right is: the headline exactly, and a body with a token F1 of at least 0.95. What a reading looks like is a few features; their weights
and the curve that makes a share of their sum are data (`confidence.toml`), fitted on pages with truth.
"""

import math
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.parsers.labels import DATE, PROSE, Mark
from pipeline.parsers.segments import Segment
from pipeline.parsers.stories import Story
from schemas.vocab import BlockRole

# A headline that the body does not bear out. The pages with truth hold no exchanged headlines, so no fit can say how rare they are:
# of true pairs 1 % look like this, and 4 of 5 of those are right.
DISAGREEING: Final = 0.5

MAX_LOGIT: Final = 5.0
MAX_SCORE: Final = 4.0
MAX_GAP: Final = 20
MAX_BLOCKS: Final = 200
MIN_WORDS, MAX_WORDS = 5, 600

_PARAGRAPHS: Final = frozenset((BlockRole.PARAGRAPH, BlockRole.PARAGRAPH_LINE))
_DATED: Final = frozenset((BlockRole.PUBLISHED_RAW, BlockRole.UPDATED_RAW))
_ELSEWHERE: Final = frozenset((BlockRole.COMMENT, BlockRole.COMMENT_FORM, BlockRole.SOCIAL_TEXT))


class _Table(NamedTuple):
    weights: dict[str, float]
    said: list[float]
    share: list[float]


@cache
def _table() -> _Table:
    data = tomllib.loads(Path(__file__).with_name("confidence.toml").read_text(encoding="utf-8"))
    return _Table(data["weights"], data["curve"]["said"], data["curve"]["share"])


def confidence(features: Mapping[str, float]) -> float:
    """The share of pages that are read right of those that look like this one, 0..1."""
    table = _table()
    said = chance(features, table.weights)
    at = bisect_right(table.said, said)
    if at == 0 or at == len(table.said):
        return table.share[max(0, at - 1)]
    left, right = table.said[at - 1], table.said[at]
    part = (said - left) / (right - left)
    return round(table.share[at - 1] + part * (table.share[at] - table.share[at - 1]), 3)


def chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What the weights make of features, before the curve, 0..1."""
    total = sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def describe(marks: list[Mark], segments: Mapping[int, list[Segment]], story: Story, number: int) -> dict[str, float]:
    """The features of an article as it was read.

    Args:
        marks: all blocks of the page.
        segments: what became of each block, by its index.
        story: the stretch that the article was read from.
        number: of the article.
    """
    body = [i for i, given in sorted(segments.items()) if given[0].role in _PARAGRAPHS and given[0].article == number]
    n_words = sum(marks[i].block.n_words for i in body) or 1
    gaps = [later - earlier for earlier, later in pairwise(body)]
    headline = story.headline
    sure = min(max(headline.chance if headline else 0.0, 1e-3), 1 - 1e-3)
    head = range(max((headline.index if headline else story.first) - 1, 0), story.body)
    return {
        "base": 1.0,
        "chance": max(-MAX_LOGIT, min(MAX_LOGIT, math.log(sure / (1 - sure)))),
        "score": min(headline.score, MAX_SCORE) if headline else 0.0,
        "top": float(headline.features.get("top", 0)) if headline else 0.0,
        "dated": float(any(marks[i].kind is DATE or segments[i][0].role in _DATED for i in head if i in segments)),
        "length": math.log(min(max(n_words, MIN_WORDS), MAX_WORDS)),
        "lines": sum(marks[i].block.n_words for i in body if marks[i].kind is not PROSE) / n_words,
        "unended": sum(not marks[i].block.terminal for i in story.prose) / len(story.prose),
        "cuts": sum(gap > 1 for gap in gaps) / max(len(body), 1),
        "gap": min(max(gaps, default=0), MAX_GAP) / MAX_GAP,
        "outside": _share_outside(marks, segments),
        "blocks": min(len(marks), MAX_BLOCKS) / MAX_BLOCKS,
    }


def _share_outside(marks: list[Mark], segments: Mapping[int, list[Segment]]) -> float:
    """The share of the prose of a page that no article took, nor readers and posts."""
    prose = [(i, mark.block.n_words) for i, mark in enumerate(marks) if mark.kind is PROSE and i in segments]
    outside = sum(
        n_words
        for i, n_words in prose
        if segments[i][0].role not in _PARAGRAPHS and segments[i][0].role not in _ELSEWHERE
    )
    return outside / (sum(n_words for _, n_words in prose) or 1)
