"""Decides how the pages of `../shared/bench/make_dumps.py` are told as pages with truth; the pages themselves are its own."""

import importlib.util
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

from tests.eval.pages import ArticleTruth, Page, Segment
from tests.eval.texts import DATA, SHARED

SCRIPT: Final = SHARED / "bench" / "make_dumps.py"
_DAYS: Final = 730


def bench_pages(count: int, seed: int = 7, mojibake: float = 0.05) -> Iterator[Page]:
    """The first `count` pages of a dump; none when the script or its data are not at hand."""
    if not SCRIPT.exists() or not (DATA / "saudinewsnet").is_dir():
        return
    make_dumps = _module()
    base = make_dumps.load_base(str(DATA / "saudinewsnet"))
    for made in make_dumps.pages(base, count, seed, 0.04, 0.06, mojibake, _DAYS):
        yield _page(made, make_dumps.page_text(made))


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_dumps", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _page(made: dict[str, Any], text: str) -> Page:
    lead = ArticleTruth(
        headline=made["headline"],
        published_date=made["published"],
        precision="day",
        body=list(made["body"]),
        keywords=made["keywords"],
        credit=made["source"] if made["credit"] else None,
        related=made["related"],
    )
    segments = [Segment("chrome", 0, f"{made['source']}:"), Segment("headline", 0, made["headline"])]
    segments += [Segment("body", 0, paragraph) for paragraph in made["body"]]
    segments += [Segment("credit", 0, f"المصدر: {made['source']}")] if made["credit"] else []
    segments += [Segment("keywords", 0, " ".join(made["keywords"]))] if made["keywords"] else []
    articles = [lead]
    if made["embedded_headline"]:
        # A post is stored as a paragraph of the embedded body: its text and, after a blank line, its account and date.
        posts = [paragraph for paragraph in made["embedded_body"] if "\n\n— " in paragraph]
        body = [paragraph for paragraph in made["embedded_body"] if "\n\n— " not in paragraph]
        social = [post.partition("\n\n— ")[0] for post in posts]
        articles.append(ArticleTruth(headline=made["embedded_headline"], body=body, social=social))
        segments += [Segment("headline", 1, made["embedded_headline"])]
        segments += [Segment("body", 1, paragraph) for paragraph in body]
        segments += [Segment("social", 1, post) for post in posts]
    segments += [Segment("related", 0, headline) for headline in made["related"]]
    fields = {"url": made["url"], "fetched_raw": made["captured"].isoformat() + "Z"}
    return Page("bench", "known", "ar", text, fields, segments, articles, mojibake=made["mojibake"])
