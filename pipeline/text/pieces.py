"""Decides how a batch of texts is cut at its spaces into pieces, and where their words are; what a piece holds is decided by
`pipeline.text.piece_types`.

A news batch repeats its pieces some seven times and has most of them from the batches before, so that what follows from a piece or
a form alone is worked out once for as long as the vocabulary remembers it, and looked up in columns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.text.piece_types import NOTHING, SPACE, Types
from pipeline.text.vocabulary import Answers, Asked, Columns, Flags, Ints, Numbers, Strings

AskedByGroup = Callable[[str], Asked]
"""What is asked in the texts of a group; the same of the same group."""

MAX_TYPES: Final = (
    3 << 15
)  # some 2,500 articles of several newspapers; twice as many are 6 % faster and take 50 MiB more a worker
MAX_CHARS: Final = 1 << 22  # of all types; of texts that are no prose, pieces are long


class _Reading:
    """The words of types, in the order in which these are read; apart from the vocabulary, which would else hold itself, and stay."""

    def __init__(self) -> None:
        self.words = Columns(6)
        self.n_chars = 0

    def __call__(self, types: list[str], forms: Strings) -> list[Ints]:
        read = Types(types)
        words = read.words
        first = self.words.values.shape[1]
        n_words = np.bincount(words.type, minlength=len(types))
        form = forms.numbers(words.form)
        spelled = form.copy()
        spelled[list(words.aligned)] = forms.numbers(list(words.aligned.values()))
        self.words.add(np.stack((words.start, words.end, words.before, words.after, form, spelled)).astype(np.int32))
        lengths = np.diff(read.bounds)
        self.n_chars += int(lengths.sum())
        return [lengths, read.n_breaks, first + np.cumsum(n_words) - n_words, n_words]


class Vocabulary:
    """The pieces of the batches until it is full, each distinct one a type; their words; and the forms of these.

    Of `words`, numbered by type: the span in the type, what stands before and after (see `pipeline.text.piece_types`), the number of
    the form and of what the aligned fold has instead, among `forms`.
    """

    def __init__(self) -> None:
        self.types, self.forms = Strings(), Strings()
        self._reading = _Reading()
        self._read = Answers(self.types, self._reading, self.forms)
        self._answers: dict[tuple[bool, Asked], Answers] = {}

    @property
    def is_full(self) -> bool:
        return len(self.types) >= MAX_TYPES or self._reading.n_chars >= MAX_CHARS

    @property
    def words(self) -> "VocabularyWords":
        return VocabularyWords(*self._reading.words.values)

    def of_types(self, asked: Asked, types: Ints) -> Numbers:
        """What a function says of types, a row for each of its columns."""
        return self._asked(False, asked).of(types)

    def of_forms(self, asked: Asked, forms: Ints) -> Numbers:
        """What a function says of forms, a row for each of its columns."""
        return self._asked(True, asked).of(forms)

    def read(self, types: Ints) -> Numbers:
        """Of types: characters, line breaks at the end, the number of the first word, and how many words there are."""
        return self._read.of(types)

    def _asked(self, of_forms: bool, asked: Asked) -> Answers:
        if (of_forms, asked) not in self._answers:
            self._answers[of_forms, asked] = Answers(self.forms if of_forms else self.types, asked, self.forms)
        return self._answers[of_forms, asked]


@dataclass(frozen=True, slots=True)
class VocabularyWords:
    start: Numbers
    end: Numbers
    before: Numbers
    after: Numbers
    form: Numbers
    spelled: Numbers


class _Current:
    """The vocabulary of the batches that come; those before keep theirs."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()

    def vocabulary(self) -> Vocabulary:
        if self._vocabulary.is_full:
            self._vocabulary = Vocabulary()
        return self._vocabulary


_CURRENT: Final = _Current()


@dataclass(frozen=True)
class Words:
    """Every word of the texts, in order: its text, its piece, and which of the words of the vocabulary it is."""

    text: Ints
    piece: Ints
    word: Ints


