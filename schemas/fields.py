"""Decides what a field means: its type, unit, what NULL means, what its values promise and an example; it does not decide
which table has it.

A promise is about what we write; what publishers may deliver is judged row by row in `schemas.checks`.
"""

from datetime import date
from enum import StrEnum

import pyarrow as pa

from schemas.annotations import ANNOTATIONS
from schemas.annotations.model import SHARED
from schemas.field import Field
from schemas.vocab import QUALITY_FLAGS, REASONS, Calendar, DateSource, Outcome, Precision, Role

TIMESTAMP = pa.timestamp("us", tz="UTC")
SOCIAL_EMBED = pa.struct(
    [("account", pa.string()), ("name", pa.string()), ("posted_date", pa.date32()), ("text", pa.string())]
)


_S, _I, _L = pa.string(), pa.int32(), pa.list_(pa.string())
_UNSTATED = "not stated"
_SHA256 = "[0-9a-f]{64}"


def _values(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in vocabulary)


def _id(letter: str) -> str:
    return f"{letter}[0-9a-f]{{31}}"


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field(
            "article_id",
            _S,
            "Stable id: 'a' + 31 hex digits of sha256 over the outlet and the normalized URL, or else the folded headline and date; an embedded article: its parent and folded headline",
            example="a3f0c9…",
            pattern=_id("a"),
        ),
        Field(
            "version_id",
            _S,
            "Id of this text of the article: 'v' + 31 hex digits of sha256 over article_id and content_hash",
            example="v81b2d…",
            pattern=_id("v"),
        ),
        Field(
            "role",
            _S,
            "lead: the page's own article; embedded: a second article inside the page",
            example="lead",
            allowed=_values(Role),
        ),
        Field(
            "parent_article_id",
            _S,
            "The lead article of the page that embeds this one",
            "the article is a lead",
            pattern=_id("a"),
        ),
        Field("source_id", _S, "The outlet, as in `sources`", "outlet not stated", example="aljazeera"),
        Field("source_name", _S, "The outlet's name as printed", _UNSTATED, example="الجزيرة"),
        Field("url", _S, "Address as delivered", "not delivered", example="https://example.org/a/1"),
        Field(
            "url_normalized",
            _S,
            "Address without tracking parameters, for matching",
            "no URL",
            pattern=r"https://[^\s/].*",
        ),
        Field("canonical_url", _S, "Address that the publisher declares to be the preferred one", _UNSTATED),
        Field(
            "published_at",
            TIMESTAMP,
            "Publication instant; midnight of the stated zone when published_precision is day",
            "unknown, or coarser than a day",
            "UTC",
        ),
        Field(
            "published_at_raw",
            _S,
            "The publication date exactly as printed",
            "none printed",
            example="30th, November 2024 GMT",
        ),
        Field(
            "published_precision",
            _S,
            "How much of the date was stated: second, minute, hour, day, month, year, unknown",
            example="day",
            allowed=_values(Precision),
        ),
        Field(
            "published_date_source",
            _S,
            "Where the date was read: layout, jsonld, meta, microdata, time, visible, url, body, social, field, none",
            example="layout",
            allowed=_values(DateSource),
        ),
        Field(
            "published_calendar",
            _S,
            "Calendar in which the date was printed",
            "no publication date",
            example="hijri",
            allowed=_values(Calendar),
        ),
        Field(
            "published_zone",
            _S,
            "Zone in which the date was read: an offset or zone as printed, else the outlet's",
            "a day, for which no zone matters, or no date",
            example="+03:00",
        ),
        Field(
            "published_date",
            pa.date32(),
            "Publication day in the outlet's zone",
            "unknown",
            example="2024-11-30",
            minimum=date(1900, 1, 1),
        ),
        Field(
            "filed_date",
            pa.date32(),
            "Day the article is filed under: published_date, else the day of fetched_at",
            "neither is known",
        ),
        Field(
            "filed_month",
            _S,
            "Month of filed_date; the partition of the table",
            "no filed_date",
            example="2024-11",
            pattern=r"\d{4}-(?:0[1-9]|1[0-2])",
        ),
        Field("modified_at", TIMESTAMP, "Last edit that the publisher states", _UNSTATED, "UTC"),
        Field("fetched_at", TIMESTAMP, "When the page was captured", _UNSTATED, "UTC", "2025-01-05T02:03:35Z"),
        Field("headline", _S, "Main title, without sub-headline or site name", example="اتفاق كوري روسي"),
        Field("subheadline", _S, "Text printed under the headline", "none"),
        Field("description", _S, "Summary that the publisher gives", "none"),
        Field("byline", _S, "Author line, as printed", "none"),
        Field("authors", _L, "Names read from the byline, in printed order", "not looked for"),
        Field("dateline", _S, "Place (and agency) that opens the text", "none found"),
        Field("agency", _S, "Wire agency credited", "none found"),
        Field("credit", _S, "Credit line: who the text is from", "none", example="الجزيرة"),
        Field("body", _S, "Article text, NFC, paragraphs separated by one blank line"),
        Field(
            "language",
            _S,
            "Language of the body, BCP 47; 'und' when it cannot be told",
            example="ar",
            pattern="[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
        ),
        Field(
            "language_score",
            pa.float32(),
            "Score of the language identification",
            "language is und",
            "0..1",
            minimum=0.0,
            maximum=1.0,
        ),
        Field("language_declared", _S, "Language that the source declares", _UNSTATED),
        Field(
            "script",
            _S,
            "Script of most letters of the body, ISO 15924",
            "no letters",
            example="Arab",
            pattern="[A-Z][a-z]{3}",
        ),
        Field("section", _S, "The outlet's section label", _UNSTATED),
        Field("keywords", _L, "Keywords that the publisher assigned", "the format has no keywords", example=["حريات"]),
        Field(
            "headline_folded", _S, "Headline in the Arabic match fold (no marks, one alef, one ya …)", may_be_empty=True
        ),
        Field("body_folded", _S, "Body in the Arabic match fold", may_be_empty=True),
        Field("n_chars", _I, "Length of the body", unit="code points", minimum=1),
        Field("n_words", _I, "Words of the body: runs of letters, marks and digits", unit="words", minimum=0),
        Field("n_sentences", _I, "Sentences of the body", unit="sentences", minimum=0),
        Field("n_paragraphs", _I, "Paragraphs of the body", unit="paragraphs", minimum=1),
        Field("content_hash", _S, "sha256 over headline and body with white space collapsed", pattern=_SHA256),
        Field(
            "quality_flags",
            _L,
            "Codes of what is unusual about the row; see reason codes",
            example=["date_inferred"],
            allowed=QUALITY_FLAGS,
        ),
        Field(
            "related_headlines",
            _L,
            "Headlines of the page's related list, in printed order",
            "the format has no such list",
        ),
        Field(
            "social_embeds",
            pa.list_(SOCIAL_EMBED),
            "Social posts shown inside the article, in printed order",
            "the format has none",
        ),
        Field("license_id", _S, "SPDX id or LicenseRef of the text", "unknown"),
        Field("license_evidence", _S, "Where license_id comes from", "unknown"),
        Field(
            "text_access",
            _S,
            "Most that a release may show: full, excerpt, features, ids, none",
            "not decided: treat as none",
            allowed=("full", "excerpt", "features", "ids", "none"),
        ),
        Field(
            "collection_method",
            _S,
            "How the raw record reached us: dump, feed, sitemap, api, warc, manual",
            example="dump",
            allowed=("dump", "feed", "sitemap", "api", "warc", "manual"),
        ),
        Field("raw_file_id", _S, "sha256 of the raw file", pattern=_SHA256),
        Field(
            "raw_locator",
            _S,
            "Member and record number in the raw file",
            "the row is about the whole file",
            example="day.json#17",
        ),
        Field("record_id", _S, "Id that the dump itself gives the record", "none given"),
        Field("parser", _S, "Layout or mapping that read the record", example="aggregator"),
        Field("parser_version", _S, "Its version", example="1"),
        Field(
            "extractor",
            _S,
            "What told the text from an HTML page: warraq, jsonld, trafilatura, profile:NAME",
            "the record came with its text",
            example="warraq",
        ),
        Field(
            "parse_score",
            pa.float32(),
            "How sure the parser is of headline and body: 1 for a layout that fits or mapped fields, lower for a page read by shape",
            "the parser gives no score",
            "0..1",
            minimum=0.0,
            maximum=1.0,
            example=0.91,
        ),
        Field("run_id", _S, "The load that wrote the row, as in `runs`", pattern=_id("r")),
        Field("schema_version", _S, "Version of this schema", example="1"),
        # ledger
        Field("path", _S, "Path of the raw file when it was read"),
        Field("n_bytes", pa.int64(), "Size of the raw file", unit="bytes", minimum=0),
        Field(
            "fingerprint", _S, "Hash over raw bytes, parameters and the versions that decide content", pattern=_SHA256
        ),
        Field("n_read", _I, "Raw records read; an unreadable remainder counts as one", unit="records", minimum=0),
        Field("n_loaded", _I, "Records whose lead article is a version of the corpus", unit="records", minimum=0),
        Field("n_quarantined", _I, "Records in quarantine", unit="records", minimum=0),
        Field("n_duplicates", _I, "Records that repeat a loaded version", unit="records", minimum=0),
        Field("n_embedded", _I, "Embedded articles loaded", unit="articles", minimum=0),
        Field("outcome", _S, "loaded, quarantined or duplicate", example="loaded", allowed=_values(Outcome)),
        Field(
            "reason_code",
            _S,
            "Why, from the closed list of reason codes",
            "loaded: there is nothing to explain",
            example="body_too_short",
            allowed=tuple(REASONS),
        ),
        Field("reason_codes", _L, "Every reason found, the deciding one first", allowed=tuple(REASONS)),
        Field(
            "stage",
            _S,
            "Stage that rejected the row",
            example="validate",
            allowed=("read", "parse", "validate", "load"),
        ),
        Field("field", _S, "Field that broke the rule", "the rule is about the whole record"),
        Field("observed", _S, "The offending value, cut to 200 characters", "nothing to show"),
        Field("message", _S, "What is wrong and what to do next"),
        Field(
            "quarantine_id",
            _S,
            "Stable id: 'q' + 31 hex digits of sha256 over raw file, locator, role and reason",
            pattern=_id("q"),
        ),
        Field("duplicate_of_article_id", _S, "The earliest article with the same text", pattern=_id("a")),
        Field("similarity", pa.float32(), "Share of text in common", unit="0..1", minimum=0.0, maximum=1.0),
        Field("method", _S, "How it was found", example="exact"),
        Field("started_at", TIMESTAMP, "When the load began", unit="UTC"),
        Field("seconds", pa.float64(), "Wall time from first record read to commit", unit="s", minimum=0.0),
        Field("versions", _S, "Versions that decided the content, as JSON"),
        Field(
            "parameters",
            _S,
            "Parameters that decided the content, as JSON: --map options and limits; with path, raw_file_id and raw_locator they replay a record",
        ),
        # statistics, long form
        Field("stat_id", _S, "Name of the statistic: its file in pipeline/statistics", example="volume"),
        Field("scope_type", _S, "What the figure is about: corpus, source, file, field …", example="source"),
        Field("scope_id", _S, "Which one", "the whole corpus, or unknown"),
        Field("period_start", pa.date32(), "First day of the period", "no period, or date unknown"),
        Field(
            "period_grain",
            _S,
            "day, month or all",
            example="month",
            allowed=("day", "week", "month", "quarter", "year", "all"),
        ),
        Field("key", _S, "What is measured", example="articles"),
        Field("value", pa.float64(), "The figure", unit="see unit"),
        Field("n", pa.int64(), "Count behind the figure", unit="rows", minimum=0),
        Field("denominator", pa.int64(), "Count it is a share of", "not a share", "rows", minimum=0),
        Field("unit", _S, "Unit of value", example="articles"),
        # enrichments
        Field("annotator", _S, "What looked at the article, as in `warraq enrich`", example="mentions"),
        Field("annotator_version", _S, "Its version, and those of the annotators it needs", example="1"),
        Field(
            "input_hash",
            _S,
            "sha256 over the columns of the article that annotators read; another hash means that the article is looked at again",
            pattern=_SHA256,
        ),
        Field("n_rows", _I, "Rows that it gave; 0: it looked and found none", unit="rows", minimum=0),
        *SHARED,
        *(field for annotation in ANNOTATIONS for field in annotation.own_fields),
    )
}
