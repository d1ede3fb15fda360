"""Decides which phrases of a text say what it is about: frequent in it, rare elsewhere, of one to three words.

A word counts under its form without particles and article, its key. Words are ranked by occurrences times rarity; neighbours
that are said together often enough become a phrase, which takes the place of its words.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import Final

from pipeline.enrichers.documents import Document, Text
from pipeline.enrichers.keywords.stopwords import stop_words
from pipeline.enrichers.lexicon import lexicon

MIN_LETTERS: Final = 3
MAX_LETTERS: Final = 30  # longer ones are addresses and words run together
COMMON_ZIPF: Final = 110  # rarity counts from here; 80 favours odd words over the countries that an article is about
UNKNOWN_RARITY: Final = (
    50  # that of a word said a thousand times in a million: names, but also misprints and rare forms of verbs
)
HEADLINE_WEIGHT: Final = 2  # occurrences in the body that one in the headline is worth
MIN_TOGETHER: Final = 2
PHRASE_SHARE: Final = 0.5  # of the occurrences of its rarest word that a phrase needs, to take its place
PHRASE_WEIGHT: Final = 0.8  # of the rarity of its words together
HALF_SCORE: Final = 600  # occurrences times rarity that score 0.5: a rare word said ten times
_REMEMBERED: Final = 1 << 17

Phrase = tuple[str, ...]
_score: Final = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A phrase as published and folded, with its score (0 < score < 1)."""

    keyword: str
    folded: str
    score: float
    rule: str


class _Keys(dict[str, str]):
    """The key of a folded word, '' for what no keyword holds; looked up once a word, and remembered while there is room."""

    def __init__(self, stopped: frozenset[str]) -> None:
        self.stopped = stopped

    def __missing__(self, word: str) -> str:
        key = self._key(word)
        if len(self) < _REMEMBERED:
            self[word] = key
        return key

    def _key(self, word: str) -> str:
        if word in self.stopped or not MIN_LETTERS <= len(word) <= MAX_LETTERS or not word.isalpha():
            return ""
        key = lexicon().without_particles(word)[1]
        return key if key not in self.stopped and len(key) >= MIN_LETTERS and _rarity[key] > 0 else ""


class _Rarity(dict[str, int]):
    """How much rarer a key is than a word that says nothing, in tenths of a power of ten; remembered likewise."""

    def __missing__(self, key: str) -> int:
        known = lexicon()
        number = known.numbers.get(key, -1)
        rarity = COMMON_ZIPF - known.zipf[number] if number >= 0 else UNKNOWN_RARITY
        if len(self) < _REMEMBERED:
            self[key] = rarity
        return rarity


_rarity = _Rarity()


@cache
def _keys(language: str) -> _Keys:
    return _Keys(stop_words(language))


class _Words:
    """The words of a headline or a body, and their keys."""

    def __init__(self, text: Text, keys: _Keys) -> None:
        self.text = text
        self.keys = list(map(keys.__getitem__, text.tokens))

    def joined(self, wanted: set[str]) -> list[int]:
        """Places of wanted words that the next word, wanted too, stands beside; a particle or punctuation keeps them apart."""
        places = [place for place, key in enumerate(self.keys) if key in wanted]
        spans, folded = self.text.words, self.text.folded.text
        return [
            place
            for place, following in pairwise(places)
            if following == place + 1
            and spans[following][0] == (end := spans[place][1]) + 1
            and folded[end] == " "
            and not self._particles(following)
        ]

    def _particles(self, place: int) -> int:
        """Letters of the particles before a word, the article aside."""
        word = self.text.tokens[place]
        letters = len(word) - len(self.keys[place])
        return letters - 2 if letters > 1 and word[letters - 2 : letters] == "ال" else letters

    def published(self, phrase: Phrase, joined: set[int]) -> str | None:
        """The first occurrence of a phrase as published, without the particles before it."""
        keys, length = self.keys, len(phrase)
        first = -1
        while True:
            try:
                first = keys.index(phrase[0], first + 1)
            except ValueError:
                return None
            last = first + length - 1
            if length == 1 or (
                tuple(keys[first : last + 1]) == phrase and all(place in joined for place in range(first, last))
            ):
                start, end = self.text.words[first][0] + self._particles(first), self.text.words[last][1]
                return self.text.published[slice(*self.text.folded.span(start, end))]


