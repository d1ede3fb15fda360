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
from pipeline.text.pieces import Flags, Ints, Pieces
from pipeline.text.remembered import Remembered
from pipeline.text.tokens import TOKENIZER, count_words
from schemas.tables import ANNOTATION_TABLES

BYTE_PAIRS: Final = "o200k_base"
VERSION = f"1/{TOKENIZER}, {BYTE_PAIRS}"


def annotate(documents: Documents) -> pa.Table:
    """Rows of `token_counts`, two an article."""
    headlines = map(count_words, documents.texts[::2])
    words = np.fromiter(headlines, np.int64, documents.table.num_rows) + documents.table["n_words"].to_numpy()
    pairs = byte_pairs(documents.texts, documents.pieces).reshape(-1, 2).sum(axis=1)
    rows = np.repeat(np.arange(documents.table.num_rows), 2)
    columns = {
        "article_id": documents.table["article_id"].take(rows),
        "tokenizer": pa.array([TOKENIZER, BYTE_PAIRS] * documents.table.num_rows, pa.string()),
        "n_tokens": np.column_stack([words, pairs]).reshape(-1).astype(np.int32),
        "filed_month": documents.table["filed_month"].take(rows),
    }
    return pa.table(columns, schema=ANNOTATION_TABLES["token_counts"].arrow())


def byte_pairs(texts: list[str], pieces: Pieces) -> Ints:
    """Tokens of each of the texts that the pieces were cut from."""
    if not len(pieces.codes):
        return np.zeros(len(texts), np.int64)
    opens_line = np.ones(len(pieces.codes), np.bool_)
    opens_line[1:] = (pieces.n_breaks > 0)[pieces.codes[:-1]]
    opens_line[pieces.first[:-1]] = True
    # a piece that opens a text or line has no space before it, all others have one
    tokens = np.fromiter(map(_AFTER_SPACE.__getitem__, pieces.types), np.int64, len(pieces.types))[pieces.codes]
    opening = [pieces.types[code] for code in pieces.codes[opens_line].tolist()]
    tokens[opens_line] = np.fromiter(map(_AT_START.__getitem__, opening), np.int64, len(opening))
    sums = np.concatenate(([0], np.cumsum(tokens)))
    total = sums[pieces.first[1:]] - sums[pieces.first[:-1]]
    for text in sorted(set(pieces.text[_is_odd(pieces)[pieces.codes]].tolist())):
        total[text] = _count(texts[text])
    return total


def _is_odd(pieces: Pieces) -> Flags:
    """Whether white space within a type, or at its head, could form a token with that of its neighbour."""
    opens = np.append(pieces.characters, 0)[pieces.bounds[:-1]]
    lengths = np.diff(pieces.bounds)
    other_spaces = pieces.count(pieces.classes == characters.SPACE)
    return np.asarray((lengths == 0) | (opens == ord("\n")) | (other_spaces > 0))


def _count(text: str) -> int:
    encoding = _encoding()
    return (
        len(encoding.encode_ordinary(text)) if "<|" in text else int(encoding.count(text))
    )  # count refuses "<|endoftext|>"


@cache
def _encoding() -> quicktok.Tokenizer:
    return quicktok.get_encoding(BYTE_PAIRS)


_AT_START: Final = Remembered(_count)
_AFTER_SPACE: Final = Remembered(lambda piece: _count(" " + piece))
