"""Decides where texts hold forms of a lexicon as whole words, with or without the particles written onto them.

A form is looked up by its words: each distinct word once for many batches, a phrase only where its first two words stand together.
"""

from collections.abc import Container, Iterable
from typing import Generic, TypeVar

import numpy as np

from pipeline.enrichers.mentions.joined import Joined
from pipeline.text.vocabulary import Ints, Strings

Value = TypeVar("Value")

ANY_PARTICLE = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فل")
_WITH_ARTICLE = {"ل": "لل", "ول": "ولل", "فل": "فلل"}  # what ل makes of a following article


class Matcher(Generic[Value]):
    """Folded forms, each with what it stands for and whether particles may precede it.

    `kinds`: all that differ, each the letters of the particles and the value; the first is that of words that are no form.
    """

    def __init__(self, nothing: Value, forms: Iterable[tuple[str, Value, tuple[str, ...], Container[str]]]) -> None:
        """Of each form: what it stands for, which particles may precede it, and the words that it is then no part of (كبيرا)."""
        whole: dict[str, tuple[int, Value]] = {}
        for form, value, particles, words in forms:
            for written, n_particles in _written(form, particles):
                known = whole.get(written)
                if n_particles and written in words:
                    continue
                if known is None or n_particles < known[0]:  # a whole form before one with particles
                    whole[written] = (n_particles, value)
        numbers: dict[tuple[int, Value], int] = {(0, nothing): 0}
        single: dict[str, int] = {}
        self._phrases: dict[str, int] = {}
        pairs: dict[tuple[str, str], set[int]] = {}
        for written, kind in whole.items():
            number = numbers.setdefault(kind, len(numbers))
            first, *others = written.split(" ")
            if others:
                self._phrases[written] = number
                pairs.setdefault((first, others[0]), set()).add(len(others) + 1)
            else:
                single[written] = number
        self.kinds: list[tuple[int, Value]] = list(numbers)
        firsts, seconds = (
            {word: number for number, word in enumerate(side, 1)}
            for side in map(dict.fromkeys, zip(*pairs, strict=True))
        )
        self._told = {
            word: (single.get(word, 0), firsts.get(word, 0), seconds.get(word, 0))
            for word in {**single, **firsts, **seconds}
        }
        self._n_seconds = len(seconds) + 1
        sizes = {firsts[first] * self._n_seconds + seconds[second]: sizes for (first, second), sizes in pairs.items()}
        whole_pairs = {
            firsts[first] * self._n_seconds + seconds[second]: self._phrases.get(f"{first} {second}", 0)
            for first, second in pairs
        }
        self._pairs = np.array([-1, *sorted(sizes)])
        self._kinds_of_pairs = np.array([0, *(whole_pairs[pair] for pair in sorted(sizes))])
        self._longer = [(), *(tuple(sorted(sizes[pair] - {2})) for pair in sorted(sizes))]
        self._has_longer = np.array(list(map(bool, self._longer)))

    def hits(self, joined: Joined) -> tuple[Ints, Ints, Ints]:
        """First word, last word and number of the kind of every form in the texts, by the word that ends it, the longest first."""
        kinds, firsts, seconds = joined.of_forms(self._tell, slice(None))
        single = np.flatnonzero(kinds)
        opening = np.flatnonzero((firsts[:-1] > 0) & (seconds[1:] > 0))
        phrases = self._phrases_at(joined, opening, firsts[opening] * self._n_seconds + seconds[opening + 1])
        first, last, kind = phrases[np.lexsort((phrases[:, 0], phrases[:, 1]))].T
        place = np.searchsorted(single, last)
        return np.insert(single, place, first), np.insert(single, place, last), np.insert(kinds[single], place, kind)

    def _tell(self, forms: list[str], _: Strings) -> list[list[int]]:
        """Of words: the number of what each stands for, its numbers as the first and as the second of a phrase; 0 for none."""
        told = [self._told.get(form, (0, 0, 0)) for form in forms]
        return [[numbers[column] for numbers in told] for column in range(3)]

    def _phrases_at(self, joined: Joined, opening: Ints, pairs: Ints) -> Ints:
        """The phrases that begin with these pairs of words: first and last word, number of the kind."""
        place = np.searchsorted(self._pairs, pairs, side="right") - 1
        is_known = self._pairs[place] == pairs
        opening, place = opening[is_known], place[is_known]
        kinds = self._kinds_of_pairs[place]
        found: list[int] = []
        may_be_longer = self._has_longer[place]
        for word, pair in zip(opening[may_be_longer].tolist(), place[may_be_longer].tolist(), strict=True):
            for size in self._longer[pair]:
                if kind := self._phrases.get(joined.phrase(word, word + size)):
                    found += (word, word + size - 1, kind)
        longer = np.array(found, np.int64).reshape(-1, 3)
        return np.concatenate((np.column_stack((opening, opening + 1, kinds))[kinds > 0], longer))


def _written(form: str, particles: tuple[str, ...]) -> Iterable[tuple[str, int]]:
    yield form, 0
    for particle in particles:
        if form.startswith("ال") and particle in _WITH_ARTICLE:
            yield _WITH_ARTICLE[particle] + form[2:], len(particle)
        else:
            yield particle + form, len(particle)
