"""HTML pages with several articles in full: each is a record of its own; cards, comments, posts and chapters are not."""

from datetime import date

import pytest

from pipeline.parsers.html import extract
from pipeline.parsers.html_articles import html_articles
from pipeline.sources import Sources
from tests.parsers.html_pages import AR, EN, HEAD_AR, HEAD_EN, ld, paragraphs

NEXT = (
    "The harbour museum reopened on Friday with a collection of ship models that had been in storage since the war.",
    "Visitors queued along the quay from the early morning, and the first hundred were let in without paying.",
    "The director said that the roof, which had leaked for years, was rebuilt with slate from the original quarry.",
)
THIRD = (
    "A late goal decided the cup final in front of a full stadium, and the visiting supporters sang until midnight.",
    "The trainer praised his young defenders, two of whom had played their first match for the club only this month.",
    "The captain will miss the opening of the new season after an operation on his knee, doctors at the club said.",
)
HEAD_NEXT, HEAD_THIRD = "Harbour museum reopens after the storm", "Late goal wins the cup"
HEAD = f'<head><title>{HEAD_EN}</title><meta property="og:title" content="{HEAD_EN}"></head>'
STORIES = ((HEAD_EN, EN), (HEAD_NEXT, NEXT), (HEAD_THIRD, THIRD))
Told = list[tuple[str | None, str | None]]


def told(html: str) -> Told:
    """Headline and body of the articles, the page's own first."""
    page = extract(html, fallback=False)
    return [(page.headline, page.body), *((story.headline, story.body) for story in page.embedded)]


def whole(*stories: tuple[str, tuple[str, ...]]) -> Told:
    return [(headline, "\n\n".join(texts)) for headline, texts in stories]


def article(headline: str, texts: tuple[str, ...], rank: str = "h1", extra: str = "", attributes: str = "") -> str:
    return f"<article {attributes}><header><{rank}>{headline}</{rank}>{extra}</header>{paragraphs(texts)}</article>"


def linked(headline: str) -> str:
    return f'<a href="/{len(headline)}">{headline}</a>'


def scrolled(tag: str, number: int, headline: str, texts: tuple[str, ...], rank: str = "h1") -> str:
    return (
        f'<{tag} class="story-wrap" id="story-{number}"><div class="hd"><{rank}>{headline}</{rank}></div>'
        f'<div class="article-body">{paragraphs(texts)}</div></{tag}>'
    )


SEVERAL = {
    "an article in the text of another": (
        f"{HEAD}<main><article><h1>{HEAD_EN}</h1><div class='article-body'>{paragraphs(EN[:2])}"
        f"{article(HEAD_NEXT, NEXT, 'h3')}{paragraphs(EN[2:])}</div></article></main>",
        STORIES[:2],
    ),
    "more text in the embedded one": (
        f"{HEAD}<article><h1>{HEAD_EN}</h1>{paragraphs(EN)}{article(HEAD_NEXT, NEXT * 3, 'h2')}</article>",
        (STORIES[0], (HEAD_NEXT, NEXT * 3)),
    ),
    "scrolled to the next, article elements": (
        f"{HEAD}<main>{''.join(article(headline, texts) for headline, texts in STORIES)}</main>",
        STORIES,
    ),
    "scrolled to the next, lower rank and dates": (
        HEAD + article(HEAD_EN, EN) + "".join(
            article(headline, texts, "h2", "<time datetime=2024-05-02>2 May</time>", "class=next") for headline, texts in STORIES[1:]
        ),
        STORIES,
    ),
    "scrolled to the next, boxes": (
        f"{HEAD}<main>{''.join(scrolled('div', n, *story) for n, story in enumerate(STORIES))}</main>",
        STORIES,
    ),
    "scrolled to the next, in a box of its own": (
        f"{HEAD}<main>{scrolled('section', 1, *STORIES[0])}</main><div class='read-next infinite'>{scrolled('section', 2, *STORIES[1])}"
        f"{scrolled('section', 3, *STORIES[2])}</div>",
        STORIES,
    ),
    "one after the other without boxes": (
        HEAD + "<body>" + "".join(f"<h1>{headline}</h1><p>May {n}, 2024</p>{paragraphs(texts)}" for n, (headline, texts) in enumerate(STORIES, 1)),
        STORIES,
    ),
    "below the text, behind a link": (
        f"{HEAD}<h1>{HEAD_EN}</h1><div class='entry-content'>{paragraphs(EN)}</div><div class='up-next'>{article(linked(HEAD_NEXT), NEXT, 'h2')}</div>",
        STORIES[:2],
    ),
    "named as an article by its type": (
        f"{HEAD}<main>" + "".join(
            f"<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>{headline}</h1>{paragraphs(texts)}</div>" for headline, texts in STORIES
        ),
        STORIES,
    ),
    "a list of whole articles": (
        "<head><title>The Example Times</title></head><h1>The Example Times</h1>" + "".join(
            article(linked(headline), texts, "h2") for headline, texts in STORIES
        ),
        STORIES,
    ),
    "Arabic": (
        f"<html lang=ar><head><title>{HEAD_AR}</title></head><main>{article(HEAD_AR, AR)}{article('أخبار المتحف والميناء القديم', AR[::-1])}</main>",
        ((HEAD_AR, AR), ("أخبار المتحف والميناء القديم", AR[::-1])),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), SEVERAL.values(), ids=SEVERAL)
