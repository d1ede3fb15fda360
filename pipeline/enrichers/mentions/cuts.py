"""Decides where the words of pieces of texts are when forms of the gazetteers are looked for: between two spaces or marks.

What follows from a piece or a word alone is worked out once for as long as the vocabulary of the pieces remembers them.
"""

from collections.abc import Callable
from itertools import takewhile
from typing import Final

import numpy as np

from pipeline.text.alignments import Alignments
from pipeline.text.characters import codes
from pipeline.text.folded_texts import FoldedTexts
from pipeline.text.pieces import Vocabulary
from pipeline.text.spacing import MARKS, spaced
from pipeline.text.vocabulary import Answers, Asked, Columns, Flags, Ints, Numbers, Strings

# Beside those of `pipeline.text.spacing`. Two marks in a row, as between list items, part a phrase; a hyphen within does not.
ALL_MARKS: Final = MARKS + "\t;!?‘»)]{}<>/\\_*•|#@&%+=~^"
GAPS: Final = " -_"

GAP, ALONE, ARTICLE, LETTERS, YEH, HYPHEN = 1, 2, 4, 8, 16, 128
"""What is told of a word: a space, a hyphen or the bar of a hashtag is behind it; it is of letters alone; it begins with the article, not
with ألـ or the like, of which the fold makes one beginning; it begins with letters; it ends in ى, of which the fold makes ي; a hyphen is
behind it."""


class Cuts:
    """The words of the pieces of a vocabulary; a word and the mark behind it are what a piece is made of, so that words may be empty.

    Attributes:
        forms: the words, folded; `letters` those that each begins with.
    """

    def __init__(self) -> None:
        self._words = Columns(4)
        self.forms = Strings()
        self.letters: list[str] = []
        self._answers: dict[Asked, Answers] = {}

    @property
    def words(self) -> Numbers:
        """Columns of all words, by piece: where each starts in it, how long it is, the number of its form, what is told of it."""
        return self._words.values

    def of_pieces(self, vocabulary: Vocabulary, types: Ints) -> Numbers:
        """Of pieces: their length with the space behind, the number of the first word, how many there are.

        The vocabulary, always the same, holds what is said here; it is not held by it, and goes when no batch needs it.
        """
        return vocabulary.of_types(self._cut, types)

    def of_forms(self, asked: Asked, forms: Ints) -> Numbers:
        """What a function says of forms, a row for each of its columns."""
        if asked not in self._answers:
            self._answers[asked] = Answers(self.forms, asked)
        return self._answers[asked].of(forms)

    def _cut(self, types: list[str], _: Strings) -> list[Ints]:
        folded = FoldedTexts(types).texts
        # a line break is behind the last word already; what the fold makes one (\r) has not ended a piece
        ended = [one.text if piece.endswith("\n") else f"{one.text} " for piece, one in zip(types, folded, strict=True)]
        sizes = np.fromiter(map(len, ended), np.int64, len(ended))
        after = np.cumsum(sizes)
        text = "".join(ended)
        words = spaced(text, ALL_MARKS).split(" ")[:-1]
        length = np.fromiter(map(len, words), np.int64, len(words))
        end = np.cumsum(length + 1) - 1
        piece = np.searchsorted(after, end, side="right")
        start = end - length - (after - sizes)[piece]
        n_words = np.bincount(piece, minlength=len(types))

        # one more character, for empty words at the end
        written, first = codes("".join((*types, " "))), np.cumsum([0, *map(len, types)])[piece]
        alignments = Alignments(folded)
        opening = written[first + alignments.sources(piece, start)]
        closing = written[first + alignments.sources(piece, start + length) - 1]
        gap = codes(text)[end]
        told = _flags(words, str.isalpha) * ALONE | _flags(words, _begins_with_a_letter) * LETTERS
        told |= np.isin(gap, codes(GAPS)) * GAP | (gap == ord("-")) * HYPHEN
        told |= (_flags(words, _has_article) & ~np.isin(opening, codes("أإآ"))) * ARTICLE | (closing == ord("ى")) * YEH

        form = self.forms.numbers(words)
        self.letters += map(letters_of, self.forms.listed[len(self.letters) :])
        n_before = len(self.words[0])
        self._words.add(np.stack((start, length, form, told)).astype(np.int32))
        return [sizes, n_before + np.cumsum(n_words) - n_words, n_words]


class _Latest:
    """The cuts of the vocabulary that was asked for last: batches come in the order of their vocabularies."""

    def __init__(self) -> None:
        self._vocabulary: Vocabulary | None = None

    def of(self, vocabulary: Vocabulary) -> Cuts:
        if vocabulary is not self._vocabulary:
            self._vocabulary, self._cuts = vocabulary, Cuts()
        return self._cuts


cuts_of: Final = _Latest().of


def _flags(words: list[str], tell: Callable[[str], bool]) -> Flags:
    return np.fromiter(map(tell, words), np.bool_, len(words))


def letters_of(word: str) -> str:
    """The letters that a word begins with."""
    return word if word.isalpha() else "".join(takewhile(str.isalpha, word))


def tell_letters(forms: list[str], strings: Strings) -> list[Numbers]:
    """The same of many forms, as a vocabulary asks it."""
    return [strings.numbers(list(map(letters_of, forms)))]


def _begins_with_a_letter(word: str) -> bool:
    return word[:1].isalpha()


def _has_article(word: str) -> bool:
    return word.startswith("ال")
