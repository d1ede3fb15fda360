"""Decides how much the words of an article speak for each top-level topic, and how sure that makes us.

All sums are of integers, so they are the same for any order of words and any split into batches; what follows is done to each
figure by itself.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.lexicon import lexicon
from pipeline.text.vocabulary import Strings

TABLE = Path(__file__).with_name("evidence.npy")
CURVE = Path(__file__).with_name("curve.json")
HEADLINE_WEIGHT = 2  # occurrences in the body that one in the headline is worth
BODY_WORDS = 300  # what comes later strays from the subject
ONCE = 44  # the weight of a word said once, in 64ths of log(1 + occurrences)
MIN_WORDS = 10  # known words, said once: an article with fewer is not judged
_WEIGHTS = np.rint(64 * np.log1p(np.arange(HEADLINE_WEIGHT * 1000 + BODY_WORDS))).astype(np.int64)

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Read(NamedTuple):
    """The numbers of the words of a text after the other, headline and start of the body of each article, -1 for unknown words;
    text t has those from `first[t]` to `first[t + 1]`."""

    numbers: Integers
    first: Integers

    def texts(self, article: int) -> tuple[Integers, Integers]:
        """The words of the headline and of the start of the body of an article."""
        start, middle, end = self.first[2 * article : 2 * article + 3]
        return self.numbers[start:middle], self.numbers[middle:end]


@cache
def table() -> NDArray[np.int8]:
    """Evidence of each word of the lexicon (rows) for each top-level topic (columns), -127 to 127."""
    frozen: NDArray[np.int8] = np.load(TABLE)
    return frozen


@cache
def _by_topic() -> NDArray[np.int8]:
    """The same, a row for each topic."""
    return np.ascontiguousarray(table().T)


@cache
def _coefficients() -> tuple[float, float, float]:
    evidence, lead, constant = json.loads(CURVE.read_text("utf-8"))["coefficients"]
    return evidence, lead, constant


def read(documents: Documents) -> Read:
    """The words of the headlines and of the starts of the bodies."""
    pieces = documents.pieces
    number = pieces.of_words(lambda _: _numbers, spelled=True)[0]
    bounds = pieces.first_word[pieces.first]
    first, counts = bounds[:-1], np.diff(bounds)
    counts[1::2] = np.minimum(counts[1::2], BODY_WORDS)
    ends = np.cumsum(counts)
    return Read(number[np.arange(counts.sum()) + np.repeat(first - ends + counts, counts)], np.concatenate(([0], ends)))


def weighed(given: Read) -> tuple[Integers, Integers, Integers]:
    """Article, word and weight of each known word of each article, in that order."""
    text = np.repeat(np.arange(len(given.first) - 1), np.diff(given.first))
    n_words = len(lexicon().zipf)
    known = given.numbers >= 0
    keys = ((text >> 1) * n_words + given.numbers)[known]
    in_headline = keys[text[known] % 2 == 0]
    keys = np.sort(np.concatenate((keys, np.tile(in_headline, HEADLINE_WEIGHT - 1))))
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(np.append(starts, len(keys)))
    article, word = np.divmod(keys[starts], n_words)
    return article, word, _WEIGHTS[np.minimum(counts, len(_WEIGHTS) - 1)]


def totals(given: Read, frozen: NDArray[np.int8] | None = None) -> Integers:
    """Rows of an article: weighed evidence for each topic, then the weight of its words."""
    article, words, weights = weighed(given)
    by_topic = _by_topic() if frozen is None else frozen.T
    found = np.zeros((len(given.first) // 2, len(by_topic) + 1), np.int64)
    if len(article):
        starts = np.flatnonzero(np.diff(article, prepend=-1))
        rows = article[starts]
        evidence = np.take(by_topic, words, axis=1) * weights.astype(np.int32)
        found[rows, :-1] = np.add.reduceat(evidence, starts, axis=1).T
        found[rows, -1] = np.add.reduceat(weights, starts)
    return found


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


def _numbers(words: list[str], _: Strings) -> tuple[list[int]]:
    """The numbers of folded words in the lexicon, -1 for those that it has not."""
    return (list(map(lexicon().find, words)),)
