"""Decides the columns of `quotes`: what an article reports that somebody said, in whose name, and in which words."""

import pyarrow as pa

from schemas.annotations.model import SPAN, Annotation
from schemas.field import Field

QUOTE_KINDS = ("direct", "indirect", "mixed", "scare")
_S, _I = pa.string(), pa.int32()
_NO_SPEAKER = "a scare quote, or no speaker was found"

QUOTES = Annotation(
    "quotes",
    "reported words in an article, or a passage in quotation marks",
    ("article_id", "text_part", "quote_position"),
    (
        Field("quote_position", _I, "Place among the quotes of that text, from 0, by where they begin", minimum=0),
        *SPAN,
        "span_text",
        Field(
            "quote_kind",
            _S,
            "direct: the words as said, in marks or behind a colon; indirect: retold; mixed: retold, with at least four "
            "words in marks; scare: marks without a speech cue, or around fewer words (a name, a title, a distance kept)",
            example="direct",
            allowed=QUOTE_KINDS,
        ),
        Field("speaker_text", _S, "Who says it, as printed where the speaker was named", _NO_SPEAKER, example="البيان"),
        Field(
            "speaker_start_char", _I, "Where that name begins in the same text", _NO_SPEAKER, "code points", minimum=0
        ),
        Field("speaker_end_char", _I, "Where it ends, exclusive", _NO_SPEAKER, "code points", minimum=0),
        Field(
            "speaker_entity_id",
            _S,
            "`entity_id` of the person, else the organisation or place, that `mentions` finds in that name",
            "no speaker, or nobody that `mentions` knows",
        ),
        Field(
            "reporting_verb",
            _S,
            "The verb or cue that reports the words, as printed",
            "a scare quote or a headline",
            example="قال",
        ),
        Field(
            "attribution_score",
            pa.float32(),
            "How sure the speaker is, by the way it was found; set on the low side of what was right on the labelled articles",
            _NO_SPEAKER,
            "0..1",
            example=0.9,
            minimum=0.0,
            maximum=1.0,
        ),
        "rule",
    ),
)
