"""Decides how a batch of texts is cut at its spaces into pieces, and which words the pieces hold; each distinct piece is looked at
once. It decides nothing about a word: words are those of `pipeline.text.tokens`, in the letters of `pipeline.text.arabic.fold`.

A news batch repeats its pieces some seven times, so that what follows from a piece alone is worked out for the distinct ones and
then counted in columns. A line break ends a piece and belongs to it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.text import characters
from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import fold
from pipeline.text.remembered import Remembered
from pipeline.text.tokens import word_spans

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Answer = TypeVar("Answer")

NOTHING, SPACE, OTHER = range(3)


@dataclass(frozen=True)
class TypeWords:
    """The words of the types, in order: the type, the span of it, and the form, one of `forms`.

    Forms are folded; `groups` says of which group of texts each form is (the same form of two groups is two forms). `aligned`
    has the words that `pipeline.text.aligned` spells otherwise than their form. `before` and `after` tell what a word has between
    it and the next one in the type, or the edge of that: NOTHING, SPACE (a single one) or OTHER characters, removed ones aside.
    """

    type: Ints
    start: Ints
    end: Ints
    form: Ints
    forms: list[str]
    groups: list[str]
    aligned: dict[int, str]
    before: Ints
    after: Ints

    def look_up(self, tables: Callable[[str], Mapping[str, Answer]]) -> list[Answer]:
        """What the table of its group says of each word, as the aligned fold spells it; forms are looked up once."""
        of_forms: list[Answer] = []
        for group, number in Counter(self.groups).items():  # the forms of a group stand together
            of_forms += map(tables(group).__getitem__, self.forms[len(of_forms) : len(of_forms) + number])
        found = list(map(of_forms.__getitem__, self.form.tolist()))
        for word, spelled in self.aligned.items():
            found[word] = tables(self.groups[self.form[word]])[spelled]
        return found


@dataclass(frozen=True)
class Words:
    """Every word of the texts, in order: its piece, and which of the words of the types it is."""

    piece: Ints
    word: Ints


class Pieces:
    """The pieces of a batch of texts: `codes` numbers them, in order, by their place in `types`; text t has those from
    `first[t]` to `first[t + 1]`."""

    def __init__(self, texts: Sequence[str], groups: Sequence[str]) -> None:
        """Cuts the texts.

        Args:
            texts: any texts that UTF-8 can write.
            groups: one of each text, such as its language; texts of one group share their types.
        """
        names = list(dict.fromkeys(groups))
        number = {name: place for place, name in enumerate(names)}
        of_text = np.fromiter((number[group] for group in groups), np.int64, len(groups))
        order = np.argsort(of_text, kind="stable")  # the texts of a group stand together while they are cut
        cut = pc.split_pattern(pa.array([_spaced(texts[place]) for place in order.tolist()], pa.large_string()), " ")
        cuts = cut.offsets.to_numpy().astype(np.int64)
        texts_before = np.cumsum(np.bincount(of_text, minlength=len(names)))
        codes, types, of_type = _numbered(cut.values, [0, *cuts[texts_before].tolist()])

        place = np.argsort(order)
        sizes = np.diff(cuts)[place]
        self.first: Ints = np.concatenate(([0], np.cumsum(sizes)))
        back = np.repeat(cuts[:-1][place] - self.first[:-1], sizes) + np.arange(len(codes))
        self.codes: Ints = codes[back] if len(names) > 1 else codes
        self.types: list[str] = types.to_pylist()
        self.groups: list[str] = [names[place] for place in of_type.tolist()]
        self._group_of_type, self._group_names = of_type, names

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

    def is_of(self, group: str) -> Flags:
        """Whether each type is of a group."""
        return np.asarray(self._group_of_type == self._group_names.index(group))

    @cached_property
    def n_breaks(self) -> Ints:
        """Line breaks of each type; they are its end."""
        return self.count(self.classes == characters.LINE_BREAK)

    @cached_property
    def text(self) -> Ints:
        """The text of each piece."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    @cached_property
    def start(self) -> Ints:
        """Where each piece starts in its text."""
        lengths = np.diff(self.bounds) + (self.n_breaks == 0)
        ends = np.concatenate(([0], np.cumsum(lengths[self.codes])))
        return ends[:-1] - ends[self.first[:-1]][self.text]

    @cached_property
    def type_words(self) -> TypeWords:
        """The words of the types."""
        (owner, start, end, before, after), written, aligned = self._words_of_types()
        ends = np.searchsorted(self._group_of_type[owner], np.arange(len(self._group_names)), side="right")
        form, forms, of_form = _numbered(written, [0, *ends.tolist()])
        groups = [self._group_names[number] for number in of_form.tolist()]
        return TypeWords(owner, start, end, form, forms.to_pylist(), groups, aligned, before, after)

    @cached_property
    def words(self) -> Words:
        """The words of the texts."""
        n_words = np.bincount(self.type_words.type, minlength=len(self.types))
        first = np.cumsum(n_words) - n_words
        counts = n_words[self.codes]
        # a piece with two words stands twice, and its second word is one further
        piece = np.repeat(np.arange(len(counts)), counts)
        return Words(piece, (first[self.codes] - np.cumsum(counts) + counts)[piece] + np.arange(len(piece)))

    def is_spaced(self, numbers: Ints) -> Flags:
        """Whether a single space parts each of these words of the texts from the next word, which the last one has not."""
        words, of_types = self.words, self.type_words
        word, following = words.word[numbers], words.word[numbers + 1]
        step = words.piece[numbers + 1] - words.piece[numbers]
        before = of_types.before[following]
        at_edges = (of_types.after[word] == NOTHING) & (before == NOTHING)
        return np.asarray(np.where(step, (step == 1) & at_edges, before == SPACE))

    def by_text(self, of_type: Ints) -> Ints:
        """Sums of something of the types over the pieces of each text."""
        return np.add.reduceat(of_type[self.codes], self.first[:-1]) if len(self.codes) else of_type

    def by_type(self, of_form: Ints) -> Ints:
        """Sums of something of the forms over the words of each type."""
        words = self.type_words
        return np.bincount(words.type, of_form[words.form], len(self.types)).astype(np.int64)

    def _words_of_types(self) -> tuple[Ints, pa.Array, dict[int, str]]:
        """The words of every type in order: rows of type, start, end, before and after; the forms; the `aligned` ones.

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
        folded = self._folded(np.repeat(alone, np.diff(self.bounds)) & is_word, n_word[single])
        found = [(number, word) for number in others.tolist() for word in _WORDS[self.types[number]]]

        removed = np.concatenate(([0], np.cumsum(kinds == characters.REMOVED)))
        opens = removed[first[single]] - removed[low[single]] == first[single] - low[single]
        sides = np.where(opens, NOTHING, OTHER), np.where(end == high[single], NOTHING, OTHER)
        rows = np.column_stack((single, first[single] - low[single], end - low[single], *sides))
        special_rows = [(number, *word[:4]) for number, word in found]
        rows = np.concatenate((rows, np.array(special_rows, np.int64).reshape(-1, rows.shape[1])))
        order = np.argsort(rows[:, 0], kind="stable")
        written = pa.array(folded + [word.form for _, word in found], pa.large_string())
        place = np.argsort(order)[len(single) :].tolist()
        aligned = {
            number: word.aligned for number, (_, word) in zip(place, found, strict=True) if word.aligned != word.form
        }
        return rows[order].T, written.take(order) if found else written, aligned

    def _folded(self, chosen: Flags, lengths: Ints) -> list[str]:
        """The chosen characters, folded, cut into forms of these lengths."""
        if not len(lengths):
            return []
        points = np.full(int(lengths.sum()) + len(lengths), ord("\n"), np.uint32)
        points[np.arange(int(lengths.sum())) + np.repeat(np.arange(len(lengths)), lengths)] = characters.folds()[
            self.characters[chosen]
        ]
        return characters.text_of(points).split("\n")[:-1]


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


_WORDS: Final = Remembered(_words_of, room=1 << 14)


def _gap(between: str) -> int:
    return NOTHING if not between else SPACE if between == " " else OTHER


def _spaced(text: str) -> str:
    """A text with a space after each line break, so that it is cut there as well; of two together after the second."""
    return text.replace("\n", "\n ").replace("\n \n ", "\n\n ") if "\n" in text else text


def _numbered(written: pa.Array, bounds: Sequence[int]) -> tuple[Ints, pa.Array, Ints]:
    """Numbers the distinct strings of each group, which stands between two bounds: the number of each string, the strings by
    number, and their groups."""
    codes = np.empty(len(written), np.int64)
    types, of_type = [written.slice(0, 0)], [np.zeros(0, np.int64)]
    n_types = 0
    for group, (low, high) in enumerate(pairwise(bounds)):
        encoded = written.slice(low, high - low).dictionary_encode()
        codes[low:high] = encoded.indices.to_numpy() + n_types
        n_types += len(encoded.dictionary)
        types.append(encoded.dictionary)
        of_type.append(np.full(len(encoded.dictionary), group, np.int64))
    return codes, pa.concat_arrays(types), np.concatenate(of_type)
