"""Decides what all articles are made of, whoever reads them: ids, dates, sources, posts, attributions; see `schemas.checks` for the judging.

An article is a dict with the columns of `schemas.tables.PARSED` that one record decides; the rest is added by the stage.
"""

import hashlib
from datetime import datetime
from typing import Any

import regex

from pipeline.parsers.bylines import find_dateline, split_byline
from pipeline.sources import Source, Sources
from pipeline.text.arabic import fold
from pipeline.text.composition import nfc
from pipeline.text.dates import NewsDate, day_of_writing, parse_date, stated_weekdays
from pipeline.text.urls import normalize_url
from schemas.vocab import Calendar, DateSource, Precision, Role

ARTICLES_VERSION = "5"

Article = dict[str, Any]
# — Name (@account) date, as X prints the signature of a post
_SIGNATURE = regex.compile(r"^[—–-]*\s*(?P<name>[^@\n]{1,120}?)\s*\(@(?P<account>\w{1,40})\)\s*(?P<posted>.*)$")
_UNKNOWN_OUTLET = Source("", "")
_UNDATED = {
    "published_precision": Precision.UNKNOWN.value,
    "published_date_source": DateSource.NONE.value,
}


def clean(text: str | None) -> str | None:
    """NFC text without surrounding space; None when nothing is left."""
    return nfc(text).strip() or None if text else None


def attributed(article: Article) -> Article:
    """Adds the authors, agency and dateline that the record does not state: from the byline, then from the opening of the body."""
    outlets = (article["source_name"],) if article.get("source_name") else ()
    byline = split_byline(article["byline"], outlets) if article.get("byline") else None
    opening = find_dateline(article["body"], outlets) if article.get("body") else None
    found = [attribution for attribution in (byline, opening) if attribution]
    return article | {
        "authors": article.get("authors")
        or next((list(a.authors) for a in found if a.authors), [] if byline else None),
        "agency": article.get("agency") or next((a.agency for a in found if a.agency), None),
        "dateline": article.get("dateline") or (opening.raw if opening else None),
    }


def is_read(stated: Article) -> bool:
    """Whether a printed date could be read."""
    return "published_precision" in stated


def dated(article: Article, stated: Article) -> Article:
    """An article with a stated date and the doubts about it."""
    return article | stated | {"quality_flags": article["quality_flags"] + stated.get("quality_flags", [])}


def of_page(article: Article, lead: Article) -> Article:
    """What an embedded article has of its page, and its article_id."""
    key = f"embedded\n{lead['article_id']}\n{fold(article['headline'] or '')}"
    return article | {
        "article_id": stable_id("a", key),
        "fetched_at": lead["fetched_at"],
        "parent_article_id": lead["article_id"],
        "related_headlines": [],
    }


def social_post(signature: str, lines: list[str]) -> dict[str, Any]:
    """An embedded post: its signature line, and the lines of its text above."""
    match = _SIGNATURE.match(signature)
    posted = parse_date(match["posted"]) if match and match["posted"] else None
    return {
        "account": match["account"] if match else None,
        "name": match["name"] if match else signature.strip("—–- "),
        "posted_date": posted.day if posted else None,
        "text": clean("\n".join(lines)),
    }


def inferred_date(article: Article) -> Article:
    """A date for an embedded article from its newest social post; no social_post, no date."""
    posted = [post["posted_date"] for post in article["social_embeds"] if post["posted_date"]]
    if not posted:
        return {}
    day, agrees = day_of_writing(max(posted), stated_weekdays(article["body"] or ""))
    if article["fetched_at"] and day > article["fetched_at"].date():
        day, agrees = max(posted), False
    instant = datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")
    return {
        "published_at": instant,
        "published_date": day,
        "published_precision": Precision.DAY.value,
        "published_date_source": DateSource.SOCIAL.value,
        "published_calendar": Calendar.GREGORIAN.value,
        "quality_flags": ["date_inferred"] if agrees else ["date_inferred", "date_conflict"],
    }


def blank(role: Role) -> Article:
    """What an article of this role has before anything is read."""
    return {"role": role.value, "quality_flags": [], **_UNDATED}


def stated_date(raw: str | None, source: Source | None, fetched: NewsDate | None, origin: DateSource) -> Article:
    """The publication date that a line or field states, with where it was stated; as it stands when it cannot be read."""
    stated = read_date(raw, source, fetched)
    if stated is None:
        return {"published_at_raw": raw}
    return {
        "published_at_raw": raw,
        "published_at": stated.instant,
        "published_date": stated.day,
        "published_precision": stated.precision.value,
        "published_date_source": origin.value,
        "published_calendar": stated.calendar.value,
        "published_zone": stated.zone,
        "quality_flags": [
            *(["date_relative"] if stated.is_relative else []),
            *(["date_ambiguous"] if stated.is_ambiguous else []),
        ],
    }


def read_date(raw: str | None, source: Source | None, fetched: NewsDate | None) -> NewsDate | None:
    """The date that a field or line states; relative ones against the capture."""
    if not raw:
        return None
    outlet = source or _UNKNOWN_OUTLET
    return parse_date(raw, outlet.zone, anchor=fetched.instant if fetched else None, order=outlet.date_order)


def record_level(fields: dict[str, Any], source: Source | None, fetched: NewsDate | None) -> Article:
    """What the record and its outlet say of each of its articles."""
    url = clean(as_text(fields.get("url")))
    return {
        "url": url,
        "url_normalized": normalize_url(url) if url else None,
        "fetched_at": fetched.instant if fetched else None,
        "source_id": source.source_id if source else None,
        "source_name": source.name if source else None,
        "license_id": source.license_id if source else None,
        "license_evidence": source.license_evidence if source else None,
        "text_access": source.text_access if source else None,
    }


def identified(article: Article) -> Article:
    """Adds the article_id: outlet and URL, or else outlet, folded headline and publication date."""
    address = article["url_normalized"] or f"{fold(article['headline'] or '')}\n{article.get('published_date') or ''}"
    return article | {"article_id": stable_id("a", f"{article['source_id'] or ''}\n{address}")}


def named_source(fields: dict[str, Any], sources: Sources) -> Source | None:
    """The registered outlet that the fields name, by id or by name."""
    if source_id := clean(as_text(fields.get("source_id"))):
        return sources.by_id(source_id)
    name = clean(as_text(fields.get("source_name")))
    return sources.by_name(name) if name else None


def instant(raw: Any) -> NewsDate | None:
    """A capture time; without an offset it is UTC, as capture clocks are, not the outlet's zone."""
    return parse_date(raw) if isinstance(raw, str) else None


def as_text(value: Any) -> str | None:
    """A field's value as text."""
    return None if value is None else value if isinstance(value, str) else str(value)


def one_line(value: str | None) -> str | None:
    """NFC text on one line; None when nothing is left."""
    return nfc(" ".join(value.split())) or None if value else None


def stable_id(prefix: str, key: str) -> str:
    """The id recipe of the corpus: one letter and 31 hex digits of sha256; never a row number."""
    return prefix + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:31]
