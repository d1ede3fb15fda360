"""Decides what is known about a page of the evaluation: its text, and the truth of every piece of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

# Roles that are part of an article without being its body. Everything else that is not `body` is foreign to it.
OWN_ROLES = frozenset({"headline", "subheadline", "byline", "published", "credit", "keywords"})
ROLES = OWN_ROLES | {
    "body",
    "chrome",  # menus, share buttons, cues, copyright, comments, consent boxes, everything a site adds
    "page_date",  # today's date in a page header: the capture, not the publication
    "modified",
    "caption",
    "related",
    "social",
    "section",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One printed piece: the number of the article it belongs to (0 = lead or the page) and its text as printed."""

    role: str
    article: int
    text: str


@dataclass(slots=True)
class ArticleTruth:
    """What the page states about one article; None or an empty list where it states nothing.

    `published_date` is a day in the outlet's zone; `published_at` is None when no time of day is printed. `related` and
    `social` hold the headlines and post texts that stand beside the article.
    """

    headline: str | None = None
    subheadline: str | None = None
    byline: str | None = None
    published_date: date | None = None
    published_at: datetime | None = None
    precision: str | None = None
    body: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    credit: str | None = None
    related: list[str] = field(default_factory=list)
    social: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A raw page with its truth.

    `fields` are the record's other mapped fields (url, fetched_raw, source_name). `articles` holds the lead first and is
    empty for a page that carries no article. `group` is `known`, `tuned` or `held_out`.
    """

    layout: str
    group: str
    language: str
    text: str
    fields: dict[str, Any]
    segments: list[Segment]
    articles: list[ArticleTruth]
    page_date_only: bool = False
    mojibake: bool = False
