"""Decides between statements that disagree: by agreement, precision and plausibility; what no statement says stays unknown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from pipeline.parsers.cues import label_spans
from pipeline.parsers.html.blocks import HEADINGS, Blocks
from pipeline.parsers.html.content import letters as letters_of
from pipeline.parsers.html.statements import META_ORDER, Statement
from pipeline.text.arabic import fold
from pipeline.text.dates import parse_date
from schemas.vocab import Calendar, Precision

# How far one statement alone is believed; agreeing statements add up. Calibrated on the tuning half of the HTML kit.
# schema.org's headline is the one statement made for this field alone; the others are also written for search and sharing.
_TITLE_WEIGHT: Final = {"jsonld": 3.0, "visible": 1.15, "microdata": 0.6, "og:title": 0.9, "title": 0.35}
_OTHER_TITLE = 0.3
_SEARCH_TITLE = 0.3  # of its weight is left to a headline that only `<title>` repeats while the page prints another
_FOREIGN_TITLE = 0.3  # of its weight is left to a headline that shares no word with any other title of the page
_DATE_WEIGHT: Final = {"jsonld": 1.0, "microdata": 0.8, "time": 0.6, "url": 0.6, "visible": 0.5, "created": 0.3}
_META_DATE_WEIGHT, _META_DATE_STEP = 1.0, 0.02  # the first names of the table are made for news
_CONFLICT_WEIGHT = 0.55
_FINENESS: Final = {precision: place for place, precision in enumerate(Precision)}
_MAX_TITLES, _MAX_TITLE_CHARS = 20, 500
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_SUFFIX = re.compile(r"\s+[|\-–—·•:»«*~]+\s+|\s*[|»«]\s*")
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(0?[1-9]|1[0-2])(?:\2)(0?[1-9]|[12]\d|3[01])(?!\d)")
_MAX_VISIBLE_DATE = 120

letters = lru_cache(maxsize=256)(letters_of)  # a page states one title in many places


@dataclass(frozen=True, slots=True)
class Stated:
    """A date that is stated to the day or finer; see `pipeline.text.dates.NewsDate`."""

    instant: datetime
    day: date
    precision: Precision
    calendar: Calendar
    zone: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date: as stated, read, where from, and whether another believable statement gives another day."""

    raw: str
    date: Stated
    where: str
    conflict: bool


def choose_headline(statements: Sequence[Statement], page: Blocks, site_name: str | None) -> str | None:
    """The title that most of the page agrees on; `<title>` without the site's name."""
    candidates: list[tuple[str, float]] = []
    titles = [s for s in statements if s.field == "headline"][:_MAX_TITLES]
    for statement in titles:
        if statement.field == "headline":
            weight = _TITLE_WEIGHT.get(statement.where) or _TITLE_WEIGHT.get(statement.name, _OTHER_TITLE)
            candidates.append((statement.value, 0.2 * weight if statement.name.startswith("weak ") else weight))
    headings = [block for block in page.blocks if block.tag == "h1"][:_MAX_TITLES]
    stated = {letters(text) for text, _ in candidates}
    for block in headings:
        alone = len(headings) == 1 or any(bare.startswith(letters(block.text)) for bare in stated)
        candidates.append((" ".join(block.text.split()), _TITLE_WEIGHT["visible"] if alone else 0.3))
    if not headings:
        candidates += [
            (" ".join(block.text.split()), 0.8)
            for block in page.blocks
            if block.tag in HEADINGS and letters(block.text) in stated
        ][:1]
    cut = [
        (_without_site(text, site_name, [other for other, _ in candidates if other != text]), weight)
        for text, weight in candidates
    ]
    cut = [(_whole(text, cut), weight * (_FOREIGN_TITLE if _is_foreign(text, cut) else 1.0)) for text, weight in cut]
    printed = {letters(block.text) for block in headings}
    kinds = [statement.name.removeprefix("weak ") for statement in titles]
    for_search = {letters(text) for (text, _), kind in zip(cut, kinds, strict=False) if kind == "title"} - printed
    if printed and printed & {letters(text) for text, _ in cut[: len(kinds)]}:
        cut = [(text, weight * (_SEARCH_TITLE if letters(text) in for_search else 1.0)) for text, weight in cut]
    support: dict[str, float] = {}
    for text, weight in cut:
        if bare := letters(text):
            support[bare] = support.get(bare, 0.0) + weight
    if not support:
        return None
    best = max(support, key=lambda bare: support[bare])
    # the printed spelling has the typographic marks, but styled words may run together in it
    spellings = [
        (-len(text.split()), not len(kinds) <= at < len(kinds) + len(headings), at, text)
        for at, (text, _) in enumerate(cut)
        if letters(text) == best
    ]
    return min(spellings)[3]


def _whole(text: str, others: list[tuple[str, float]]) -> str:
    """The text, or the other title that it is the cut beginning of: `headline` is often cut at 110 characters."""
    bare = letters(text)
    if len(bare) < 40:
        return text
    longer = [other for other, _ in others if len(other) > len(text) and letters(other).startswith(bare)]
    cut_off = text.endswith(("…", "...")) or len(text) >= 100
    return min(longer, key=len) if longer and cut_off else text


def _is_foreign(text: str, others: list[tuple[str, float]]) -> bool:
    words = set(text.lower().split())
    rest = [other for other, _ in others if other != text]
    return bool(rest) and all(words.isdisjoint(other.lower().split()) for other in rest)