def extract(document: Document, limit: int) -> list[Extracted]:
    """The best phrases of an article, best first, at most `limit`; ties as they stand in the text."""
    language = document.row["language"] or ""
    if not stop_words(language):
        return []
    texts = [_Words(text, _keys(language)) for text in document.texts]
    headline, body = (words.keys for words in texts)
    said = Counter(headline + body)
    del said[""]
    counts = dict(said)
    for key in headline:
        if key:
            counts[key] += HEADLINE_WEIGHT - 1
    wanted = {key for key, count in said.items() if count >= MIN_TOGETHER}
    joined = [words.joined(wanted) for words in texts]
    phrases = _phrases(said, texts, joined)
    for phrase, together in phrases.items():
        for key in phrase:
            counts[key] -= together
    repeated = [(key, count) for key, count in counts.items() if count > 1]
    if len(repeated) < limit:
        repeated = [(key, count) for key, count in counts.items() if count > 0]
    scored: list[tuple[float, Phrase]] = [(count * _rarity[key], (key,)) for key, count in repeated]
    scored += [(n * sum(_rarity[key] for key in phrase) * PHRASE_WEIGHT, phrase) for phrase, n in phrases.items()]
    best = sorted(scored, key=_score, reverse=True)[:limit]
    places = list(map(set, joined))
    return [_extracted(phrase, score, texts, places) for score, phrase in best]


def _phrases(said: Counter[str], texts: list[_Words], joined: list[list[int]]) -> dict[Phrase, int]:
    """Phrases that take the place of their words, with their occurrences; no occurrence of a word is in two of them."""
    pairs: Counter[tuple[str, str]] = Counter()
    for words, places in zip(texts, joined, strict=True):
        pairs.update([(words.keys[place], words.keys[place + 1]) for place in places])
    kept = {
        pair: count
        for pair, count in pairs.items()
        if count >= MIN_TOGETHER and count >= PHRASE_SHARE * min(said[pair[0]], said[pair[1]]) and pair[0] != pair[1]
    }
    if not kept:
        return {}
    triples: Counter[tuple[str, str, str]] = Counter()
    for words, places in zip(texts, joined, strict=True):
        keys = words.keys
        triples.update(
            (keys[place], keys[following], keys[following + 1])
            for place, following in pairwise(places)
            if following == place + 1
            and (keys[place], keys[following]) in kept
            and (keys[following], keys[following + 1]) in kept
        )
    whole = {
        triple: count
        for triple, count in triples.items()
        if count >= max(MIN_TOGETHER, PHRASE_SHARE * min(pairs[triple[:2]], pairs[triple[1:]]))
    }
    left = dict(said)
    phrases: dict[Phrase, int] = {}
    for phrase, count in chain[tuple[Phrase, int]](whole.items(), kept.items()):
        together = min(count, *(left[key] for key in phrase))
        if together >= MIN_TOGETHER:
            phrases[phrase] = together
            for key in phrase:
                left[key] -= together
    return phrases


def _extracted(phrase: Phrase, score: float, texts: list[_Words], joined: list[set[int]]) -> Extracted:
    keyword = texts[0].published(phrase, joined[0]) or texts[1].published(phrase, joined[1])
    assert keyword is not None, phrase
    rule = "frequent_rare_word" if len(phrase) == 1 else "frequent_rare_phrase"
    return Extracted(keyword, " ".join(phrase), score / (score + HALF_SCORE), rule)
