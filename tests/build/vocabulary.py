"""Decides which words the lexicon holds, in which spelling each is shown to the encoder, and how frequent each is.

Arabic words are counted on the corpora of `../shared/data` (headlines and bodies; nothing else of them is kept); those of other
languages, and how frequent they are, are facts taken from wordfreq 3.1 (its data: CC BY-SA 4.0).
"""

import math
from collections import Counter
from dataclasses import dataclass

from pipeline.enrichers.lexicon.clitics import MIN_LETTERS, article
from pipeline.text.aligned import fold_aligned
from pipeline.text.tokens import words
from tests.eval.topic_corpora import articles

CORPORA = ("antcorpus", "multisource", "saudinewsnet")
ARABIC_WORDS = 32_000
FOREIGN_WORDS = {"en": 8_000, "fr": 3_000, "fa": 3_000, "tr": 3_000, "ur": 2_000, "es": 2_000, "de": 2_000}
# A word with a particle is that word without it when the latter is so much more frequent: وقال is قال, وزير stays.
RATIOS = {"و": 0.3, "ف": 10, "ب": 8, "ل": 8, "ك": 8}
KEPT = frozenset(
    [
        "وادي",
        "واحد",
        "واحدا",
        "وسام",
        "وعد",
        "وعده",
        "وعود",
        "والي",
        "والدين",
        "ولايه",
        "ورود",
        "وجهت",
        "وافق",
        "واسم",
        "ورقه",
        "وتيره",
        "وزيرا",
        "وفاق",
        "وجيزه",
        "واعده",
        "واثق",
        "وداد",
        "وليا",
        "وكيلا",
        "وريث",
        "وشيكا",
        "وسيم",
        "وافد",
        "وديا",
        "فكره",
        "فعاليه",
        "بعيد",
    ]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A folded word, the spelling in which it is mostly written, and log10 of its occurrences in a billion words."""

    word: str
    spelling: str
    zipf: float


def entries() -> list[Entry]:
    """The entries of the lexicon, by word."""
    found: dict[str, Entry] = {}
    for entry in (*_arabic(), *_foreign()):
        known = found.get(entry.word)
        if known is None or known.zipf < entry.zipf:
            found[entry.word] = entry if known is None else Entry(entry.word, known.spelling, entry.zipf)
    return [found[word] for word in sorted(found)]


def _arabic() -> list[Entry]:
    written: Counter[str] = Counter()
    for corpus in CORPORA:
        for item in articles(corpus):
            written.update(words(item.headline))
            written.update(words(item.body))
    total = sum(written.values())
    spellings: dict[str, list[tuple[int, str]]] = {}
    for spelling, count in written.items():
        word = fold_aligned(spelling).text
        if word.isalpha() and len(word) > 1:
            spellings.setdefault(word, []).append((count, spelling))
    counts = Counter({word: sum(count for count, _ in seen) for word, seen in spellings.items()})
    merged: dict[str, list[str]] = {}
    for word in counts:
        merged.setdefault(word[len(article(word)) :], []).append(word)
    bare = Counter({word: sum(counts[form] for form in forms) for word, forms in merged.items()})
    for word in sorted(bare, key=len, reverse=True):
        if (target := _without_particle(word, bare)) is not None:
            merged[target] += merged.pop(word)
    bare = Counter({word: sum(counts[form] for form in forms) for word, forms in merged.items()})
    best = sorted(bare.items(), key=lambda item: (-item[1], item[0]))[:ARABIC_WORDS]
    return [
        Entry(word, max(pair for form in merged[word] for pair in spellings[form])[1], _zipf(count, total))
        for word, count in best
    ]


def _without_particle(word: str, counts: Counter[str]) -> str | None:
    rest, ratio = word[1:], RATIOS.get(word[0])
    if ratio is None or word in KEPT or len(rest) < MIN_LETTERS or counts[rest] <= ratio * counts[word]:
        return None
    return rest


def _foreign() -> list[Entry]:
    import wordfreq

    found = []
    for language, number in FOREIGN_WORDS.items():
        for spelling in wordfreq.top_n_list(language, number):
            word = fold_aligned(spelling).text
            if word.isalpha() and len(word) > 1:
                found.append(Entry(word, spelling, wordfreq.zipf_frequency(spelling, language)))
    return found


def _zipf(count: int, total: int) -> float:
    return math.log10(count / total * 1e9)