class Pieces:
    """The pieces of a batch of texts: `codes` has the type of each, in order, by its number in `vocabulary`; text t has those from
    `first[t]` to `first[t + 1]`."""

    def __init__(self, texts: Sequence[str], groups: Sequence[str]) -> None:
        """Cuts the texts.

        Args:
            texts: any texts that UTF-8 can write.
            groups: one of each text, such as its language.
        """
        self.vocabulary: Vocabulary = _CURRENT.vocabulary()
        self.groups: list[str] = list(dict.fromkeys(groups)) or [""]
        number = {name: place for place, name in enumerate(self.groups)}
        self._group_of_text = np.array([number[group] for group in groups], np.int64)
        cut = pc.split_pattern(pa.array(list(map(_spaced, texts)), pa.large_string()), " ")
        self.codes: Ints = self.vocabulary.types.numbers_in(cut.values).astype(np.int64)
        self.first: Ints = cut.offsets.to_numpy().astype(np.int64)
        self._lengths, self.n_breaks, self._word, self.n_words = self.vocabulary.read(self.codes)

    @cached_property
    def text(self) -> Ints:
        """The text of each piece."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    @cached_property
    def start(self) -> Ints:
        """Where each piece starts in its text."""
        ends = np.concatenate(([0], np.cumsum(self._lengths + (self.n_breaks == 0))))
        return ends[:-1] - ends[self.first[:-1]][self.text]

    @cached_property
    def end(self) -> Ints:
        """Where each piece ends in its text, its line breaks aside."""
        return np.asarray(self.start + self._lengths - self.n_breaks)

    @cached_property
    def first_word(self) -> Ints:
        """Where the words of each piece begin among all words; the last one is their number."""
        return np.concatenate(([0], np.cumsum(self.n_words)))

    @cached_property
    def words(self) -> Words:
        """The words of the texts."""
        # a piece with two words stands twice, and its second word is one further
        piece = np.repeat(np.arange(len(self.codes)), self.n_words)
        return Words(self.text[piece], piece, (self._word - self.first_word[:-1])[piece] + np.arange(len(piece)))

    @cached_property
    def forms(self) -> Ints:
        """The form of each word, by its number in the vocabulary."""
        return self.vocabulary.words.form[self.words.word].astype(np.int64)

    @cached_property
    def spelled(self) -> Ints:
        """How the aligned fold spells each word, by its number among the forms of the vocabulary."""
        return self.vocabulary.words.spelled[self.words.word].astype(np.int64)

    def of_pieces(self, asked: AskedByGroup) -> Numbers:
        """What a function says of the type of each piece; it is that of the group of its text."""
        return self._by_group(self.vocabulary.of_types, asked, self.codes, self.text)

    def of_words(self, asked: AskedByGroup, spelled: bool = False) -> Numbers:
        """What a function says of the form of each word, or of how it is spelled; it is that of the group of its text."""
        return self._by_group(self.vocabulary.of_forms, asked, self.spelled if spelled else self.forms, self.words.text)

    def _by_group(
        self, of: Callable[[Asked, Ints], Numbers], asked: AskedByGroup, numbers: Ints, text: Ints
    ) -> Numbers:
        if len(self.groups) == 1:
            return of(asked(self.groups[0]), numbers)
        group = self._group_of_text[text]
        chosen = [np.flatnonzero(group == number) for number in range(len(self.groups))]
        said = [of(asked(name), numbers[rows]) for name, rows in zip(self.groups, chosen, strict=True)]
        return np.concatenate(said, axis=1)[:, np.argsort(np.concatenate(chosen))]

    def span(self, numbers: Ints) -> tuple[Ints, Ints]:
        """The span of these words in their texts."""
        start, word, words = self.start[self.words.piece[numbers]], self.words.word[numbers], self.vocabulary.words
        return start + words.start[word], start + words.end[word]

    def is_spaced(self, numbers: Ints) -> Flags:
        """Whether a single space parts each of these words of the texts from the next word, which the last one has not."""
        words, known = self.words, self.vocabulary.words
        word, following = words.word[numbers], words.word[numbers + 1]
        step = words.piece[numbers + 1] - words.piece[numbers]
        before = known.before[following]
        at_edges = (known.after[word] == NOTHING) & (before == NOTHING)
        return np.asarray(np.where(step, (step == 1) & at_edges, before == SPACE))

    def by_text(self, values: Ints) -> Ints:
        """Sums of something of the pieces over those of each text."""
        return np.add.reduceat(values, self.first[:-1]) if len(self.codes) else values


def _spaced(text: str) -> str:
    """A text with a space after each line break, so that it is cut there as well; of two together after the second."""
    return text.replace("\n", "\n ").replace("\n \n ", "\n\n ") if "\n" in text else text
