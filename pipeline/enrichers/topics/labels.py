"""Decides which narrower topics an article names: concepts below a topic that it has, whose Arabic or English label it says (`terms.tsv`
says which labels mislead, and what news says instead).

A label counts where its words stand side by side, particles and article aside. One of several words must be said twice (or once in
the headline), one of a single word three times (or in the headline and once more).
Accepted gap: a label whose words are not all in the lexicon is never found, nor one that an article paraphrases.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.enrichers.lexicon import lexicon
from pipeline.enrichers.lexicon.clitics import article
from pipeline.enrichers.topics.evidence import HEADLINE_WEIGHT, Integers, Read
from pipeline.enrichers.topics.taxonomy import TOP, concepts, top_of
from pipeline.text.aligned import fold_aligned
from pipeline.text.tokens import words

TERMS = Path(__file__).with_name("terms.tsv")
MIN_TIMES, MIN_TIMES_OF_A_WORD = 2, 3
MAX_ZIPF = 57  # a label of one word that is more common says too little: work, law, art, food
_ASIDE = re.compile(r"\([^)]*\)")
_PARTS = re.compile(r"[,،/]")


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


def _labels_below(top: str) -> dict[tuple[int, ...], str]:
    """The labels below a top-level topic, as words, and their concepts."""
    found: dict[tuple[int, ...], str] = {}
    dropped, added = _changes()
    for concept in sorted(concepts().values(), key=lambda concept: (-concept.level, concept.topic_id)):
        if concept.level == 1 or top_of(concept.topic_id) != top:
            continue
        labels = ",".join((concept.label_ar, concept.label_en, added.get(concept.topic_id, "")))
        for part in _PARTS.split(_ASIDE.sub("", labels)):
            key = _key(part)
            if key and key not in dropped and (len(key) > 1 or lexicon().zipf[key[0]] <= MAX_ZIPF):
                found[key] = concept.topic_id
    return found


class Labels(NamedTuple):
    """All labels by their first word: those of word n are from `first[n]` to `first[n + 1]`. Of each, its words (-1 where there are no
    more), how many there are, its concept, and the column of the top-level topic."""

    first: Integers
    words: Integers
    n_words: Integers
    topics: list[str]
    top: Integers


@cache
def _labels() -> Labels:
    listed = sorted((key, column, topic) for column, top in enumerate(TOP) for key, topic in _labels_below(top).items())
    n_words = np.array([len(key) for key, _, _ in listed], np.int64)
    words = np.full((len(listed), n_words.max()), -1, np.int64)
    words[np.arange(words.shape[1]) < n_words[:, None]] = [word for key, _, _ in listed for word in key]
    first = np.searchsorted(words[:, 0], np.arange(len(lexicon().zipf) + 1))
    return Labels(
        first,
        words,
        n_words,
        [topic for _, _, topic in listed],
        np.array([column for _, column, _ in listed], np.int64),
    )


def named(given: Read, tops: NDArray[np.bool_]) -> dict[tuple[int, int], dict[str, int]]:
    """The narrower topics that are named, by article and column of the topic above them, with the times (one in the headline counts as
    two), those between included.

    Args:
        given: the words of the articles.
        tops: which top-level topics (columns) each article (row) has.
    """
    labels = _labels()
    text = np.repeat(np.arange(len(given.first) - 1), np.diff(given.first))
    opening = np.flatnonzero((given.numbers >= 0) & np.asarray(tops.any(axis=1))[text >> 1])
    number = given.numbers[opening]
    n_labels = labels.first[number + 1] - labels.first[number]
    place = np.repeat(opening, n_labels)
    label = np.arange(len(place)) + np.repeat(labels.first[number] - np.cumsum(n_labels) + n_labels, n_labels)
    kept = tops[text[place] >> 1, labels.top[label]]
    place, label = place[kept], label[kept]
    for position in range(1, labels.words.shape[1]):
        following = np.minimum(place + position, len(text) - 1)
        is_said = (text[following] == text[place]) & (place + position < len(text))
        is_said &= given.numbers[following] == labels.words[label, position]
        kept = is_said | (labels.n_words[label] <= position)
        place, label = place[kept], label[kept]

    said, which = np.unique((text[place] >> 1) * len(labels.topics) + label, return_inverse=True)
    times = np.bincount(which, np.where(text[place] % 2 == 0, HEADLINE_WEIGHT, 1), len(said)).astype(np.int64)
    article, label = np.divmod(said, len(labels.topics))
    often = times >= np.where(labels.n_words[label] > 1, MIN_TIMES, MIN_TIMES_OF_A_WORD)
    found: dict[tuple[int, int], dict[str, int]] = {}
    for row, one, count in zip(article[often].tolist(), label[often].tolist(), times[often].tolist(), strict=True):
        topics = found.setdefault((row, int(labels.top[one])), {})
        topics[labels.topics[one]] = topics.get(labels.topics[one], 0) + count
    return {above: _with_those_between(topics) for above, topics in found.items()}


def _with_those_between(times: dict[str, int]) -> dict[str, int]:
    """Adds the topics between named ones and the top level, with the times of the one below that is named most."""
    found = dict(times)
    for topic, count in times.items():
        above = concepts()[topic].parent
        while above and concepts()[above].level > 1:
            found[above] = max(found.get(above, 0), count)
            above = concepts()[above].parent
    return found