def test_each_article_is_apart(html: str, expected: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    assert told(html) == whole(*expected)


ONE = {
    "cards": HEAD + article(HEAD_EN, EN) + "".join(
        f"<article class='card'><h3>{linked(headline)}</h3><p>{texts[0]}</p></article>" for headline, texts in STORIES[1:] * 3
    ),
    "cards with excerpts": HEAD + article(HEAD_EN, EN) + "".join(
        f"<article><h3>{linked(headline)}</h3>{paragraphs(texts)}<p>{texts[0][:60]} [&hellip;]</p></article>" for headline, texts in STORIES[1:]
    ),
    "cards in the text": f"{HEAD}<article><h1>{HEAD_EN}</h1>{paragraphs(EN[:2])}<article class='card'><h3>{linked(HEAD_NEXT)}</h3><p>{NEXT[0]}</p></article>{paragraphs(EN[2:])}</article>",
    "comments": f"{HEAD}{article(HEAD_EN, EN)}<ol class='comment-list'><li>{article('Re: water', NEXT, 'h4', attributes='class=comment-body')}</li></ol>",
    "the text again": HEAD + article(HEAD_EN, EN) + article(HEAD_EN, EN, "h2", attributes="class=print-only"),
}  # fmt: skip


@pytest.mark.parametrize("html", ONE.values(), ids=ONE)
def test_what_is_no_article(html: str) -> None:
    assert told(html) == whole(STORIES[0])


TITLES = ("First came the pipes", "Then came the winter", "And then the money")
PARTS = {
    "chapters": "".join(f"<section><h2>{title}</h2>{paragraphs(texts)}</section>" for title, texts in zip(TITLES, (NEXT, THIRD, EN), strict=True)),
    "chapters of the title's rank": "".join(f"<section class=part><h1>{title}</h1>{paragraphs(texts)}</section>" for title, texts in zip(TITLES, (NEXT, THIRD, EN), strict=True)),
    "posts": "".join(
        f"<article class='post-{n}'><h2>{title}</h2><time datetime='2024-05-03T1{n}:00'>1{n}:00</time>{paragraphs(texts)}</article>"
        for n, (title, texts) in enumerate(zip(TITLES, (NEXT, THIRD, EN), strict=True))
    ),
}  # fmt: skip


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize("opening", ["", paragraphs(AR)], ids=["bare", "opened"])
def test_parts_of_one_text(parts: str, opening: str) -> None:
    page = extract(f"{HEAD}<main><article><h1>{HEAD_EN}</h1>{opening}{parts}</article></main>", fallback=False)
    assert (page.headline, page.embedded) == (HEAD_EN, ())
    assert [text for text in (*NEXT, *THIRD, *EN) if text not in (page.body or "")] == []


def test_a_live_blog_is_one_text() -> None:
    data = ld(**{"@type": "LiveBlogPosting", "headline": HEAD_EN})
    posts = "".join(article(headline, texts, "h2") for headline, texts in STORIES[1:])
    page = extract(f"<head>{data}</head><main><h1>{HEAD_EN}</h1>{paragraphs(EN)}{posts}</main>", fallback=False)
    assert (page.headline, page.embedded) == (HEAD_EN, ())
    assert [text for text in (*EN, *NEXT, *THIRD) if text not in (page.body or "")] == []


def test_records_of_a_page() -> None:
    """The embedded article has its own date, byline and post, and nothing of the page's head."""
    post = (
        '<blockquote class="twitter-tweet"><p>The doors are open.</p>&mdash; Harbour Museum (@harbour_x) '
        '<a href="https://twitter.com/x/status/1">May 1, 2024</a></blockquote>'
    )
    html = (
        f'<html lang="en"><head><meta property="og:title" content="{HEAD_EN}"><meta name="description" content="About water">'
        f'<meta property="article:published_time" content="2024-05-03T08:00:00Z"></head><main>{article(HEAD_EN, EN)}'
        f"<article><h1>{HEAD_NEXT}</h1><span itemprop=author>B. Writer</span><time itemprop=datePublished datetime='2024-05-01'>1 May</time>"
        f"{paragraphs(NEXT)}{post}</article></main>"
    )
    lead, embedded = html_articles(
        html, {"url": "https://paper.example/water", "fetched_raw": "2024-05-04T00:00:00Z"}, Sources([])
    )
    assert (lead["role"], lead["headline"], lead["published_date"], lead["authors"], lead["social_embeds"]) == (
        "lead", HEAD_EN, date(2024, 5, 3), None, [],
    )  # fmt: skip
    assert (embedded["role"], embedded["headline"], embedded["published_date"], embedded["authors"]) == (
        "embedded", HEAD_NEXT, date(2024, 5, 1), ["B. Writer"],
    )  # fmt: skip
    assert [post["account"] for post in embedded["social_embeds"]] == ["harbour_x"]
    assert (embedded["parent_article_id"], embedded["fetched_at"], embedded.get("url"), embedded.get("description")) == (
        lead["article_id"], lead["fetched_at"], None, None,
    )  # fmt: skip
    assert lead["article_id"] != embedded["article_id"]
