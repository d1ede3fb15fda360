"""Decides how a batch of texts is cut at its spaces into pieces, and which words the pieces hold; each distinct piece is looked at
once. It decides nothing about a word: words are those of `pipeline.text.tokens`, in the letters of `pipeline.text.arabic.fold`.

A news batch repeats its pieces some seven times, so that what follows from a piece alone is worked out for the distinct ones and
then counted in columns. A line break ends a piece and belongs to it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import fold
from pipeline.text.tokens import word_spans

Ints = npt.NDArray[np.int64]

_EDGES: Final = " \n.,;:!?،؛؟۔…\"'«»“”‘’()[]{}-–—/|*•%"
# A word whose span and form need no search: letters of one script, Arabic ones also with marks after the first letter.
_ARABIC: Final = r"\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
_PLAIN: Final = re.compile(
    rf"[{_ARABIC}][{_ARABIC}\u0640\u064b-\u0652]*|[a-zA-ZÀ-ÖØ-öø-ž]+|[0-9]+|[\u0660-\u0669]+|[\u0400-\u045f]+|[\u05d0-\u05ea]+"
)


@dataclass(frozen=True)
class Words:
    """Every word of the texts, in order: its text and piece, its span of the published text, and its form, one of `forms`.

    Forms are folded; `groups` says of which group of texts each form is (the same form of two groups is two forms).
    """

    text: Ints
    piece: Ints
    start: Ints
    end: Ints
    form: Ints
    forms: list[str]
    groups: list[str]


class Pieces:
    """The pieces of a batch of texts: `codes` numbers them, in order, by their place in `types`; text t has those from
    `first[t]` to `first[t + 1]`."""

    def __init__(self, texts: Sequence[str], groups: Sequence[str]) -> None:
        """Cuts the texts.

        Args:
            texts: any texts that UTF-8 can write.
            groups: one of each text, such as its language; texts of one group share their types.
        """
        spaced = [text.replace("\n", "\n ").replace("\n \n ", "\n\n ") if "\n" in text else text for text in texts]
        cut = pc.split_pattern(pa.array(spaced, pa.large_string()), " ")
        self.first: Ints = cut.offsets.to_numpy().astype(np.int64)
        pieces = cut.values
        self.codes: Ints = np.empty(len(pieces), np.int64)
        self.types: list[str] = []
        self.groups: list[str] = []
        names, of_text = np.unique(np.array(groups, object), return_inverse=True)
        of_piece = np.repeat(of_text, np.diff(self.first))
        for number, name in enumerate(names):
            own = of_piece == number
            encoded = (pieces if len(names) == 1 else pieces.filter(pa.array(own))).dictionary_encode()
            self.codes[own] = encoded.indices.to_numpy() + len(self.types)
            self.types += encoded.dictionary.to_pylist()
            self.groups += [name] * len(encoded.dictionary)

    @cached_property
    def ends_line(self) -> npt.NDArray[np.bool_]:
        """Whether each type ends with a line break."""
        return np.fromiter((piece[-1:] == "\n" for piece in self.types), np.bool_, len(self.types))

    @cached_property
    def text(self) -> Ints:
        """The text of each piece."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    @cached_property
    def start(self) -> Ints:
        """Where each piece starts in its text."""
        lengths = np.fromiter(map(len, self.types), np.int64, len(self.types)) + ~self.ends_line
        ends = np.concatenate(([0], np.cumsum(lengths[self.codes])))
        return ends[:-1] - ends[self.first[:-1]][self.text]

    @cached_property
    def words(self) -> Words:
        """The words of the pieces."""
        owner, start, end, form, forms, groups = _words_of_types(self.types, self.groups)
        n_words = np.bincount(owner, minlength=len(self.types))
        first = np.cumsum(n_words) - n_words
        # a piece with two words stands twice, and its second word is one further
        counts = n_words[self.codes]
        place = np.repeat(first[self.codes] - (np.cumsum(counts) - counts), counts)
        place += np.arange(len(place))
        offset = np.repeat(self.start, counts)
        piece = np.repeat(np.arange(len(counts)), counts)
        return Words(self.text[piece], piece, offset + start[place], offset + end[place], form[place], forms, groups)


def _words_of_types(types: list[str], groups: list[str]) -> tuple[Ints, Ints, Ints, Ints, list[str], list[str]]:
    """The words of every type in order: its type, its span of the type, its form; then the forms and their groups."""
    cores = [piece.strip(_EDGES) for piece in types]
    plain = [number for number, core in enumerate(cores) if _PLAIN.fullmatch(core)]
    others = sorted({number for number, core in enumerate(cores) if core}.difference(plain))
    found = [(number, *word) for number in others for word in _words_of(types[number])]

    starts = [types[number].index(cores[number]) for number in plain]
    lengths = [len(cores[number]) for number in plain]
    folded = fold("\n".join([cores[number] for number in plain])).split("\n") if plain else []
    owner = np.array(plain + [number for number, *_ in found], np.int64)
    start = np.array(starts + [start for _, start, _, _ in found], np.int64)
    end = np.array([*map(sum, zip(starts, lengths, strict=True)), *(end for _, _, end, _ in found)], np.int64)
    order = np.argsort(owner, kind="stable")

    written = pa.array(folded + [form for *_, form in found], pa.large_string())
    codes, forms, of_forms = _numbered(written, owner, groups)
    return owner[order], start[order], end[order], codes[order], forms, of_forms


def _words_of(piece: str) -> list[tuple[int, int, str]]:
    """The words of a piece of any kind: their spans and their forms."""
    aligned = fold_aligned(piece)
    return [(*aligned.span(start, end), fold(aligned.text[start:end])) for start, end in word_spans(aligned.text)]


def _numbered(written: pa.Array, owner: Ints, groups: list[str]) -> tuple[Ints, list[str], list[str]]:
    """Numbers the distinct forms of each group; groups hold types one after the other."""
    codes = np.empty(len(written), np.int64)
    forms: list[str] = []
    of_forms: list[str] = []
    names = dict.fromkeys(groups)
    of_word = pc.take(pa.array(groups, pa.string()), owner) if len(names) > 1 else None
    for name in names:
        own = np.ones(len(written), np.bool_) if of_word is None else pc.equal(of_word, name).to_numpy(False)
        encoded = written.filter(pa.array(own)).dictionary_encode()
        codes[own] = encoded.indices.to_numpy() + len(forms)
        forms += encoded.dictionary.to_pylist()
        of_forms += [name] * len(encoded.dictionary)
    return codes, forms, of_forms
