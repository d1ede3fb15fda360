"""Decides the columns of `text_quality`: what can be counted on the surface of an article, and which of it is unusual."""

import pyarrow as pa

from schemas.annotations.model import Annotation
from schemas.field import Field

TEXT_FLAGS = (
    "few_words",
    "long_sentences",
    "odd_words",
    "little_variety",
    "lines_repeated",
    "much_boilerplate",
    "misread_text",
    "cut_off",
    "paywalled",
    "headline_unrelated",
)
BODY_ENDINGS = ("stop", "none", "ellipsis", "read_more", "unfinished")


def _share(name: str, description: str, null: str | None = None) -> Field:
    return Field(name, pa.float32(), description, null, "0..1", minimum=0.0, maximum=1.0)


_NO_WORDS = "the body has no words, or its language no spaces between them"

TEXT_QUALITY = Annotation(
    "text_quality",
    "the surface of one article: counts, shares and what is unusual about them",
    ("article_id",),
    (
        Field(
            "words_per_sentence",
            pa.float32(),
            "Mean length of the sentences of the body",
            _NO_WORDS,
            "words",
            minimum=0.0,
        ),
        Field(
            "chars_per_word",
            pa.float32(),
            "Mean length of the words of the body in the match fold, which has no marks",
            _NO_WORDS,
            "code points",
            minimum=0.0,
        ),
        _share(
            "type_token_ratio",
            "Distinct terms of the body by its words; falls with length, so compare bodies as long",
            _NO_WORDS,
        ),
        _share(
            "long_word_share",
            "Words of the body of more than six letters (the long words of LIX, Björnsson 1968)",
            _NO_WORDS,
        ),
        _share("repeated_line_share", "Characters of the body in lines that repeat an earlier one"),
        _share(
            "boilerplate_share", "Characters of the body in lines with a phrase that is the site's, such as 'read also'"
        ),
        _share("misread_share", "Characters of headline and body that are U+FFFD or still in the wrong encoding"),
        Field(
            "body_ending",
            pa.string(),
            "How the last line ends: with a stop or a closing mark, with none, with an ellipsis, with a link to the rest, or in the middle of a sentence",
            example="stop",
            allowed=BODY_ENDINGS,
        ),
        _share(
            "headline_in_body_share",
            "Content terms of the headline of which the body has the stem",
            "the headline has no content terms, or its language no spaces between words",
        ),
        Field(
            "text_cues",
            pa.list_(pa.string()),
            "Phrases behind body_ending, boilerplate_share and the flag paywalled, as kind: phrase, in the order of the lines",
            example=["paywall: اشترك لقراءه"],
        ),
        Field(
            "text_flags",
            pa.list_(pa.string()),
            "What is unusual about the body: under 30 words, over 120 words a sentence, words of under 3 or over 9 letters on average, under 0.2 distinct terms a word, over 0.2 repeated or boilerplate, misread letters (also in the headline), an end that is none, a paywall phrase, none of three or more headline terms; in this order",
            example=["cut_off"],
            allowed=TEXT_FLAGS,
        ),
    ),
)
