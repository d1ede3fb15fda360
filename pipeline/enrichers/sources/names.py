"""Decides where a text has the name of an agency or an outlet of the lexicon, or a noun like `وكالة` that another name follows."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import ahocorasick

from pipeline.enrichers.documents import Text
from pipeline.text.agencies import AGENCIES, spellings
from pipeline.text.arabic import fold
from pipeline.text.spacing import spaced

WORDS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_PREFIXES: Final = ("", "و", "ل", "ب", "ف", "ول", "وب")
_MORE_MARKS: Final = "„/»)"  # beside those of `pipeline.text.spacing`


class Hit(NamedTuple):
    """A name or head noun in the folded text; `prefix` is the clitic before it, which [start, end) leaves out.

    Attributes:
        kind: `name`, `short` (an ordinary word too), or a head noun: `agency`, `outlet`, or `place` (`قناة`, no outlet by itself).
        agency_id: None for head nouns.
    """

    start: int
    end: int
    prefix: str
    kind: str
    agency_id: str | None


def words(section: str, name: str = "words") -> frozenset[str]:
    """A list of `words.toml` in the match fold."""
    return frozenset(fold(word) for word in WORDS[section][name])


@cache
def _automaton() -> ahocorasick.Automaton:
    found: dict[str, tuple[int, str, str, str | None]] = {}
    for agency in AGENCIES.values():
        for kind, names in (("name", agency.names), ("short", agency.short_names)):
            for name in names:
                for form in spellings(name):
                    _add(found, form, kind, agency.agency_id)
    for kind, heads in WORDS["heads"].items():
        for head in heads:
            _add(found, fold(head), kind, None)
    automaton = ahocorasick.Automaton()
    for text, (size, prefix, kind, agency_id) in found.items():
        automaton.add_word(f" {text}", (size, prefix, kind, agency_id))
    automaton.make_automaton()
    return automaton


def _add(found: dict[str, tuple[int, str, str, str | None]], form: str, kind: str, agency_id: str | None) -> None:
    form = form.replace(".", " ")
    for prefix in ("",) if form.isascii() else _PREFIXES:
        found.setdefault(prefix + form, (len(form), prefix, kind, agency_id))
    if form.startswith("ال"):
        found.setdefault(f"ل{form[1:]}", (len(form) - 1, "ل", kind, agency_id))


def find_names(text: Text) -> list[Hit]:
    """The names and head nouns of a folded text in order, each of whole words; of two that overlap the longer one."""
    padded = f" {spaced(text.spaced, _MORE_MARKS)} "
    hits: list[Hit] = []
    for end, (length, prefix, kind, agency_id) in _automaton().iter(padded):
        if (after := padded[end + 1]) != " " and (after.isalnum() or after == "_"):
            continue
        start = end - length
        while hits and hits[-1].end > start and hits[-1].end - hits[-1].start < length:
            hits.pop()
        if not hits or hits[-1].end <= start:
            hits.append(Hit(start, end, prefix, kind, agency_id))
    return hits
