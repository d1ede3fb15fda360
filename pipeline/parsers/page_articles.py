"""Decides which article fields the segments of a text page state."""

import re
from typing import Any

from pipeline.parsers.articles import (
    Article,
    attributed,
    blank,
    clean,
    dated,
    identified,
    inferred_date,
    instant,
    is_read,
    named_source,
    of_page,
    one_line,
    read_date,
    record_level,
    social_post,
    stated_date,
)
from pipeline.parsers.head_dates import MAYBE_CLOCK
from pipeline.parsers.segments import Page, Segment
from pipeline.sources import Source, Sources
from pipeline.text.dates import NewsDate, find_dates
from schemas.vocab import BlockRole, DateSource, Precision, Role

_DATELINE = re.compile(r"[^\n]{3,60}?(?= [/–—-] |: |//)")
_DIGIT = re.compile(r"\d")
_PARAGRAPHS = ("paragraph", "paragraph_line")
# An enum's member costs more at each mention than the work of these loops.
_PUBLISHED, _RELATED, _KEYWORDS = BlockRole.PUBLISHED_RAW, BlockRole.RELATED, BlockRole.KEYWORDS
_SOCIAL, _SOCIAL_TEXT = BlockRole.SOCIAL, BlockRole.SOCIAL_TEXT


def page_articles(page: Page, fields: dict[str, Any], sources: Sources) -> list[Article]:
    """The lead article of a page and its embedded articles, lead first."""
    by_article: dict[int, list[Segment]] = {0: []}
    for segment in page.segments:
        by_article.setdefault(segment.article, []).append(segment)
    lead = _lead(page, by_article.pop(0), fields, sources)
    embedded = (_embedded(page, number, by_article[number], lead) for number in sorted(by_article))
    return [lead, *(article for article in embedded if article["headline"] or article["body"])]


def _lead(page: Page, mine: list[Segment], fields: dict[str, Any], sources: Sources) -> Article:
    texts = _texts_by_role(mine)
    name, captured, updated_raw = (_first(texts, role) for role in ("source_name", "fetched_raw", "updated_raw"))
    source = sources.by_name(name) if name is not None else named_source(fields, sources)
    fetched = instant(captured or fields.get("fetched_raw"))
    updated = read_date(clean(updated_raw), source, fetched)
    stated = _first_stated(texts.get(_PUBLISHED, []), source, fetched)
    if any(s.role == _PUBLISHED and s.rule == MAYBE_CLOCK for s in mine) and _is_near(stated, fetched):
        stated = stated if _is_in_dateline(stated, texts, fetched) else {}
    article = dated(blank(Role.LEAD) | _content(page, 0, mine, texts), stated)
    article |= {
        "modified_at": updated.instant if updated else None,
        "related_headlines": [one_line(s.text) for s in page.segments if s.role == _RELATED],
    }
    return identified(attributed(article | record_level(fields, source, fetched)))


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
        stated = stated_date(clean(raw), source, fetched, DateSource.LAYOUT)
        if is_read(stated):
            return stated
        unread = unread or stated
    return unread


def _is_near(stated: Article, fetched: NewsDate | None) -> bool:
    """Whether a date is about the day on which the page was fetched, as the clock of a page is; unknown days may be."""
    day = stated.get("published_date")
    return day is None or fetched is None or abs((fetched.day - day).days) <= 1


def _is_in_dateline(stated: Article, texts: dict[str, list[str]], fetched: NewsDate | None) -> bool:
    """Whether the dateline before the text names the day as well: then it is that of the story and no clock."""
    text = next((texts[role][0] for role in _PARAGRAPHS if role in texts), "")
    dateline = _DATELINE.match(text)
    if dateline is None or fetched is None or stated.get("published_date") is None:
        return False
    named = find_dates(dateline[0], anchor=fetched.instant, min_precision=Precision.DAY)
    return any(date.day == stated["published_date"] and _DIGIT.search(date.raw) for date in named)


def _embedded(page: Page, number: int, mine: list[Segment], lead: Article) -> Article:
    texts = _texts_by_role(mine)
    article = blank(Role.EMBEDDED) | _content(page, number, mine, texts)
    article |= {"fetched_at": lead["fetched_at"]}
    stated = _first_stated(texts.get(_PUBLISHED, []), None, None)
    return of_page(dated(article, stated if is_read(stated) else inferred_date(article)), lead)


def _content(page: Page, number: int, mine: list[Segment], texts: dict[str, list[str]]) -> Article:
    """What the segments of one article say, whoever reads it."""
    return {
        "headline": one_line(_first(texts, "headline")),
        "subheadline": one_line(_first(texts, "subheadline")),
        "byline": one_line(_first(texts, "byline")),
        "section": one_line(_first(texts, "section")),
        "body": clean("\n\n".join([_unwrapped(s.text) for s in mine if s.role in _PARAGRAPHS])),
        "credit": one_line(_first(texts, "credit")),
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
            posts.append(social_post(segment.text, lines))
            lines = []
    if lines:  # a post whose signature is not on the page
        posts.append({"account": None, "name": None, "posted_date": None, "text": clean("\n".join(lines))})
    return posts
