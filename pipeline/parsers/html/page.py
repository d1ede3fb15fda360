"""Decides what an HTML page says: its article's text and metadata, and how sure that is; it does not judge fitness for the corpus."""

import html as entities
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

import trafilatura
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from pipeline.parsers.html.blocks import Blocks, read_blocks
from pipeline.parsers.html.choice import Stated, choose_headline, choose_modified, choose_published
from pipeline.parsers.html.content import Content, extract_content, headline_block, letters, prose_of
from pipeline.parsers.html.limits import check_size
from pipeline.parsers.html.posts import posts_in
from pipeline.parsers.html.profiles import Profile, apply_profile, profile_for
from pipeline.parsers.html.statements import Statement, property_statements, read_statements
from pipeline.parsers.html.stories import Stories, Story, find_stories, subpage

HTML_VERSION = "5"

# Below this the text is compared with another extractor's. None of the kit's 77 pages is (the least sure of them reaches
# 0.89): it is for pages that have no prose by our measure, such as verse and tables of results.
DOUBTFUL = 0.35
_FALLBACK_MAX_CHARS, _FALLBACK_MAX_TAGS = 2_000_000, 15_000  # it takes seconds beyond
_WITHOUT_EVENTS = int(LexborDocumentOptions.WO_EVENTS)
_WHOLE_CHARS = 1200  # of a text that is not free; what is shown of one to everybody is a paragraph or three
_LIVE = "LiveBlogPosting"
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|ul|ol|tr)\s*>|<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_BLANK = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a page states about its article. None is unknown; a text is never ''.

    Attributes:
        body: Paragraphs separated by one blank line; no headline, byline, captions or lists of other articles.
        published_raw: The date as stated; `published` is None when it cannot be read.
        published_from: jsonld, meta, microdata, time, url or visible.
        extractor: What produced the body: warraq, jsonld, trafilatura or profile:NAME; None without a body.
        posts: Of each post of a social network in the article, its lines in printed order, the signature last.
        confidence: How sure the body is the article's text, whole and alone, 0..1.
        flags: Codes of `schemas.vocab` flags.
        embedded: Other articles that the page has in full, in its order; they have no embedded ones and no metadata of the page.
    """

    headline: str | None = None
    body: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: Stated | None = None
    published_raw: str | None = None
    published_from: str | None = None
    modified: Stated | None = None
    description: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    canonical_url: str | None = None
    language_declared: str | None = None
    site_name: str | None = None
    extractor: str | None = None
    posts: tuple[tuple[str, ...], ...] = ()
    confidence: float = 0.0
    flags: tuple[str, ...] = ()
    embedded: "tuple[HtmlPage, ...]" = ()


def extract(
    html: str,
    url: str | None = None,
    *,
    zone_of: Callable[[str | None], str] = lambda site_name: "UTC",
    fetched: datetime | None = None,
    profiles: Sequence[Profile] | None = None,
    fallback: bool = True,
) -> HtmlPage:
    """Read a page.

    Args:
        html: Decoded markup, of any kind: nothing that it says raises.
        url: Its address; a date in it is evidence, and its host chooses the profile.
        zone_of: The IANA zone of the outlet that a site name means, for dates that state none.
        fetched: The capture time, which bounds the publication date.
        profiles: Declared site profiles; None for those shipped.
        fallback: Whether trafilatura is asked when the text is doubtful.

    Raises:
        PageTooComplexError: The page is larger or deeper than `limits` and `blocks` allow.
    """
    document = LexborHTMLParser(check_size(html), options=_WITHOUT_EVENTS)  # of a str it would make a copy first
    root = document.body or document.root
    if root is None:
        return HtmlPage()
    profile = profile_for(url, profiles)
    stated = apply_profile(document, profile) if profile else None
    page = read_blocks(root, stated.removed if stated else frozenset())
    general, types, stated_body = read_statements(document)
    statements = [*general, *property_statements(page)]
    site_name = _first(statements, "site_name")
    zone = zone_of(site_name)
    headline = (stated and stated.headline) or choose_headline(statements, page, site_name)
    prose, title, live = prose_of(page), headline_block(page.blocks, headline), _LIVE in types
    stories = Stories() if live or (stated and stated.body) else find_stories(page, prose, title, headline)
    others = [_story(page, story, zone, fetched) for story in stories.others]
    embedded = tuple({story.headline: story for story in others if story.body}.values())
    if stories.own:
        return replace(_story(page, stories.own, zone, fetched), site_name=site_name, embedded=embedded)
    if others:
        page.leave_out([(story.first, story.end) for story in stories.others])
        statements = [*general, *property_statements(page)]
    article_text = _article_text(stated_body) if stated_body else None
    paid = _first(statements, "access") is not None
    content = extract_content(page, prose, title, headline, article_text, live=live, paid=paid, stories=stories)
    body, extractor, confidence = _choose_body(html, content, article_text, statements, fallback)
    flags = ["extraction_doubtful"] if body and confidence < DOUBTFUL else []
    if paid and body and len(body) < _WHOLE_CHARS:
        flags.append("body_maybe_truncated")
    if stated and profile:
        if stated.body and stated.body.strip():
            body, extractor, confidence = stated.body, f"profile:{profile.name}", max(confidence, 0.95)
        if stated.missing:
            flags.append("profile_mismatch")
    span = (content.first if title is None else min(title, content.first or title), content.end)
    extra = [Statement("published", stated.published, "visible", "profile")] if stated and stated.published else []
    published = choose_published([*extra, *statements], page, url, zone, span, fetched)
    if published and published.conflict:
        flags.append("date_conflict")
    authors = _authors(statements, site_name)
    return HtmlPage(
        headline=headline,
        body=body,
        byline=(stated and stated.byline) or (", ".join(authors) or None),
        authors=authors,
        published=published.date if published else None,
        published_raw=published.raw if published else _first(statements, "published"),
        published_from=published.where if published else None,
        modified=choose_modified(statements, zone),
        description=_first(statements, "description"),
        section=_first(statements, "section"),
        keywords=tuple(dict.fromkeys(s.value for s in statements if s.field == "keyword")),
        canonical_url=_absolute(statements),
        language_declared=_first(statements, "language"),
        site_name=site_name,
        extractor=extractor,
        posts=posts_in(page, span),
        confidence=round(confidence, 3),
        flags=tuple(flags),
        embedded=embedded,
    )


def _story(page: Blocks, story: Story, zone: str, fetched: datetime | None) -> HtmlPage:
    """What the page prints of another article: nothing that its head states is of it."""
    part = subpage(page, story)
    headline = " ".join(page.blocks[story.heading].text.split())
    statements = property_statements(part)
    title = story.heading - story.first
    content = extract_content(part, prose_of(part), title, headline, None)
    confidence = _confidence(content, statements)
    span = (min(title, content.first), content.end)
    published = choose_published(statements, part, None, zone, span, fetched)
    authors = _authors(statements, None)
    return HtmlPage(
        headline=headline,
        body=content.text or None,
        byline=", ".join(authors) or None,
        authors=authors,
        published=published.date if published else None,
        published_raw=published.raw if published else None,
        published_from=published.where if published else None,
        extractor="warraq" if content.text else None,
        posts=posts_in(part, span),
        confidence=round(confidence, 3),
        flags=("extraction_doubtful",) if content.text and confidence < DOUBTFUL else (),
    )


def _choose_body(
    html: str, content: Content, article_text: str | None, statements: Sequence[Statement], fallback: bool
) -> tuple[str | None, str | None, float]:
    confidence = _confidence(content, statements)
    body = content.text
    if article_text and len(article_text) > 1.5 * len(body) and (content.agreement or 0.0) < 0.5:
        return article_text, "jsonld", 0.8  # a paywall or a script keeps the text out of the page
    if (
        confidence < DOUBTFUL
        and fallback
        and len(html) <= _FALLBACK_MAX_CHARS
        and html.count("<") <= _FALLBACK_MAX_TAGS
    ):
        other = _second_opinion(html)
        if other and len(other) > 1.2 * len(body):
            return other, "trafilatura", confidence
    return (body, "warraq", confidence) if body else (None, None, 0.0)


def _second_opinion(html: str) -> str | None:
    try:
        text = trafilatura.extract(html, fast=True, include_comments=False, favor_precision=True)
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError, LookupError):
        return None  # what it raises on broken trees
    return _BLANK.sub("\n\n", text.replace("\n", "\n\n")).strip() if text else None


def _confidence(content: Content, statements: Sequence[Statement]) -> float:
    """Share of the page's prose that was taken, less where the text is short, unnamed or unlike what the page says of itself."""
    if not content.text:
        return 0.0
    if content.agreement is not None and content.agreement >= 0.8:
        return 0.98
    sure = 0.35 + 0.65 * content.share
    sure *= min(1.0, 0.3 + len(content.text) / 700)
    if not content.semantic:
        sure *= 0.85
    described = 0.5 + 0.45 * content.share
    if sure < described:
        description = _first(statements, "description")
        if description and letters(description)[:60] in letters(content.text[:4000]):
            sure = described
    return min(sure, 0.97)


