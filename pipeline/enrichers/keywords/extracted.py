"""Decides which phrases of a text say what it is about: frequent in it, rare elsewhere, of one to three words.

A word counts under its form without particles and article, its key. Words are ranked by occurrences times rarity; neighbours
that are said together often enough become a phrase, which takes the place of its words. All articles of a batch are counted at once.
"""

from functools import cache, partial
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.keywords.stopwords import stop_words
from pipeline.enrichers.lexicon import lexicon
from pipeline.text.aligned import fold_aligned
from pipeline.text.groups import Groups
from pipeline.text.pieces import Floats, Ints, Pieces
from pipeline.text.remembered import Remembered

MIN_LETTERS: Final = 3
MAX_LETTERS: Final = 30  # longer ones are addresses and words run together
COMMON_ZIPF: Final = 110  # rarity counts from here; 80 favours odd words over the countries that an article is about
UNKNOWN_RARITY: Final = (
    50  # that of a word said a thousand times in a million: names, but also misprints and rare forms of verbs
)
HEADLINE_WEIGHT: Final = 2  # occurrences in the body that one in the headline is worth
MAX_WORDS: Final = 3
MIN_TOGETHER: Final = 2
PHRASE_SHARE: Final = 0.5  # of the occurrences of its rarest word that a phrase needs, to take its place
PHRASE_WEIGHT: Final = 0.8  # of the rarity of its words together
HALF_SCORE: Final = 600  # occurrences times rarity that score 0.5: a rare word said ten times
RULES: Final = ("frequent_rare_word", "frequent_rare_phrase")

Key = tuple[str | None, int]
"""The key of a word, None for what no keyword holds, and how many letters of particles stand before it in print, the article aside."""


class Extracted(NamedTuple):
    """A phrase as published and folded, with its score (0 < score < 1); `row` is the article's in the batch."""

    row: int
    keyword: str
    folded: str
    score: float
    rule: str


def extract(documents: Documents, limit: int) -> list[Extracted]:
    """The best phrases of each article, best first, at most `limit`; ties as they stand in the text."""
    pieces = documents.pieces
    said = _Said(pieces)
    phrases, left = _phrases(said, said.joined(pieces))
    counts = left + said.n_in_headline * (HEADLINE_WEIGHT - 1)
    n_repeated = np.bincount(said.article[counts > 1], minlength=documents.table.num_rows)
    alone = np.flatnonzero(counts >= np.where(n_repeated[said.article] < limit, 1, 2))

    first = np.concatenate((said.first[alone], np.array([phrase.first for phrase in phrases], np.int64)))
    n_words = np.concatenate((np.ones_like(alone), np.array([phrase.n_words for phrase in phrases], np.int64)))
    of_phrases = [phrase.times * phrase.rarity * PHRASE_WEIGHT for phrase in phrases]
    score = np.concatenate(((counts * said.rarity)[alone], np.array(of_phrases, np.float64)))
    row = said.text[first] >> 1
    order = np.lexsort((-score, row))
    rank = np.arange(len(order)) - np.searchsorted(row[order], row[order])
    best = order[rank < limit]
    return _extracted(documents, said, first[best], n_words[best], score[best])


@cache
def _keys(language: str) -> Remembered[Key]:
    """The keys of folded words."""
    return Remembered(partial(_key, stop_words(language)))


def _key(stopped: frozenset[str], word: str) -> Key:
    if not stopped or word in stopped or not MIN_LETTERS <= len(word) <= MAX_LETTERS or not word.isalpha():
        return None, 0
    letters, key = lexicon().without_particles(word)
    if key in stopped or len(key) < MIN_LETTERS or _RARITY[key] <= 0:
        return None, 0
    return key, letters - 2 if letters > 1 and word[letters - 2 : letters] == "ال" else letters


def _rarity(key: str) -> int:
    """How much rarer a key is than a word that says nothing, in tenths of a power of ten."""
    known = lexicon()
    number = known.numbers.get(key, -1)
    return COMMON_ZIPF - known.zipf[number] if number >= 0 else UNKNOWN_RARITY


_RARITY: Final = Remembered(_rarity)


