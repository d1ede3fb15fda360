"""Decides which terms an article has: its words in the match fold, Arabic ones without the particles written at their head.

Function words are flagged and not left out, so that the occurrences of an article add up to its words (those of the folded text,
in which a zero-width joiner parts nothing).
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.arabic_clitics import CLITICS_VERSION, normal_form
from pipeline.text.arabic_stem import STEM_VERSION, light_stem
from pipeline.text.function_words import FUNCTION_WORDS_VERSION, folded
from pipeline.text.groups import Groups
from pipeline.text.vocabulary import Asked, Numbers, Strings
from schemas.tables import ANNOTATION_TABLES

VERSION = (
    f"1/fold {FOLD_VERSION}, clitics {CLITICS_VERSION}, stem {STEM_VERSION}, function words {FUNCTION_WORDS_VERSION}"
)

ARABIC: Final = frozenset({"ar", "arz", "arb", "ary", "apc", "acm", "aeb"})
"""Languages whose words have these particles: Arabic, and what the model calls its dialects."""


def annotate(documents: Documents) -> pa.Table:
    """Rows of `terms`, by article in the order of first occurrence."""
    pieces, table = documents.pieces, documents.table
    words, forms = pieces.words, pieces.vocabulary.forms
    term, stem, is_function_word, is_cut = pieces.of_words(_terms)
    groups = Groups((words.text >> 1) * len(forms) + term)
    first, n_occurrences, n_in_body = groups.first, groups.counts, groups.sums(words.text & 1)

    text = words.text[first]
    row = pa.array(text >> 1)
    start, end = pieces.span(first)
    columns = {
        "article_id": table["article_id"].take(row),
        "term": forms.taken(term[first]),
        "stem": forms.taken(stem[first]),
        "is_function_word": is_function_word[first] > 0,
        "n_occurrences": n_occurrences.astype(np.int32),
        "n_in_headline": (n_occurrences - n_in_body).astype(np.int32),
        "text_part": pa.array(["headline", "body"]).take(pa.array(text & 1)),
        "start_char": start.astype(np.int32),
        "end_char": end.astype(np.int32),
        "rule": pa.array(["fold", "clitics"]).take(pa.array(is_cut[first])),
        "filed_month": table["filed_month"].take(row),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["terms"].arrow())


def _terms(language: str) -> Asked:
    """What a form becomes in a language: term, stem, whether it is a function word, whether particles were cut."""
    return _arabic_terms if language in ARABIC else _forms(language)


def _arabic_terms(forms: list[str], numbered: Strings) -> tuple[Sequence[int] | Numbers, ...]:
    terms = list(map(normal_form, forms))
    functions = folded("ar")
    return (
        numbered.numbers(terms),
        numbered.numbers(list(map(light_stem, terms))),
        [term in functions for term in terms],
        [len(term) < len(form) for term, form in zip(terms, forms, strict=True)],
    )


@cache
def _forms(language: str) -> Asked:
    functions = folded(language)

    def asked(forms: list[str], numbered: Strings) -> tuple[Sequence[int] | Numbers, ...]:
        terms = numbered.numbers(forms)
        return terms, terms, [form in functions for form in forms], np.zeros_like(terms)

    return asked
