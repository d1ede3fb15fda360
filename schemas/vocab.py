"""Decides the closed vocabularies of the corpus: outcomes, reasons, roles and precisions; it does not decide when they apply.

Codes never change once released; the messages beside them may improve.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an article is on the page it came from."""

    LEAD = "lead"
    EMBEDDED = "embedded"


class Outcome(StrEnum):
    """The one outcome of a raw record, which is the outcome of its lead article."""

    LOADED = "loaded"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"


class Severity(StrEnum):
    """What a failed check does to a row."""

    QUARANTINE = "quarantine"
    FLAG = "flag"


class Precision(StrEnum):
    """How much of the publication date was stated; finest first."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class DateSource(StrEnum):
    """Where the publication date was read from."""

    LAYOUT = "layout"
    JSONLD = "jsonld"
    META = "meta"
    MICRODATA = "microdata"
    TIME = "time"
    VISIBLE = "visible"
    URL = "url"
    BODY = "body"
    SOCIAL = "social"
    FIELD = "field"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code: `stage` raises it, `severity` says what it does, `message` tells an operator what to do next."""

    code: str
    stage: str
    severity: Severity
    message: str


_Q, _F = Severity.QUARANTINE, Severity.FLAG

REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        # read: the file, or one record of it, could not be turned into text
        Reason("file_empty", "read", _Q, "The file has no bytes; fetch it again."),
        Reason("file_binary", "read", _Q, "The content is not text, JSON or a known archive; remove it or convert it."),
        Reason(
            "file_corrupt",
            "read",
            _Q,
            "The container broke off or failed its checksum; fetch it again. Records before the break were kept.",
        ),
        Reason(
            "archive_ratio_exceeded",
            "read",
            _Q,
            "The archive expands beyond `max_expansion_ratio`; raise it only if you trust the file.",
        ),
        Reason(
            "archive_path_unsafe",
            "read",
            _Q,
            "A member's path leaves the archive; the member was not read. Repack the archive with relative paths.",
        ),
        Reason(
            "json_invalid",
            "read",
            _Q,
            "Not valid JSON from this record on; fix the file, or deliver one JSON object a line.",
        ),
        Reason("record_not_object", "read", _Q, "A record must be a JSON object with named fields."),
        Reason(
            "record_too_large",
            "read",
            _Q,
            "The record is larger than `max_record_bytes`; raise it if such pages are expected.",
        ),
        Reason("encoding_invalid", "read", _Q, "The bytes are in no encoding that can be told safely; deliver UTF-8."),
        Reason("nul_bytes", "read", _Q, "The text contains NUL characters; the capture is damaged, fetch it again."),
        Reason("mapping_unknown", "read", _Q, "No mapping knows these fields; name them with --map FIELD=THEIRS."),
        Reason("text_missing", "read", _Q, "The record has neither page text nor article fields."),
        Reason("http_status", "read", _Q, "The server did not answer 200; nothing to do, or crawl the page again."),
        Reason("http_invalid", "read", _Q, "The record holds no HTTP answer; crawl the page again."),
        Reason("content_not_text", "read", _Q, "The answer is no HTML or plain text; nothing to do."),
        Reason("payload_truncated", "read", _Q, "The crawler cut the answer off; crawl the page again."),
        Reason("warc_revisit", "read", _Q, "The page was unchanged at this visit; its text is in an earlier record."),
        # parse: no article could be found
        Reason("page_too_complex", "parse", _Q, "The page is larger or nests deeper than any that people read."),
        Reason(
            "parse_timeout",
            "parse",
            _Q,
            "The page took longer to read than a page may; report it if it looks harmless.",
        ),
        Reason(
            "article_not_found", "parse", _Q, "The page has no article text: a list, a video or a script builds it."
        ),
        Reason("layout_unknown", "parse", _Q, "No known layout fits the page; add a layout file for this site."),
        # validate: an article was found, and breaks a rule
        Reason("headline_missing", "validate", _Q, "The article has no headline."),
        Reason("body_missing", "validate", _Q, "The article has no body text."),
        Reason("body_too_short", "validate", _Q, "The body is shorter than the least length of an article."),
        Reason("headline_equals_body", "validate", _Q, "The body only repeats the headline."),
        Reason("url_not_absolute", "validate", _Q, "The URL is not an absolute http(s) address."),
        Reason("published_in_future", "validate", _Q, "The publication date is more than a day after the capture."),
        Reason("published_before_1900", "validate", _Q, "The publication date lies before 1900."),
        Reason("article_id_not_unique", "validate", _Q, "Two articles of one page have the same identity."),
        Reason(
            "parent_quarantined",
            "validate",
            _F,
            "The lead article of the page is in quarantine; this one is kept without a parent row.",
        ),
        # duplicates: the same version of the same article is already in the corpus
        Reason("same_version", "load", _F, "The same version of the article is loaded from another record."),
        # flags: the row is kept, and says so in `quality_flags`
        Reason("date_inferred", "parse", _F, "The date was inferred from evidence inside the article."),
        Reason("date_conflict", "parse", _F, "Two statements of the date disagree."),
        Reason(
            "extraction_doubtful", "parse", _F, "It is not sure that the text of the page was found whole and alone."
        ),
        Reason("profile_mismatch", "parse", _F, "The site's profile no longer fits the page; update its file."),
        Reason("encoding_repaired", "parse", _F, "Text stored in the wrong encoding was repaired."),
        Reason("unknown_fields", "read", _F, "The record has fields that no mapping names; they stay in the raw file."),
        Reason("headline_long", "validate", _F, "The headline is longer than 300 characters."),
        Reason("body_long", "validate", _F, "The body is longer than 200,000 characters."),
    )
}

QUALITY_FLAGS = tuple(code for code, reason in REASONS.items() if reason.severity is _F)
