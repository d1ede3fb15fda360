"""Decides how many tokens an article is long: its words, and the byte-pair tokens of o200k_base.

Byte-pair tokens never reach across a space that stands alone, so that they are counted once for each distinct piece; texts with
other white space are counted whole.
"""

from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import quicktok

from pipeline.enrichers.documents import Documents
from pipeline.text import characters
from pipeline.text.piece_types import Types
from pipeline.text.pieces import Pieces
from pipeline.text.tokens import TOKENIZER, count_words
from pipeline.text.vocabulary import Flags, Ints, Strings
from schemas.tables import ANNOTATION_TABLES

BYTE_PAIRS: Final = "o200k_base"
VERSION = f"1/{TOKENIZER}, {BYTE_PAIRS}"


def annotate(documents: Documents) -> pa.Table:
    """Rows of `token_counts`, two an article."""
    n_articles = documents.table.num_rows
    headlines = np.array(list(map(count_words, documents.texts[::2])), np.int64)
    words = headlines + documents.table["n_words"].to_numpy()
    pairs = byte_pairs(documents.texts, documents.pieces).reshape(-1, 2).sum(axis=1)
    rows = pa.array(np.repeat(np.arange(n_articles), 2))
    columns = {
        "article_id": documents.table["article_id"].take(rows),
        "tokenizer": pa.array([TOKENIZER, BYTE_PAIRS] * n_articles, pa.string()),
        "n_tokens": np.column_stack([words, pairs]).reshape(-1).astype(np.int32),
        "filed_month": documents.table["filed_month"].take(rows),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["token_counts"].arrow())


def byte_pairs(texts: list[str], pieces: Pieces) -> Ints:
    """Tokens of each of the texts that the pieces were cut from."""
    if not len(pieces.codes):
        return np.zeros(len(texts), np.int64)
    # a piece that opens a text or line has no space before it, all others have one
    opens_line = np.concatenate(([True], pieces.n_breaks[:-1] > 0))
    opens_line[pieces.first[:-1]] = True
    opening = np.flatnonzero(opens_line)
    tokens, is_odd = pieces.vocabulary.of_types(_after_space, pieces.codes)
    tokens[opening] = pieces.vocabulary.of_types(_at_start, pieces.codes[opening])[0]
    total = pieces.by_text(tokens).astype(np.int64)
    for text in np.unique(pieces.text[is_odd > 0]).tolist():
        total[text] = _counts([texts[text]])[0]
    return total


def _after_space(types: list[str], _: Strings) -> tuple[Ints, Flags]:
    """Tokens of pieces that stand after a space, and whether white space within or at the head could form one with a neighbour."""
    read = Types(types)
    opens = np.append(read.characters, 0)[read.bounds[:-1]]
    lengths = np.diff(read.bounds)
    other_spaces = read.count(read.classes == characters.SPACE)
    is_odd = (lengths == 0) | (opens == ord("\n")) | (other_spaces > 0)
    return _counts([" " + piece for piece in types]), is_odd


def _at_start(types: list[str], _: Strings) -> tuple[Ints]:
    return (_counts(types),)


def _counts(texts: list[str]) -> Ints:
    """Tokens of each text, in which "<|endoftext|>" is one like another."""
    return np.asarray(quicktok.count_batch(_encoding(), texts, threads=1), np.int64) if texts else np.zeros(0, np.int64)


@cache
def _encoding() -> quicktok.Tokenizer:
    return quicktok.get_encoding(BYTE_PAIRS)
