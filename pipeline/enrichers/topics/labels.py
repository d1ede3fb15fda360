"""Decides which narrower topics an article names: concepts below a topic that it has, whose Arabic or English label it says (`terms.tsv`
says which labels mislead, and what news says instead).

A label counts where its words stand side by side, particles and article aside. One of several words must be said twice (or once in
the headline), one of a single word three times (or in the headline and once more).
Accepted gap: a label whose words are not all in the lexicon is never found, nor one that an article paraphrases.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.enrichers.lexicon import lexicon
from pipeline.enrichers.lexicon.clitics import article
from pipeline.enrichers.topics.evidence import HEADLINE_WEIGHT, Integers
from pipeline.enrichers.topics.taxonomy import concepts, top_of
from pipeline.text.aligned import fold_aligned
from pipeline.text.tokens import words

TERMS = Path(__file__).with_name("terms.tsv")
MIN_TIMES, MIN_TIMES_OF_A_WORD = 2, 3
MAX_ZIPF = 57  # a label of one word that is more common says too little: work, law, art, food
_ASIDE = re.compile(r"\([^)]*\)")
_PARTS = re.compile(r"[,،/]")

Label = tuple[tuple[int, ...], str]


def _key(label: str) -> tuple[int, ...]:
    """The words of a label by number; () when the lexicon has not all of them."""
    spelled = words(fold_aligned(label).text)
    known = lexicon().numbers
    key = [known.get(word, known.get(word[len(article(word)) :], -1)) for word in spelled]
    return tuple(key) if -1 not in key else ()


@cache
def _changes() -> tuple[frozenset[tuple[int, ...]], dict[str, str]]:
    """The labels that are not used, and what is used beside them, by concept."""
    lines = [line.split("\t") for line in TERMS.read_text("utf-8").splitlines() if not line.startswith("#")]
    read = dict(lines)
    return frozenset(map(_key, _PARTS.split(read.pop("-")))), read


@cache
def _labels(top: str) -> dict[int, list[Label]]:
    """The labels below a top-level topic, by their first word, as words and concept."""
    found: dict[int, dict[tuple[int, ...], str]] = {}
    dropped, added = _changes()
    for concept in sorted(concepts().values(), key=lambda concept: (-concept.level, concept.topic_id)):
        if concept.level == 1 or top_of(concept.topic_id) != top:
            continue
        labels = ",".join((concept.label_ar, concept.label_en, added.get(concept.topic_id, "")))
        for part in _PARTS.split(_ASIDE.sub("", labels)):
            key = _key(part)
            if key and key not in dropped and (len(key) > 1 or lexicon().zipf[key[0]] <= MAX_ZIPF):
                found.setdefault(key[0], {})[key] = concept.topic_id
    return {first: sorted(by_words.items()) for first, by_words in found.items()}


@cache
def _opens_label(top: str) -> NDArray[np.bool_]:
    """Whether a label below a top-level topic begins with a word, by number, the last one being -1."""
    opens = np.zeros(len(lexicon().zipf) + 1, np.bool_)
    opens[list(_labels(top))] = True
    return opens


def named(top: str, headline: Integers, body: Integers) -> dict[str, int]:
    """The narrower topics that are named, with the times (one in the headline counts as two), those above them included."""
    labels = _labels(top)
    said: dict[Label, int] = {}
    for text, weight in ((headline, HEADLINE_WEIGHT), (body, 1)):
        for place in np.flatnonzero(_opens_label(top)[text]).tolist():
            for label in labels[int(text[place])]:
                key = label[0]
                if len(key) == 1 or tuple(text[place : place + len(key)].tolist()) == key:
                    said[label] = said.get(label, 0) + weight
    times: dict[str, int] = {}
    for (key, topic), count in said.items():
        if count >= (MIN_TIMES if len(key) > 1 else MIN_TIMES_OF_A_WORD):
            times[topic] = times.get(topic, 0) + count
    for topic, count in list(times.items()):
        above = concepts()[topic].parent
        while above and above != top:
            times[above] = max(times.get(above, 0), count)
            above = concepts()[above].parent
    return times
