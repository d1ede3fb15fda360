"""Decides which phrases of a text say what it is about: frequent in it, rare elsewhere, of one to three words.

A word counts under its form without particles and article, its key. Words are ranked by occurrences times rarity; neighbours
that are said together often enough become a phrase, which takes the place of its words.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Final

from pipeline.enrichers.documents import Document, Text
from pipeline.enrichers.keywords.stopwords import stop_words
from pipeline.enrichers.lexicon import UNKNOWN_ZIPF, lexicon

MIN_LETTERS: Final = 3
MAX_LETTERS: Final = 30  # longer ones are addresses and words run together
COMMON_ZIPF: Final = 90  # rarity counts from here; 80 favours odd words over the countries that an article is about
UNKNOWN_RARITY: Final = (COMMON_ZIPF - UNKNOWN_ZIPF) * 6 // 10  # often a misprint, or a rare form of a verb
HEADLINE_WEIGHT: Final = 2  # occurrences in the body that one in the headline is worth
MIN_TOGETHER: Final = 2
PHRASE_SHARE: Final = 0.5  # of the occurrences of its rarest word that a phrase needs, to take its place
PHRASE_WEIGHT: Final = 0.7  # of the rarity of its words together
HALF_SCORE: Final = 300  # occurrences times rarity that score 0.5: a rare word said ten times
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
        return key if key not in self.stopped and len(key) >= MIN_LETTERS and rarity(key) > 0 else ""


@cache
def _keys(language: str) -> _Keys:
    return _Keys(stop_words(language))


def rarity(key: str) -> int:
    """How much rarer than a word that says nothing, in tenths of a power of ten."""
    known = lexicon()
    number = known.numbers.get(key, -1)
    return COMMON_ZIPF - known.zipf[number] if number >= 0 else UNKNOWN_RARITY


class _Words:
    """The words of a headline or a body, and their keys."""

    def __init__(self, text: Text, keys: _Keys) -> None:
        self.text = text
        self.keys = list(map(keys.__getitem__, text.tokens))

    def runs(self, wanted: set[str]) -> list[list[int]]:
        """Places of wanted words that stand side by side; a particle or punctuation ends a run."""
        runs: list[list[int]] = []
        last = -2
        for place in [place for place, key in enumerate(self.keys) if key in wanted]:
            if place == last + 1 and self._joined(place):
                runs[-1].append(place)
            else:
                runs.append([place])
            last = place
        return [run for run in runs if len(run) > 1]

    def _joined(self, place: int) -> bool:
        spans = self.text.words
        end, start = spans[place - 1][1], spans[place][0]
        return start == end + 1 and self.text.folded.text[end] == " " and not self._particles(place)

    def _particles(self, place: int) -> int:
        """Letters of the particles before a word, the article aside."""
        word = self.text.tokens[place]
        letters = len(word) - len(self.keys[place])
        return letters - 2 if word[letters - 2 : letters] == "ال" else letters

    def published(self, phrase: Phrase) -> str | None:
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
                tuple(keys[first : last + 1]) == phrase and all(map(self._joined, range(first + 1, last + 1)))
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
    phrases = _phrases(said, texts)
    for phrase, together in phrases.items():
        for key in phrase:
            counts[key] -= together
    repeated = {key: count for key, count in counts.items() if count > 1}
    if len(repeated) < limit:
        repeated = {key: count for key, count in counts.items() if count > 0}
    scored: list[tuple[float, Phrase]] = [(count * rarity(key), (key,)) for key, count in repeated.items()]
    scored += [(together * sum(map(rarity, phrase)) * PHRASE_WEIGHT, phrase) for phrase, together in phrases.items()]
    best = sorted(scored, key=_score, reverse=True)[:limit]
    return [_extracted(phrase, score, texts) for score, phrase in best]


def _phrases(said: Counter[str], texts: list[_Words]) -> dict[Phrase, int]:
    """Phrases that take the place of their words, with their occurrences; a pair is not counted inside a triple."""
    wanted = {key for key, count in said.items() if count >= MIN_TOGETHER}
    runs = [[words.keys[place] for place in run] for words in texts for run in words.runs(wanted)]
    pairs = Counter(pair for run in runs for pair in pairwise(run))
    kept = {
        pair: count
        for pair, count in pairs.items()
        if count >= max(MIN_TOGETHER, PHRASE_SHARE * min(said[pair[0]], said[pair[1]])) and pair[0] != pair[1]
    }
    triples = Counter(
        triple for run in runs for triple in zip(run, run[1:], run[2:], strict=False)
        if triple[:2] in kept and triple[1:] in kept
    )  # fmt: skip
    phrases: dict[Phrase, int] = {}
    for triple, count in triples.items():
        if count >= max(MIN_TOGETHER, PHRASE_SHARE * min(pairs[triple[:2]], pairs[triple[1:]])):
            phrases[triple] = count
            for pair in (triple[:2], triple[1:]):
                kept[pair] -= count
    return phrases | {pair: count for pair, count in kept.items() if count >= MIN_TOGETHER}


def _extracted(phrase: Phrase, score: float, texts: list[_Words]) -> Extracted:
    keyword = texts[0].published(phrase) or texts[1].published(phrase)
    assert keyword is not None, phrase
    rule = "frequent_rare_word" if len(phrase) == 1 else "frequent_rare_phrase"
    return Extracted(keyword, " ".join(phrase), score / (score + HALF_SCORE), rule)
