"""Decides the columns of `article_languages` and `language_spans`: how sure the language of an article is, what the source declared,
and which paragraphs are in another one.
"""

import pyarrow as pa

from schemas.annotations.model import SPAN, Annotation
from schemas.field import Field

SCRIPT_SHARE = pa.struct([("script", pa.string()), ("share", pa.float32())])
_TAG = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"

ARTICLE_LANGUAGES = Annotation(
    "article_languages",
    "how sure the language of one article is",
    ("article_id",),
    (
        Field(
            "script_shares",
            pa.list_(SCRIPT_SHARE),
            "Share of the letters of the body in each script (ISO 15924), largest first; [] when it has no letters",
        ),
        Field(
            "second_language",
            pa.string(),
            "Language that is the next likeliest for the body, BCP 47",
            "language is und, or there is no other candidate",
            example="fa",
            pattern=_TAG,
        ),
        Field(
            "language_margin",
            pa.float32(),
            "Score of the language of the body less that of the next likeliest; a small one is a doubt",
            "language is und",
            "0..1",
            minimum=0.0,
            maximum=1.0,
        ),
        Field(
            "declared_language_tag",
            pa.string(),
            "language_declared as a BCP 47 tag of language, script and region",
            "not stated, or no language",
            example="ar-SA",
            pattern=_TAG,
        ),
        Field(
            "declared_language_agrees",
            pa.bool_(),
            "Whether the declared language is that of the body, or covers it (ku covers ckb)",
            "nothing declared, or language is und",
        ),
    ),
)

LANGUAGE_SPANS = Annotation(
    "language_spans",
    "a headline, or a run of paragraphs of a body, in one language; a body in one language has one row",
    ("article_id", *SPAN),
    (
        *SPAN,
        Field(
            "span_language",
            pa.string(),
            "Language of the paragraphs, BCP 47; 'und' when it cannot be told",
            example="en",
            pattern=_TAG,
        ),
        "rule",
    ),
)
