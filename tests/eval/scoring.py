"""Decides how the articles parsed from a page compare with its truth, as one `Score` that adds; figures come from the sum."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Self

from pipeline.text.arabic import fold
from tests.eval.metrics import f1, found_articles, leaked, overlap, same_headline, set_counts, tokens, windows
from tests.eval.pages import OWN_ROLES, Page

# A byline or credit may be given with the words around it ("كتب: ..."), not with a paragraph around it.
_MAX_AROUND = 40


@dataclass(slots=True)
class Score:
    """Counts over some pages. `*_of` is how many there were to get right; tokens are of lead bodies."""

    pages: int = 0
    raised: int = 0
    articles: int = 0
    headline: int = 0
    date_of: int = 0
    date: int = 0
    instant_of: int = 0
    instant: int = 0
    undated: int = 0
    invented: int = 0
    f1_sum: float = 0.0
    tokens_of: int = 0
    tokens_found: int = 0
    tokens_right: int = 0
    tokens_leaked: int = 0
    embedded_of: int = 0
    embedded_found: int = 0
    embedded: int = 0
    no_article_of: int = 0
    no_article: int = 0
    mojibake_of: int = 0
    mojibake: int = 0
    subheadline_of: int = 0
    subheadline: int = 0
    byline_of: int = 0
    byline: int = 0
    credit_of: int = 0
    credit: int = 0
    keywords: list[int] = field(default_factory=lambda: [0, 0, 0])
    related: list[int] = field(default_factory=lambda: [0, 0, 0])
    social: list[int] = field(default_factory=lambda: [0, 0, 0])

    def __add__(self, other: Self) -> "Score":
        total = Score()
        for each in fields(Score):
            ours, theirs = getattr(self, each.name), getattr(other, each.name)
            added = [a + b for a, b in zip(ours, theirs, strict=True)] if isinstance(ours, list) else ours + theirs
            setattr(total, each.name, added)
        return total

    def figures(self) -> dict[str, float | int | None]:
        """The published figures: shares of 1, counts for `invented` and `raised`; None where there was nothing to measure."""
        return {
            "pages": self.pages,
            "headline": _share(self.headline, self.articles),
            "date": _share(self.date, self.date_of),
            "instant": _share(self.instant, self.instant_of),
            "invented": self.invented if self.undated else None,
            "undated": self.undated,
            "body_f1": _share(self.f1_sum, self.articles),
            "leak": _share(self.tokens_leaked, self.tokens_found),
            "completeness": _share(self.tokens_right, self.tokens_of),
            "embedded": _share(self.embedded, self.embedded_of),
            "embedded_precision": _share(self.embedded, self.embedded_found),
            "no_article": _share(self.no_article, self.no_article_of),
            "mojibake": _share(self.mojibake, self.mojibake_of),
            "subheadline": _share(self.subheadline, self.subheadline_of),
            "byline": _share(self.byline, self.byline_of),
            "credit": _share(self.credit, self.credit_of),
            "keywords_f1": _set_f1(self.keywords),
            "related_f1": _set_f1(self.related),
            "social_f1": _set_f1(self.social),
            "raised": self.raised,
        }


def score_page(page: Page, parsed: Sequence[dict[str, Any]]) -> Score:
    """The score of one page; `parsed` are articles as `parse_record` returns them, lead first.

    A page without an article is right when nothing parsed from it has a body. A mojibake page is right when headline and
    body are the truth character by character (NFC). A date counts when the day is right, an instant when the minute is; a
    page without a publication date has an invented one when the lead carries any. Embedded articles are not judged by date.
    """
    score = Score(pages=1)
    if not page.articles:
        score.no_article_of = 1
        score.no_article = int(not any(article.get("body") for article in parsed))
        return score
    truth = page.articles[0]
    lead = next((article for article in parsed if article.get("role") != "embedded"), {})
    score.articles = 1
    score.headline = int(same_headline(lead.get("headline"), truth.headline))
    _score_date(score, lead, page)
    _score_body(score, lead.get("body") or "", page)
    found = [(a.get("headline"), a.get("body")) for a in parsed if a.get("role") == "embedded"]
    expected = [(article.headline, "\n".join(article.body)) for article in page.articles[1:]]
    score.embedded_of, score.embedded_found = len(expected), len(found)
    score.embedded = found_articles(found, expected)
    if page.mojibake:
        score.mojibake_of = 1
        body, same = (unicodedata.normalize("NFC", text) for text in ("\n\n".join(truth.body), lead.get("body") or ""))
        score.mojibake = int(score.headline == 1 and body == same)
    _score_details(score, lead, parsed, page)
    return score


def _score_date(score: Score, lead: dict[str, Any], page: Page) -> None:
    truth, day, instant = page.articles[0], lead.get("published_date"), lead.get("published_at")
    if truth.published_date is None:
        score.undated, score.invented = 1, int(day is not None)
        return
    score.date_of, score.date = 1, int(day == truth.published_date)
    if truth.published_at is not None:
        score.instant_of = 1
        score.instant = int(instant is not None and instant.replace(second=0) == truth.published_at.replace(second=0))


def _score_body(score: Score, body: str, page: Page) -> None:
    lines = [tokens(line) for line in body.split("\n")]
    found = [token for line in lines for token in line]
    expected = [token for paragraph in page.articles[0].body for token in tokens(paragraph)]
    score.f1_sum = f1(found, expected)
    score.tokens_found, score.tokens_of, score.tokens_right = len(found), len(expected), overlap(found, expected)
    own: list[list[str]] = []
    foreign: list[list[str]] = []
    for segment in page.segments:
        mine = segment.article == 0 and (segment.role == "body" or segment.role in OWN_ROLES)
        (own if mine else foreign).extend(tokens(line) for line in segment.text.split("\n"))
    score.tokens_leaked = leaked(lines, windows(own), windows(foreign))


def _score_details(score: Score, lead: dict[str, Any], parsed: Sequence[dict[str, Any]], page: Page) -> None:
    truth = page.articles[0]
    for name in ("subheadline", "byline", "credit"):
        if expected := getattr(truth, name):
            setattr(score, f"{name}_of", 1)
            printed, key = fold(lead.get(name) or ""), fold(expected)
            setattr(score, name, int(key in printed and len(printed) <= len(key) + _MAX_AROUND))
    score.keywords = list(set_counts(lead.get("keywords") or (), truth.keywords))
    related = [headline for article in page.articles for headline in article.related]
    score.related = list(set_counts(lead.get("related_headlines") or (), related))
    posts = [post.get("text") or "" for article in parsed for post in article.get("social_embeds") or ()]
    score.social = list(set_counts(posts, [text for article in page.articles for text in article.social]))


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _set_f1(counts: list[int]) -> float | None:
    hits, found, expected = counts
    return 2 * hits / (found + expected) if expected else None
