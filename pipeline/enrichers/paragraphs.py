"""Decides what speaks against a paragraph being in the language of its article: its script, its letters, the lack of function words;
which language it is in, it does not decide. All paragraphs of a batch are counted at once.
"""

import re
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.text.arabic import script_counts
from pipeline.text.arabic_languages import LANGUAGES, outside
from pipeline.text.function_words import folded
from pipeline.text.pieces import Ints, Pieces

Flags = npt.NDArray[np.bool_]

_FOREIGN_SHARE: Final = 0.02  # of the letters: a foreign name does not make a paragraph foreign
_FOREIGN_LEAST: Final = 2
_WORDS_A_FUNCTION_WORD: Final = 12  # prose of every language of the lists has more of them than one in twelve words
_ARABIC: Final = re.compile(r"[\u0621-\u063a\u0641-\u064a]+")  # nearly all forms of nearly all articles


class Paragraphs:
    """The lines of the texts of `pieces` that are not blank: their text, span, letters, and whether something speaks against them."""

    def __init__(self, pieces: Pieces) -> None:
        ends = pieces.ends_line[pieces.codes]
        ends[pieces.first[1:] - 1] = True
        last = np.flatnonzero(ends)
        first = np.concatenate(([0], last + 1))[: len(last)]
        codes = pieces.codes[last].tolist()
        end = pieces.start[last] + np.fromiter(
            (len(pieces.types[code].rstrip("\n")) for code in codes), np.int64, len(codes)
        )
        self._line: Ints = np.cumsum(ends) - ends
        self._n_lines = len(last)
        self._kept = end > pieces.start[first]
        self._pieces = pieces
        self.text: Ints = pieces.text[first][self._kept]
        self.start: Ints = pieces.start[first][self._kept]
        self.end: Ints = end[self._kept]

    def _by_line(self, of_piece: Ints) -> Ints:
        """Sums over the pieces of each line."""
        sums = np.bincount(self._line, weights=of_piece, minlength=self._n_lines)
        return sums.astype(np.int64)[self._kept]

    @cached_property
    def _letters(self) -> dict[str, Ints]:
        """Letters of each line by script."""
        words = self._pieces.words
        forms = words.forms
        lengths = np.fromiter(map(len, forms), np.int64, len(forms))
        is_arabic = np.fromiter((_ARABIC.fullmatch(form) is not None for form in forms), np.bool_, len(forms))
        scripts = {"Arab": np.where(is_arabic, lengths, 0)}
        for number in np.flatnonzero(~is_arabic).tolist():
            for script, count in script_counts(forms[number]).items():
                if script not in scripts:
                    scripts[script] = np.zeros(len(forms), np.int64)
                scripts[script][number] = count
        line: Ints = self._line[words.piece]
        return {
            script: np.bincount(line, weights=letters[words.form], minlength=self._n_lines).astype(np.int64)[self._kept]
            for script, letters in scripts.items()
        }

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
        foreign = self._foreign_letters()
        few_function_words = self._by_word(self._is_function_word()) * _WORDS_A_FUNCTION_WORD < self._by_word(
            np.ones(len(pieces.words.forms), np.int64)
        )
        n_foreign = self._by_line(foreign[pieces.codes])
        has_foreign = (n_foreign >= _FOREIGN_LEAST) & (n_foreign >= _FOREIGN_SHARE * self.n_letters)
        return self.is_in_other_script | has_foreign | few_function_words

    def _by_word(self, of_form: Ints) -> Ints:
        words = self._pieces.words
        sums = np.bincount(self._line[words.piece], weights=of_form[words.form], minlength=self._n_lines)
        return sums.astype(np.int64)[self._kept]

    def _is_function_word(self) -> Ints:
        words = self._pieces.words
        lists = {group: folded(group) for group in dict.fromkeys(words.groups)}
        found = (form in lists[group] for form, group in zip(words.forms, words.groups, strict=True))
        return np.fromiter(found, np.int64, len(words.forms))

    def _foreign_letters(self) -> Ints:
        """Of each type, the Arabic letters outside the alphabet of its group, if that has one."""
        pieces = self._pieces
        counts = np.zeros(len(pieces.types), np.int64)
        groups = np.array(pieces.groups, object)
        for group in dict.fromkeys(pieces.groups):
            if group in LANGUAGES:
                own = np.flatnonzero(groups == group)
                types = [pieces.types[number] for number in own.tolist()]
                ends = np.cumsum([len(piece) for piece in types])
                places = [match.start() for match in outside(group).finditer("".join(types))]
                np.add.at(counts, own[np.searchsorted(ends, places, side="right")], 1)
        return counts
