"""Decides who a byline or the dateline of a body names: authors, agency, place; it leaves open what it cannot tell.

A byline is a few parts with separators between them. A part is an agency, an outlet, a desk, a place or a person by the
tables of `cues/attribution.toml` and `pipeline.text.agencies`; an unknown part is told by its neighbours (what stands beside
a place is a person, what stands beside an agency is a place; what stands alone and is written as a name is a person) or left
open. Accepted gap: a person without a title, a listed given name or a known neighbour stays open beside other unknown parts.
"""

import html
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import regex

from pipeline.text.agencies import agency_keys, name_key, named_agency

BYLINES_VERSION = "5"

_TABLE: Final = tomllib.loads(Path(__file__).with_name("cues").joinpath("attribution.toml").read_text(encoding="utf-8"))
_SEPARATOR: Final = regex.compile(
    r"\s*[:/()|_]\s*|\s*[–—ـ]\s+|\s+ـ\s*|\s*[–—]\s*|\s+-\s*|\s*-\s+|\s+من\s+(?=\S+(?:\s\S+)?\s*$)"
)
_BARE_HYPHEN: Final = regex.compile(r"(?<=[\u0600-\u06ff])-(?=[\u0600-\u06ff])")
_NAMES: Final = regex.compile(r"\s*[،,]\s*|\s+و\s+|\s+and\s+|\s+et\s+|\s+و(?=عبد|محمد|أحمد|احمد)")
_MAX_PART_WORDS: Final = 6
_INTRODUCTIONS: Final = frozenset(("by", "par", "von", "por", "di", "от", "من", "بقلم"))
_MAX_NAME_WORDS: Final = 4
_MAX_POST_LINE: Final = 8  # words
_NAME: Final = regex.compile(r"\p{L}[\p{L}\p{M}.'’-]*(?: \p{L}[\p{L}\p{M}.'’-]*)+")
_PARTICLES: Final = frozenset(
    ("de", "da", "di", "del", "della", "der", "den", "van", "von", "la", "le", "al", "el", "bin", "ibn", "y", "e")
)
_MAX_DATELINE: Final = 72
# A dateline ends with a colon or a dash, or is a line of its own; no sentence is inside it.
_END_SIGN: Final = re.compile(r"[:\n–—-]")
_ENDS: Final = regex.compile(r"(?P<end>\s*:\s*|\s+[-–—]\s+|\s*[–—]\s+|(?<=\))\s*[-–—:]\s*|\s*\n)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a byline or dateline states.

    Attributes:
        authors: Names in printed order, titles kept; empty when none was found.
        agency: Agency id of `pipeline.text.agencies`; None when none is named.
        agency_name_raw: The agency as printed.
        place: The place as printed.
        raw: The line as given.
        span: [start, end) of the dateline in the body; None for a byline.
    """

    authors: tuple[str, ...]
    agency: str | None
    agency_name_raw: str | None
    place: str | None
    raw: str
    span: tuple[int, int] | None = None


@cache
def _kinds() -> dict[str, str]:
    """Kind of every known part by its folded form: `place`, `desk`, `by`, `other`, or `agency:<id>`."""
    words = _TABLE["words"]
    kinds = {
        name_key(name): kind for kind, names in (("place", words["places"]), ("desk", words["desks"])) for name in names
    }
    kinds |= {name_key(name): "by" for name in words["by"]} | {name_key(name): "other" for name in words["others"]}
    return kinds | {name: f"agency:{code}" for name, code in agency_keys().items()}


@cache
def _media_words() -> frozenset[str]:
    return frozenset(map(name_key, _TABLE["words"]["media"]))


@cache
def _person_openers() -> tuple[frozenset[str], frozenset[str]]:
    words = _TABLE["words"]
    return frozenset(map(name_key, words["given"])), frozenset(map(name_key, words["titles"]))


@cache
def author_posts() -> frozenset[str]:
    """The words that begin the line of an author's post, folded."""
    return frozenset(map(name_key, _TABLE["words"]["posts"]))


def before_post(line: str) -> str:
    """The name before the post of an author on one line; the whole line where there is none.

    >>> before_post("أحمد علي محرر الشؤون الاقتصادية"), before_post("أحمد علي")
    ('أحمد علي', 'أحمد علي')
    """
    words = line.split()
    if len(words) <= _MAX_POST_LINE:
        for cut in range(2, min(len(words), _MAX_NAME_WORDS + 1)):
            if name_key(words[cut]) in author_posts() and _NAME.fullmatch(" ".join(words[:cut])):
                return " ".join(words[:cut])
    return line


def is_known_person(line: str) -> bool:
    """Whether a line is a name that begins with a title or a listed given name."""
    return _NAME.fullmatch(line) is not None and _is_person(line)


def split_byline(raw: str, outlets: Collection[str] = ()) -> Attribution:
    """Split a byline field.

    Args:
        raw: The line as printed.
        outlets: Names of the outlet itself; they are neither person nor agency, and a place only where a second one fits.

    >>> split_byline("عدن - رويترز")
    Attribution(authors=(), agency='reuters', agency_name_raw='رويترز', place='عدن', raw='عدن - رويترز', span=None)
    """
    line = before_post(" ".join(html.unescape(raw).split()))
    known = {name_key(name) for name in outlets}
    parts = [piece for part in _cut(line) if part for piece in _halves(part, known)]
    kinds = [_kind(part, known, parts) for part in parts]
    # an introduced part is a person, a photographer or translator is none
    for index in range(len(parts) - 1):
        if kinds[index] in ("by", "other") and kinds[index + 1] in ("", "place"):
            kinds[index + 1] = "person" if kinds[index] == "by" else "other"
    _by_neighbours(parts, kinds)
    is_alone = len(parts) == 1 or (
        parts and line.startswith(f"{parts[0]} (")
    )  # what is in brackets is said of the name
    if is_alone and not any(kinds):
        parts = [name for name in _NAMES.split(parts[0]) if _is_written_as_name(name)]
        kinds = ["person"] * len(parts)
    agency = next(((kind, part) for kind, part in zip(kinds, parts, strict=True) if kind.startswith("agency:")), None)
    places = [part for kind, part in zip(kinds, parts, strict=True) if kind == "place"]
    people = [part for kind, part in zip(kinds, parts, strict=True) if kind == "person"]
    return Attribution(
        tuple(name for part in people for name in _NAMES.split(part) if name),
        agency[0].removeprefix("agency:") if agency else None,
        agency[1] if agency else None,
        regex.split(r"\s*[،,]", places[0])[0] if places else None,
        raw,
    )


def is_signed(line: str) -> bool:
    """Whether a line is made of known names and no other word: a person, agency or outlet beside others or places.

    >>> is_signed("صنعاء - رويترز"), is_signed("رويترز: ارتفاع النفط")
    (True, False)
    """
    if not _END_SIGN.search(line):
        return False
    parts = [part for part in _cut(line) if part]
    kinds = [_kind(part, set(), parts).partition(":")[0] for part in parts]
    return len(parts) > 1 and all(kinds) and not {"person", "agency", "outlet", "desk"}.isdisjoint(kinds)


def find_dateline(body: str, outlets: Collection[str] = ()) -> Attribution | None:
    """The dateline that opens a body, or None: every part of it must be known or told, one of them an agency, outlet or place."""
    start = len(body) - len(body.lstrip())
    if not _END_SIGN.search(body, start + 2, start + _MAX_DATELINE):
        return None
    ends = list(_ENDS.finditer(body, start + 2, start + _MAX_DATELINE))
    return next((found for end in reversed(ends) if (found := _dateline(body, start, end, outlets))), None)


def _dateline(body: str, start: int, end: regex.Match[str], outlets: Collection[str]) -> Attribution | None:
    line = body[start : end.start()]
    if len(line.split()) > 9 or "\n" in line or any(mark in line for mark in ":؟!"):
        return None
    parts = [part for part in _cut(" ".join(line.split())) if part]
    known = {name_key(name) for name in outlets}
    kinds = [_kind(part, known, parts) for part in parts]
    has_anchor = any(kind.startswith("agency:") or kind in ("outlet", "desk") for kind in kinds)
    has_place = "place" in kinds
    is_single = len(parts) == 1
    _by_neighbours(parts, kinds)
    # a lone place before a colon opens quotes and headlines too: only a dash makes it a dateline
    if not all(kinds) or not (has_anchor or (has_place and (not is_single or ":" not in end["end"]))):
        return None
    if "\n" in end["end"] and (is_single or not has_anchor):
        return None
    found = split_byline(line, outlets)
    return Attribution(found.authors, found.agency, found.agency_name_raw, found.place, line, (start, end.end()))


def _cut(line: str) -> list[str]:
    pieces = [piece for part in _SEPARATOR.split(line) for piece in _BARE_HYPHEN.split(part)]
    head, _, rest = line.partition(" ")
    if head.lower() in _INTRODUCTIONS:
        pieces = [head, *regex.split(r",\s*|\s*\(|\)", rest)]
    return [piece.strip().strip('«»"“”()[]:*،, \u200f\u200e') for piece in pieces]


def _kind(part: str, outlets: set[str], parts: list[str]) -> str:
    key = name_key(part)
    kind = (
        _kinds().get(key, "")
        or _kinds().get(key.removeprefix("مع "), "")
        or _kinds().get(key.removeprefix("avec "), "")
    )
    # الرياض and المدينة are newspapers too: beside another place the outlet is meant
    if key in outlets and (kind != "place" or (len(parts) > 1 and parts.index(part) == 0)):
        return "outlet"
    if kind:
        return kind
    if agency := named_agency(part):
        return f"agency:{agency}"
    if any(key.startswith(f"{name} ") for name in outlets) or not _media_words().isdisjoint(key.split()):
        return "outlet"
    return "person" if _is_person(part) else ""


def _halves(part: str, outlets: set[str]) -> list[str]:
    """An unknown part as the place and the agency that it is made of: `واشنطن رويترز`; any other part as it is."""
    words = part.split()
    if 2 <= len(words) <= _MAX_PART_WORDS and not _kind(part, outlets, [part]):
        for cut in range(1, len(words)):
            halves = [" ".join(words[:cut]), " ".join(words[cut:])]
            kinds = {_kind(half, outlets, halves).partition(":")[0] for half in halves}
            if kinds == {"place", "agency"}:
                return halves
    return [part]


def _is_person(part: str) -> bool:
    given, titles = _person_openers()
    names = [name_key(name).split() for name in _NAMES.split(part)]
    return all(
        2 <= len(words) <= _MAX_PART_WORDS
        and (
            words[0] in given
            or words[0] in titles
            or words[0].startswith("عبدال")
            or words[0] == "عبد"
            or "بن" in words
        )
        for words in names
    )


def _is_written_as_name(text: str) -> bool:
    """Whether two to four words may be a name: of letters, and in scripts with capitals with those."""
    words = text.split()
    return (
        2 <= len(words) <= _MAX_NAME_WORDS
        and _NAME.fullmatch(text) is not None
        and all(not word.islower() or word in _PARTICLES for word in words)
        and not text.isupper()
    )


def _by_neighbours(parts: list[str], kinds: list[str]) -> None:
    """Name one open part by what stands beside it."""
    unknown = [index for index, kind in enumerate(kinds) if not kind]
    if len(unknown) != 1 or len(parts) == 1:
        return
    index = unknown[0]
    n_words = len(parts[index].split())
    others = {kind.partition(":")[0] for number, kind in enumerate(kinds) if number != index}
    if "person" in others and "place" not in others and n_words <= 3:
        kinds[index] = "place"
    elif "place" in others and 2 <= n_words <= 4:
        kinds[index] = "person"
    elif (
        others & {"agency", "outlet", "desk"} and not parts[index].isascii() and "place" not in others and n_words <= 2
    ):
        kinds[index] = "place"
