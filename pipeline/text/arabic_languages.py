"""Decides what letters and function words say about the language of a text in Arabic script: Arabic, Persian, Urdu, Sorani, Pashto,
Sindhi or Uyghur; what a trained model says is weighed by `pipeline.enrichers.language`.

A letter outside the alphabet of a language speaks against it, one from another keyboard less; a function word speaks for it. All
is in nats, so that it adds up with the logarithm of a probability.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.text.arabic import fold
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
# The weights of all languages in one integer, so that a letter is weighed once: tenths of nats, in fields that 100,000 letters fill.
_UNITS: Final = 10
_BITS: Final = 24
_MASK: Final = (1 << _BITS) - 1
# Half of the words of a headline that are function words of one language are of another one as well.
_FUNCTION_WORD: Final = 1.5


def is_arabic_script(sample: str) -> bool:
    """Whether most letters of a text are Arabic ones."""
    in_block = sample.encode("utf-16-le", "surrogatepass")[1::2].count(6)
    if not in_block or not ARABIC_LETTERS.search(sample):
        return False
    if 2 * in_block > len(sample):  # and so of the letters, which are fewer
        return True
    return 2 * sum(map(len, ARABIC_LETTERS.findall(sample))) > sum(map(len, _LETTERS.findall(sample)))


def letter_evidence(sample: str) -> list[float]:
    """For each of LANGUAGES, what the letters of a text say: 0 when they are all its own."""
    table, common = _letters()
    packed = sum([sample.count(char) * table[char] for char in set(sample) - common if char in table])
    return [-(packed >> _BITS * number & _MASK) / _UNITS for number in range(len(LANGUAGES))]


def letters_deny(language: str, sample: str) -> bool:
    """Whether the letters of a text speak for another of LANGUAGES than this one."""
    evidence = letter_evidence(sample)
    return evidence[LANGUAGES.index(language)] < max(evidence)


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
def _letters() -> tuple[dict[str, int], frozenset[str]]:
    """The weights of each letter that tells languages apart, one number with a field for each; and the characters that do not."""
    alphabets = _alphabets()
    letters = {letter for alphabet in alphabets.values() for letters in alphabet.values() for letter in letters}
    table = {
        letter: sum(
            round(_UNITS * -_weight(letter, alphabets[language])) << _BITS * number
            for number, language in enumerate(LANGUAGES)
        )
        for letter in sorted(letters)
    }
    common = frozenset(letter for letter, weights in table.items() if not weights) | frozenset(' .,:؛،؟!«»"()-')
    return {letter: weights for letter, weights in table.items() if weights}, common


def _weight(letter: str, alphabet: dict[str, list[str]]) -> float:
    return 0.0 if letter in alphabet["letters"] else _TYPED if letter in alphabet["typed"] else _FOREIGN


@cache
def _alphabets() -> dict[str, dict[str, list[str]]]:
    stated = tomllib.loads(Path(__file__).with_name("arabic_alphabets.toml").read_text(encoding="utf-8"))
    return {name: {kind: letters.split() for kind, letters in stated[name].items()} for name in LANGUAGES}
