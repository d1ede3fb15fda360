"""Decides where a known site keeps its headline, text, date and byline: CSS selectors as data; a new site takes a file, no code.

A profile is `NAME.toml` in this folder; `example.toml` documents the keys. A profile whose selectors no longer find anything
(a redesign) gives way to the general extractor, and the article is flagged `profile_mismatch`.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.parsers.html.blocks import read_blocks

_FIELDS = ("headline", "body", "date", "byline", "remove")


@dataclass(frozen=True, slots=True)
class Profile:
    """Selectors of a site.

    Attributes:
        name: The file's name, stored with each article.
        hosts: Shell patterns of host names without `www.`.
        headline, body, date, byline: CSS selectors in the order they are tried; empty leaves the field to the general rules.
        remove: CSS selectors of what is no text, anywhere on the page.
    """

    name: str
    hosts: tuple[str, ...]
    version: str = "1"
    headline: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What the selectors found; `missing` names the fields whose selectors found nothing."""

    headline: str | None
    body: str | None
    published: str | None
    byline: str | None
    removed: frozenset[int]
    missing: tuple[str, ...]


def read_profile(name: str, text: str) -> Profile:
    """A profile from the text of its file.

    Raises:
        ValueError: The file is no TOML, has an unknown key, no hosts, or a selector that is no CSS.
    """
    data: dict[str, Any] = tomllib.loads(text)
    unknown = data.keys() - {"hosts", "version", *_FIELDS}
    if unknown or not data.get("hosts"):
        raise ValueError(f"profile {name}: unknown keys {sorted(unknown)}, or no hosts")
    selectors = {key: tuple(data.get(key, ())) for key in _FIELDS}
    empty = LexborHTMLParser("<p>")
    for selector in (selector for group in selectors.values() for selector in group):
        try:
            empty.css(selector)
        except Exception as error:
            raise ValueError(f"profile {name}: {selector!r} is no CSS selector") from error
    return Profile(name, tuple(data["hosts"]), str(data.get("version", "1")), **selectors)


@cache
def load_profiles() -> tuple[Profile, ...]:
    """The shipped profiles, by name."""
    return tuple(
        read_profile(path.stem, path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.toml"))
    )


def profile_for(url: str | None, profiles: Sequence[Profile] | None = None) -> Profile | None:
    """The first profile that names the host of an address."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host:
        return None
    declared = load_profiles() if profiles is None else profiles
    return next((profile for profile in declared if any(fnmatch(host, pattern) for pattern in profile.hosts)), None)


def apply_profile(document: LexborHTMLParser, profile: Profile) -> Found:
    """What a profile finds on a page; body blocks of several elements are put together in page order."""
    removed = frozenset(node.mem_id for selector in profile.remove for node in document.css(selector))
    found: dict[str, str | None] = {}
    for field in ("headline", "date", "byline"):
        nodes = _select(document, getattr(profile, field))
        found[field] = _value(nodes[0], field) if nodes else None
    parts = [
        block.text.replace("\n", "\n\n")
        for node in _select(document, profile.body)
        for block in read_blocks(node, removed).blocks
        if block.linked <= 0.8 * len(block.text)
    ]
    found["body"] = "\n\n".join(parts) or None
    missing = tuple(
        field for field in ("headline", "body", "date", "byline") if getattr(profile, field) and not found[field]
    )
    missing = tuple(field for field in missing if field != "byline")  # many articles have none
    return Found(found["headline"], found["body"], found["date"], found["byline"], removed, missing)


def _select(document: LexborHTMLParser, selectors: Sequence[str]) -> list[LexborNode]:
    return next((nodes for selector in selectors if (nodes := document.css(selector))), [])


def _value(node: LexborNode, field: str) -> str | None:
    attributes = node.attributes
    stated = (attributes.get("datetime") if field == "date" else None) or attributes.get("content")
    return " ".join((stated or node.text() or "").split()) or None
