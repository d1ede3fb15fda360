"""Decides which cue words a line of a page carries; it does not decide what the line is.

Cues are data: one file a language in `cues/`, one list of phrases a kind of cue. All languages are read at once, for pages mix
them. A cue is evidence that the generic segmenter weighs with position and shape; a language without a file still works by shape.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.parsers.date_shapes import TOKEN
from pipeline.text.agencies import AGENCIES
from pipeline.text.arabic import fold
from pipeline.text.remembered import Remembered

CUES_VERSION: Final = "8"

_FOLDER: Final = Path(__file__).with_name("cues")
_DATES: Final = "dates.toml"
_OTHERS: Final = frozenset((_DATES, "attribution.toml"))  # tables that hold no phrases of lines

# Not looked for here: `site` and `reader` (`site_speech`), `kicker` and `interview` (`kickers`), `title` (`head_lines`), `genre` (`labels`),
# `greeting` and `issue` (`head_dates`).
# How the phrases of a kind are looked for: as the whole line, as a label before a colon, at the start of a line followed by
# a value, anywhere in a short line. `contained` is kept for phrases that prose does not use.
_WHOLE: Final = frozenset(
    [
        "published",
        "updated",
        "byline",
        "credit",
        "keywords",
        "read_also",
        "related",
        "most_read",
        "comments",
        "share",
        "subscribe",
        "advert",
        "login",
        "more",
        "breadcrumb",
        "section",
        "caption",
        "comment_form",
        "not_found",
        "copyright",
        "chrome",
    ]
)
_LABEL: Final = frozenset(
    ["published", "updated", "byline", "credit", "keywords", "read_also", "related", "caption", "share"]
)
_START: Final = frozenset(["published", "updated", "byline", "read_also", "caption"])
_CONTAINED: Final = frozenset(
    ["comment_form", "copyright", "chrome", "subscribe", "login", "not_found"]
)  # in lines of at most MAX_CONTAINED_WORDS

MAX_LABEL_CHARS: Final = 40
MAX_START_WORDS: Final = 5
MAX_CONTAINED_WORDS: Final = 40
MAX_SECTION_WORD: Final = 40  # characters of what is kept
# Of two kinds that share a phrase, the earlier one wins.
_PRECEDENCE: Final = [
    "copyright",
    "comment_form",
    "not_found",
    "published",
    "updated",
    "read_also",
    "related",
    "most_read",
    "comments",
    "keywords",
    "credit",
    "byline",
    "caption",
    "advert",
    "share",
    "subscribe",
    "login",
    "more",
    "chrome",
    "breadcrumb",
    "section",
]
_EDGES: Final = " \t:：.،,;؛!?؟-–—_|/\\•·●■▪*…()[]{}«»\"'“”‘’#<>←→‹›▼▶►◄▲▸»+&0123456789🔗📰📷🖨"
_SPLIT: Final = re.compile(r"[\s.,:;!?،؛؟()\[\]|]+")
_PROCLITICS: Final = frozenset("وفبلك")  # Arabic writes "and", "to", "by" on the word
_HAS_DIGIT: Final = re.compile(r"\d")
_TOKEN: Final = re.compile(r"[^\W_]+")
_NUMERIC_DATE: Final = re.compile(
    r"(?<!\d)(?:\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2}(?!\d)))"
)
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}\s?(?::|h|س|\.)\s?\d{2}(?!\d)")
_CJK_DATE: Final = re.compile(r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]")
_MACHINE_STAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}[@Tt ]\d{2}:\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of a line: its kind, and where the value after a label starts in the folded line (-1: the whole line is the cue)."""

    kind: str
    value: int = -1
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    whole: dict[str, str]
    label: dict[str, str]
    start: dict[str, str]
    start_words: frozenset[str]
    contained: dict[str, list[tuple[str, str]]]  # by the longest word of the phrase; '' for phrases of bare signs
    signs: list[tuple[str, str]]  # phrases with a sign in them and without a space
    interface: frozenset[str]
    sections: frozenset[str]
    section_starts: dict[str, tuple[tuple[str, ...], ...]]  # names of several words, by the first


