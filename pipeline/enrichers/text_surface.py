"""Decides what the lines of bodies say about their surface: cues, repetition, misread letters, how the last one ends.

All lines of a batch are looked at together; only those in which something can be found are read.
"""

import re
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.enrichers.documents import Documents
from pipeline.enrichers.text_cues import Cue, cue_words, find_cue, unfinished
from pipeline.text import characters
from pipeline.text.arabic import fold
from pipeline.text.groups import Groups
from pipeline.text.mojibake import is_suspect, repair, suspect_ends
from pipeline.text.piece_types import Types
from pipeline.text.tokens import WORD
from pipeline.text.vocabulary import Flags, Ints, Strings

Floats = npt.NDArray[np.float64]

_TAIL_CHARS: Final = 24
_ELLIPSIS: Final = re.compile(r"(?:…|\.{3})[\s\"'»”’)\]]*$")
# Two full stops are one: opinion pieces in Arabic end so. Which quotation marks close a text depends on the language.
_STOP: Final = re.compile(r"(?:[.!?؟۔。！？][\s\"'«»“”„‘’)\]】」』]*|[»”\")\]’'%】」』])[\s\u200e\u200f]*$")
_JOINT: Final = re.compile(r"[,،؛;:(\[–—-]\s*$")

_STOPS: Final = (".", "!", "?", "؟", "۔")


class Surface(NamedTuple):
    """What the lines of each body say; `misread` is of headline and body."""

    repeated: Floats
    boilerplate: Floats
    misread: Floats
    endings: list[str]
    cues: list[list[Cue]]


def read_surface(documents: Documents, languages: list[str]) -> Surface:
    """What the lines of each body say, which is in the language given."""
    lines = _Lines(documents)
    n_articles = documents.table.num_rows
    cued, repeated = np.zeros(n_articles, np.int64), np.zeros(n_articles, np.int64)
    cues: list[list[Cue]] = [[] for _ in languages]
    of_line: dict[int, Cue] = {}
    for number in lines.with_cue_words.tolist():
        line, article = lines.text(number), lines.article[number]
        if cue := find_cue(line):
            of_line[number] = cue
            cues[article].append(cue)
            cued[article] += len(line)
    for number in lines.repeated():
        repeated[lines.article[number]] += lines.size[number]
    size = np.maximum(np.bincount(lines.article, lines.size, n_articles), 1)

    last = np.searchsorted(lines.article, np.arange(n_articles), side="right") - 1
    has_lines = np.bincount(lines.article, minlength=n_articles) > 0
    endings = [
        _ending(lines.text(number), of_line.get(number), language) if has_line else _ending("", None, language)
        for number, has_line, language in zip(last.tolist(), has_lines.tolist(), languages, strict=True)
    ]
    return Surface(repeated / size, cued / size, _misread_shares(documents), endings, cues)


class _Lines:
    """The lines of the bodies that are not blank, and their articles."""

    def __init__(self, documents: Documents) -> None:
        lines, pieces = documents.paragraphs, documents.pieces
        n_marks, is_odd = pieces.of_pieces(lambda _: _marks)
        is_seen = lines.by_piece(n_marks) > 0
        self._texts = documents.texts
        self._kept = np.flatnonzero(is_seen & (lines.text % 2 == 1))
        self._spans = (
            lines.text[self._kept].tolist(),
            lines.start[self._kept].tolist(),
            lines.end[self._kept].tolist(),
        )
        self._forms = lines.by_word(pieces.forms)[self._kept]
        has_cue_word = (lines.by_word(pieces.of_words(lambda _: _cue_words)[0]) > 0) | (lines.by_piece(is_odd) > 0)
        self.article: Ints = lines.text[self._kept] >> 1
        self.size: Ints = (lines.end - lines.start)[self._kept]
        self.with_cue_words: Ints = np.flatnonzero(has_cue_word[self._kept])

    def text(self, number: int) -> str:
        texts, starts, ends = self._spans
        line: str = self._texts[texts[number]][starts[number] : ends[number]]
        return line

    def repeated(self) -> list[int]:
        """Lines that stand before in the same body."""
        # equal lines have equal sums, so that nearly all articles can be left aside
        sums = (self._forms * 31 + self.size) & ((1 << 40) - 1)
        alike = Groups(self.article << 40 | sums)
        seen: set[tuple[int, str]] = set()
        found = []
        for number in np.flatnonzero(alike.counts[alike.number] > 1).tolist():
            line = (int(self.article[number]), self.text(number))
            if line in seen:
                found.append(number)
            seen.add(line)
        return found


def _marks(types: list[str], _: Strings) -> tuple[Ints, Flags]:
    """Characters of each type that are no white space, and whether a cue may stand in it that is no word of it."""
    read = Types(types)
    is_space = (read.classes == characters.SPACE) | (read.classes == characters.LINE_BREAK)
    is_odd = (read.classes == characters.SPECIAL) | (read.characters > 0xFFFF)
    return read.count(~is_space), read.count(is_odd) > 0


def _cue_words(forms: list[str], _: Strings) -> tuple[list[bool]]:
    """Whether a form may be a word of a cue, or hold one."""
    words = cue_words()
    return ([form in words or not form.isalnum() for form in forms],)


def _misread_shares(documents: Documents) -> Floats:
    """The share of the characters of each article that are misread."""
    pieces, texts = documents.pieces, documents.texts
    shares = np.zeros(len(texts) // 2)
    suspects = np.unique(pieces.text[pieces.of_pieces(lambda _: _may_be_misread)[0] > 0] >> 1)
    for article in suspects.tolist():
        headline, body = texts[2 * article : 2 * article + 2]
        if misread := _misread(headline) + _misread(body):
            shares[article] = misread / (len(headline) + len(body))
    return shares


def _may_be_misread(types: list[str], _: Strings) -> tuple[Flags]:
    read = Types(types)
    is_lost = read.characters == ord("\ufffd")
    is_lost[[end - 1 for end in suspect_ends("".join(types))]] = True
    may_be = read.count(is_lost) > 0
    for number in np.flatnonzero(may_be).tolist():  # what looks so may be the end of one and the start of the next
        may_be[number] = "\ufffd" in types[number] or bool(suspect_ends(types[number]))
    return (may_be,)


def _misread(text: str) -> int:
    """Characters that are U+FFFD, or that a repair would change."""
    changed = sum(end - start for start, end in repair(text).changed) if is_suspect(text) else 0
    return min(changed + text.count("\ufffd"), len(text))


def _ending(line: str, cue: Cue | None, language: str) -> str:
    """How a last line ends, one of BODY_ENDINGS."""
    if cue and cue.kind == "read_more":
        return "read_more"
    tail = line[-_TAIL_CHARS:]
    if tail.endswith(_STOPS):  # most do, and it is cheaper than the patterns that follow
        return "ellipsis" if tail.endswith("...") else "stop"
    if _ELLIPSIS.search(tail):
        return "ellipsis"
    if _STOP.search(tail):
        return "stop"
    last = WORD.findall(tail)[-1:]
    if _JOINT.search(tail) or (last and fold(last[0]) in unfinished(language)):
        return "unfinished"
    return "none"
