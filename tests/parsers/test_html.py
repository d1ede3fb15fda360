"""HTML pages: layouts of real systems, metadata that disagrees, pages meant to break a parser, and the laws."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parsers import Unparsed, parse_record
from pipeline.parsers.deadline import DeadlineError, deadline
from pipeline.parsers.html import HtmlPage, PageTooComplexError, extract
from pipeline.parsers.html_articles import html_articles
from pipeline.sources import Sources
from schemas.vocab import QUALITY_FLAGS, DateSource
from tests.parsers.html_pages import (
    AMP,
    AR,
    EN,
    GRAPH_BROKEN,
    HEAD_AR,
    HEAD_EN,
    JSONLD_ONLY,
    LIVE,
    TABLES,
    TWEETS,
    TWO_ARTICLES,
    VERSE,
    VERSE_LINES,
    WORDPRESS,
    ld,
    paragraphs,
)  # fmt: skip


def body(*parts: str) -> str:
    return "\n\n".join(parts)


BODIES = {
    "wordpress": (WORDPRESS, body(*AR[:2], "أعمال الصيانة", *AR[2:], "الطريق الدائري", "طريق الميناء"), "warraq"),
    "json-ld only": (JSONLD_ONLY, body(*EN), "jsonld"),
    "broken graph": (GRAPH_BROKEN, body(*EN), "warraq"),
    "tables": (TABLES, body(*EN), "warraq"),
    "amp": (AMP, body(*AR), "warraq"),
    "live blog": (LIVE, body(*(part for n in range(4) for part in (f"Entry {n}", EN[n]))), "warraq"),
    "two articles": (TWO_ARTICLES, body(*AR), "warraq"),
}


@pytest.mark.parametrize(("html", "expected", "extractor"), BODIES.values(), ids=BODIES)
def test_body(html: str, expected: str, extractor: str) -> None:
    page = extract(html, fallback=False)
    assert (page.body, page.extractor) == (expected, extractor)


def test_text_of_a_page_without_prose_is_the_other_extractors() -> None:
    page, alone = extract(VERSE), extract(VERSE, fallback=False)
    assert (page.extractor, page.flags) == ("trafilatura", ("extraction_doubtful",))
    assert [line for line in VERSE_LINES if line not in (page.body or "")] == []
    assert (alone.body, alone.extractor, alone.confidence) == (None, None, 0.0)


def test_posts_of_a_social_network_are_apart_from_the_text() -> None:
    (article,) = html_articles(TWEETS, {}, Sources([]))
    assert article["body"] == body(*AR)
    assert article["social_embeds"] == [
        {
            "account": "transport_x",
            "name": "وزارة النقل",
            "posted_date": date(2024, 11, 30),
            "text": "افتتحنا الجسر اليوم أمام السيارات pic.twitter.com/x",
        }
    ]


def test_metadata_of_a_wordpress_page() -> None:
    page = extract(WORDPRESS, "https://paper.example/2024/11/30/bridge")
    assert page.published is not None
    assert page.modified is not None
    assert (page.headline, page.site_name, page.section, page.keywords, page.language_declared) == (
        HEAD_AR, "صحيفة المثال", "محليات", ("جسور", "مرور"), "ar",
    )  # fmt: skip
    assert (page.published.instant, page.published_from) == (datetime(2024, 11, 30, 5, 15, tzinfo=UTC), "meta")
    assert (page.modified.instant, page.canonical_url, page.flags) == (
        datetime(2024, 11, 30, 6, tzinfo=UTC), "https://paper.example/2024/11/30/bridge", (),
    )  # fmt: skip


def test_metadata_of_json_ld() -> None:
    page = extract(JSONLD_ONLY)
    assert (page.headline, page.authors, page.site_name, page.keywords, page.published_from) == (
        HEAD_EN, ("A. Writer",), "Example Times", ("water", "budget"), "jsonld",
    )  # fmt: skip


def dated(
    head: str, url: str | None = None, fetched: datetime | None = None
) -> tuple[str | None, str | None, tuple[str, ...]]:
    page = extract(
        f"<html><head>{head}</head><body><h1>{HEAD_EN}</h1><article>{paragraphs(EN)}</article></body></html>",
        url,
        fetched=fetched,
    )
    return page.published and page.published.day.isoformat(), page.published_from, page.flags


META = '<meta property="article:published_time" content="{}">'
DATES = {
    "url alone": (dated("", "https://a.example/2024/11/30/x"), ("2024-11-30", "url", ())),
    "no date is no date": (dated("", "https://a.example/story/2024"), (None, None, ())),
    "a year is no date": (dated(META.format("2024")), (None, None, ())),
    "no such day": (dated(META.format("2024-02-31")), (None, None, ())),
    "agreement wins": (
        dated(ld(datePublished="2019-01-01T00:00:00Z") + META.format("2024-11-30T10:00:00Z"), "https://a.example/2024/11/30/x"),
        ("2024-11-30", "meta", ("date_conflict",)),
    ),
    "after the edit loses": (
        dated(ld(datePublished="2024-12-05T00:00:00Z", dateModified="2024-11-30T12:00:00Z") + META.format("2024-11-30T10:00:00Z")),
        ("2024-11-30", "meta", ()),
    ),
    "after the capture is none": (dated(META.format("2031-01-05T10:00:00Z"), None, datetime(2024, 12, 1, tzinfo=UTC)), (None, None, ())),
}  # fmt: skip


@pytest.mark.parametrize(("actual", "expected"), DATES.values(), ids=DATES)
def test_date(actual: object, expected: object) -> None:
    assert actual == expected


def test_date_of_another_article_is_not_taken() -> None:
    more = "<aside class='related'><time datetime='2020-02-02'>2 Feb 2020</time><a href=x>Other</a></aside>"
    page = extract(f"<body><h1>{HEAD_EN}</h1><article>{paragraphs(EN)}</article><p>The end of it.</p>{more}</body>")
    assert page.published is None


TITLES = {
    "site name cut": (f"<title>{HEAD_EN} | Example Times</title><meta property='og:site_name' content='Example Times'>", "", HEAD_EN),
    "printed title beats a search title": (
        f"<title>Water budget 2024 - all you need to know</title>{ld(headline='Water budget 2024 - all you need to know')}<meta property='og:title' content='{HEAD_EN}'>",
        f"<h1>{HEAD_EN}</h1>",
        HEAD_EN,
    ),
    "a dash of the title stays": ("<title>Rivers rise - again</title>", "<h1>Rivers rise - again</h1>", "Rivers rise - again"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "heading", "expected"), TITLES.values(), ids=TITLES)
def test_headline(head: str, heading: str, expected: str) -> None:
    assert extract(f"<head>{head}</head><body>{heading}<article>{paragraphs(EN)}</article></body>").headline == expected


def test_parse_record_gives_an_article_row() -> None:
    sources = Sources([{"id": "example", "names": ["صحيفة المثال"], "zone": "Asia/Riyadh"}])
    articles = parse_record(
        WORDPRESS,
        '{"url":"https://paper.example/2024/11/30/bridge","fetched_raw":"2024-12-01T00:00:00Z"}',
        "html",
        sources,
    )
    assert not isinstance(articles, Unparsed)
    (article,) = articles
    assert (article["source_id"], article["headline"], str(article["published_date"]), article["extractor"]) == (
        "example", HEAD_AR, "2024-11-30", "warraq",
    )  # fmt: skip
    assert article["published_date_source"] in {source.value for source in DateSource}


def test_a_page_without_text_has_a_reason() -> None:
    assert parse_record("<html><body><a href=x>menu</a></body></html>", None, "html", Sources()) == Unparsed(
        "article_missing", "<html><body><a href=x>menu</a></body></html>"
    )


NASTY = {
    "deep": "<div>" * 100_000 + "x",
    "deep inline": "<b>" * 100_000 + "x",
    "misnested": "<p><b>" * 30_000 + "x",
    "links in paragraphs": "<a href=x><p>" * 20_000,
    "tables in tables": "<table><tr><td>" * 50_000,
    "lists in lists": "<ul><li>" * 50_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x",
    "huge": "<p>hello there</p>" * 2_800_000,
    "open comments": "<!--" * 500_000,
    "breaks": "<br>" * 1_000_000,
    "one long line": "x" * 5_000_000,
    "one long tag": "<" + "a" * 2_000_000,
    "long class": f"<p class='{'entry ' * 200_000}'>x",
    "braces in json": f'<script type="application/ld+json">{"[" * 200_000}</script><p>x',
    "quotes in json": f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{chr(92) * 199_999}</script><p>x',
    "suffixes": f"<title>{' | '.join(['a'] * 50_000)}</title><h1>a</h1>",
    "articles": "<h1>a</h1>" + "<article><p>word word word word word word word word word word word</p></article>" * 20_000,
    "headings": "<h1>a b c</h1>" * 20_000,
    "headings of texts": "<h1>a</h1>" + "".join(f"<div class=x><h1>{n} b{n}</h1>{paragraphs(EN[:3])}</div>" for n in range(8_000)),
    "texts": "<h1>a</h1>" + paragraphs(EN) + "".join(f"<article><h2><a href=x>{n} b{n}</a></h2>{paragraphs(EN[:3])}</article>" for n in range(8_000)),
    "pictures": "<h1>a</h1>" + "<div>" * 500 + "<div><img src=x></div>" * 20_000,
    "labels": "<h1>a</h1>" + "<div>" * 1_000 + "<b>comments</b>" + "<p>word word word word word word word word.</p>" * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("html", NASTY.values(), ids=NASTY)
def test_a_nasty_page_costs_little(html: str) -> None:
    started = time.process_time()
    outcome = parse_record(html, None, "html", Sources(), max_seconds=4.0)
    assert isinstance(outcome, Unparsed | list)
    assert time.process_time() - started < 8.0


def test_limits_are_refusals() -> None:
    for html in (NASTY["deep"], NASTY["attributes"], NASTY["huge"]):
        with pytest.raises(PageTooComplexError):
            extract(html)


def test_deadline_interrupts_code_that_swallows_exceptions() -> None:
    def spin() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue

    with pytest.raises(DeadlineError), deadline(0.2):
        spin()


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class=entry-content>", "</div>", "<a href='//[x'>", "<h1>", "<time datetime='2024-13-45'>", "<!--", "-->", "<script type='application/ld+json'>", "</script>",
     '{"@type":"NewsArticle","headline":["a",1,null],"author":{"name":["x"]},"datePublished":20240101,"articleBody":{}}', "<meta property='og:title' content='", "'>", "<title>", "<svg>", "<template>",
     "<body>", "</html>", "&#0;", "&#xD800;", "\ud800", "\0", "<table><tr>", "<select>", "<frameset>", AR[0], EN[0], " | "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40),
    st.one_of(st.none(), st.text(max_size=30), st.just("http://[::1/2024/1/1")),
)
def test_no_markup_raises(parts: list[str], url: str | None) -> None:
    page = extract("".join(parts), url)
    assert isinstance(page, HtmlPage)
    assert set(page.flags) <= set(QUALITY_FLAGS)
    assert (page.body is None) == (page.extractor is None)
    assert page.body is None or page.body == page.body.strip() != ""
