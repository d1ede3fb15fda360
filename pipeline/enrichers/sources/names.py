"""Decides where a text has the name of an agency or an outlet of the lexicon, or a noun like `وكالة` that another name follows."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from pipeline.text.agencies import AGENCIES, spellings
from pipeline.text.arabic import fold
from pipeline.text.folded_texts import FoldedTexts
from pipeline.text.name_lists import NameList
from pipeline.text.spacing import SPACES, is_of_word

WORDS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_PREFIXES: Final = ("", "و", "ل", "ب", "ف", "ول", "وب")
_MORE_SPACES: Final = "„/»)"  # beside those of `pipeline.text.spacing`

_Value = tuple[int, str, str, str | None]
"""Of a name with a clitic: the length of the name, the clitic, and kind and agency as of `Hit`."""


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
def _names() -> tuple[NameList, list[_Value]]:
    """The names and head nouns, and what each is."""
    found: dict[str, _Value] = {}
    for agency in AGENCIES.values():
        for kind, names in (("name", agency.names), ("short", agency.short_names)):
            for name in names:
                for form in spellings(name):
                    _add(found, form, kind, agency.agency_id)
    for kind, heads in WORDS["heads"].items():
        for head in heads:
            _add(found, fold(head), kind, None)
    return NameList(list(found), SPACES + _MORE_SPACES, is_of_word), list(found.values())


def _add(found: dict[str, _Value], form: str, kind: str, agency_id: str | None) -> None:
    form = form.replace(".", " ")
    for prefix in ("",) if form.isascii() else _PREFIXES:
        found.setdefault(prefix + form, (len(form), prefix, kind, agency_id))
    if form.startswith("ال"):
        found.setdefault(f"ل{form[1:]}", (len(form) - 1, "ل", kind, agency_id))


def find_names(texts: FoldedTexts) -> list[list[Hit]]:
    """The names and head nouns of each text in order, each of whole words; of two that overlap the longer one."""
    names, values = _names()
    found = names.find(texts)
    sizes = np.array([size for size, *_ in values])
    named = found._replace(start=found.end - sizes[found.name]).longest()
    return [
        [Hit(start, end, prefix, kind, agency_id) for start, end, (_, prefix, kind, agency_id) in of_text]
        for of_text in named.by_text(texts, values)
    ]
