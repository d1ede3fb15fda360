"""Decides which article fields the mapped fields of a structured record state."""

from html import unescape
from typing import Any

import regex

from pipeline.parsers.articles import (
    ARTICLES_VERSION,
    Article,
    as_text,
    attributed,
    blank,
    clean,
    identified,
    instant,
    named_source,
    one_line,
    read_date,
    record_level,
    stated_date,
)
from pipeline.parsers.field_bodies import with_own_text
from pipeline.sources import Sources
from schemas.vocab import DateSource, Role

_BLANK_LINES = regex.compile(r"[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
# a character reference that a field kept from its page; a lone & is none
_REFERENCE = regex.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});")
_IDENTIFIER = regex.compile(r"[\da-fA-F]{8}-?(?:[\da-fA-F]{4}-?){3}[\da-fA-F]{12}")  # of a user of the site: no name
_MARKUP_SPACE = regex.compile(r"[ \t\u00a0]{2,}")


def field_article(fields: dict[str, Any], mapping: str, sources: Sources) -> Article:
    """The article that the mapped fields of a structured record state."""
    source = named_source(fields, sources)
    fetched = instant(fields.get("fetched_raw"))
    published = stated_date(clean(as_text(fields.get("published_raw"))), source, fetched, DateSource.FIELD)
    modified = read_date(clean(as_text(fields.get("modified_raw"))), source, fetched)
    body, byline = _plain(fields.get("body")), one_line(_plain(fields.get("byline")))
    article = (
        blank(Role.LEAD)
        | published
        | {
            "headline": one_line(_plain(fields.get("headline"))),
            "body": clean(_MARKUP_SPACE.sub(" ", _BLANK_LINES.sub("\n\n", body.replace("\r", "\n")))) if body else None,
            "subheadline": one_line(_plain(fields.get("subheadline"))),
            "byline": None if byline and _IDENTIFIER.fullmatch(byline) else byline,
            "authors": _names(fields.get("authors")),
            "dateline": one_line(_plain(fields.get("dateline"))),
            "agency": one_line(_plain(fields.get("agency"))),
            "credit": one_line(_plain(fields.get("credit"))),
            "modified_at": modified.instant if modified else None,
            "description": clean(_plain(fields.get("description"))),
            "section": clean(_plain(fields.get("section"))),
            "language_declared": clean(as_text(fields.get("language_declared"))),
            "canonical_url": clean(as_text(fields.get("canonical_url"))),
            "keywords": _keywords(fields.get("keywords")),
            "parser": mapping,
            "parser_version": ARTICLES_VERSION,
        }
    )
    own = with_own_text(article, (source.name,) if source else ())
    own["quality_flags"] = article["quality_flags"] + own["quality_flags"]
    return identified(attributed(article | own | record_level(fields, source, fetched)))


def _plain(value: Any) -> str | None:
    """The text of a field, with the characters that its references stand for."""
    text = as_text(value)
    if text is None or "&" not in text:
        return text
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), text)


def _keywords(value: Any) -> list[str] | None:
    if value is None:
        return None
    words = value if isinstance(value, list) else str(value).split(",")
    return [word for word in (clean(as_text(item)) for item in words) if word]


def _names(value: Any) -> list[str] | None:
    """Names that the record gives one by one; a name may hold a comma."""
    if value is None:
        return None
    return [name for name in map(one_line, map(as_text, value if isinstance(value, list) else [value])) if name]