def _article_text(stated: str) -> str | None:
    """articleBody as paragraphs: publishers put text, HTML or escaped HTML in it."""
    text = stated
    if "&" in text:
        text = entities.unescape(entities.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", _BLOCK_END.sub("\n\n", text))
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").split("\n"))
    return "\n\n".join(filter(None, lines)) or None


def _first(statements: Sequence[Statement], field: str) -> str | None:
    return next(
        (s.value for s in sorted((s for s in statements if s.field == field), key=lambda s: s.where != "jsonld")), None
    )


_NOT_A_NAME = re.compile(r"^(?:by|par|por|von|di|بقلم|كتب|كتبت|المصدر)\s*:?\s+", re.IGNORECASE)

_NO_NAME = re.compile(r"^\d|^\S+@\S+$")  # how long it takes to read, an address


def _authors(statements: Sequence[Statement], site_name: str | None) -> tuple[str, ...]:
    """Author names, from the first kind of place that has any; the outlet itself is none."""
    for where in ("jsonld", "meta", "microdata"):
        names = [_NOT_A_NAME.sub("", s.value) for s in statements if s.field == "author" and s.where == where]
        names = [name for name in names if name and not _NO_NAME.search(name)]
        names = [name for name in names if letters(name) != letters(site_name or "") and len(name) < 120]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _absolute(statements: Sequence[Statement]) -> str | None:
    for wanted in ("canonical", "og:url", "url"):
        for s in statements:
            if s.field == "canonical_url" and s.name == wanted and s.value.startswith(("http://", "https://")):
                try:
                    if urlsplit(s.value).netloc:
                        return s.value
                except ValueError:
                    continue
    return None
