"""Decides what is unusual about the surface of an article: lengths, variety, repetition, boilerplate, misread letters, an end that is
none, a headline that the body does not bear out. It drops nothing and judges no content.
"""

import re
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.text_cues import TEXT_CUES_VERSION, Cue, find_cue, unfinished
from pipeline.text.arabic import fold
from pipeline.text.mojibake import MOJIBAKE_VERSION, is_suspect, repair
from pipeline.text.pieces import Ints
from pipeline.text.tokens import WORD
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1/cues {TEXT_CUES_VERSION}, mojibake {MOJIBAKE_VERSION}"

Floats = npt.NDArray[np.float64]

LONG_WORD: Final = 6

# Calibrated on 4,000 articles each of SaudiNewsNet and the ANT corpus (drawn with seed 1), whose share beyond is given in that order.
FEW_WORDS: Final = 30  # 1.2 %, 1.8 %: captions and lines that were cut off wrongly
LONG_SENTENCES: Final = 120.0  # 0.6 %, 0 %; half of the articles have 34 and 25 words a sentence: full stops were lost
ODD_WORDS: Final = (
    3.0,
    9.0,
)  # 0.03 %, 0 %; all but one article in a thousand lie in 3.9 to 7.0, and long-worded languages below 8
LITTLE_VARIETY: Final = 0.2  # none; the least were 0.21 and 0.29, on the longest texts
LINES_REPEATED: Final = 0.2  # 0.03 %, 0.03 %; one article in a thousand repeats more than 0.05
MUCH_BOILERPLATE: Final = (
    0.2  # none: both corpora were cut to their texts; one in a thousand has more than 0.01 and 0.08
)
FEWEST_HEADLINE_TERMS: Final = (
    3  # 0.6 %, 0.3 % of headlines with as many have none in the body; half have more than 0.8 of them
)

_TAIL_CHARS: Final = 24
_ELLIPSIS: Final = re.compile(r"(?:…|\.{3})[\s\"'»”’)\]]*$")
# Two full stops are one: opinion pieces in Arabic end so. Which quotation marks close a text depends on the language.
_STOP: Final = re.compile(r"(?:[.!?؟۔。！？][\s\"'«»“”„‘’)\]】」』]*|[»”\")\]’'%】」』])[\s\u200e\u200f]*$")
_JOINT: Final = re.compile(r"[,،؛;:(\[–—-]\s*$")

UNSPACED: Final = frozenset({"zh", "yue", "wuu", "ja", "th", "lo", "km", "my", "bo", "dz"})
"""Languages that write no spaces between words: their words cannot be counted."""


class _Surface(NamedTuple):
    """What the lines of one body say."""

    repeated: float
    boilerplate: float
    misread: float
    ending: str
    cues: list[Cue]


def annotate(documents: Documents, terms: pa.Table) -> pa.Table:
    """Rows of `text_quality`, one an article.

    Args:
        terms: the rows of `terms` of the same articles.
    """
    table = documents.table
    n_words, chars, n_long = _word_counts(documents)
    variety, agreement, n_content = _term_figures(table["article_id"], terms)
    languages = table["language"].to_pylist()
    counted = np.array([language not in UNSPACED for language in languages], np.bool_)
    n_words, n_content, sentences = n_words * counted, n_content * counted, table["n_sentences"].to_numpy()
    inputs = (documents.texts[::2], documents.texts[1::2], languages)
    surfaces = [_surface(*row) for row in zip(*inputs, strict=True)]
    figures: dict[str, Floats] = {
        "words_per_sentence": _ratio(n_words, sentences),
        "chars_per_word": _ratio(chars, n_words),
        "type_token_ratio": np.where(n_words > 0, variety, np.nan),
        "long_word_share": _ratio(n_long, n_words),
        "repeated_line_share": np.array([surface.repeated for surface in surfaces], np.float64),
        "boilerplate_share": np.array([surface.boilerplate for surface in surfaces], np.float64),
        "misread_share": np.array([surface.misread for surface in surfaces], np.float64),
        "headline_in_body_share": np.where(counted, agreement, np.nan),
    }
    flags = _flags(figures, np.where(counted, n_words, FEW_WORDS), n_content, surfaces)
    made: dict[str, Any] = {
        name: pa.array(values.astype(np.float32), from_pandas=True) for name, values in figures.items()
    }
    made |= {
        "article_id": table["article_id"],
        "filed_month": table["filed_month"],
        "body_ending": pa.array([surface.ending for surface in surfaces], pa.string()),
        "text_cues": pa.array(
            [[": ".join(cue) for cue in surface.cues] for surface in surfaces], pa.list_(pa.string())
        ),
        "text_flags": pa.array(flags, pa.list_(pa.string())),
    }
    schema = ANNOTATION_TABLES["text_quality"].arrow()
    return pa.table([made[name] for name in schema.names], schema=schema)


