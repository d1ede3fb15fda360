"""Decides the article fields that segments or mapped fields state; it does not judge them (see `schemas.checks`).

An article is a dict with the columns of `schemas.tables.PARSED` that one record decides; the rest is added by the stage.
"""

import hashlib
from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import regex

from pipeline.parsers.bylines import find_dateline, split_byline
from pipeline.parsers.field_bodies import own_text, with_own_text
from pipeline.parsers.head_dates import MAYBE_CLOCK
from pipeline.parsers.html import HTML_VERSION, HtmlPage, extract
from pipeline.parsers.segments import Page, Segment
from pipeline.sources import Source, Sources
from pipeline.text.arabic import fold
from pipeline.text.composition import nfc
from pipeline.text.dates import NewsDate, day_of_writing, parse_date, stated_weekdays
from pipeline.text.urls import normalize_url
from schemas.vocab import BlockRole, Calendar, DateSource, Precision, Role

ARTICLES_VERSION = "5"

Article = dict[str, Any]
# — Name (@account) date, as X prints the signature of a post
_SIGNATURE = regex.compile(r"^[—–-]*\s*(?P<name>[^@\n]{1,120}?)\s*\(@(?P<account>\w{1,40})\)\s*(?P<posted>.*)$")
_UNKNOWN_OUTLET = Source("", "")
_PARAGRAPHS = ("paragraph", "paragraph_line")
# An enum's member costs more at each mention than the work of these loops.
_PUBLISHED, _RELATED, _KEYWORDS = BlockRole.PUBLISHED_RAW, BlockRole.RELATED, BlockRole.KEYWORDS
_SOCIAL, _SOCIAL_TEXT = BlockRole.SOCIAL, BlockRole.SOCIAL_TEXT
_UNDATED = {
    "published_precision": Precision.UNKNOWN.value,
    "published_date_source": DateSource.NONE.value,
}
_BLANK_LINES = regex.compile(r"[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
# a character reference that a field kept from its page; a lone & is none
_REFERENCE = regex.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});")
_IDENTIFIER = regex.compile(r"[\da-fA-F]{8}-?(?:[\da-fA-F]{4}-?){3}[\da-fA-F]{12}")  # of a user of the site: no name
_MARKUP_SPACE = regex.compile(r"[ \t\u00a0]{2,}")


def clean(text: str | None) -> str | None:
    """NFC text without surrounding space; None when nothing is left."""
    return nfc(text).strip() or None if text else None


def _plain(value: Any) -> str | None:
    """The text of a field, with the characters that its references stand for."""
    text = _text(value)
    if text is None or "&" not in text:
        return text
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), text)


def page_articles(page: Page, fields: dict[str, Any], sources: Sources) -> list[Article]:
    """The lead article of a page and its embedded articles, lead first."""
    by_article: dict[int, list[Segment]] = {0: []}
    for segment in page.segments:
        by_article.setdefault(segment.article, []).append(segment)
    lead = _lead(page, by_article.pop(0), fields, sources)
    embedded = (_embedded(page, number, by_article[number], lead) for number in sorted(by_article))
    return [lead, *(article for article in embedded if article["headline"] or article["body"])]


def _attributed(article: Article) -> Article:
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


def field_article(fields: dict[str, Any], mapping: str, sources: Sources) -> Article:
    """The article that the mapped fields of a structured record state."""
    source = _named_source(fields, sources)
    fetched = _instant(fields.get("fetched_raw"))
    published = _stated(clean(_text(fields.get("published_raw"))), source, fetched, DateSource.FIELD)
    modified = _date(clean(_text(fields.get("modified_raw"))), source, fetched)
    body, byline = _plain(fields.get("body")), _one_line(_plain(fields.get("byline")))
    article = (
        _blank(Role.LEAD)
        | published
        | {
            "headline": _one_line(_plain(fields.get("headline"))),
            "body": clean(_MARKUP_SPACE.sub(" ", _BLANK_LINES.sub("\n\n", body.replace("\r", "\n")))) if body else None,
            "subheadline": _one_line(_plain(fields.get("subheadline"))),
            "byline": None if byline and _IDENTIFIER.fullmatch(byline) else byline,
            "authors": _names(fields.get("authors")),
            "dateline": _one_line(_plain(fields.get("dateline"))),
            "agency": _one_line(_plain(fields.get("agency"))),
            "credit": _one_line(_plain(fields.get("credit"))),
            "modified_at": modified.instant if modified else None,
            "description": clean(_plain(fields.get("description"))),
            "section": clean(_plain(fields.get("section"))),
            "language_declared": clean(_text(fields.get("language_declared"))),
            "canonical_url": clean(_text(fields.get("canonical_url"))),
            "keywords": _keywords(fields.get("keywords")),
            "parser": mapping,
            "parser_version": ARTICLES_VERSION,
        }
    )
    own = with_own_text(article, (source.name,) if source else ())
    own["quality_flags"] = article["quality_flags"] + own["quality_flags"]
    return _identify(_attributed(article | own | _record_level(fields, source, fetched)))


