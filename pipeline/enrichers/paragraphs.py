"""Decides what speaks against a paragraph being in the language of its article: its script, its letters, the lack of function words;
which language it is in, it does not decide. All paragraphs of a batch are counted at once.
"""

from functools import cache, cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.text.arabic_languages import LANGUAGES, outside
from pipeline.text.characters import scripts
from pipeline.text.function_words import folded
from pipeline.text.piece_types import Types
from pipeline.text.pieces import Pieces
from pipeline.text.vocabulary import Asked, Flags, Ints, Strings

_FOREIGN_SHARE: Final = 0.02  # of the letters: a foreign name does not make a paragraph foreign
_FOREIGN_LEAST: Final = 2
_WORDS_A_FUNCTION_WORD: Final = 12  # one paragraph in twelve of SaudiNewsNet has fewer, and is looked at by itself


class Paragraphs:
    """The lines of the texts of `pieces` that are not empty: their text, span, letters, and whether something speaks against them."""

    def __init__(self, pieces: Pieces) -> None:
        ends = pieces.n_breaks > 0
        ends[pieces.first[1:] - 1] = True
        last = np.flatnonzero(ends)
        first = np.concatenate(([0], last + 1))[: len(last)]
        start, end = pieces.start[first], pieces.end[last]
        self._pieces = pieces
        self._bounds = np.append(first, len(ends))
        self._kept = end > start
        self.text: Ints = pieces.text[first][self._kept]
        self.start: Ints = start[self._kept]
        self.end: Ints = end[self._kept]

    def by_piece(self, values: npt.NDArray[np.generic]) -> Ints:
        """Sums of something of the pieces over those of each line."""
        return _sums(values, self._bounds)[self._kept]

    def by_word(self, values: npt.NDArray[np.generic]) -> Ints:
        """Sums of something of the words over those of each line."""
        return _sums(values, self._pieces.first_word[self._bounds])[self._kept]

    @cached_property
    def _letters(self) -> Ints:
        """Letters of each line (rows) by script (columns)."""
        pieces = self._pieces
        n_scripts = len(scripts()[0])
        script, n_own, n_letters = pieces.of_pieces(lambda _: _main_script)
        line = np.repeat(np.arange(len(self._kept)), np.diff(self._bounds))
        cells = np.bincount(line * n_scripts + script, n_own, len(self._kept) * n_scripts)
        lines = cells.astype(np.int64).reshape(-1, n_scripts)
        mixed = np.flatnonzero(n_letters > n_own)  # few: a particle and a foreign name in one
        types, which = np.unique(pieces.codes[mixed], return_inverse=True)
        listed = pieces.vocabulary.types.listed
        np.add.at(lines, line[mixed], _letters_by_script([listed[number] for number in types.tolist()]).T[which])
        np.subtract.at(lines, (line[mixed], script[mixed]), n_own[mixed])
        return lines[self._kept]

    @cached_property
    def n_letters(self) -> Ints:
        return np.asarray(self._letters.sum(axis=1))

    def script_shares(self, n_articles: int) -> pa.Array:
        """For each article, what share of the letters of its body is in which script, largest first."""
        names = np.array(scripts()[0])
        by_name = np.argsort(names)
        in_body = self.text % 2 == 1
        table = np.zeros((n_articles, len(names)), np.int64)
        np.add.at(table, self.text[in_body] // 2, self._letters[in_body][:, by_name])
        shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
        order = np.argsort(-shares, axis=1, kind="stable")
        ranked = np.take_along_axis(shares, order, axis=1)
        present = ranked > 0
        return pa.ListArray.from_arrays(
            np.concatenate(([0], np.cumsum(present.sum(axis=1)))).astype(np.int32),
            pa.StructArray.from_arrays(
                [
                    pa.array(names[by_name].tolist(), pa.string()).take(pa.array(order[present], pa.int64())),
                    pa.array(ranked[present], pa.float32()),
                ],
                names=["script", "share"],
            ),
        )

    @cached_property
    def is_in_other_script(self) -> Flags:
        """Whether most letters of a line are in another script than most letters of its text pair (headline and body)."""
        lines, article = self._letters, self.text // 2
        totals = np.zeros((article[-1] + 1 if len(article) else 0, lines.shape[1]), np.int64)
        np.add.at(totals, article, lines)
        main = totals.argmax(axis=1)[article]
        return np.asarray(2 * lines[np.arange(len(main)), main] < self.n_letters)

    @cached_property
    def is_suspect(self) -> Flags:
        """Whether something speaks against a line being in the language of its article."""
        pieces = self._pieces
        is_function_word = pieces.of_words(_is_function_word)[0]
        n_words = self.by_piece(pieces.n_words)
        n_function_words = self.by_word(is_function_word)
        n_foreign = self.by_piece(pieces.of_pieces(_foreign_letters)[0])
        has_foreign = (n_foreign >= _FOREIGN_LEAST) & (n_foreign >= _FOREIGN_SHARE * self.n_letters)
        return np.asarray(self.is_in_other_script | has_foreign | (n_function_words * _WORDS_A_FUNCTION_WORD < n_words))


def _sums(values: npt.NDArray[np.generic], bounds: Ints) -> Ints:
    """Sums of the values between each two bounds."""
    sums = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    return np.diff(sums[bounds])


def _letters_by_script(types: list[str]) -> Ints:
    """Letters of each type, a row for each script."""
    read = Types(types)
    names, script = scripts()
    owner = np.repeat(np.arange(len(types)), np.diff(read.bounds))
    width = len(names) + 1  # the last one has what is no letter
    cells = np.bincount(owner * width + script[read.characters], minlength=len(types) * width)
    return cells.reshape(-1, width)[:, : len(names)].T


def _main_script(types: list[str], _: Strings) -> tuple[Ints, Ints, Ints]:
    """The script that most letters of each type are in, how many are, and all its letters."""
    letters = _letters_by_script(types)
    return letters.argmax(axis=0), letters.max(axis=0), letters.sum(axis=0)


@cache
def _is_function_word(language: str) -> Asked:
    words = folded(language)
    return lambda forms, _: ([form in words for form in forms],)


@cache
def _foreign_letters(language: str) -> Asked:
    """Of each type, the Arabic letters outside the alphabet of the language, if that has one."""
    foreign = np.zeros(0x10000, np.bool_)
    foreign[[ord(letter) for letter in outside(language)] if language in LANGUAGES else []] = True

    def count(types: list[str], _: Strings) -> tuple[Ints]:
        read = Types(types)
        return (read.count(foreign[np.minimum(read.characters, 0xFFFF)]),)

    return count
