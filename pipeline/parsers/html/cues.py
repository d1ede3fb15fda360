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


# From the weakest to the one that wins where several names say something.
_STRENGTH = (Cue.NONE, Cue.MEDIA, Cue.PAGE, Cue.DROP, Cue.BODY)
_WHOLE = {
    word: _STRENGTH.index(cue) for cue in (Cue.PAGE, Cue.BODY) for word in _DATA[cue.name.lower()]["words"].split()
}
_ANYWHERE = {
    tuple(phrase.split("-")): _STRENGTH.index(cue)
    for cue in (Cue.MEDIA, Cue.DROP)
    for phrase in _DATA[cue.name.lower()]["words"].split()
}
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], int]]] = {}
"""Phrases by their first word."""
for _phrase, _strength in _ANYWHERE.items():
    _BY_FIRST.setdefault(_phrase[0], []).append((_phrase, _strength))
_DISCUSSION = frozenset(_DATA["discussion"]["words"].split())
LABELS = frozenset(label.strip() for line in _DATA["labels"]["lines"].strip().split("\n") for label in line.split("|"))
"""Lines, in lower case, that are labels wherever they stand alone."""


@lru_cache(maxsize=65536)
def cue_of(names: str) -> Cue:
    """The cue of an element's names, separated by spaces: a name of a body wins, then furniture, then a page region.

    >>> cue_of("clearfix td-entry-content"), cue_of("c-relatedPosts"), cue_of("article-content__sign-in"), cue_of("col-8")
    (<Cue.BODY: 3>, <Cue.DROP: 1>, <Cue.DROP: 1>, <Cue.NONE: 0>)
    """
    return _STRENGTH[max(map(_strength_of, names[:_MAX_NAMES].split()), default=0)]


@lru_cache(maxsize=65536)
def _strength_of(name: str) -> int:
    """Place in `_STRENGTH` of what one name says. Pages have hundreds of names that no page before had, so each step has a guard."""
    if "__" in name:
        name = _BUILD_HASH.sub("", name)
    lower = name.lower()
    if lower != name:
        lower = _CASE_CHANGE.sub("-", name).lower()
    if not (lower.isascii() and lower.replace("-", "").isalnum()) or "--" in lower:
        lower = _SEPARATORS.sub("-", lower).strip("-")
    if whole := _WHOLE.get(lower) or _WHOLE.get(lower.partition("-")[2]):
        return whole
    parts = lower.split("-")
    best = 0
    for at, part in enumerate(parts):
        for phrase, strength in _BY_FIRST.get(part, ()):
            if strength > best and (len(phrase) == 1 or tuple(parts[at : at + len(phrase)]) == phrase):
                best = strength
    return best


@lru_cache(maxsize=4096)
def is_discussion(names: str) -> bool:
    """Whether an element's names say that readers speak in it.

    >>> is_discussion("depth-1 comment-body"), is_discussion("article-body")
    (True, False)
    """
    return not _DISCUSSION.isdisjoint(_SEPARATORS.split(_CASE_CHANGE.sub("-", names[:_MAX_NAMES]).lower()))