class _Said:
    """What is said of each word of a batch that has a key, in order, and of each key of each article, by first occurrence.

    Of words: `word` is the place among all words, `key` the number of the article's key, `name` that of the key among `names`. Of
    keys: `first` is the first of those words, `counts` the occurrences.
    """

    def __init__(self, pieces: Pieces) -> None:
        found = pieces.type_words.look_up(_keys)
        written = pa.array([key for key, _ in found], pa.string()).dictionary_encode()
        name = written.indices.fill_null(-1).to_numpy()[pieces.words.word]
        self.word: Ints = np.flatnonzero(name >= 0)
        self.text: Ints = pieces.text[pieces.words.piece[self.word]]
        self.particles: Ints = np.array([letters for _, letters in found], np.int64)[pieces.words.word[self.word]]
        self.name: Ints = name[self.word]
        self.names: list[str] = written.dictionary.to_pylist()

        groups = Groups((self.text >> 1) * len(self.names) + self.name)
        self.key: Ints = groups.number
        self.first: Ints = groups.first
        self.counts: Ints = groups.counts
        self.n_in_headline: Ints = groups.counts - groups.sums(self.text & 1)
        self.article: Ints = self.text[groups.first] >> 1
        rarity = np.fromiter(map(_RARITY.__getitem__, self.names), np.int64, len(self.names))
        self.rarity: Ints = rarity[self.name[groups.first]]

    def joined(self, pieces: Pieces) -> Ints:
        """Words said again that the next word, said again too, stands beside; a particle or punctuation keeps them apart."""
        again = (self.counts >= MIN_TOGETHER)[self.key]
        follows = (np.diff(self.word) == 1) & (np.diff(self.text) == 0) & (self.particles[1:] == 0)
        beside = np.flatnonzero(follows & again[:-1] & again[1:])
        return beside[pieces.is_spaced(self.word[beside])]


def _runs(column: Ints, first: Ints, n_words: int) -> list[list[int]]:
    """What a column has of so many words from each of these on; past the last word that is repeated."""
    runs: list[list[int]] = column[np.minimum(first[:, None] + np.arange(n_words), len(column) - 1)].tolist()
    return runs


class _Phrase(NamedTuple):
    """The first of the words of its first occurrence, how many words it has, how many times it takes their place, how rare they are."""

    first: int
    n_words: int
    times: int
    rarity: int


def _phrases(said: _Said, joined: Ints) -> tuple[list[_Phrase], Ints]:
    """Phrases that take the place of their words, and what is left of the occurrences of each key; none is in two phrases."""
    pairs = Groups(said.key[joined] * len(said.counts) + said.key[joined + 1])
    place = joined[pairs.first]
    one, other = said.key[place], said.key[place + 1]
    enough = np.maximum(MIN_TOGETHER, PHRASE_SHARE * np.minimum(said.counts[one], said.counts[other]))
    kept = (pairs.counts >= enough) & (one != other)

    is_kept = kept[pairs.number]
    overlap = np.flatnonzero((np.diff(joined) == 1) & is_kept[:-1] & is_kept[1:])
    triples = Groups(pairs.number[overlap] * len(kept) + pairs.number[overlap + 1])
    head = overlap[triples.first]
    rarest = np.minimum(pairs.counts[pairs.number[head]], pairs.counts[pairs.number[head + 1]])
    whole = triples.counts >= np.maximum(MIN_TOGETHER, PHRASE_SHARE * rarest)

    rarity = said.rarity.tolist()
    left = said.counts.tolist()
    phrases = []
    for n_words, first, times in (
        (3, joined[head[whole]], triples.counts[whole]),
        (2, place[kept], pairs.counts[kept]),
    ):
        for keys, start, count in zip(_runs(said.key, first, n_words), first.tolist(), times.tolist(), strict=True):
            together = min(count, *[left[key] for key in keys])
            if together >= MIN_TOGETHER:
                phrases.append(_Phrase(start, n_words, together, sum(rarity[key] for key in keys)))
                for key in keys:
                    left[key] -= together
    return phrases, np.array(left, np.int64)


def _extracted(documents: Documents, said: _Said, first: Ints, n_words: Ints, score: Floats) -> list[Extracted]:
    """Phrases as published, of which the first word and the number of words are given."""
    pieces = documents.pieces
    words, of_types = pieces.words, pieces.type_words
    opening, closing = said.word[first], said.word[first + n_words - 1]
    start = pieces.start[words.piece[opening]] + of_types.start[words.word[opening]]
    end = pieces.start[words.piece[closing]] + of_types.end[words.word[closing]]
    columns = (n_words, said.text[first], start, end, said.particles[first], score / (score + HALF_SCORE))
    found = []
    for names, number, text, begin, stop, particles, share in zip(
        _runs(said.name, first, MAX_WORDS), *(column.tolist() for column in columns), strict=True
    ):
        keyword = documents.texts[text][begin:stop]
        if particles:
            keyword = keyword[fold_aligned(keyword).source(particles) :]
        folded = " ".join([said.names[name] for name in names[:number]])
        found.append(Extracted(text >> 1, keyword, folded, share, RULES[number > 1]))
    return found
