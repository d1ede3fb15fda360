"""Decides what letters and function words say about the language of a text in Arabic script: Arabic, Persian, Urdu, Sorani, Pashto,
Sindhi or Uyghur; what a trained model says is weighed by `pipeline.enrichers.language`.

A letter outside the alphabet of a language speaks against it, one from another keyboard less; a function word speaks for it. All
is in nats, so that it adds up with the logarithm of a probability.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.text.arabic import fold
from pipeline.text.characters import codes
from pipeline.text.function_words import folded
from pipeline.text.tokens import WORD

ARABIC_LANGUAGES_VERSION: Final = "1"

LANGUAGES: Final = ("ar", "fa", "ur", "ckb", "ps", "sd", "ug")
ARABIC_LETTERS: Final = re.compile(
    r"[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f]+"
)

_LETTERS: Final = re.compile(r"[^\W\d_]+")

# A name may bring a letter of its own language, about one in fifty words; a page typed on another keyboard has its ي and ك throughout.
_FOREIGN: Final = -3.9  # ln 0.02
_TYPED: Final = -0.7  # ln 0.5
_UNITS: Final = 10  # weights are added as whole tenths of nats
# Half of the words of a headline that are function words of one language are of another one as well.
_FUNCTION_WORD: Final = 1.5


class Letters(NamedTuple):
    """What the letters of texts say: whether most are Arabic ones; and for each text (rows) and each of LANGUAGES (columns) 0 when they are
    all its own, and less when they are not."""

    are_arabic: list[bool]
    evidence: list[list[float]]

    def deny(self, number: int, language: str) -> bool:
        """Whether the letters of a text speak for another of LANGUAGES than this one."""
        evidence = self.evidence[number]
        return evidence[LANGUAGES.index(language)] < max(evidence)


def read_letters(texts: Sequence[str]) -> Letters:
    """What the letters of each text say; all are looked at together."""
    numbers, is_arabic, weights = _letters()
    points = codes("".join(texts))
    lengths = np.array(list(map(len, texts)), np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    cells = np.bincount(owner * len(weights) + numbers[np.minimum(points, 0xFFFF)], minlength=len(texts) * len(weights))
    counts = cells.reshape(-1, len(weights))
    n_in_block = np.bincount(owner[points >> 8 == 6], minlength=len(texts))
    may_be = (n_in_block > 0) & (counts @ is_arabic > 0)
    are_arabic = may_be & (2 * n_in_block > lengths)  # and so of the letters, which are fewer
    for number in np.flatnonzero(may_be & ~are_arabic).tolist():
        are_arabic[number] = _is_mostly_arabic(texts[number])
    return Letters(are_arabic.tolist(), (-(counts @ weights) / _UNITS).tolist())


def _is_mostly_arabic(text: str) -> bool:
    return 2 * sum(map(len, ARABIC_LETTERS.findall(text))) > sum(map(len, _LETTERS.findall(text)))


def word_evidence(sample: str) -> list[float]:
    """For each of LANGUAGES, what the words of a text say: 0 when none is a function word of it."""
    words = WORD.findall(fold(sample))
    return [_FUNCTION_WORD * sum(word in folded(language) for word in words) for language in LANGUAGES]


@cache
def outside(language: str) -> frozenset[str]:
    """The letters of the seven alphabets that are not in that of the language."""
    alphabets = _alphabets()
    return frozenset(letter for alphabet in alphabets.values() for letter in alphabet["letters"]).difference(
        alphabets[language]["letters"]
    )


@cache
def _letters() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The number of each character of the Basic Multilingual Plane, 0 for what is no Arabic letter; and by number, whether it is one, and
    what it weighs in each language, in tenths of nats."""
    alphabets = _alphabets()
    stated = {letter for alphabet in alphabets.values() for letters in alphabet.values() for letter in letters}
    arabic = set("".join(ARABIC_LETTERS.findall("".join(map(chr, range(0x10000))))))
    listed = sorted(stated | arabic)
    numbers = np.zeros(0x10000, np.int64)
    numbers[list(map(ord, listed))] = np.arange(1, len(listed) + 1)
    weights = [
        [round(_UNITS * -_weight(letter, alphabets[language])) if letter in stated else 0 for language in LANGUAGES]
        for letter in listed
    ]
    return (
        numbers,
        np.array([False, *(letter in arabic for letter in listed)], np.int64),
        np.array([[0] * len(LANGUAGES), *weights], np.int64),
    )


def _weight(letter: str, alphabet: dict[str, list[str]]) -> float:
    return 0.0 if letter in alphabet["letters"] else _TYPED if letter in alphabet["typed"] else _FOREIGN


@cache
def _alphabets() -> dict[str, dict[str, list[str]]]:
    stated = tomllib.loads(Path(__file__).with_name("arabic_alphabets.toml").read_text(encoding="utf-8"))
    return {name: {kind: letters.split() for kind, letters in stated[name].items()} for name in LANGUAGES}
