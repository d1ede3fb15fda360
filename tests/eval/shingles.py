"""Decides how an extracted text is scored against a reference: 4-word shingles, as the ScrapingHub article benchmark does.

Definition: https://github.com/scrapinghub/article-extraction-benchmark (words are runs of word characters, shingles are
counted with repetition, precision and recall are means over pages and F1 is the harmonic mean of the two means).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(expected: str, actual: str, size: int = 4) -> Score:
    """One page; `size` 1 compares words.

    >>> score("a b c d e", "a b c d").recall
    0.5
    """
    truth, found = _shingles(expected, size), _shingles(actual, size)
    common = (truth & found).total()
    if truth == found:
        return Score(1.0, 1.0)
    return Score(common / found.total() if found else 0.0, common / truth.total() if truth else 0.0)


def mean(scores: Sequence[Score]) -> Score:
    """The score of a collection."""
    return Score(fmean(s.precision for s in scores), fmean(s.recall for s in scores))


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))
