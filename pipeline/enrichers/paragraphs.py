"""Decides what speaks against a paragraph being in the language of its article: its script, its letters, the lack of function words;
which language it is in, it does not decide. All paragraphs of a batch are counted at once.
"""

from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.text.arabic_languages import LANGUAGES, outside
from pipeline.text.characters import scripts
from pipeline.text.function_words import folded
from pipeline.text.pieces import Ints, Pieces

Flags = npt.NDArray[np.bool_]

_FOREIGN_SHARE: Final = 0.02  # of the letters: a foreign name does not make a paragraph foreign
_FOREIGN_LEAST: Final = 2
_WORDS_A_FUNCTION_WORD: Final = 12  # one paragraph in twelve of SaudiNewsNet has fewer, and is looked at by itself


class Paragraphs:
    """The lines of the texts of `pieces` that are not blank: their text, span, letters, and whether something speaks against them."""

    def __init__(self, pieces: Pieces) -> None:
        ends = (pieces.n_breaks > 0)[pieces.codes]
        ends[pieces.first[1:] - 1] = True
        last = np.flatnonzero(ends)
        first = np.concatenate(([0], last + 1))[: len(last)]
        start = pieces.start[first]
        end = pieces.start[last] + (np.diff(pieces.bounds) - pieces.n_breaks)[pieces.codes[last]]
        self._first, self._kept = first, end > start
        self._pieces = pieces
        self.text: Ints = pieces.text[first][self._kept]
        self.start: Ints = start[self._kept]
        self.end: Ints = end[self._kept]

    def _by_line(self, of_type: Ints) -> Ints:
        """Sums of something of the types over the pieces of each line."""
        if not len(self._first):
            return of_type
        sums: Ints = np.add.reduceat(of_type[self._pieces.codes], self._first)
        return sums[self._kept]

    @cached_property
    def _letters(self) -> dict[str, Ints]:
        """Letters of each line by script."""
        pieces = self._pieces
        names, table = scripts()
        script = table[pieces.characters]
        present = np.flatnonzero(np.bincount(script, minlength=len(names) + 1)[: len(names)]).tolist()
        return {names[number]: self._by_line(pieces.count(script == number)) for number in present}

    @cached_property
    def n_letters(self) -> Ints:
        return sum(self._letters.values(), np.zeros(len(self.text), np.int64))

    def script_shares(self, n_articles: int) -> pa.Array:
        """For each article, what share of the letters of its body is in which script, largest first."""
        in_body = self.text % 2 == 1
        row = self.text[in_body] // 2
        counts = {
            script: np.bincount(row, weights=letters[in_body], minlength=n_articles)
            for script, letters in self._letters.items()
        }
        names = sorted(counts)
        table = np.column_stack([counts[name] for name in names]) if names else np.zeros((n_articles, 0))
        shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
        order = np.argsort(-shares, axis=1, kind="stable")
        ranked = np.take_along_axis(shares, order, axis=1)
        present = ranked > 0
        return pa.ListArray.from_arrays(
            np.concatenate(([0], np.cumsum(present.sum(axis=1)))).astype(np.int32),
            pa.StructArray.from_arrays(
                [
                    pa.array(names, pa.string()).take(pa.array(order[present], pa.int64())),
                    pa.array(ranked[present], pa.float32()),
                ],
                names=["script", "share"],
            ),
        )

    @cached_property
    def is_in_other_script(self) -> Flags:
        """Whether most letters of a line are in another script than most letters of its text pair (headline and body)."""
        names = list(self._letters)
        if not names:
            return np.zeros(len(self.text), np.bool_)
        lines = np.column_stack([self._letters[name] for name in names])
        article = self.text // 2
        totals = np.column_stack([np.bincount(article, weights=column) for column in lines.T])
        main = totals.argmax(axis=1)[article]
        return np.asarray(2 * lines[np.arange(len(main)), main] < self.n_letters)

    @cached_property
    def is_suspect(self) -> Flags:
        """Whether something speaks against a line being in the language of its article."""
        pieces = self._pieces
        n_words = self._by_line(np.bincount(pieces.type_words.type, minlength=len(pieces.types)))
        n_function_words = self._by_line(pieces.by_type(self._is_function_word()))
        n_foreign = self._by_line(self._foreign_letters())
        has_foreign = (n_foreign >= _FOREIGN_LEAST) & (n_foreign >= _FOREIGN_SHARE * self.n_letters)
        return np.asarray(self.is_in_other_script | has_foreign | (n_function_words * _WORDS_A_FUNCTION_WORD < n_words))

    def _is_function_word(self) -> Ints:
        words = self._pieces.type_words
        lists = {group: folded(group) for group in dict.fromkeys(words.groups)}
        found = [form in lists[group] for form, group in zip(words.forms, words.groups, strict=True)]
        return np.array(found, np.int64)

    def _foreign_letters(self) -> Ints:
        """Of each type, the Arabic letters outside the alphabet of its group, if that has one."""
        pieces = self._pieces
        counts = np.zeros(len(pieces.types), np.int64)
        for group in dict.fromkeys(pieces.groups):
            if group in LANGUAGES:
                foreign = np.zeros(0x10000, np.bool_)
                foreign[[ord(letter) for letter in outside(group)]] = True
                found = pieces.count(foreign[np.minimum(pieces.characters, 0xFFFF)])
                counts += np.where(pieces.is_of(group), found, 0)
        return counts
