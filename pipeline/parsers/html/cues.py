"""Decides what the names that a page gives an element say about it; it does not decide what is kept."""

import re
import tomllib
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

NAMED_BY = frozenset(("class", "id", "role", "itemprop", "data-testid", "data-component", "data-type"))
"""Attributes that carry names."""


class Cue(IntEnum):
    """What a name says; see the sections of `cues.toml`."""

    NONE = 0
    DROP = 1
    MEDIA = 2
    BODY = 3
    PAGE = 4


_CASE_CHANGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^a-z0-9\u0600-\u06ff]+")
_BUILD_HASH = re.compile(r"__(?=[\w-]*[A-Z0-9])[\w-]{5,8}$")  # what CSS modules add to a name
_MAX_NAMES = 400  # utility-class frameworks; the first names are the telling ones

_DATA = tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))


_ANYWHERE = {cue: frozenset(_DATA[cue.name.lower()]["words"].split()) for cue in (Cue.DROP, Cue.MEDIA)}
_LONGEST = 3  # words of the longest phrase in the table
_WHOLE = {cue: frozenset(_DATA[cue.name.lower()]["words"].split()) for cue in (Cue.BODY, Cue.PAGE)}
LABELS = frozenset(label.strip() for line in _DATA["labels"]["lines"].strip().split("\n") for label in line.split("|"))
"""Lines, in lower case, that are labels wherever they stand alone."""


@lru_cache(maxsize=65536)
def cue_of(names: str) -> Cue:
    """The cue of an element's names, separated by spaces: a name of a body wins, then furniture, then a page region.

    >>> cue_of("clearfix td-entry-content"), cue_of("c-relatedPosts"), cue_of("article-content__sign-in"), cue_of("col-8")
    (<Cue.BODY: 3>, <Cue.DROP: 1>, <Cue.DROP: 1>, <Cue.NONE: 0>)
    """
    cues = {_cue_of_name(name) for name in names[:_MAX_NAMES].split()}
    return next((cue for cue in (Cue.BODY, Cue.DROP, Cue.PAGE, Cue.MEDIA) if cue in cues), Cue.NONE)


@lru_cache(maxsize=65536)
def _cue_of_name(name: str) -> Cue:
    spread = _SEPARATORS.sub("-", _CASE_CHANGE.sub("-", _BUILD_HASH.sub("", name)).lower()).strip("-")
    for whole in (spread, spread.partition("-")[2]):
        for cue, words in _WHOLE.items():
            if whole in words:
                return cue
    parts = spread.split("-")
    phrases = {
        "-".join(parts[at : at + size]) for size in range(1, _LONGEST + 1) for at in range(len(parts) - size + 1)
    }
    return next((cue for cue, words in _ANYWHERE.items() if not words.isdisjoint(phrases)), Cue.NONE)
