"""Decides which real pages with references the measurements read; the pages belong to their publishers and are not in this repository."""

import gzip
import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.eval.shingles import score

KIT = Path(os.environ.get("WARRAQ_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "html-kit.zip"


@dataclass(frozen=True, slots=True)
class KitPage:
    """A page and what it should give.

    Attributes:
        half: `tune` or `held`, by a hash of the publisher's name; `arabic` for the pages in Arabic script.
        bodies: Alternative references, without and with the summary that some publishers print as the first paragraph.
        date: ISO day, None when the reference has none.
    """

    name: str
    half: str
    html: str
    url: str | None
    title: str
    date: str | None
    bodies: tuple[str, ...]


def load_kit(path: Path = KIT) -> list[KitPage]:
    """All pages, by name."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        pages = [_fundus(archive, name) for name in sorted(names) if name.endswith(".html.gz")]
        gold = archive.read(next(name for name in names if name.endswith("gold.jsonl"))).decode().splitlines()
        folder = next(name for name in names if name.endswith("gold.jsonl")).removesuffix("gold.jsonl")
        pages += [_arabic(archive, folder, json.loads(line)) for line in gold if line.strip()]
    return pages


def _arabic(archive: zipfile.ZipFile, folder: str, gold: dict[str, Any]) -> KitPage:
    html = archive.read(folder + gold["file"]).decode("utf-8", "replace")
    return KitPage(gold["file"], "arabic", html, gold["url"], gold["title"], gold["date"], (gold["body"],))


def _fundus(archive: zipfile.ZipFile, name: str) -> KitPage:
    html = gzip.decompress(archive.read(name)).decode("utf-8", "replace")
    folder, _, file = name.rpartition("/")
    publisher = file.split("_", 1)[0]
    versions = json.loads(archive.read(f"{folder}/{publisher}.json"))
    # a publisher's file has one reference for each of its page versions; the pages do not say which is theirs
    reference = max(versions.values(), key=lambda version: score(" ".join(_bodies(version)[-1:]), html).recall)
    half = "tune" if hashlib.sha256(publisher.encode()).digest()[0] % 2 else "held"
    day = (reference.get("publishing_date") or "")[:10] or None
    return KitPage(f"{folder[-2:]}/{file}", half, html, None, reference["title"] or "", day, _bodies(reference))


def _bodies(reference: dict[str, Any]) -> tuple[str, ...]:
    body = reference["body"] or {"summary": [], "sections": []}
    sections = [line for section in body["sections"] for line in (*section["headline"], *section["paragraphs"])]
    return ("\n\n".join(sections), "\n\n".join((*body["summary"], *sections)))