def html_articles(html: str, fields: dict[str, Any], sources: Sources) -> list[Article]:
    """The article of an HTML page and those that it embeds, lead first; none when the page has no article text.

    Raises:
        pipeline.parsers.html.PageTooComplexError: The page is no page that people read.
    """
    url, fetched = clean(_text(fields.get("url"))), _instant(fields.get("fetched_raw"))

    def source_of(site_name: str | None) -> Source | None:
        return _named_source(fields, sources) or (sources.by_name(site_name) if site_name else None)

    def zone_of(site_name: str | None) -> str:
        return source.zone if (source := source_of(site_name)) else "UTC"

    page = extract(html, url, zone_of=zone_of, fetched=fetched.instant if fetched else None)
    source = source_of(page.site_name)
    stated = {
        "description": clean(page.description),
        "section": clean(page.section),
        "language_declared": clean(_text(fields.get("language_declared")) or page.language_declared),
        "canonical_url": page.canonical_url,
        "modified_at": page.modified.instant if page.modified else None,
    }
    printed = _blank(Role.LEAD) | _html_content(page, source) | stated
    if not printed["body"]:
        return []
    lead = _identify(_attributed(printed | _record_level(fields, source, fetched)))
    embedded = (_html_embedded(found, source, lead) for found in page.embedded)
    return [lead, *(article for article in embedded if article["body"])]


def _html_content(page: HtmlPage, source: Source | None) -> Article:
    own = own_text(clean(page.body), (source.name,) if source else ())
    return _published(page, source) | {
        "headline": _one_line(page.headline),
        "body": own.text,
        "byline": _one_line(page.byline or own.byline),
        "authors": list(page.authors),
        "credit": own.credit,
        "keywords": list(page.keywords) or own.keywords,
        "related_headlines": own.related,
        "social_embeds": [_post(post[-1], list(post[:-1])) for post in page.posts],
        "quality_flags": list(dict.fromkeys((*page.flags, *own.flags))),
        "parser": "html",
        "parser_version": HTML_VERSION,
        "extractor": page.extractor,
        "parse_score": page.confidence,
    }


def _html_embedded(page: HtmlPage, source: Source | None, lead: Article) -> Article:
    article = _blank(Role.EMBEDDED) | _html_content(page, source)
    if page.published is None:
        article = _dated(article, _inferred(article | {"fetched_at": lead["fetched_at"]}))
    return _of_page(article, lead)


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


def _lead(page: Page, mine: list[Segment], fields: dict[str, Any], sources: Sources) -> Article:
    texts = _texts_by_role(mine)
    name, captured, updated_raw = (_first(texts, role) for role in ("source_name", "fetched_raw", "updated_raw"))
    source = sources.by_name(name) if name is not None else _named_source(fields, sources)
    fetched = _instant(captured or fields.get("fetched_raw"))
    updated = _date(clean(updated_raw), source, fetched)
    stated = _first_stated(texts.get(_PUBLISHED, []), source, fetched)
    if any(s.role == _PUBLISHED and s.rule == MAYBE_CLOCK for s in mine) and _is_near(stated, fetched):
        stated = {}
    article = _dated(_blank(Role.LEAD) | _content(page, 0, mine, texts), stated)
    article |= {
        "modified_at": updated.instant if updated else None,
        "related_headlines": [_one_line(s.text) for s in page.segments if s.role == _RELATED],
    }
    return _identify(_attributed(article | _record_level(fields, source, fetched)))


