"""One raw record to articles; the layout files of the package are the only thing read from disk."""

import json
from collections.abc import Callable
from typing import Any

from pipeline.parsers.articles import ARTICLES_VERSION, Article, field_article, page_articles
from pipeline.parsers.boilerplate import BOILERPLATE_VERSION, Boilerplate, source_key
from pipeline.parsers.bylines import BYLINES_VERSION
from pipeline.parsers.generic import GENERIC_VERSION
from pipeline.parsers.repairs import repair_fields, repaired_page
from pipeline.parsers.segmenter import SEGMENTER_VERSION, load_layouts, segment_page
from pipeline.parsers.segments import Page
from pipeline.sources import Sources
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.dates import DATES_VERSION
from pipeline.text.encoding import ENCODING_VERSION
from pipeline.text.mojibake import MOJIBAKE_VERSION, repair
from pipeline.text.urls import URL_VERSION


def parse_record(
    text: str | None,
    fields_json: str | None,
    mapping: str,
    sources: Sources,
    boilerplate: Boilerplate | None = None,
) -> list[Article]:
    """The articles of a raw record, lead first; an empty list when no article is on its page.

    Args:
        text: page text; None for a record of mapped fields.
        fields_json: mapped fields of the record as a JSON object.
        mapping: the mapping that named the fields.
        sources: the known outlets.
        boilerplate: lines that repeat across pages, by source; without it a page is judged alone.
    """
    fields: dict[str, Any] = json.loads(fields_json) if fields_json else {}
    fields, flags = repair_fields(fields)
    if text is None:
        article = field_article(fields, mapping, sources)
        return [article | {"quality_flags": article["quality_flags"] + flags}]
    page = read_page(text, boilerplate.of(source_key(fields)) if boilerplate else None)
    return page_articles(page, fields, sources) if page else []


def read_page(text: str, is_repeated: Callable[[str], bool] | None = None) -> Page | None:
    """The segments of a page, misread text repaired, with spans of the page as it came; None when it has no article."""
    repaired = repair(text)
    page = segment_page(repaired.text, is_repeated)
    return repaired_page(repaired, page) if page else None


def versions() -> dict[str, str]:
    """Declared versions of everything that decides what parse returns."""
    own = {
        "bylines": BYLINES_VERSION,
        "articles": ARTICLES_VERSION,
        "segmenter": SEGMENTER_VERSION,
        "generic": GENERIC_VERSION,
        "boilerplate": BOILERPLATE_VERSION,
        "fold": FOLD_VERSION,
        "dates": DATES_VERSION,
        "urls": URL_VERSION,
        "encoding": ENCODING_VERSION,
        "mojibake": MOJIBAKE_VERSION,
    }
    return own | {f"layout.{layout.name}": layout.version for layout in load_layouts()}