def _without_site(text: str, site_name: str | None, others: list[str]) -> str:
    """A title without what `|`, `-` and the like separate from it, if that is the site's name or no other title has it."""
    site = letters(site_name or "")
    if len(text) > _MAX_TITLE_CHARS or not _SUFFIX.search(text):
        return text
    bare = letters(text)
    for other in others:
        short = letters(other)
        if len(short) >= 10 and short != bare and bare.startswith(short) and len(other) < len(text):
            return text[: len(other)] if letters(text[: len(other)]) == short else other
    for cut in (text.rfind(match) for match in {m.group() for m in _SUFFIX.finditer(text)}):
        tail, head = _SUFFIX.sub("", text[cut:], count=1), text[:cut].strip()
        if (
            site
            and (letters(tail) == site or (len(site) > 4 and site in letters(tail) and len(tail) < 2 * len(site)))
            and head
        ):
            return head
    first = _SUFFIX.split(text)[0]
    if site and letters(first) == site:
        return text[len(first) :].lstrip(" |-–—·•:»«")
    return text


def choose_published(
    statements: Sequence[Statement],
    page: Blocks,
    url: str | None,
    zone: str,
    span: tuple[int, int],
    fetched: datetime | None,
) -> Published | None:
    """The publication date that most of the page agrees on.

    Args:
        span: First and last block of what belongs to the article: dates in other places are of other articles.
        fetched: The capture time: no article is published later; a visible relative time counts from it.
    """
    candidates: list[tuple[float, Stated, str, str]] = []
    for statement in statements:
        if statement.field not in ("published", "created"):
            continue
        read = _read(statement.value, zone, None)
        if read is None:
            continue
        if statement.where == "meta":
            weight = _META_DATE_WEIGHT - _META_DATE_STEP * META_ORDER.get(statement.name, 0)
        else:
            weight = _DATE_WEIGHT[statement.where] if statement.field == "published" else _DATE_WEIGHT["created"]
        candidates.append((weight, read, statement.value, statement.where))
    candidates += _time_elements(page, zone, span)
    in_url = _url_date(url, zone)
    if in_url:
        candidates.append((_DATE_WEIGHT["url"], *in_url, "url"))
    if not candidates or all(where == "url" for *_, where in candidates):
        candidates += _visible_dates(page, zone, span, fetched)
    modified = choose_modified(statements, zone)
    latest = fetched + _DAY if fetched else None
    plausible = []
    for weight, read, raw, where in candidates:
        if read.instant < _EARLIEST or (latest and read.instant > latest):
            continue
        after_edit = modified is not None and read.instant > modified.instant + _DAY
        plausible.append((weight * 0.4 if after_edit else weight, read, raw, where))
    if not plausible:
        return None

    def support(day_of: Stated) -> float:
        """Each kind of place counts once: a page repeats one field many times."""
        best: dict[str, float] = {}
        for weight, read, _, where in plausible:
            if abs((read.day - day_of.day).days) <= (1 if _FINENESS[read.precision] < 3 else 0):
                best[where] = max(best.get(where, 0.0), weight)
        return sum(best.values())

    ranked = sorted(
        plausible,
        key=lambda c: (
            -round(support(c[1]), 3),
            _FINENESS[c[1].precision] >= _FINENESS[Precision.DAY],
            -c[0],
            _FINENESS[c[1].precision],
        ),
    )
    weight, chosen, raw, where = ranked[0]
    conflict = any(
        abs((read.day - chosen.day).days) > 1 and weight >= _CONFLICT_WEIGHT for weight, read, _, _ in plausible
    )
    return Published(raw, chosen, where, conflict)


def choose_modified(statements: Sequence[Statement], zone: str) -> Stated | None:
    """The last edit that is stated, JSON-LD first."""
    stated = sorted(
        (s for s in statements if s.field == "modified"),
        key=lambda s: (s.where != "jsonld", META_ORDER.get(s.name, 0)),
    )
    return next((read for s in stated if (read := _read(s.value, zone, None))), None)


@lru_cache(maxsize=32)  # a page states one date in several places
def _read(raw: str, zone: str, anchor: datetime | None) -> Stated | None:
    if len(raw) > 200 or not any(map(str.isdigit, raw)):
        return None
    read = parse_date(raw, zone, anchor=anchor)
    if read is None or read.instant is None or read.day is None:
        return None
    return Stated(read.instant, read.day, read.precision, read.calendar, read.zone)


def _time_elements(page: Blocks, zone: str, span: tuple[int, int]) -> list[tuple[float, Stated, str, str]]:
    """Dates of time elements between the headline and the end of the text; the first is the publication, as a rule."""
    found = []
    for position, raw, prop in page.times:
        if not span[0] - 6 <= position <= span[1] or "dateModified" in prop:
            continue
        if read := _read(raw.strip(), zone, None):
            found.append((_DATE_WEIGHT["time"], read, raw.strip(), "time"))
    return found[:1]


def _visible_dates(
    page: Blocks, zone: str, span: tuple[int, int], fetched: datetime | None
) -> list[tuple[float, Stated, str, str]]:
    """A line that is a date, near the headline or the first paragraphs; one that is labelled as an update is none."""
    for block in page.blocks[max(0, span[0] - 6) : span[0] + 12]:
        for line in block.text.split("\n"):
            if not 5 < len(line) <= _MAX_VISIBLE_DATE or (read := _read(line, zone, fetched)) is None:
                continue
            labels = {label for _, _, label in label_spans(fold(line))}
            if "updated" not in labels or "published" in labels:
                return [(_DATE_WEIGHT["visible"], read, line, "visible")]
    return []


def _url_date(url: str | None, zone: str) -> tuple[Stated, str] | None:
    """A day in the path of an address: `/2024/11/30/`, `2024-11-30`, `20241130`."""
    try:
        path = unquote(urlsplit(url or "").path)
    except ValueError:
        return None
    match = _URL_DATE.search(path)
    read = _read(f"{match[1]}-{match[3]}-{match[4]}", zone, None) if match else None
    return (read, match[0]) if match and read else None
