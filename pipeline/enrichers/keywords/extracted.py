"""Decides which phrases of a text say what it is about: frequent in it, rare elsewhere, of one to three words.

A word counts under its form without particles and article, its key. Words are ranked by occurrences times rarity; neighbours
that are said together often enough become a phrase, which takes the place of its words. All articles of a batch are counted at once.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.keywords.stopwords import stop_words
from pipeline.enrichers.lexicon import lexicon
from pipeline.text.aligned import fold_aligned
from pipeline.text.groups import Groups
from pipeline.text.pieces import Pieces
from pipeline.text.vocabulary import Asked, Ints, Numbers, Strings

Floats = npt.NDArray[np.float64]

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


class Extracted(NamedTuple):
    """Phrases as published and folded, with their scores (0 < score < 1), by article and then best first; `row` is the article's in
    the batch."""

    row: Ints
    keyword: list[str]
    folded: list[str]
    score: Floats
    rule: list[str]


def extract(documents: Documents, limit: int) -> Extracted:
    """The best phrases of each article, at most `limit`; ties as they stand in the text."""
    pieces = documents.pieces
    said = _Said(pieces)
    phrases, left = _phrases(said, said.joined(pieces))
    counts = left + said.n_in_headline * (HEADLINE_WEIGHT - 1)
    n_repeated = np.bincount(said.article[counts > 1], minlength=documents.table.num_rows)
    alone = np.flatnonzero(counts >= np.where(n_repeated[said.article] < limit, 1, 2))

    first = np.concatenate((said.first[alone], phrases.first))
    n_words = np.concatenate((np.ones_like(alone), phrases.n_words))
    score = np.concatenate(((counts * said.rarity)[alone], phrases.times * phrases.rarity * PHRASE_WEIGHT))
    row = said.text[first] >> 1
    order = np.lexsort((-score, row))
    rank = np.arange(len(order)) - np.searchsorted(row[order], row[order])
    best = order[rank < limit]
    return _extracted(documents, said, first[best], n_words[best], score[best])


@cache
def _keys(language: str) -> Asked:
    """The key of a word, its form without particles and article, by number, -1 for what no keyword holds; how many letters of particles
    stand before it in print, the article aside; and how rare it is."""
    stopped = stop_words(language)

    def asked(words: list[str], numbered: Strings) -> tuple[Ints, list[int], list[int]]:
        keys = [_key(stopped, word) for word in words]
        numbers = numbered.numbers([key for key, _, _ in keys])
        is_key = np.array([key != "" for key, _, _ in keys], np.bool_)
        return np.where(is_key, numbers, -1), [letters for _, letters, _ in keys], [rarity for _, _, rarity in keys]

    return asked


_NO_KEY: Final = ("", 0, 0)


def _key(stopped: frozenset[str], word: str) -> tuple[str, int, int]:
    if not stopped or word in stopped or not MIN_LETTERS <= len(word) <= MAX_LETTERS or not word.isalpha():
        return _NO_KEY
    letters, key = lexicon().without_particles(word)
    if key in stopped or len(key) < MIN_LETTERS or (rarity := _rarity(key)) <= 0:
        return _NO_KEY
    return key, letters - 2 if letters > 1 and word[letters - 2 : letters] == "ال" else letters, rarity


def _rarity(key: str) -> int:
    """How much rarer a key is than a word that says nothing, in tenths of a power of ten."""
    known = lexicon()
    number = known.numbers.get(key, -1)
    return COMMON_ZIPF - known.zipf[number] if number >= 0 else UNKNOWN_RARITY


class _Said:
    """What is said of each word of a batch that has a key, in order, and of each key of each article, by first occurrence.

    Of words: `word` is the place among all words, `key` the number of the article's key, `name` that of the key among all forms. Of
    keys: `first` is the first of those words, `counts` the occurrences.
    """

    def __init__(self, pieces: Pieces) -> None:
        name, particles, rarity = pieces.of_words(_keys, spelled=True)
        self.word: Ints = np.flatnonzero(name >= 0)
        self.text: Ints = pieces.words.text[self.word]
        self.particles: Numbers = particles[self.word]
        self.name: Numbers = name[self.word]

        groups = Groups((self.text >> 1) * len(pieces.vocabulary.forms) + self.name)
        self.key: Ints = groups.number
        self.first: Ints = groups.first
        self.counts: Ints = groups.counts
        self.n_in_headline: Ints = groups.counts - groups.sums(self.text & 1)
        self.article: Ints = self.text[groups.first] >> 1
        self.rarity: Numbers = rarity[self.word[groups.first]]

    def joined(self, pieces: Pieces) -> Ints:
        """Words said again that the next word, said again too, stands beside; a particle or punctuation keeps them apart."""
        again = (self.counts >= MIN_TOGETHER)[self.key]
        follows = (np.diff(self.word) == 1) & (np.diff(self.text) == 0) & (self.particles[1:] == 0)
        beside = np.flatnonzero(follows & again[:-1] & again[1:])
        return beside[pieces.is_spaced(self.word[beside])]


class _Phrases(NamedTuple):
    """The first of the words of the first occurrence of each, how many words it has, how many times it takes their place, how rare they
    are."""

    first: Ints
    n_words: Ints
    times: Ints
    rarity: Ints


def _phrases(said: _Said, joined: Ints) -> tuple[_Phrases, Ints]:
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

    left = said.counts.tolist()
    made = []
    for n_words, first, times in (
        (3, joined[head[whole]], triples.counts[whole]),
        (2, place[kept], pairs.counts[kept]),
    ):
        keys = said.key[first[:, None] + np.arange(n_words)]
        together = _take(left, keys.tolist(), times.tolist())
        taken = np.flatnonzero(together >= MIN_TOGETHER)
        made.append((first[taken], np.full(len(taken), n_words), together[taken], said.rarity[keys[taken]].sum(axis=1)))
    return _Phrases(*map(np.concatenate, zip(*made, strict=True))), np.array(left, np.int64)


def _take(left: list[int], keys: list[list[int]], times: list[int]) -> Ints:
    """How many occurrences each phrase, one after the other, takes of what is left of its keys."""
    taken = []
    for phrase, count in zip(keys, times, strict=True):
        together = min(count, *map(left.__getitem__, phrase))
        if together >= MIN_TOGETHER:
            for key in phrase:
                left[key] -= together
        taken.append(together)
    return np.array(taken, np.int64)


def _extracted(documents: Documents, said: _Said, first: Ints, n_words: Ints, score: Floats) -> Extracted:
    """Phrases as published, of which the first word and the number of words are given."""
    pieces, texts, forms = documents.pieces, documents.texts, documents.pieces.vocabulary.forms.listed
    text, particles = said.text[first], said.particles[first]
    start, first_end = pieces.span(said.word[first])
    _, end = pieces.span(said.word[first + n_words - 1])
    keyword = [
        texts[number][begin:stop]
        for number, begin, stop in zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    ]
    for number in np.flatnonzero(particles).tolist():
        letters, word = int(particles[number]), forms[pieces.spelled[said.word[first[number]]]]
        is_plain = len(word) == first_end[number] - start[number]  # no marks, which go with the particles
        keyword[number] = keyword[number][letters if is_plain else fold_aligned(keyword[number]).source(letters) :]
    folded = [forms[name] for name in said.name[first].tolist()]
    for number in np.flatnonzero(n_words > 1).tolist():
        names = said.name[first[number] : first[number] + n_words[number]]
        folded[number] = " ".join([forms[name] for name in names.tolist()])
    rules = [RULES[is_phrase] for is_phrase in (n_words > 1).tolist()]
    return Extracted(text >> 1, keyword, folded, score / (score + HALF_SCORE), rules)
