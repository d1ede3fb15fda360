"""Decides which article fields an HTML page states: see `pipeline.parsers.html` for how they are found."""

from typing import Any
from zoneinfo import ZoneInfo

from pipeline.parsers.articles import (
    Article,
    as_text,
    attributed,
    blank,
    clean,
    dated,
    identified,
    inferred_date,
    instant,
    named_source,
    of_page,
    one_line,
    record_level,
    social_post,
)
from pipeline.parsers.field_bodies import own_text
from pipeline.parsers.html import HTML_VERSION, HtmlPage, extract
from pipeline.sources import Source, Sources
from schemas.vocab import Precision, Role


def html_articles(html: str, fields: dict[str, Any], sources: Sources) -> list[Article]:
    """The article of an HTML page and those that it embeds, lead first; none when the page has no article text.

    Raises:
        pipeline.parsers.html.PageTooComplexError: The page is no page that people read.
    """
    url, fetched = clean(as_text(fields.get("url"))), instant(fields.get("fetched_raw"))

    def source_of(site_name: str | None) -> Source | None:
        return named_source(fields, sources) or (sources.by_name(site_name) if site_name else None)

    def zone_of(site_name: str | None) -> str:
        return source.zone if (source := source_of(site_name)) else "UTC"

    page = extract(html, url, zone_of=zone_of, fetched=fetched.instant if fetched else None)
    source = source_of(page.site_name)
    stated = {
        "description": clean(page.description),
        "section": clean(page.section),
        "language_declared": clean(as_text(fields.get("language_declared")) or page.language_declared),
        "canonical_url": page.canonical_url,
        "modified_at": page.modified.instant if page.modified else None,
    }
    printed = blank(Role.LEAD) | _content(page, source) | stated
    if not printed["body"]:
        return []
    lead = identified(attributed(printed | record_level(fields, source, fetched)))
    embedded = (_embedded(found, source, lead) for found in page.embedded)
    return [lead, *(article for article in embedded if article["body"])]


def _content(page: HtmlPage, source: Source | None) -> Article:
    own = own_text(clean(page.body), (source.name,) if source else ())
    return _published(page, source) | {
        "headline": one_line(page.headline),
        "body": own.text,
        "byline": one_line(page.byline or own.byline),
        "authors": list(page.authors),
        "credit": own.credit,
        "keywords": list(page.keywords) or own.keywords,
        "related_headlines": own.related,
        "social_embeds": [social_post(post[-1], list(post[:-1])) for post in page.posts],
        "quality_flags": list(dict.fromkeys((*page.flags, *own.flags))),
        "parser": "html",
        "parser_version": HTML_VERSION,
        "extractor": page.extractor,
        "parse_score": page.confidence,
    }


def _embedded(page: HtmlPage, source: Source | None, lead: Article) -> Article:
    article = blank(Role.EMBEDDED) | _content(page, source)
    if page.published is None:
        article = dated(article, inferred_date(article | {"fetched_at": lead["fetched_at"]}))
    return of_page(article, lead)


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
        "published_calendar": stated.calendar.value,
        "published_zone": stated.zone,
    }
