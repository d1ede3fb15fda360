"""One raw record to articles; the layout files of the package are the only thing read from disk."""

import json
from typing import Any

from pipeline.parsers.articles import ARTICLES_VERSION, Article, field_article, page_articles
from pipeline.parsers.bylines import BYLINES_VERSION
from pipeline.parsers.repairs import flags_by_article, repair_fields, with_raw_spans
from pipeline.parsers.segmenter import SEGMENTER_VERSION, load_layouts, segment
from pipeline.sources import Sources
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.dates import DATES_VERSION
from pipeline.text.encoding import ENCODING_VERSION
from pipeline.text.mojibake import MOJIBAKE_VERSION, repair
from pipeline.text.urls import URL_VERSION


def parse_record(text: str | None, fields_json: str | None, mapping: str, sources: Sources) -> list[Article]:
    """The articles of a raw record, lead first; an empty list when no layout fits its page text."""
    fields: dict[str, Any] = json.loads(fields_json) if fields_json else {}
    fields, flags = repair_fields(fields)
    if text is None:
        article = field_article(fields, mapping, sources)
        return [article | {"quality_flags": article["quality_flags"] + flags}]
    page = repair(text)
    for layout in load_layouts():
        segments = segment(page.text, layout)
        if segments is not None:
            flagged = flags_by_article(page, segments)
            return page_articles(with_raw_spans(page, segments), layout, fields, sources, flagged)
    return []


def versions() -> dict[str, str]:
    """Declared versions of everything that decides what parse returns."""
    own = {
        "bylines": BYLINES_VERSION,
        "articles": ARTICLES_VERSION,
        "segmenter": SEGMENTER_VERSION,
        "fold": FOLD_VERSION,
        "dates": DATES_VERSION,
        "urls": URL_VERSION,
        "encoding": ENCODING_VERSION,
        "mojibake": MOJIBAKE_VERSION,
    }
    return own | {f"layout.{layout.name}": layout.version for layout in load_layouts()}