@cache
def folded_phrases() -> dict[str, list[str]]:
    """The phrases of all languages by kind, in the match fold."""
    phrases: dict[str, list[str]] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        if path.name not in _OTHERS:
            for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
                phrases.setdefault(kind, []).extend(fold(entry) for entry in entries)
    return phrases


def photo_agencies() -> list[str]:
    """Names of the agencies that pictures are credited to, as printed, longest first."""
    data = tomllib.loads((_FOLDER / "attribution.toml").read_text(encoding="utf-8"))
    agencies = (agency for agency in AGENCIES.values() if agency.is_agency)
    spelt = {name for agency in agencies for name in agency.names + agency.short_names}
    dotted = {name.replace(" ", mark) for name in spelt for mark in (".", ". ") if _is_spelt(name)}
    return sorted({*spelt, *dotted, *data["pictures"]["names"]}, key=len, reverse=True)


def _is_spelt(name: str) -> bool:
    """Whether a name is letters with spaces between: `أ ف ب`."""
    return " " in name and all(len(part) == 1 for part in name.split())


@cache
def _tables() -> _Tables:
    phrases = folded_phrases()
    whole: dict[str, str] = {}
    label: dict[str, str] = {}
    start: dict[str, str] = {}
    contained: list[tuple[str, str]] = []
    for kind in _PRECEDENCE:
        for phrase in phrases[kind]:
            key = phrase.strip(_EDGES)
            if kind in _WHOLE and key:
                whole.setdefault(key, kind)
            if kind in _LABEL and key:
                label.setdefault(key, kind)
            if kind in _START and key:
                start.setdefault(key, kind)
            several = " " in phrase or not any(map(str.isalnum, phrase))  # a sign is as sure as words
            if (kind in _CONTAINED and several) or (kind == "caption" and (key != phrase or several)):
                contained.append((phrase, kind))
    words = frozenset(word for phrase in phrases["interface"] for word in TOKEN.findall(phrase))
    by_word: dict[str, list[tuple[str, str]]] = {"": []}
    signs: list[tuple[str, str]] = []
    for phrase, kind in dict.fromkeys(contained):
        plain = [word for word in phrase.split() if word.isalnum()]
        known = by_word.setdefault(max(plain, key=len, default=""), []) if " " in phrase else signs
        known.append((phrase, kind))
    start_words = frozenset(key.partition(" ")[0] for key in start)
    sections = frozenset(phrases["section"])
    starts: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in sorted({*sections, *phrases["breadcrumb"]}):
        first, *rest = name.split()
        if rest:
            starts[first] = (*starts.get(first, ()), tuple(rest))
    return _Tables(whole, label, start, start_words, by_word, signs, words, sections, starts)


def present_phrases(lines: Iterable[str], words: Iterable[str]) -> list[tuple[str, str]]:
    """The phrases, with their kind, that are found anywhere in the short lines of a page: what `find_cue` then looks for.

    Args:
        lines: the lines, folded.
        words: what stands between their spaces.
    """
    contained, signs = _tables().contained, _tables().signs
    found = set(words)
    mixed = " ".join([word for word in found if not word.isalnum()])
    found.update(_SPLIT.split(mixed))
    text = "\n".join(lines)
    known = [*(contained[word] for word in contained.keys() & found), contained[""]]
    present = {phrase for phrases in known for phrase in phrases if phrase[0] in text}
    return sorted(present.union([sign for sign in signs if sign[0] in mixed]))


