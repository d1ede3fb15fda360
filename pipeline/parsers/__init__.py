"""One raw record to articles; the layout files of the package are the only thing read from disk."""

import json
from dataclasses import dataclass
from typing import Any

from pipeline.parsers.articles import ARTICLES_VERSION, Article, field_article, html_article, page_articles
from pipeline.parsers.deadline import DeadlineError, deadline
from pipeline.parsers.html import HTML_VERSION, PageTooComplexError
from pipeline.parsers.html.profiles import load_profiles
from pipeline.parsers.segmenter import SEGMENTER_VERSION, load_layouts, segment
from pipeline.sources import Sources
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.dates import DATES_VERSION
from pipeline.text.urls import URL_VERSION

MAX_SECONDS = 10.0  # of CPU for one page; the slowest of the HTML kit's 77 takes 0.1

HTML_MAPPING = "html"


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Why a raw record gave no article; `reason_code` is one of `schemas.vocab.REASONS`."""

    reason_code: str
    observed: str | None


def parse_record(
    text: str | None, fields_json: str | None, mapping: str, sources: Sources, max_seconds: float = MAX_SECONDS
) -> list[Article] | Unparsed:
    """The articles of a raw record, lead first, or why it has none."""
    fields: dict[str, Any] = json.loads(fields_json) if fields_json else {}
    try:
        with deadline(max_seconds):
            return _parse(text, fields, mapping, sources)
    except DeadlineError:
        return Unparsed("parse_timeout", f"more than {max_seconds:g} s")
    except PageTooComplexError as error:
        return Unparsed("page_too_complex", str(error))


def _parse(text: str | None, fields: dict[str, Any], mapping: str, sources: Sources) -> list[Article] | Unparsed:
    if text is None:
        return [field_article(fields, mapping, sources)]
    if mapping == HTML_MAPPING:
        article = html_article(text, fields, sources)
        return [article] if article else Unparsed("article_not_found", fields.get("url") or text[:200])
    for layout in load_layouts():
        segments = segment(text, layout)
        if segments is not None:
            return page_articles(segments, layout, fields, sources)
    return Unparsed("layout_unknown", text[:200])


def versions() -> dict[str, str]:
    """Declared versions of everything that decides what parse returns."""
    own = {
        "articles": ARTICLES_VERSION,
        "segmenter": SEGMENTER_VERSION,
        "html": HTML_VERSION,
        "fold": FOLD_VERSION,
        "dates": DATES_VERSION,
        "urls": URL_VERSION,
    }
    layouts = {f"layout.{layout.name}": layout.version for layout in load_layouts()}
    return own | layouts | {f"profile.{profile.name}": profile.version for profile in load_profiles()}
