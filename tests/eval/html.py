"""Decides how well pages are read, beside trafilatura and resiliparse; prints one table a half and the worst pages.

    python -m tests.eval.html [--worst N]

Body: 4-word shingles as in the ScrapingHub benchmark (`tests.eval.shingles`), and single words. Where a publisher prints a
summary above the text, the reference with it and the one without are both tried, for every extractor alike. The publishers
are split in halves by a hash of their names; rules were tuned on one half only.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import htmldate
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from pipeline.parsers.html import extract
from tests.eval.html_kit import KIT, KitPage, load_kit
from tests.eval.shingles import Score, mean, score

NEAR_FAILURE = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What an extractor made of a page; `seconds` is process time."""

    body: str
    headline: str | None
    date: str | None
    seconds: float
    extractor: str = ""


Extractor = Callable[[KitPage], tuple[str, str | None, str | None, str]]


def _warraq(page: KitPage) -> tuple[str, str | None, str | None, str]:
    read = extract(page.html, page.url)
    day = read.published.day.isoformat() if read.published else None
    return read.body or "", read.headline, day, read.extractor or ""


def _trafilatura(**options: bool) -> Extractor:
    def run(page: KitPage) -> tuple[str, str | None, str | None, str]:
        return trafilatura.extract(page.html, include_comments=False, **options) or "", None, None, ""

    return run


def _trafilatura_metadata(page: KitPage) -> tuple[str, str | None, str | None, str]:
    found = trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True, fast=True, include_comments=False)
    return (found.text or "", found.title, found.date, "") if found else ("", None, None, "")


def _htmldate(page: KitPage) -> tuple[str, str | None, str | None, str]:
    return "", None, htmldate.find_date(page.html, url=page.url, original_date=True), ""


def _resiliparse(page: KitPage) -> tuple[str, str | None, str | None, str]:
    return extract_plain_text(page.html, main_content=True, alt_texts=False), None, None, ""


EXTRACTORS: dict[str, Extractor] = {
    "warraq": _warraq,
    "trafilatura precision": _trafilatura(favor_precision=True),
    "trafilatura fast": _trafilatura(fast=True),
    "trafilatura + metadata": _trafilatura_metadata,
    "htmldate": _htmldate,
    "resiliparse": _resiliparse,
}


def read_all(pages: list[KitPage], run: Extractor) -> list[Reading]:
    """Every page once; some are read before, so that no import is timed, but the names of most sites are new to the caches."""
    for page in pages[:20]:
        run(page)
    readings = []
    for page in pages:
        started = time.process_time()
        body, headline, day, extractor = run(page)
        readings.append(Reading(body, headline, day, time.process_time() - started, extractor))
    return readings


def best(page: KitPage, body: str, size: int = 4) -> Score:
    """The score against the reference that fits better."""
    return max((score(reference, body, size) for reference in page.bodies), key=lambda s: s.f1)


def same_title(page: KitPage, headline: str | None) -> bool:
    """Exact but for the kind of white space."""
    return " ".join((headline or "").split()) == " ".join(page.title.split())


def dates(pages: list[KitPage], readings: list[Reading]) -> tuple[int, int, int, int]:
    """Right, wrong, invented (the reference has none) and missing."""
    pairs = [(page.date, reading.date) for page, reading in zip(pages, readings, strict=True)]
    return (
        sum(bool(expected) and expected == actual for expected, actual in pairs),
        sum(bool(expected and actual) and expected != actual for expected, actual in pairs),
        sum(not expected and bool(actual) for expected, actual in pairs),
        sum(bool(expected) and not actual for expected, actual in pairs),
    )


def row(name: str, pages: list[KitPage], readings: list[Reading]) -> str:
    """One line of the table."""
    shingles = [best(page, reading.body) for page, reading in zip(pages, readings, strict=True)]
    words = [best(page, reading.body, 1) for page, reading in zip(pages, readings, strict=True)]
    total = mean(shingles)
    titles = sum(same_title(page, reading.headline) for page, reading in zip(pages, readings, strict=True))
    right, wrong, invented, missing = dates(pages, readings)
    seconds = sum(reading.seconds for reading in readings)
    return (
        f"{name:24} {total.f1:7.3f} {total.precision:7.3f} {total.recall:7.3f} {mean(words).f1:7.3f} "
        f"{sum(s.f1 < NEAR_FAILURE for s in shingles):5} {titles / len(pages):7.3f} "
        f"{right:4}/{wrong}/{invented}/{missing:<4} {len(pages) / max(seconds, 1e-9):8.0f}"
    )


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--worst", type=int, default=10)
    worst = options.parse_args().worst
    if not KIT.exists():
        raise SystemExit(f"{KIT} is not there: set WARRAQ_SHARED to the folder that holds data/html-kit.zip")
    pages = load_kit()
    readings = {name: read_all(pages, run) for name, run in EXTRACTORS.items()}
    for half in ("tune", "held", "arabic"):
        chosen = [at for at, page in enumerate(pages) if page.half == half]
        print(f"\n{half}: {len(chosen)} pages")
        print(
            f"{'':24} {'F1':>7} {'prec':>7} {'recall':>7} {'wordF1':>7} {'<.5':>5} {'titles':>7} "
            f"{'dates ok/wrong/invented/missing':>12} {'pages/s':>8}"
        )
        for name in EXTRACTORS:
            print(row(name, [pages[at] for at in chosen], [readings[name][at] for at in chosen]))
    own = sorted(
        (best(page, reading.body).f1, page.name, reading.extractor)
        for page, reading in zip(pages, readings["warraq"], strict=True)
    )
    print(f"\nthe {worst} worst pages of warraq (F1, page, extractor)")
    for f1, name, extractor in own[:worst]:
        print(f"{f1:.3f}  {name}  {extractor}")
    asked = sum(reading.extractor == "trafilatura" for reading in readings["warraq"])
    print(f"\nfallback text used on {asked} of {len(pages)} pages")


if __name__ == "__main__":
    main()
