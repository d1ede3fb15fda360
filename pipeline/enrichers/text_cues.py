"""Decides which lines of a body carry a phrase by which sites ask for money, break a text off or dress it; the phrases are in
`text_cues.toml`. A phrase counts where it opens a line, or makes up most of it: prose has it in the middle of long lines.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import ahocorasick

from pipeline.text.arabic import fold

TEXT_CUES_VERSION: Final = "1"

KINDS: Final = ("paywall", "read_more", "boilerplate")
MOST_WORDS: Final = 25  # longer lines are prose
_MOST_OF_LINE: Final = 0.5
_EDGES: Final = " .,;:!?،؛؟…-–—|/*•«»\"'“”‘’()[]{}<>←→‹›▼▶►◄◀"


class Cue(NamedTuple):
    """A phrase of a line, in the match fold, and its kind, one of KINDS."""

    kind: str
    phrase: str


def find_cue(line: str) -> Cue | None:
    """The cue of a line; the first kind that has one.

    >>> find_cue("اقرأ أيضًا: افتتاح السوق"), find_cue("Critics read more into it than he said.")
    (Cue(kind='boilerplate', phrase='اقرا ايضا'), None)
    """
    if line.count(" ") >= MOST_WORDS:
        return None
    folded = fold(line).strip(_EDGES)
    found = []
    for end, cue in _phrases().iter(folded):
        start = end + 1 - len(cue.phrase)
        is_whole = (start == 0 or not folded[start - 1].isalnum()) and not folded[end + 1 : end + 2].isalnum()
        if is_whole and (start == 0 or len(cue.phrase) >= _MOST_OF_LINE * len(folded)):
            found.append(cue)
    return min(found, key=lambda cue: (KINDS.index(cue.kind), -len(cue.phrase), cue.phrase)) if found else None


@cache
def cue_words() -> frozenset[str]:
    """Of each phrase the longest word: a line without any of them has no cue."""
    runs = (re.findall(r"[^\W_]+", cue.phrase) for cue in _phrases().values())
    return frozenset(max(words, key=len) for words in runs)


@cache
def unfinished(language: str) -> frozenset[str]:
    """Words, in the match fold, that no sentence of the language ends with."""
    return frozenset(map(fold, _stated()["unfinished"].get(language, ())))


@cache
def _phrases() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for kind in reversed(KINDS):
        for phrases in _stated()[kind].values():
            for phrase in map(fold, phrases):
                automaton.add_word(phrase, Cue(kind, phrase))
    automaton.make_automaton()
    return automaton


@cache
def _stated() -> dict[str, dict[str, list[str]]]:
    stated: dict[str, dict[str, list[str]]] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    return stated
