"""Decides which terms an article has: its words in the match fold, Arabic ones without the particles written at their head.

Function words are flagged and not left out, so that the occurrences of an article add up to its words (those of the folded text,
in which a zero-width joiner parts nothing).
"""

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.arabic_clitics import CLITICS_VERSION, normal_form
from pipeline.text.arabic_stem import STEM_VERSION, light_stem
from pipeline.text.function_words import FUNCTION_WORDS_VERSION, folded
from pipeline.text.pieces import Ints, Words
from schemas.tables import ANNOTATION_TABLES

VERSION = (
    f"1/fold {FOLD_VERSION}, clitics {CLITICS_VERSION}, stem {STEM_VERSION}, function words {FUNCTION_WORDS_VERSION}"
)

ARABIC: Final = frozenset({"ar", "arz", "arb", "ary", "apc", "acm", "aeb"})
"""Languages whose words have these particles: Arabic, and what the model calls its dialects."""


class Term(NamedTuple):
    """What a form becomes."""

    term: str
    stem: str
    is_function_word: bool
    is_cut: bool


def annotate(documents: Documents) -> pa.Table:
    """Rows of `terms`, by article in the order of first occurrence."""
    words = documents.pieces.words
    found = _by_form(words)
    written = pa.array([term for term, _, _, _ in found], pa.string())
    numbered = written.dictionary_encode()
    row = words.text // 2
    keys = row * len(numbered.dictionary) + numbered.indices.to_numpy()[words.form]
    first, n_occurrences, n_in_body = _grouped(keys, words.text % 2)

    form, row = words.form[first], row[first]
    columns = {
        "article_id": documents.table["article_id"].take(row),
        "term": written.take(form),
        "stem": pa.array([stem for _, stem, _, _ in found], pa.string()).take(form),
        "is_function_word": pa.array([is_function for _, _, is_function, _ in found], pa.bool_()).take(form),
        "n_occurrences": n_occurrences.astype(np.int32),
        "n_in_headline": (n_occurrences - n_in_body).astype(np.int32),
        "text_part": pa.array(["headline", "body"]).take(words.text[first] % 2),
        "start_char": words.start[first].astype(np.int32),
        "end_char": words.end[first].astype(np.int32),
        "rule": pa.array(["fold", "clitics"]).take(np.array([is_cut for _, _, _, is_cut in found], np.int8)[form]),
        "filed_month": documents.table["filed_month"].take(row),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["terms"].arrow())


def _grouped(keys: Ints, flags: Ints) -> tuple[Ints, Ints, Ints]:
    """Of each key, in the order of first occurrence: where that is, how often the key occurs, and how often with a flag."""
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    first = order[starts]
    counts = np.diff(np.append(starts, len(keys)))
    flagged = np.add.reduceat(flags[order], starts) if len(keys) else flags
    arranged = np.argsort(first)
    return first[arranged], counts[arranged], flagged[arranged]


def _by_form(words: Words) -> list[Term]:
    """What each form becomes in the language of its texts."""
    functions = {group: folded(group) for group in dict.fromkeys(words.groups)}
    return [
        _arabic_term(form) if group in ARABIC else Term(form, form, form in functions[group], False)
        for form, group in zip(words.forms, words.groups, strict=True)
    ]


@lru_cache(maxsize=1 << 17)
def _arabic_term(form: str) -> Term:
    term = normal_form(form)
    return Term(term, light_stem(term), term in folded("ar"), len(term) < len(form))
