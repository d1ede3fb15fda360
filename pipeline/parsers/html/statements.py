"""Decides what a page states about its article, and where; it does not choose between statements that disagree.

A statement is (field, value, where). Nothing is invented: a value that is absent, blank or not text states nothing.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from pipeline.parsers.html.blocks import Blocks

_ARTICLE_TYPES = re.compile(
    r"Article$|^Report$|BlogPosting$|NewsArticle|^Posting$|^Review$|^VideoObject$|^CreativeWork$|^WebPage$"
)
_WEAK_TYPES = re.compile(r"^(?:VideoObject|CreativeWork|WebPage)$")
_NOT_FREE = frozenset(("false", "no", "http://schema.org/false", "https://schema.org/false"))
_MAX_LD_NODES = 3_000
_MAX_LD_CHARS = 2_000_000


@dataclass(frozen=True, slots=True)
class Statement:
    """One stated value. `where` is jsonld, meta, microdata, time or visible; `name` is the key that states it."""

    field: str
    value: str
    where: str
    name: str


# Meta names (name, property or itemprop, in lower case) by what they state; earlier means more to the point.
# Sources: ogp.me, schema.org, Dublin Core, parse.ly and sailthru crawler tags, Google Scholar tags, CMS defaults.
_META: dict[str, tuple[str, ...]] = {
    "headline": ("og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title"),
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date", "datepublished", "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime", "article.published", "article:published", "published_at", "published-date", "publish-date", "publishdate", "publish_date", "pubdate",
        "publication_date", "originalpublicationdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date",
        "date", "article_date_original", "displaydate", "article-publication-date", "timestamp", "created", "og:pubdate", "bt:pubdate", "shareaholic:article_published_time",
    ),
    "modified": (
        "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "article.updated",
        "shareaholic:article_modified_time", "modified", "revised",
    ),
    "description": ("og:description", "description", "twitter:description", "dc.description", "sailthru.description"),
    "author": ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author", "citation_author", "twitter:data1"),
    "section": ("article:section", "og:article:section", "parsely-section", "section", "cxenseparse:section"),
    "keyword": ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords"),
    "site_name": ("og:site_name", "application-name", "dc.publisher", "twitter:site", "publisher"),
    "canonical_url": ("og:url",),
    "language": ("og:locale", "language", "dc.language", "content-language"),
    "type": ("og:type",),
}  # fmt: skip
_META_FIELD = {name: field for field, names in _META.items() for name in names}
META_ORDER = {name: place for names in _META.values() for place, name in enumerate(names)}
_URL_AUTHOR = re.compile(r"^(?:https?:)?//|^@")


def read_statements(document: LexborHTMLParser) -> tuple[list[Statement], set[str], str | None]:
    """What the head and JSON-LD state, in page order; the schema.org types of the article; and the stated articleBody."""
    found: list[Statement] = []
    types: set[str] = set()
    bodies: list[str] = []
    for node in document.css('html,meta,title,link[rel~="canonical"],script[type*="ld+json" i]'):
        attributes = node.attributes
        if node.tag == "meta":
            _read_meta(attributes, found)
        elif node.tag == "html":
            _add(found, "language", attributes.get("lang") or attributes.get("xml:lang"), "meta", "html")
        elif node.tag == "title":
            if not any(s.where == "title" for s in found):
                _add(found, "headline", node.text(), "title", "title")
        elif node.tag == "link":
            _add(found, "canonical_url", attributes.get("href"), "meta", "canonical")
        else:
            _read_ld(node.text() or "", found, types, bodies)
    body = max(bodies, key=len, default=None)
    return found, types, body


def property_statements(page: Blocks) -> list[Statement]:
    """What the microdata in the body states, in page order; of several headlines the first, later ones are of other articles."""
    found: list[Statement] = []
    for prop, value, _ in page.properties:
        field = _MICRODATA.get(prop)
        if field and not (field == "headline" and any(s.field == field for s in found)):
            _add(found, field, value, "microdata", prop)
    return found


_MICRODATA = {
    "headline": "headline",
    "datePublished": "published",
    "dateModified": "modified",
    "author": "author",
    "articleSection": "section",
    "keywords": "keyword",
    "description": "description",
}


def _add(found: list[Statement], field: str, value: Any, where: str, name: str) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and (text := plain(value)):
        found.append(Statement(field, text, where, name))


def plain(value: str) -> str:
    """A stated value on one line, with the entities that publishers escape twice resolved and tags taken out."""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]*>", " ", value)
    return " ".join(value.split())


def _read_meta(attributes: dict[str, str | None], found: list[Statement]) -> None:
    content = attributes.get("content")
    if not content:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = (attributes.get(key) or "").lower()
        if not name:
            continue
        field = _META_FIELD.get(name)
        if field == "keyword":
            for word in re.split(r"[,،;|]", content) if name != "article:tag" else [content]:
                _add(found, field, word, "meta", name)
            return
        if field and not (field == "author" and _URL_AUTHOR.match(content)):
            _add(found, field, content, "meta", name)
            return


def _read_ld(text: str, found: list[Statement], types: set[str], bodies: list[str]) -> None:
    articles = [node for node in _ld_nodes(text) if any(_ARTICLE_TYPES.search(t) for t in _types(node))]
    strong = [node for node in articles if not all(_WEAK_TYPES.search(t) for t in _types(node))]
    # the page's own article comes first; later ones are what it recommends
    for node in strong[:1] or [node for node in articles if "datePublished" in node][:1]:
        weak = "" if strong else "weak "
        types.update(_types(node))
        for key, field in (
            ("headline", "headline"), ("datePublished", "published"), ("dateModified", "modified"), ("description", "description"), ("dateCreated", "created"),
            ("inLanguage", "language"), ("url", "canonical_url"),
        ):  # fmt: skip
            for value in _texts(node.get(key)):
                _add(found, field, value, "jsonld", weak + key)
        if not _texts(node.get("headline")):
            for value in _texts(node.get("name")):
                _add(found, "headline", value, "jsonld", weak + "name")
        for value in _names(node.get("author")) or _names(node.get("creator")):
            _add(found, "author", value, "jsonld", weak + "author")
        for value in _texts(node.get("articleSection")):
            _add(found, "section", value, "jsonld", "articleSection")
        for value in _texts(node.get("keywords")):
            for word in re.split(r"[,،;|]", value):
                _add(found, "keyword", word, "jsonld", "keywords")
        for value in _names(node.get("publisher")):
            _add(found, "site_name", value, "jsonld", "publisher")
        if str(node.get("isAccessibleForFree")).lower() in _NOT_FREE:
            _add(found, "access", "paid", "jsonld", "isAccessibleForFree")
        for value in _texts(node.get("articleBody")):
            bodies.append(value)


def _types(node: dict[str, Any]) -> list[str]:
    return [t.rpartition("/")[2] for t in _texts(node.get("@type"))]


def _texts(value: Any) -> list[str]:
    """Strings of a JSON-LD value: itself, its items, or what `@value`, `@id` or `name` of it says."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value[:50] for text in _texts(item)]
    if isinstance(value, dict):
        for key in ("@value", "name", "@id"):
            if isinstance(value.get(key), str):
                return [value[key]]
    return []


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [] if _URL_AUTHOR.match(value) else [value]
    if isinstance(value, list):
        return [name for item in value[:50] for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return []


def _ld_nodes(text: str) -> Iterator[dict[str, Any]]:
    """Objects of a JSON-LD script in document order, through lists, `@graph` and `mainEntity`; nothing of what cannot be read."""
    if len(text) > _MAX_LD_CHARS:
        return
    pending: list[Any] = list(_ld_values(text))[::-1]
    for _ in range(_MAX_LD_NODES):
        if not pending:
            return
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value[:200][::-1])
        elif isinstance(value, dict):
            yield value
            pending.extend(
                value[key]
                for key in ("mainEntity", "mainEntityOfPage", "@graph")
                if isinstance(value.get(key), dict | list)
            )


_WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_LOOSE = re.compile(
    r'"(headline|datePublished|dateModified|articleBody|description|articleSection|@type)"\s*:\s*"((?:[^"\\]|\\.){1,200000})"'
)


def _ld_values(text: str) -> Iterator[Any]:
    text = text.strip().rstrip(";")
    try:
        yield orjson.loads(text)
        return
    except ValueError:
        pass  # what the standard library reads more leniently, or what needs repair
    for repair in (str, _repaired, _unescaped):
        try:
            yield json.loads(repair(text), strict=False)
            return
        except (ValueError, RecursionError):
            continue
    # several objects one after the other, or one that is broken somewhere: read what can be read
    loose: dict[str, Any] = {}
    for key, value in _LOOSE.findall(text):
        try:
            decoded = json.loads(f'"{value}"', strict=False)
        except ValueError:
            continue
        if key == "@type" and not _ARTICLE_TYPES.search(decoded):
            continue
        loose.setdefault(key, decoded)
    if "@type" in loose:
        yield loose


def _repaired(text: str) -> str:
    return _TRAILING_COMMA.sub("", _CONTROLS.sub(" ", _WRAPPING.sub("", _WRAPPING.sub("", text))))


def _unescaped(text: str) -> str:
    return html.unescape(_repaired(text))
