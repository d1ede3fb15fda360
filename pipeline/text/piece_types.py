"""Decides what distinct pieces of texts hold: characters and words; all of them are looked at together, in columns. Words are those of
`pipeline.text.tokens`, in the letters of `pipeline.text.arabic.fold`.
"""

from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.text import characters
from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import fold
from pipeline.text.tokens import word_spans
from pipeline.text.vocabulary import Flags, Ints

NOTHING, SPACE, OTHER = range(3)


class Types:
    """Distinct pieces. A line break ends a piece and belongs to it."""

    def __init__(self, types: list[str]) -> None:
        self.types = types

    @cached_property
    def characters(self) -> characters.Codes:
        """The characters of all types, one after the other; `bounds` says where each begins and the last ends."""
        return characters.codes("".join(self.types))

    @cached_property
    def bounds(self) -> Ints:
        lengths = np.fromiter(map(len, self.types), np.int64, len(self.types))
        return np.concatenate(([0], np.cumsum(lengths)))

    @cached_property
    def classes(self) -> npt.NDArray[np.uint8]:
        """The classes of `characters`; see `pipeline.text.characters`."""
        return characters.classes()[self.characters]

    def count(self, flags: npt.NDArray[np.generic]) -> Ints:
        """How many of the characters of each type have a flag."""
        sums = np.concatenate(([0], np.cumsum(flags, dtype=np.int64)))
        return sums[self.bounds[1:]] - sums[self.bounds[:-1]]

    @cached_property
    def n_breaks(self) -> Ints:
        """Line breaks of each type; they are its end."""
        return self.count(self.classes == characters.LINE_BREAK)

    @cached_property
    def words(self) -> "TypeWords":
        """The words of every type, in order.

        A type whose word characters stand together has one word, folded with those of all such types; others are read by themselves.
        """
        kinds, low, high = self.classes, self.bounds[:-1], self.bounds[1:]
        is_word = kinds == characters.WORD
        places = np.append(np.flatnonzero(is_word), 0)
        before = np.concatenate(([0], np.cumsum(is_word)))
        n_word = before[high] - before[low]
        first, last = places[before[low]], places[before[high] - 1]
        parts_nothing = np.concatenate(([0], np.cumsum((kinds == characters.REMOVED) | is_word), [0]))
        together = parts_nothing[last + 1] - parts_nothing[first] == last + 1 - first
        special = self.count(kinds == characters.SPECIAL) > 0
        alone = (n_word > 0) & together & ~special
        others = np.flatnonzero(special | ((n_word > 0) & ~together))

        single = np.flatnonzero(alone)
        end = last[single] + 1
        marked = np.flatnonzero(end < high[single])
        marked = marked[kinds[end[marked]] == characters.REMOVED]  # marks belong to the letter before them
        after = np.flatnonzero(np.append(kinds != characters.REMOVED, True))
        end[marked] = np.minimum(after[np.searchsorted(after, end[marked])], high[single][marked])
        forms = self._folded(np.repeat(alone, np.diff(self.bounds)) & is_word, n_word[single])
        found = [(number, word) for number in others.tolist() for word in _words_of(self.types[number])]

        removed = np.concatenate(([0], np.cumsum(kinds == characters.REMOVED)))
        opens = removed[first[single]] - removed[low[single]] == first[single] - low[single]
        sides = np.where(opens, NOTHING, OTHER), np.where(end == high[single], NOTHING, OTHER)
        rows = np.column_stack((single, first[single] - low[single], end - low[single], *sides))
        special_rows = [(number, *word[:4]) for number, word in found]
        rows = np.concatenate((rows, np.array(special_rows, np.int64).reshape(-1, rows.shape[1])))
        order = np.argsort(rows[:, 0], kind="stable")
        columns = rows[order].T
        if found:
            written = forms + [word.form for _, word in found]
            forms = [written[place] for place in order.tolist()]
        place_of = np.argsort(order)[len(single) :].tolist()
        aligned = {place: word.aligned for place, (_, word) in zip(place_of, found, strict=True)}
        return TypeWords(columns[0], columns[1], columns[2], columns[3], columns[4], forms, aligned)

    def _folded(self, chosen: Flags, lengths: Ints) -> list[str]:
        """The chosen characters, folded, cut into forms of these lengths."""
        if not len(lengths):
            return []
        points = np.full(int(lengths.sum()) + len(lengths), ord("\n"), np.uint32)
        points[np.arange(int(lengths.sum())) + np.repeat(np.arange(len(lengths)), lengths)] = characters.folds()[
            self.characters[chosen]
        ]
        return characters.text_of(points).split("\n")[:-1]


class TypeWords(NamedTuple):
    """The words of types, in order: the type, the span of it, what stands around, the form, and how `pipeline.text.aligned` spells
    those that it may spell otherwise.

    `before` and `after` tell what a word has between it and the next one in the type, or the edge of that: NOTHING, SPACE (a single
    one) or OTHER characters, removed ones aside.
    """

    type: Ints
    start: Ints
    end: Ints
    before: Ints
    after: Ints
    form: list[str]
    aligned: dict[int, str]


class _Word(NamedTuple):
    start: int
    end: int
    before: int
    after: int
    form: str
    aligned: str


def _words_of(piece: str) -> list[_Word]:
    """The words of a piece of any kind."""
    aligned = fold_aligned(piece)
    text = aligned.text
    written = text if aligned.shifts else piece  # without shifts places are the same in both
    spans = word_spans(written)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    gaps = [_gap(text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [
        _Word(*aligned.span(start, end), before, after, fold(written[start:end]), text[start:end])
        for (start, end), (before, after) in zip(spans, pairwise(gaps), strict=True)
    ]


def _gap(between: str) -> int:
    return NOTHING if not between else SPACE if between == " " else OTHER
