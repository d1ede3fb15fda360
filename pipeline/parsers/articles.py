"""Decides the article fields that segments or mapped fields state; it does not judge them (see `schemas.checks`).

An article is a dict with the columns of `schemas.tables.PARSED` that one record decides; the rest is added by the stage.
"""

import hashlib
import unicodedata
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import regex

from pipeline.parsers.html import HTML_VERSION, HtmlPage, extract
from pipeline.parsers.segmenter import Layout, Segment
from pipeline.sources import Source, Sources
from pipeline.text.arabic import fold
from pipeline.text.dates import NewsDate, day_of_writing, parse_date, stated_weekdays
from pipeline.text.urls import normalize_url
from schemas.vocab import DateSource, Precision, Role

ARTICLES_VERSION = "1"

Article = dict[str, Any]
_PARAGRAPHS = ("paragraph", "paragraph_line")
_BLANK_LINES = regex.compile(r"[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_MARKUP_SPACE = regex.compile(r"[ \t\u00a0]{2,}")


def clean(text: str | None) -> str | None:
    """NFC text without surrounding space; None when nothing is left."""
    return unicodedata.normalize("NFC", text).strip() or None if text else None


def page_articles(segments: list[Segment], layout: Layout, fields: dict[str, Any], sources: Sources) -> list[Article]:
    """The lead article of a page and its embedded articles, lead first."""
    lead = _lead(segments, layout, fields, sources)
    numbers = sorted({segment.article for segment in segments} - {0})
    embedded = (_embedded([s for s in segments if s.article == n], layout, lead) for n in numbers)
    return [lead, *(article for article in embedded if article["headline"] or article["body"])]


def field_article(fields: dict[str, Any], mapping: str, sources: Sources) -> Article:
    """The article that the mapped fields of a structured record state."""
    source = _named_source(fields, sources)
    published = _stated(clean(_text(fields.get("published_raw"))), source, DateSource.FIELD)
    body = _text(fields.get("body"))
    article = (
        _blank(Role.LEAD)
        | published
        | {
            "headline": _one_line(_text(fields.get("headline"))),
            "body": clean(_MARKUP_SPACE.sub(" ", _BLANK_LINES.sub("\n\n", body.replace("\r", "\n")))) if body else None,
            "byline": _one_line(_text(fields.get("byline"))),
            "description": clean(_text(fields.get("description"))),
            "section": clean(_text(fields.get("section"))),
            "language_declared": clean(_text(fields.get("language_declared"))),
            "canonical_url": clean(_text(fields.get("canonical_url"))),
            "keywords": _keywords(fields.get("keywords")),
            "parser": mapping,
            "parser_version": ARTICLES_VERSION,
        }
    )
    return _identify(article | _record_level(fields, source, _instant(fields.get("fetched_raw"))))


def html_article(html: str, fields: dict[str, Any], sources: Sources) -> Article | None:
    """The article of an HTML page; None when the page has no article text.

    Raises:
        pipeline.parsers.html.PageTooComplexError: The page is no page that people read.
    """
    url, fetched = clean(_text(fields.get("url"))), _instant(fields.get("fetched_raw"))

    def source_of(site_name: str | None) -> Source | None:
        return _named_source(fields, sources) or (sources.by_name(site_name) if site_name else None)

    def zone_of(site_name: str | None) -> str:
        return source.zone if (source := source_of(site_name)) else "UTC"

    page = extract(html, url, zone_of=zone_of, fetched=fetched.instant if fetched else None)
    if not page.body:
        return None
    source = source_of(page.site_name)
    article = (
        _blank(Role.LEAD)
        | _published(page, source)
        | {
            "headline": _one_line(page.headline),
            "body": clean(page.body),  # the seam to the segmenter's clean-up of body text
            "byline": _one_line(page.byline),
            "authors": list(page.authors),
            "description": clean(page.description),
            "section": clean(page.section),
            "keywords": list(page.keywords),
            "language_declared": clean(_text(fields.get("language_declared")) or page.language_declared),
            "canonical_url": page.canonical_url,
            "modified_at": page.modified.instant if page.modified else None,
            "quality_flags": list(page.flags),
            "parser": "html",
            "parser_version": HTML_VERSION,
            "extractor": page.extractor,
            "parse_confidence": page.confidence,
        }
    )
    return _identify(article | _record_level(fields, source, fetched))


def _published(page: HtmlPage, source: Source | None) -> Article:
    stated = page.published
    if stated is None:
        return {"published_at_raw": page.published_raw}
    # a server's clock is UTC; the day is the outlet's
    timed = source is not None and source.zone != "UTC" and stated.precision in (Precision.SECOND, Precision.MINUTE)
    day = stated.instant.astimezone(ZoneInfo(source.zone)).date() if source and timed else stated.day
    return {
        "published_at_raw": page.published_raw,
        "published_at": stated.instant,
        "published_date": day,
        "published_precision": stated.precision.value,
        "published_date_source": page.published_from,
    }


def _lead(segments: list[Segment], layout: Layout, fields: dict[str, Any], sources: Sources) -> Article:
    text = {s.role: s.text for s in reversed(segments) if s.article == 0}
    source = sources.by_name(text["source_name"]) if "source_name" in text else _named_source(fields, sources)
    stamp = text.get("fetched_raw") or fields.get("fetched_raw")
    article = _blank(Role.LEAD) | _stated(clean(text.get("published_raw")), source, DateSource.LAYOUT)
    article |= _content(segments, 0, layout)
    article |= {
        "related_headlines": [s.text for s in segments if s.role == "related"],
        "parser": layout.name,
        "parser_version": layout.version,
    }
    return _identify(article | _record_level(fields, source, _instant(stamp)))


def _embedded(segments: list[Segment], layout: Layout, lead: Article) -> Article:
    number = segments[0].article
    article = _blank(Role.EMBEDDED) | _content(segments, number, layout)
    article |= {key: lead[key] for key in ("fetched_at", "parser", "parser_version")}
    article |= {"parent_article_id": lead["article_id"], "related_headlines": []}
    article |= _inferred(article)
    key = f"embedded\n{lead['article_id']}\n{number}\n{fold(article['headline'] or '')}"
    return article | {"article_id": stable_id("a", key)}


def _content(segments: list[Segment], number: int, layout: Layout) -> Article:
    mine = [s for s in segments if s.article == number]
    first = {s.role: s.text for s in reversed(mine)}
    return {
        "headline": clean(first.get("headline")),
        "body": clean("\n\n".join(s.text for s in mine if s.role in _PARAGRAPHS)),
        "credit": clean(first.get("credit")),
        "keywords": [word for word in layout.keyword_separator.split(first.get("keywords", "")) if word],
        "social_embeds": _posts(mine, layout),
    }


def _posts(segments: list[Segment], layout: Layout) -> list[dict[str, Any]]:
    posts, lines = [], []
    for segment in segments:
        if segment.role == "social_text":
            lines.append(segment.text)
        elif segment.role == "social" and (match := layout.social.match(segment.text)):
            posted = parse_date(match["posted"])
            posts.append(
                {
                    "account": match["account"],
                    "name": match["name"],
                    "posted_date": posted.day if posted else None,
                    "text": clean("\n".join(lines)),
                }
            )
            lines = []
    return posts


def _inferred(article: Article) -> Article:
    """A date for an embedded article from its newest social post; no post, no date."""
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
        "quality_flags": ["date_inferred"] if agrees else ["date_inferred", "date_conflict"],
    }


