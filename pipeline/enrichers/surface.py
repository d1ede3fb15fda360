"""Decides the counts of a body: characters, words, sentences, paragraphs."""

import pyarrow as pa

from pipeline.text.tokens import TOKENIZER, count_paragraphs, count_sentences, count_words

VERSION = f"1/{TOKENIZER}"

_COUNTS = {"n_chars": len, "n_words": count_words, "n_sentences": count_sentences, "n_paragraphs": count_paragraphs}


def enrich(table: pa.Table) -> dict[str, pa.Array]:
    """Columns n_chars (code points), n_words, n_sentences, n_paragraphs."""
    bodies = table["body"].to_pylist()
    return {name: pa.array(map(count, bodies), pa.int32()) for name, count in _COUNTS.items()}
