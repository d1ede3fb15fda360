"""Decides how much the words of an article speak for each top-level topic, and how sure that makes us.

All sums are of integers, so they are the same for any order of words and any split into batches; what follows is done to each
figure by itself.
"""

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.enrichers.documents import Document
from pipeline.enrichers.lexicon import lexicon

TABLE = Path(__file__).with_name("evidence.npy")
CURVE = Path(__file__).with_name("curve.json")
HEADLINE_WEIGHT = 2  # occurrences in the body that one in the headline is worth
BODY_WORDS = 300  # what comes later strays from the subject
ONCE = 44  # the weight of a word said once, in 64ths of log(1 + occurrences)
MIN_WORDS = 10  # known words, said once: an article with fewer is not judged
_WEIGHTS = np.rint(64 * np.log1p(np.arange(HEADLINE_WEIGHT * 1000 + BODY_WORDS))).astype(np.int64)
_REMEMBERED = 1 << 17

Read = tuple[list[int], list[int]]
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class _Numbers(dict[str, int]):
    """The number of a folded word in the lexicon, -1 if it has none; remembered while there is room."""

    def __missing__(self, word: str) -> int:
        number = lexicon().find(word)
        if len(self) < _REMEMBERED:
            self[word] = number
        return number


_numbers = _Numbers()


@cache
def table() -> NDArray[np.int8]:
    """Evidence of each word of the lexicon (rows) for each top-level topic (columns), -127 to 127."""
    frozen: NDArray[np.int8] = np.load(TABLE)
    return frozen


@cache
def _coefficients() -> tuple[float, float, float]:
    evidence, lead, constant = json.loads(CURVE.read_text("utf-8"))["coefficients"]
    return evidence, lead, constant


def numbers(words: Iterable[str]) -> list[int]:
    """The numbers of the words that the lexicon has."""
    return [number for number in map(_numbers.__getitem__, words) if number >= 0]


def read(document: Document) -> Read:
    """The numbers of the words of the headline and of the start of the body, -1 for unknown ones."""
    number = _numbers.__getitem__
    return list(map(number, document.headline.tokens)), list(map(number, document.body.tokens[:BODY_WORDS]))


def weighed(document: Document) -> tuple[Integers, Integers]:
    """The words of an article by number, each once, and their weights."""
    _, found, weights = _grouped([read(document)])
    return found, weights


def _grouped(articles: Sequence[Read]) -> tuple[Integers, Integers, Integers]:
    """Article, word and weight of each word of each article, in that order."""
    lengths = [len(headline) * HEADLINE_WEIGHT + len(body) for headline, body in articles]
    n_words = len(lexicon().zipf)
    flat = chain.from_iterable(part for headline, body in articles for part in (headline * HEADLINE_WEIGHT, body))
    words = np.fromiter(flat, np.int64, sum(lengths))
    keys = np.repeat(np.arange(len(articles)) * n_words, lengths) + words
    unique, counts = np.unique(keys[words >= 0], return_counts=True)
    return unique // n_words, unique % n_words, _WEIGHTS[np.minimum(counts, len(_WEIGHTS) - 1)]


def totals(articles: Sequence[Read], frozen: NDArray[np.int8] | None = None) -> Integers:
    """Rows of an article: weighed evidence for each topic, then the weight of its words."""
    article, words, weights = _grouped(articles)
    found = (table() if frozen is None else frozen)[words].astype(np.int64) * weights[:, None]
    sums = np.zeros((len(articles), found.shape[1] + 1), np.int64)
    if len(article):
        starts = np.flatnonzero(np.diff(article, prepend=-1))
        sums[article[starts]] = np.add.reduceat(np.column_stack((found, weights)), starts, axis=0)
    return sums


def features(sums: Integers) -> Floats:
    """For each article and topic: evidence a weight, and its lead over the best other topic."""
    evidence = sums[:, :-1] / np.maximum(sums[:, -1:], ONCE)
    best = np.sort(evidence, axis=1)[:, -2:]
    others = np.where(evidence == best[:, 1:], best[:, :1], best[:, 1:])
    return np.stack((evidence, evidence - others), axis=-1)


def logits(sums: Integers) -> Floats:
    """How sure each topic is, in log odds."""
    by_evidence, by_lead, constant = _coefficients()
    given = features(sums)
    sure = given[..., 0] * by_evidence + given[..., 1] * by_lead + constant
    sure[sums[:, -1] < MIN_WORDS * ONCE] = -np.inf
    return sure


def score(logit: float) -> float:
    """Log odds as a score of 0 to 1, in thousandths."""
    return round(1 / (1 + math.exp(-logit)), 3)