def _ratio(numerator: Any, denominator: Any) -> Floats:
    """NaN, which becomes NULL, where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, np.asarray(numerator, np.float64) / denominator, np.nan)


def _word_counts(documents: Documents) -> tuple[Ints, Ints, Ints]:
    """Of each body: its words, their letters and digits, and how many are long."""
    pieces = documents.pieces
    words = pieces.type_words
    lengths = np.fromiter(map(len, words.forms), np.int64, len(words.forms))
    counts = (np.ones_like(lengths), lengths, (lengths > LONG_WORD).astype(np.int64))
    n_words, chars, n_long = (pieces.by_text(pieces.by_type(of_form))[1::2] for of_form in counts)
    return n_words, chars, n_long


def _term_figures(article_ids: pa.ChunkedArray, terms: pa.Table) -> tuple[Floats, Floats, Ints]:
    """Of each article: the type/token ratio of the body, the share of content terms of the headline that it bears out, their number."""
    n = len(article_ids)
    row = pc.index_in(terms["article_id"], value_set=article_ids).to_numpy()
    in_headline = terms["n_in_headline"].to_numpy()
    in_body = terms["n_occurrences"].to_numpy() - in_headline
    variety = _ratio(np.bincount(row[in_body > 0], minlength=n), np.bincount(row, weights=in_body, minlength=n))

    content = (in_headline > 0) & ~terms["is_function_word"].to_numpy()
    borne_out = in_body > 0
    doubtful = np.flatnonzero(content & ~borne_out)
    borne_out[doubtful] = _has_stem(row, terms["stem"].combine_chunks().dictionary_encode(), doubtful, in_body > 0)
    n_content = np.bincount(row[content], minlength=n)
    return variety, _ratio(np.bincount(row[content & borne_out], minlength=n), n_content), n_content


def _has_stem(
    row: Ints, stems: pa.DictionaryArray, asked: Ints, in_body: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Whether the body of the same article has another term with the stem of each of the terms `asked`."""
    stem = stems.indices.to_numpy()
    is_asked = np.zeros(len(stems.dictionary), np.bool_)
    is_asked[stem[asked]] = True
    near = in_body & is_asked[stem]
    keys = row * np.int64(len(stems.dictionary)) + stem
    known = np.append(np.sort(keys[near]), -1)
    return np.asarray(known[np.searchsorted(known[:-1], keys[asked])] == keys[asked])


def _surface(headline: str, body: str, language: str) -> _Surface:
    lines = [line for line in body.split("\n") if line and not line.isspace()]
    cued = [(len(line), cue) for line in lines if (cue := find_cue(line))]
    seen: set[str] = set()
    repeated = 0
    if len(set(lines)) < len(lines):
        for line in lines:
            repeated += len(line) if line in seen else 0
            seen.add(line)
    size = sum(map(len, lines)) or 1
    misread = _misread(headline) + _misread(body)
    return _Surface(
        repeated / size,
        sum(length for length, _ in cued) / size,
        misread / (len(headline) + len(body)) if misread else 0.0,
        _ending(lines[-1] if lines else "", language),
        [cue for _, cue in cued],
    )


def _misread(text: str) -> int:
    """Characters that are U+FFFD, or that a repair would change."""
    changed = sum(end - start for start, end in repair(text).changed) if is_suspect(text) else 0
    return min(changed + text.count("\ufffd"), len(text))


def _ending(line: str, language: str) -> str:
    """How a last line ends, one of BODY_ENDINGS."""
    cue = find_cue(line)
    if cue and cue.kind == "read_more":
        return "read_more"
    tail = line[-_TAIL_CHARS:]
    if _ELLIPSIS.search(tail):
        return "ellipsis"
    if _STOP.search(tail):
        return "stop"
    last = WORD.findall(tail)[-1:]
    if _JOINT.search(tail) or (last and fold(last[0]) in unfinished(language)):
        return "unfinished"
    return "none"


def _flags(figures: dict[str, Floats], n_words: Ints, n_content: Ints, surfaces: list[_Surface]) -> list[list[str]]:
    """The flags of each article, in the order of TEXT_FLAGS."""
    shortest, longest = ODD_WORDS
    flags = {
        "few_words": n_words < FEW_WORDS,
        "long_sentences": figures["words_per_sentence"] > LONG_SENTENCES,
        "odd_words": (figures["chars_per_word"] < shortest) | (figures["chars_per_word"] > longest),
        "little_variety": figures["type_token_ratio"] < LITTLE_VARIETY,
        "lines_repeated": figures["repeated_line_share"] > LINES_REPEATED,
        "much_boilerplate": figures["boilerplate_share"] > MUCH_BOILERPLATE,
        "misread_text": figures["misread_share"] > 0,
        "cut_off": np.array(
            [surface.ending in ("ellipsis", "read_more", "unfinished") for surface in surfaces], np.bool_
        ),
        "paywalled": np.array([any(cue.kind == "paywall" for cue in surface.cues) for surface in surfaces], np.bool_),
        "headline_unrelated": (n_content >= FEWEST_HEADLINE_TERMS) & (figures["headline_in_body_share"] == 0),
    }
    found: list[list[str]] = [[] for _ in surfaces]
    for name, holds in flags.items():
        for number in np.flatnonzero(holds).tolist():
            found[number].append(name)
    return found
