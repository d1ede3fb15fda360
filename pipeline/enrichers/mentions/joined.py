"""Decides how the texts of a batch are read as one, so that what is asked of many words is asked in columns."""

from bisect import bisect_right
from functools import cached_property
from typing import Final

import numpy as np

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.mentions.cuts import ALONE, LETTERS, cuts_of, tell_letters
from pipeline.text.vocabulary import Asked, Ints, Numbers

_BREAK: Final = "\n\n"


class Joined:
    """The folded headlines and bodies of a batch, one after the other, each between two line breaks.

    Words are those of `cuts`, told by their number: word w has the form `form[w]`, from `start[w]` to `end[w]`. The first two and the
    last three are empty, and of no text.

    Attributes:
        told: of each word, what `cuts` tells of it.
        text: the folded texts, of which each begins at its place in `first`.
        forms: what the forms are; `letters` those that each begins with.
    """

    def __init__(self, documents: Documents) -> None:
        self._published, self._folded, self._alignments = (
            documents.texts,
            documents.folded_texts.texts,
            documents.alignments,
        )
        folded = [text.text for text in self._folded]
        self.text = _BREAK.join(("", *folded, "", "\n"))
        lengths = np.fromiter(map(len, folded), np.int64, len(folded)) + len(_BREAK)
        self.first: Ints = np.cumsum(lengths) - lengths + len(_BREAK)
        self._firsts: list[int] = self.first.tolist()

        pieces = documents.pieces
        self._cuts = cuts_of(pieces.vocabulary)
        empty = pieces.vocabulary.types.numbers([""]).astype(np.int64)
        # behind each text its line break ends the last word, and the next one an empty word
        types = np.concatenate((empty, empty, np.insert(pieces.codes, pieces.first[1:], empty), empty, empty, empty))
        sizes, first_word, n_words = self._cuts.of_pieces(pieces.vocabulary, types).astype(np.int64)
        piece = np.repeat(np.arange(len(types)), n_words)
        word = (first_word - np.cumsum(n_words) + n_words)[piece] + np.arange(len(piece))
        start, length, form, told = np.take(self._cuts.words, word, axis=1)
        self.told = told.astype(np.uint8)
        self.form: Ints = form.astype(np.int64)
        self.start: Ints = (np.cumsum(sizes) - sizes)[piece] + start
        self.end: Ints = self.start + length
        self.forms, self.letters = self._cuts.forms, self._cuts.letters
        self.numbers, self.starts = one_by_one(self.form), one_by_one(self.start)

    @cached_property
    def letter_forms(self) -> Ints:
        """Of each word that begins with letters the form that these are; of others their own."""
        others = np.flatnonzero(self.told & (LETTERS | ALONE) == LETTERS)
        forms = self.form.copy()
        forms[others] = self.of_forms(tell_letters, others)[0]
        return forms

    def of_forms(self, asked: Asked, words: Ints | slice) -> Numbers:
        """What a function says of the forms of some words, a row for each of its columns."""
        return self._cuts.of_forms(asked, self.form[words])

    def phrase(self, first: int, after: int) -> str:
        """The words from one to another, a space between them."""
        return " ".join(map(self.forms.listed.__getitem__, self.numbers[first:after]))

    def end_of(self, number: int) -> int:
        """Where a word ends, be it letters or not."""
        return self.starts[number + 1] - 1

    def word_before(self, number: int) -> str:
        """The word before another with its particles, when it is of letters and only a space parts them; '' if not."""
        if self.text[self.starts[number] - 1] not in " _":
            return ""
        form = self.numbers[number - 1]
        return self.letters[form] if self.letters[form] == self.forms.listed[form] else ""

    def word_at(self, place: int) -> int:
        """The word that a place is in or ends."""
        return bisect_right(self.starts, place) - 1

    def is_before(self, place: int, marks: str) -> bool:
        """Whether one of these marks or the end of a text stands at a place."""
        text, inside = self._text_at(place)
        return self.text[place] in marks or inside == len(self._folded[text].text)

    def begins_with_article(self, place: int) -> bool:
        """Whether the article begins at a place, and not ألـ or the like."""
        return self.text.startswith("ال", place) and self.written(place, place + 1)[:1] not in "أإآ"

    def written(self, start: int, end: int) -> str:
        """The published text of a span of the folded one."""
        text, place = self._text_at(start)
        first, last = self._folded[text].span(place, place + end - start)
        return self._published[text][first:last]

    def published(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """Of spans of the joined text: the number of the text, and the span of it as it is published."""
        text = self.texts_at(starts)
        begin = self.first[text]
        return text, self._alignments.sources(text, starts - begin), self._alignments.sources(text, ends - begin)

    def all_written(self, starts: Ints, ends: Ints) -> list[str]:
        """The published text of many spans."""
        columns = (column.tolist() for column in self.published(starts, ends))
        return [self._published[text][start:end] for text, start, end in zip(*columns, strict=True)]

    def texts_at(self, places: Ints) -> Ints:
        """The number of the text that each place is in; headlines have the even ones."""
        return np.searchsorted(self.first, places, side="right") - 1

    def _text_at(self, place: int) -> tuple[int, int]:
        """The number of the text that a place is in or ends, and the place in it."""
        number = bisect_right(self._firsts, place) - 1
        return number, place - self._firsts[number]


def one_by_one(column: Ints) -> "memoryview[int]":
    """A column to take single numbers from: much cheaper than an array, and than a list when few are taken."""
    return column.data