def find_cue(folded: str, n_words: int, present: list[tuple[str, str]]) -> Cue | None:
    """The strongest cue of a folded line; None when it has none.

    Args:
        folded: the line in the match fold.
        n_words: its words.
        present: what `present_phrases` found on the page.
    """
    tables = _tables()
    key = folded.strip(_EDGES)
    kind = tables.whole.get(key)
    if kind:
        return Cue(kind)
    colon = folded.find(":", 0, MAX_LABEL_CHARS)
    if colon > 0:
        label = folded[:colon].strip(_EDGES)
        kind = tables.label.get(label)
        if kind:
            return Cue(kind, colon + 1, True)
    if n_words <= MAX_CONTAINED_WORDS:
        for phrase, found in present:
            if phrase in folded and _stands_in(phrase, folded):
                return Cue(found)
    if key.partition(" ")[0].rstrip(_EDGES) not in tables.start_words:
        return None
    position = 0
    longest: Cue | None = None
    for _ in range(MAX_START_WORDS):
        space = folded.find(" ", position)
        if space < 0:
            break
        kind = tables.start.get(folded[:space].strip(_EDGES))
        if kind and not folded[space - 1].isdigit():
            longest = Cue(kind, space + 1)
        position = space + 1
    return longest


def _stands_in(phrase: str, folded: str) -> bool:
    """Whether a phrase stands in a line as words of its own: `yorum yap` does not in `yorum yapmadi`."""
    start = folded.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not (phrase[-1].isalnum() and folded[end : end + 1].isalnum()):
            before = folded[start - 1 : start]
            if not (phrase[0].isalnum() and before.isalnum()) or before in _PROCLITICS:
                return True
        start = folded.find(phrase, start + 1)
    return False


@cache
def _label_pattern() -> re.Pattern[str]:
    """The labels that may stand inside a line: those of an author, and of a date in one word, only before a colon."""
    label = _tables().label
    keys = sorted(label, key=len, reverse=True)
    dated = {key for key in keys if " " in key and label[key] in ("published", "updated")}
    several = "|".join(re.escape(key) for key in keys if key in dated)
    single = "|".join(
        re.escape(key) for key in keys if key not in dated and label[key] in ("published", "updated", "byline")
    )
    updated = "|".join(re.escape(key) for key in keys if " " not in key and label[key] == "updated")
    bare = rf"(?P<bare>{updated})\s(?=\d{{1,2}}\W)"  # between two dates no colon stands: `3 March 2024 Updated 5 March 2024`
    return re.compile(rf"(?<!\w)(?:(?P<several>{several})(?!\w)\s?:?|(?P<single>{single})\s?:|{bare})\s*")


def label_spans(folded: str) -> list[tuple[int, int, str]]:
    """(start, start of the value, kind) of each label of a date or an author in a folded line, in order."""
    label = _tables().label
    return [
        (match.start(), match.end(), label[match["several"] or match["single"] or match["bare"]])
        for match in _label_pattern().finditer(folded)
    ]


def interface_share(folded: str, words: list[str]) -> float:
    """Share of the words of a line that belong to the interface of a site (networks, share, print, menus), 0..1.

    Args:
        folded: the line in the match fold.
        words: what stands between its spaces.
    """
    known = _tables().interface
    if known.isdisjoint(words):
        return 0.0
    tokens = TOKEN.findall(folded)
    return sum(token in known for token in tokens) / len(tokens) if tokens else 0.0


def is_home(word: str) -> bool:
    """Whether a word alone is the link to the first page of a site."""
    return _tables().whole.get(word) == "breadcrumb"


def is_section(folded: str) -> bool:
    """Whether the whole line names a section of a site."""
    return folded.strip(_EDGES) in _tables().sections


def are_sections(words: list[str], share: float) -> bool:
    """Whether so many of the words name a section of a site, with or without "and" before them."""
    left = len(words)
    least = share * left
    starts = _tables().section_starts
    named = 0  # where a name of several words ends
    for i, word in enumerate(words):
        if i < named:
            continue
        if word in starts:
            named = max(
                (i + 1 + len(rest) for rest in starts[word] if tuple(words[i + 1 : i + 1 + len(rest)]) == rest),
                default=i,
            )
        if i >= named and not _IS_SECTION_WORD[word]:
            left -= 1
            if left < least:
                return False
    return True


def _is_section_word(word: str) -> bool:
    return is_section(word) or (word[0] == "و" and len(word) > 3 and is_section(word[1:]))


_IS_SECTION_WORD: Final = Remembered(_is_section_word, 1 << 14, MAX_SECTION_WORD)  # most words come again
