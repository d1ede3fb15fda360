"""Decides which terms an article has: its words in the match fold, Arabic ones without the particles written at their head.

Function words are flagged and not left out, so that the occurrences of an article add up to its words (those of the folded text,
in which a zero-width joiner parts nothing).
"""

from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.enrichers.documents import Documents
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.arabic_clitics import CLITICS_VERSION, normal_form
from pipeline.text.arabic_stem import STEM_VERSION, light_stem
from pipeline.text.function_words import FUNCTION_WORDS_VERSION, folded
from pipeline.text.groups import Groups
from pipeline.text.pieces import TypeWords
from pipeline.text.remembered import Remembered
from schemas.tables import ANNOTATION_TABLES

VERSION = (
    f"1/fold {FOLD_VERSION}, clitics {CLITICS_VERSION}, stem {STEM_VERSION}, function words {FUNCTION_WORDS_VERSION}"
)

ARABIC: Final = frozenset({"ar", "arz", "arb", "ary", "apc", "acm", "aeb"})
"""Languages whose words have these particles: Arabic, and what the model calls its dialects."""


Term = tuple[str, str, bool, bool]
"""What a form becomes: term, stem, whether it is a function word, whether particles were cut."""


def annotate(documents: Documents) -> pa.Table:
    """Rows of `terms`, by article in the order of first occurrence."""
    pieces, table = documents.pieces, documents.table
    words, of_types = pieces.words, pieces.type_words
    found = _by_form(of_types)
    written = pa.array([term for term, _, _, _ in found], pa.string())
    numbered = written.dictionary_encode()
    term = numbered.indices.to_numpy()[of_types.form]
    text = pieces.text[words.piece]
    groups = Groups((text >> 1) * len(numbered.dictionary) + term[words.word])
    first, n_occurrences, n_in_body = groups.first, groups.counts, groups.sums(text & 1)

    text, piece, word = text[first], words.piece[first], words.word[first]
    form, row, offset = of_types.form[word], text >> 1, pieces.start[piece]
    columns = {
        "article_id": table["article_id"].take(row),
        "term": written.take(form),
        "stem": pa.array([stem for _, stem, _, _ in found], pa.string()).take(form),
        "is_function_word": pa.array([is_function for _, _, is_function, _ in found], pa.bool_()).take(form),
        "n_occurrences": n_occurrences.astype(np.int32),
        "n_in_headline": (n_occurrences - n_in_body).astype(np.int32),
        "text_part": pa.array(["headline", "body"]).take(text & 1),
        "start_char": (offset + of_types.start[word]).astype(np.int32),
        "end_char": (offset + of_types.end[word]).astype(np.int32),
        "rule": pa.array(["fold", "clitics"]).take(np.array([is_cut for _, _, _, is_cut in found], np.int8)[form]),
        "filed_month": table["filed_month"].take(row),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["terms"].arrow())


def _by_form(words: TypeWords) -> list[Term]:
    """What each form becomes in the language of its texts."""
    functions = {group: folded(group) for group in dict.fromkeys(words.groups) if group not in ARABIC}
    if not functions:
        return list(map(_ARABIC_TERMS.__getitem__, words.forms))
    return [
        _ARABIC_TERMS[form] if group in ARABIC else (form, form, form in functions[group], False)
        for form, group in zip(words.forms, words.groups, strict=True)
    ]


def _arabic_term(form: str) -> Term:
    term = normal_form(form)
    return term, light_stem(term), term in folded("ar"), len(term) < len(form)


_ARABIC_TERMS: Final = Remembered(_arabic_term)
