"""Decides what a field means: its type, unit, what NULL means and an example; it does not decide which table has it."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

TIMESTAMP = pa.timestamp("us", tz="UTC")
SOCIAL_EMBED = pa.struct(
    [("account", pa.string()), ("name", pa.string()), ("posted_date", pa.date32()), ("text", pa.string())]
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the corpus.

    `null` says what NULL means; None means that the field is never NULL. `unit` is None for text and codes.
    """

    name: str
    type: pa.DataType
    description: str
    null: str | None = None
    unit: str | None = None
    example: Any = None

    @property
    def nullable(self) -> bool:
        return self.null is not None

    def arrow(self) -> pa.Field:
        """The Arrow field, with the description and unit as metadata that Parquet keeps."""
        metadata = {"description": self.description, "null": self.null or "never", "unit": self.unit or ""}
        return pa.field(self.name, self.type, nullable=self.nullable, metadata={k: v for k, v in metadata.items() if v})


_S, _I, _L = pa.string(), pa.int32(), pa.list_(pa.string())
_UNSTATED = "not stated"

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field(
            "article_id",
            _S,
            "Stable id: 'a' + 31 hex digits of sha256 over the outlet and the normalized URL, or else the folded headline and date; an embedded article: its parent and folded headline",
            example="a3f0c9…",
        ),
        Field(
            "version_id",
            _S,
            "Id of this text of the article: 'v' + 31 hex digits of sha256 over article_id and content_hash",
            example="v81b2d…",
        ),
        Field("role", _S, "lead: the page's own article; embedded: a second article inside the page", example="lead"),
        Field("parent_article_id", _S, "The lead article of the page that embeds this one", "the article is a lead"),
        Field("source_id", _S, "The outlet, as in `sources`", "outlet not stated", example="aljazeera"),
        Field("source_name", _S, "The outlet's name as printed", _UNSTATED, example="الجزيرة"),
        Field("url", _S, "Address as delivered", "not delivered", example="https://example.org/a/1"),
        Field("url_normalized", _S, "Address without tracking parameters, for matching", "no URL"),
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
        ),
        Field(
            "published_date_source",
            _S,
            "Where the date was read: layout, jsonld, meta, microdata, time, visible, url, body, social, field, none",
            example="layout",
        ),
        Field("published_date", pa.date32(), "Publication day in the outlet's zone", "unknown", example="2024-11-30"),
        Field(
            "filed_date",
            pa.date32(),
            "Day the article is filed under: published_date, else the day of fetched_at",
            "neither is known",
        ),
        Field("filed_month", _S, "Month of filed_date; the partition of the table", "no filed_date", example="2024-11"),
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
        Field("language", _S, "Language of the body, BCP 47; 'und' when it cannot be told", example="ar"),
        Field("language_score", pa.float32(), "Score of the language identification", "language is und", "0..1"),
        Field("language_declared", _S, "Language that the source declares", _UNSTATED),
        Field("script", _S, "Script of most letters of the body, ISO 15924", "no letters", example="Arab"),
        Field("section", _S, "The outlet's section label", _UNSTATED),
        Field("keywords", _L, "Keywords that the publisher assigned", "the format has no keywords", example=["حريات"]),
        Field("headline_folded", _S, "Headline in the Arabic match fold (no marks, one alef, one ya …)"),
        Field("body_folded", _S, "Body in the Arabic match fold"),
        Field("n_chars", _I, "Length of the body", unit="code points"),
        Field("n_words", _I, "Words of the body: runs of letters, marks and digits", unit="words"),
        Field("n_sentences", _I, "Sentences of the body", unit="sentences"),
        Field("n_paragraphs", _I, "Paragraphs of the body", unit="paragraphs"),
        Field("content_hash", _S, "sha256 over headline and body with white space collapsed"),
        Field(
            "quality_flags", _L, "Codes of what is unusual about the row; see reason codes", example=["date_inferred"]
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
        ),
        Field(
            "collection_method",
            _S,
            "How the raw record reached us: dump, feed, sitemap, api, warc, manual",
            example="dump",
        ),
        Field("raw_file_id", _S, "sha256 of the raw file"),
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
            "What told the text from the page: warraq, jsonld, trafilatura, profile:NAME",
            "the record came with its text",
            example="warraq",
        ),
        Field(
            "parse_confidence",
            pa.float32(),
            "How sure the parser is that the body is the article's text, whole and alone",
            "the record came with its text",
            "0..1",
        ),
        Field("run_id", _S, "The load that wrote the row, as in `runs`"),
        Field("schema_version", _S, "Version of this schema", example="1"),
        # ledger
        Field("path", _S, "Path of the raw file when it was read"),
        Field("n_bytes", pa.int64(), "Size of the raw file", unit="bytes"),
        Field("fingerprint", _S, "Hash over raw bytes, parameters and the versions that decide content"),
        Field("n_read", _I, "Raw records read; an unreadable remainder counts as one", unit="records"),
        Field("n_loaded", _I, "Records whose lead article is a version of the corpus", unit="records"),
        Field("n_quarantined", _I, "Records in quarantine", unit="records"),
        Field("n_duplicates", _I, "Records that repeat a loaded version", unit="records"),
        Field("n_embedded", _I, "Embedded articles loaded", unit="articles"),
        Field("outcome", _S, "loaded, quarantined or duplicate", example="loaded"),
        Field(
            "reason_code",
            _S,
            "Why, from the closed list of reason codes",
            "loaded: there is nothing to explain",
            example="body_too_short",
        ),
        Field("reason_codes", _L, "Every reason found, the deciding one first"),
        Field("stage", _S, "Stage that rejected the row", example="validate"),
        Field("field", _S, "Field that broke the rule", "the rule is about the whole record"),
        Field("observed", _S, "The offending value, cut to 200 characters", "nothing to show"),
        Field("message", _S, "What is wrong and what to do next"),
        Field("quarantine_id", _S, "Stable id: 'q' + 31 hex digits of sha256 over raw file, locator, role and reason"),
        Field("duplicate_of_article_id", _S, "The earliest article with the same text"),
        Field("similarity", pa.float32(), "Share of text in common", unit="0..1"),
        Field("method", _S, "How it was found", example="exact"),
        Field("started_at", TIMESTAMP, "When the load began", unit="UTC"),
        Field("seconds", pa.float64(), "Wall time from first record read to commit", unit="s"),
        Field("versions", _S, "Versions that decided the content, as JSON"),
        # statistics, long form
        Field("stat_id", _S, "Name of the statistic: its file in pipeline/statistics", example="volume"),
        Field("scope_type", _S, "What the figure is about: corpus, source, file, field …", example="source"),
        Field("scope_id", _S, "Which one", "the whole corpus, or unknown"),
        Field("period_start", pa.date32(), "First day of the period", "no period, or date unknown"),
        Field("period_grain", _S, "day, month or all", example="month"),
        Field("key", _S, "What is measured", example="articles"),
        Field("value", pa.float64(), "The figure", unit="see unit"),
        Field("n", pa.int64(), "Count behind the figure", unit="rows"),
        Field("denominator", pa.int64(), "Count it is a share of", "not a share", "rows"),
        Field("unit", _S, "Unit of value", example="articles"),
    )
}
