"""Decides where places of the published texts of a batch are in their folded texts, and the other way round, many at a time; what one
text folds to is decided in `pipeline.text.aligned`."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from pipeline.text.aligned import Folded

Ints = npt.NDArray[np.int64]


class Alignments:
    """The folded texts of a batch; see `Folded`, whose `place` and `source` these methods are, for a text each."""

    def __init__(self, folded: Sequence[Folded]) -> None:
        n_removed = np.fromiter((len(one.shifts) for one in folded), np.int64, len(folded))
        sizes = np.fromiter((len(one.text) for one in folded), np.int64, len(folded))
        self._before: Ints = np.cumsum(n_removed) - n_removed
        text = np.repeat(np.arange(len(folded)), n_removed)
        number = np.arange(len(text)) - self._before[text]
        shifts = np.fromiter(chain.from_iterable(one.shifts for one in folded), np.int64, len(text))
        sizes += n_removed + 1
        self._first: Ints = np.cumsum(sizes) - sizes  # of each text, as if they stood one after the other
        self._shifts: Ints = shifts + self._first[text]
        self._removed: Ints = self._shifts + number

    def places(self, text: Ints, source: Ints) -> Ints:
        """Where places of the published texts are in the folded ones."""
        return source - (np.searchsorted(self._removed, source + self._first[text]) - self._before[text])

    def sources(self, text: Ints, place: Ints) -> Ints:
        """Where places of the folded texts are in the published ones."""
        return place + (np.searchsorted(self._shifts, place + self._first[text], side="right") - self._before[text])
