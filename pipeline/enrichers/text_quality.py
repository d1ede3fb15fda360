"""Decides what is unusual about the surface of an article: lengths, variety, repetition, boilerplate, misread letters, an end that is
none, a headline that the body does not bear out. It drops nothing and judges no content.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.text_cues import TEXT_CUES_VERSION
from pipeline.enrichers.text_surface import Surface, read_surface
from pipeline.text.mojibake import MOJIBAKE_VERSION
from pipeline.text.vocabulary import Ints, Strings
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

_CUT_OFF: Final = frozenset({"ellipsis", "read_more", "unfinished"})

UNSPACED: Final = frozenset({"zh", "yue", "wuu", "ja", "th", "lo", "km", "my", "bo", "dz"})
"""Languages that write no spaces between words: their words cannot be counted."""


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
    surface = read_surface(documents, languages)
    figures: dict[str, Floats] = {
        "words_per_sentence": _ratio(n_words, sentences),
        "chars_per_word": _ratio(chars, n_words),
        "type_token_ratio": np.where(n_words > 0, variety, np.nan),
        "long_word_share": _ratio(n_long, n_words),
        "repeated_line_share": surface.repeated,
        "boilerplate_share": surface.boilerplate,
        "misread_share": surface.misread,
        "headline_in_body_share": np.where(counted, agreement, np.nan),
    }
    flags = _flags(figures, np.where(counted, n_words, FEW_WORDS), n_content, surface)
    made: dict[str, Any] = {
        name: pa.array(values.astype(np.float32), from_pandas=True) for name, values in figures.items()
    }
    made |= {
        "article_id": table["article_id"],
        "filed_month": table["filed_month"],
        "body_ending": pa.array(surface.endings, pa.string()),
        "text_cues": pa.array([[": ".join(cue) for cue in cues] for cues in surface.cues], pa.list_(pa.string())),
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
    lengths = pieces.of_words(lambda _: _lengths)[0]
    bounds = pieces.first_word[pieces.first]
    sums = (np.concatenate(([0], np.cumsum(values)))[bounds] for values in (lengths, lengths > LONG_WORD))
    n_words, chars, n_long = (np.diff(until)[1::2] for until in (bounds, *sums))
    return n_words, chars, n_long


def _lengths(forms: list[str], _: Strings) -> tuple[list[int]]:
    return (list(map(len, forms)),)


def _term_figures(article_ids: pa.ChunkedArray, terms: pa.Table) -> tuple[Floats, Floats, Ints]:
    """Of each article: the type/token ratio of the body, the share of content terms of the headline that it bears out, their number."""
    n = len(article_ids)
    ids = terms["article_id"].combine_chunks()
    starts = np.flatnonzero(pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)) + 1
    starts = np.concatenate(([0], starts))[: len(ids)]  # the terms of an article stand together
    row = np.repeat(
        pc.index_in(ids.take(pa.array(starts)), value_set=article_ids).to_numpy(), np.diff(np.append(starts, len(ids)))
    )
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


def _flags(figures: dict[str, Floats], n_words: Ints, n_content: Ints, surface: Surface) -> list[list[str]]:
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
        "cut_off": np.array([ending in _CUT_OFF for ending in surface.endings], np.bool_),
        "paywalled": np.array([any(cue.kind == "paywall" for cue in cues) for cues in surface.cues], np.bool_),
        "headline_unrelated": (n_content >= FEWEST_HEADLINE_TERMS) & (figures["headline_in_body_share"] == 0),
    }
    found: list[list[str]] = [[] for _ in surface.endings]
    for name, holds in flags.items():
        for number in np.flatnonzero(holds).tolist():
            found[number].append(name)
    return found