def _blank(role: Role) -> Article:
    return {
        "role": role.value,
        "quality_flags": [],
        "published_precision": Precision.UNKNOWN.value,
        "published_date_source": DateSource.NONE.value,
    }


def _stated(raw: str | None, source: Source | None, origin: DateSource) -> Article:
    stated = parse_date(raw, source.zone if source else "UTC") if raw else None
    if stated is None:
        return {"published_at_raw": raw}
    return {
        "published_at_raw": raw,
        "published_at": stated.instant,
        "published_date": stated.day,
        "published_precision": stated.precision.value,
        "published_date_source": origin.value,
    }


def _record_level(fields: dict[str, Any], source: Source | None, fetched: NewsDate | None) -> Article:
    url = clean(_text(fields.get("url")))
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


def _identify(article: Article) -> Article:
    """Adds the article_id: outlet and URL, or else outlet, folded headline and publication date."""
    address = article["url_normalized"] or f"{fold(article['headline'] or '')}\n{article.get('published_date') or ''}"
    return article | {"article_id": stable_id("a", f"{article['source_id'] or ''}\n{address}")}


def _named_source(fields: dict[str, Any], sources: Sources) -> Source | None:
    if source_id := clean(_text(fields.get("source_id"))):
        return sources.by_id(source_id)
    name = clean(_text(fields.get("source_name")))
    return sources.by_name(name) if name else None


def _instant(raw: Any) -> NewsDate | None:
    """A capture time; without an offset it is UTC, as capture clocks are, not the outlet's zone."""
    return parse_date(raw) if isinstance(raw, str) else None


def _text(value: Any) -> str | None:
    return None if value is None else value if isinstance(value, str) else str(value)


def _one_line(value: str | None) -> str | None:
    return clean(" ".join(value.split())) if value else None


def _keywords(value: Any) -> list[str] | None:
    if value is None:
        return None
    words = value if isinstance(value, list) else str(value).split(",")
    return [word for word in (clean(_text(item)) for item in words) if word]


def stable_id(prefix: str, key: str) -> str:
    """The id recipe of the corpus: one letter and 31 hex digits of sha256; never a row number."""
    return prefix + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:31]
