"""Decides how many tokens an article is long: its words, and the byte-pair tokens of o200k_base.

Byte-pair tokens never reach across a space that stands alone, so that they are counted once for each distinct piece; texts with
other white space are counted whole.
"""

import re
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import quicktok

from pipeline.enrichers.documents import Documents
from pipeline.text.pieces import Ints, Pieces
from pipeline.text.tokens import TOKENIZER, count_words
from schemas.tables import ANNOTATION_TABLES

BYTE_PAIRS: Final = "o200k_base"
VERSION = f"1/{TOKENIZER}, {BYTE_PAIRS}"

# A piece within which, or at whose edge, white space could form a token with that of its neighbour.
_ODD: Final = re.compile(r"^$|^\s|\s(?<!\n)|\n(?!\n?$)")


def annotate(documents: Documents) -> pa.Table:
    """Rows of `token_counts`, two an article."""
    headlines = map(count_words, documents.table["headline"].to_pylist())
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
    n_types = len(pieces.types)
    opens_line = np.zeros(len(pieces.codes), np.bool_)
    opens_line[1:] = pieces.ends_line[pieces.codes[:-1]]
    opens_line[pieces.first[:-1]] = True
    # a piece that opens a text or line has no space before it, all others have one
    code = pieces.codes + np.where(opens_line, n_types, 0)
    tokens = np.zeros(2 * n_types, np.int64)
    tokens[code] = 1
    for number in np.flatnonzero(tokens).tolist():
        bare, spaced = divmod(number, n_types)
        tokens[number] = _count_piece(pieces.types[spaced] if bare else " " + pieces.types[spaced])
    sums = np.concatenate(([0], np.cumsum(tokens[code])))[pieces.first]
    total = np.diff(sums)
    odd = np.fromiter((_ODD.search(piece) is not None for piece in pieces.types), np.bool_, n_types)
    for text in sorted(set(pieces.text[odd[pieces.codes]].tolist())):
        total[text] = _count(texts[text])
    return total


@lru_cache(maxsize=1 << 18)
def _count_piece(piece: str) -> int:
    return _count(piece)


def _count(text: str) -> int:
    encoding = quicktok.get_encoding(BYTE_PAIRS)
    return (
        len(encoding.encode_ordinary(text)) if "<|" in text else int(encoding.count(text))
    )  # count refuses "<|endoftext|>"
