"""Decides the columns of `terms` and `token_counts`: which words an article has, and how long it is for whom."""

import pyarrow as pa

from schemas.annotations.model import Annotation
from schemas.field import Field

TERMS = Annotation(
    "terms",
    "one distinct term of an article, headline and body; the span is that of its first occurrence, headline first",
    ("article_id", "term"),
    (
        Field(
            "term",
            pa.string(),
            "Word in the match fold; in Arabic without the particles at its head (و ف ب ل ك س, and the article ال)",
            example="حكومه",
        ),
        Field(
            "stem",
            pa.string(),
            "Light stem of an Arabic term, without endings such as ات, ين, ها; in other languages the term",
            example="مهندس",
        ),
        Field(
            "is_function_word",
            pa.bool_(),
            "Whether the language of the article has the term in its list of function words",
            example=False,
        ),
        Field("n_occurrences", pa.int32(), "Times in headline and body", unit="words", minimum=1),
        Field("n_in_headline", pa.int32(), "Times in the headline", unit="words", minimum=0),
        "text_part",
        "start_char",
        "end_char",
        "rule",
    ),
)

TOKEN_COUNTS = Annotation(
    "token_counts",
    "the length of one article, headline and body, in the tokens of one tokenizer",
    ("article_id", "tokenizer"),
    (
        Field(
            "tokenizer",
            pa.string(),
            "Tokenizer: warraq-words-1 (as n_words), or o200k_base (the byte pairs of OpenAI's models since 2024)",
            example="o200k_base",
            allowed=("warraq-words-1", "o200k_base"),
        ),
        Field("n_tokens", pa.int32(), "Tokens of headline and body, counted apart", unit="tokens", minimum=0),
    ),
)