def _texts_by_role(segments: list[Segment]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for segment in segments:
        texts.setdefault(segment.role, []).append(segment.text)
    return texts


def _first(texts: dict[str, list[str]], role: str) -> str | None:
    return texts[role][0] if role in texts else None


def _first_stated(printed: list[str], source: Source | None, fetched: NewsDate | None) -> Article:
    """The first printed date that can be read; when none can, the first as it stands."""
    unread: Article = {}
    for raw in printed:
        stated = _stated(clean(raw), source, fetched, DateSource.LAYOUT)
        if _is_read(stated):
            return stated
        unread = unread or stated
    return unread


def _is_near(stated: Article, fetched: NewsDate | None) -> bool:
    """Whether a date is about the day on which the page was fetched, as the clock of a page is; unknown days may be."""
    day = stated.get("published_date")
    return day is None or fetched is None or abs((fetched.day - day).days) <= 1


def _is_read(stated: Article) -> bool:
    return "published_precision" in stated


def _dated(article: Article, stated: Article) -> Article:
    return article | stated | {"quality_flags": article["quality_flags"] + stated.get("quality_flags", [])}


def _embedded(page: Page, number: int, mine: list[Segment], lead: Article) -> Article:
    texts = _texts_by_role(mine)
    article = _blank(Role.EMBEDDED) | _content(page, number, mine, texts)
    article |= {"fetched_at": lead["fetched_at"]}
    stated = _first_stated(texts.get(_PUBLISHED, []), None, None)
    return _of_page(_dated(article, stated if _is_read(stated) else _inferred(article)), lead)


def _of_page(article: Article, lead: Article) -> Article:
    """What an embedded article has of its page, and its article_id."""
    key = f"embedded\n{lead['article_id']}\n{fold(article['headline'] or '')}"
    return article | {
        "article_id": stable_id("a", key),
        "fetched_at": lead["fetched_at"],
        "parent_article_id": lead["article_id"],
        "related_headlines": [],
    }


def _content(page: Page, number: int, mine: list[Segment], texts: dict[str, list[str]]) -> Article:
    """What the segments of one article say, whoever reads it."""
    return {
        "headline": _one_line(_first(texts, "headline")),
        "subheadline": _one_line(_first(texts, "subheadline")),
        "byline": _one_line(_first(texts, "byline")),
        "section": _one_line(_first(texts, "section")),
        "body": clean("\n\n".join([_unwrapped(s.text) for s in mine if s.role in _PARAGRAPHS])),
        "credit": _one_line(_first(texts, "credit")),
        "keywords": [word for line in texts.get(_KEYWORDS, ()) for word in page.keyword_separator.split(line) if word],
        "social_embeds": _posts(mine) if _SOCIAL in texts or _SOCIAL_TEXT in texts else [],
        "quality_flags": list(page.flags.get(number, [])),
        "parse_score": page.scores.get(number),
        "parser": page.parser,
        "parser_version": page.version,
    }


def _unwrapped(text: str) -> str:
    """A paragraph without the line breaks of a page that was wrapped at a fixed width."""
    return " ".join(text.split()) if "\n" in text else text


def _posts(segments: list[Segment]) -> list[dict[str, Any]]:
    posts: list[dict[str, Any]] = []
    lines: list[str] = []
    for segment in segments:
        if segment.role == _SOCIAL_TEXT:
            lines.append(segment.text)
        elif segment.role == _SOCIAL:
            posts.append(_post(segment.text, lines))
            lines = []
    if lines:  # a post whose signature is not on the page
        posts.append({"account": None, "name": None, "posted_date": None, "text": clean("\n".join(lines))})
    return posts


def _post(signature: str, lines: list[str]) -> dict[str, Any]:
    match = _SIGNATURE.match(signature)
    posted = parse_date(match["posted"]) if match and match["posted"] else None
    return {
        "account": match["account"] if match else None,
        "name": match["name"] if match else signature.strip("—–- "),
        "posted_date": posted.day if posted else None,
        "text": clean("\n".join(lines)),
    }


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
        "published_calendar": Calendar.GREGORIAN.value,
        "quality_flags": ["date_inferred"] if agrees else ["date_inferred", "date_conflict"],
    }


def _blank(role: Role) -> Article:
    return {"role": role.value, "quality_flags": [], **_UNDATED}


def _stated(raw: str | None, source: Source | None, fetched: NewsDate | None, origin: DateSource) -> Article:
    stated = _date(raw, source, fetched)
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


def _date(raw: str | None, source: Source | None, fetched: NewsDate | None) -> NewsDate | None:
    """The date that a field or line states; relative ones against the capture."""
    if not raw:
        return None
    outlet = source or _UNKNOWN_OUTLET
    return parse_date(raw, outlet.zone, anchor=fetched.instant if fetched else None, order=outlet.date_order)


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
    return nfc(" ".join(value.split())) or None if value else None


def _keywords(value: Any) -> list[str] | None:
    if value is None:
        return None
    words = value if isinstance(value, list) else str(value).split(",")
    return [word for word in (clean(_text(item)) for item in words) if word]


def _names(value: Any) -> list[str] | None:
    """Names that the record gives one by one; a name may hold a comma."""
    if value is None:
        return None
    return [name for name in map(_one_line, map(_text, value if isinstance(value, list) else [value])) if name]


def stable_id(prefix: str, key: str) -> str:
    """The id recipe of the corpus: one letter and 31 hex digits of sha256; never a row number."""
    return prefix + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:31]
