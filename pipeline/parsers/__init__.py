"""One raw record to articles; the layout files of the package are the only thing read from disk."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.parsers.articles import ARTICLES_VERSION, Article
from pipeline.parsers.boilerplate import BOILERPLATE_VERSION, Boilerplate, PageLines, page_lines, source_key
from pipeline.parsers.bylines import BYLINES_VERSION
from pipeline.parsers.deadline import DeadlineError, deadline
from pipeline.parsers.field_articles import field_article
from pipeline.parsers.field_bodies import FIELD_BODIES_VERSION
from pipeline.parsers.generic import GENERIC_VERSION
from pipeline.parsers.html import HTML_VERSION, PageTooComplexError
from pipeline.parsers.html.profiles import load_profiles
from pipeline.parsers.html_articles import html_articles
from pipeline.parsers.page_articles import page_articles
from pipeline.parsers.repairs import repair_fields, repaired_page
from pipeline.parsers.segmenter import SEGMENTER_VERSION, load_layouts, segment_page
from pipeline.parsers.segments import Page
from pipeline.sources import Sources
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.dates import DATES_VERSION
from pipeline.text.encoding import ENCODING_VERSION
from pipeline.text.mojibake import MOJIBAKE_VERSION, repair
from pipeline.text.urls import URL_VERSION

MAX_SECONDS = 10.0  # of CPU for one page; the slowest of the HTML kit's 77 takes 0.1

HTML_MAPPING = "html"


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Why a raw record gave no article; `reason_code` is one of `schemas.vocab.REASONS`."""

    reason_code: str
    observed: str | None


def parse_record(
    text: str | None,
    fields_json: str | None,
    mapping: str,
    sources: Sources,
    boilerplate: Boilerplate | None = None,
    max_seconds: float = MAX_SECONDS,
) -> list[Article] | Unparsed:
    """The articles of a raw record, lead first, or why it has none.

    Args:
        text: text of a page, or its HTML; None for a record of mapped fields.
        fields_json: mapped fields of the record as a JSON object.
        mapping: the mapping that named the fields.
        sources: the known outlets.
        boilerplate: lines that repeat across pages, by source; without it a page is judged alone.
        max_seconds: of CPU.
    """
    fields: dict[str, Any] = json.loads(fields_json) if fields_json else {}
    try:
        with deadline(max_seconds):
            return _parse(text, fields, mapping, sources, boilerplate)
    except DeadlineError:
        return Unparsed("parse_timeout", f"more than {max_seconds:g} s")
    except PageTooComplexError as error:
        return Unparsed("page_too_complex", str(error))


def _parse(
    text: str | None, fields: dict[str, Any], mapping: str, sources: Sources, boilerplate: Boilerplate | None
) -> list[Article] | Unparsed:
    fields, flags = repair_fields(fields)
    if text is None:
        article = field_article(fields, mapping, sources)
        return [article | {"quality_flags": article["quality_flags"] + flags}]
    if mapping == HTML_MAPPING:
        found = html_articles(text, fields, sources)
        return found or Unparsed("article_missing", fields.get("url") or text[:200])
    page = read_page(text, fields, boilerplate)
    return page_articles(page, fields, sources) if page else Unparsed("article_missing", text[:200])


def counted_lines(
    text: str | None, fields: dict[str, Any], mapping: str, max_seconds: float = MAX_SECONDS
) -> PageLines | None:
    """What a raw record adds to the counts of repeated lines, repaired as `parse_record` repairs it.

    None for a record that is not page text, and for one that takes more than `max_seconds`, which parse rejects.
    """
    if text is None or mapping == HTML_MAPPING:
        return None
    try:
        with deadline(max_seconds):
            return page_lines(repair(text).text, repair_fields(fields)[0])
    except DeadlineError:
        return None


def read_page(text: str, fields: Mapping[str, Any], boilerplate: Boilerplate | None = None) -> Page | None:
    """The segments of a page, misread text repaired, with spans of the page as it came; None when it has no article.

    Args:
        text: of the page as it came.
        fields: of its record, repaired; they say of which source it is.
        boilerplate: lines that repeat across pages, by source.
    """
    is_repeated = boilerplate.of(source_key(fields)) if boilerplate else None
    repaired = repair(text)
    page = segment_page(repaired.text, is_repeated)
    return repaired_page(repaired, page) if page else None


def versions() -> dict[str, str]:
    """Declared versions of everything that decides what parse returns."""
    own = {
        "bylines": BYLINES_VERSION,
        "field_bodies": FIELD_BODIES_VERSION,
        "articles": ARTICLES_VERSION,
        "segmenter": SEGMENTER_VERSION,
        "generic": GENERIC_VERSION,
        "boilerplate": BOILERPLATE_VERSION,
        "html": HTML_VERSION,
        "fold": FOLD_VERSION,
        "dates": DATES_VERSION,
        "urls": URL_VERSION,
        "encoding": ENCODING_VERSION,
        "mojibake": MOJIBAKE_VERSION,
    }
    layouts = {f"layout.{layout.name}": layout.version for layout in load_layouts()}
    return own | layouts | {f"profile.{profile.name}": profile.version for profile in load_profiles()}
