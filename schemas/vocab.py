"""Decides the closed vocabularies of the corpus: outcomes, reasons, roles and precisions; it does not decide when they apply.

Codes never change once released; the messages beside them may improve.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an article is on the page it came from."""

    LEAD = "lead"
    EMBEDDED = "embedded"


class BlockRole(StrEnum):
    """What a block of a page is to the article it stands in or beside."""

    SOURCE_NAME = "source_name"
    FETCHED_RAW = "fetched_raw"  # the capture stamp
    PAGE_DATE = "page_date"  # the site's clock, not a publication date
    HEADLINE = "headline"
    HEADLINE_REPEATED = "headline_repeated"
    SUBHEADLINE = "subheadline"
    PUBLISHED_RAW = "published_raw"
    UPDATED_RAW = "updated_raw"
    BYLINE = "byline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    PARAGRAPH_LINE = "paragraph_line"  # no blank line before it
    CREDIT = "credit"
    KEYWORDS = "keywords"
    SECTION = "section"
    MARKER = "marker"  # a line that opens another block
    RELATED = "related"
    MOST_READ = "most_read"
    SOCIAL_TEXT = "social_text"
    SOCIAL = "social"  # the signature of a post
    CAPTION = "caption"
    SHARE = "share"
    COMMENT = "comment"
    COMMENT_FORM = "comment_form"
    TICKER = "ticker"
    MENU = "menu"
    COPYRIGHT = "copyright"
    CHROME = "chrome"


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


class Calendar(StrEnum):
    """The calendar in which a date is printed; every stored date is Gregorian."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"
    JALALI = "jalali"


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


class ReleasedText(StrEnum):
    """Whose text a release shows: that of outlets with text_access full, or every text."""

    ALLOWED = "allowed"
    ALL = "all"


class Redaction(StrEnum):
    """What a release replaces in its text."""

    PERSONAL_DATA = "personal-data"


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
            "The container broke off or failed its checksum; fetch it again. Records before the break were kept, and in a WARC those behind it.",
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
        Reason(
            "record_too_complex", "read", _Q, "The record nests too deeply or has too many elements; repair its markup."
        ),
        Reason("xml_invalid", "read", _Q, "The XML breaks off or is no XML here; fetch it again, or repair it."),
        Reason("row_ragged", "read", _Q, "The row has not as many cells as the header; check delimiter and quotes."),
        Reason(
            "spool_too_large",
            "read",
            _Q,
            "The member is larger than `max_spool_bytes` and must be read from its end; unpack it and give the file itself.",
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
            "article_missing",
            "parse",
            _Q,
            "No article was found: a menu, a list, an error or a login page. If there is one, add a layout file for the site.",
        ),
        # validate: an article was found, and breaks a rule
        Reason("headline_missing", "validate", _Q, "The article has no headline."),
        Reason("body_missing", "validate", _Q, "The article has no body text."),
        Reason("body_too_short", "validate", _Q, "The body is shorter than the least length of an article."),
        Reason("body_without_letters", "validate", _Q, "The body has no letter of any script."),
        Reason(
            "body_one_line_repeated", "validate", _Q, "The body is one line over and over; the page was cut wrongly."
        ),
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
        Reason("date_relative", "parse", _F, "The date is stated relative to the capture, such as 'two hours ago'."),
        Reason(
            "date_ambiguous",
            "parse",
            _F,
            "The date can be read in two ways, or its weekday or second calendar disagrees.",
        ),
        Reason("date_conflict", "parse", _F, "Two statements of the date disagree."),
        Reason(
            "layout_mismatch",
            "parse",
            _F,
            "The page looks like a known layout that no longer fits; it was read without it. Check the site for a redesign.",
        ),
        Reason("headline_body_disagree", "parse", _F, "Hardly a word of the headline stands in the body."),
        Reason(
            "several_headline_candidates", "parse", _F, "Another line of the page was almost as likely the headline."
        ),
        Reason("body_maybe_truncated", "parse", _F, "The body breaks off, or ends in a link to the rest."),
        Reason(
            "extraction_doubtful", "parse", _F, "It is not sure that the text of the page was found whole and alone."
        ),
        Reason("profile_mismatch", "parse", _F, "The site's profile no longer fits the page; update its file."),
        Reason("encoding_repaired", "parse", _F, "Text stored in the wrong encoding was repaired."),
        Reason(
            "encoding_repair_inexact",
            "parse",
            _F,
            "Text stored in the wrong encoding had lost characters; some were guessed, or are U+FFFD.",
        ),
        Reason(
            "encoding_guessed", "read", _F, "The encoding of the bytes was guessed, or characters in it are broken."
        ),
        Reason("unknown_fields", "read", _F, "The record has fields that no mapping names; they stay in the raw file."),
        Reason("headline_long", "validate", _F, "The headline is longer than 300 characters."),
        Reason("body_long", "validate", _F, "The body is longer than 200,000 characters."),
        Reason("headline_is_address", "validate", _F, "The headline looks like an address or a file name."),
        Reason("headline_opens_body", "validate", _F, "The body begins with the headline as a line of its own."),
        Reason("paragraphs_repeated", "validate", _F, "Over 30 % of the paragraphs repeat another one of the body."),
        Reason(
            "keywords_many",
            "validate",
            _F,
            "There are over 50 keywords: a site's tag list rather than a desk's choice.",
        ),
        Reason("modified_before_published", "validate", _F, "The last edit is over a day before the publication."),
        Reason(
            "fetched_date_unlikely",
            "validate",
            _F,
            "The capture lies before the web, or over a day after the dump was read; dates were judged by the reading.",
        ),
        Reason("record_id_reused", "load", _F, "Records of one file have this id and are different articles."),
    )
}

QUALITY_FLAGS = tuple(code for code, reason in REASONS.items() if reason.severity is _F)
