"""Decides the columns of `cited_sources` and `wire_copy`: whom an article cites, and whether an agency wrote it."""

import pyarrow as pa

from schemas.annotations.model import SPAN, Annotation
from schemas.field import Field

CITATION_KINDS = ("attribution", "parenthesis", "dateline", "byline", "credit")
WIRE_EVIDENCE = ("agency", "byline", "dateline", "credit", "body_start", "body_end")
_S = pa.string()

CITED_SOURCES = Annotation(
    "cited_sources",
    "a place in an article where an agency or an outlet is cited as a source",
    ("article_id", *SPAN),
    (
        *SPAN,
        "span_text",
        Field(
            "agency_id",
            _S,
            "The agency or outlet, as in pipeline/text/agencies.tsv",
            "not in that list, or for wire copy: not named",
            example="reuters",
        ),
        Field("agency_name", _S, "Its name in that list, or as printed when it is not in the list", example="Reuters"),
        Field(
            "agency_kind",
            _S,
            "What it is: agency, newspaper, magazine, broadcaster, website",
            "not in that list",
            example="agency",
            allowed=("agency", "newspaper", "magazine", "broadcaster", "website"),
        ),
        Field(
            "citation_kind",
            _S,
            "attribution: said in the sentence; parenthesis: the name in brackets; dateline or byline: at the start of the "
            "body; credit: on its last line",
            example="attribution",
            allowed=CITATION_KINDS,
        ),
        Field(
            "citation_cue",
            _S,
            "The word that makes it a source, as printed",
            "the place of the name does",
            example="ذكرت",
        ),
        "rule",
    ),
)

WIRE_COPY = Annotation(
    "wire_copy",
    "whether one article is the copy of a news agency",
    ("article_id",),
    (
        Field("is_wire_copy", pa.bool_(), "Whether the article says that an agency wrote it", example=True),
        "agency_id",
        Field(
            "wire_evidence",
            _S,
            "What says so: a column of `articles`, or the start or end of the body",
            "nothing does",
            example="byline",
            allowed=WIRE_EVIDENCE,
        ),
        Field("wire_evidence_text", _S, "The words that say so, as printed", "nothing does", example="د ب أ"),
        Field("wire_score", pa.float32(), "How sure; 0 when nothing says so", unit="0..1", minimum=0.0, maximum=1.0),
    ),
)
