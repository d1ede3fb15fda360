"""Decides which spellings count as the same text: the 'match' fold.

It does not decide what is stored: published text stays as published, the fold is for keys, search and comparison. It does
not stem, remove stop words, or correct spelling.

The match fold, in order:

1. NFC.
2. One table of characters: presentation forms to what they stand for; tashkeel, Quranic signs, tatweel, zero-width and
   bidi controls to nothing; alef and heh families, Persian and Urdu letters, and digits to one form each; every kind of
   white space to a space or a newline.
3. Full case folding (so ``ß`` becomes ``ss``); the Turkish dotted capital becomes a plain ``i``.
4. NFC again, since a removed character may have kept a letter and its mark apart.
5. Runs of spaces to one space, none beside a newline or at either end; newlines are kept, for they carry the paragraphs.

``ئ`` and ``ؤ`` stay: mapping them to ``ي`` and ``و`` (or to ``ء``) would merge different words (سائل, سايل), and the
spellings it would unite (مسئول, مسؤول) differ in the seat itself, so a map of single letters cannot unite them.

The text grows only through presentation forms (ﷺ) and full case folding (ß, ﬁ).
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import regex

from pipeline.text.charmaps import NEWS_CHARACTERS, CharMap
from pipeline.text.composition import nfc

FOLD_VERSION: Final = "2"

_NEWLINES: Final = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"  # the line boundaries of str.splitlines, without \n


def _span(first: int, last: int) -> Iterable[str]:
    return map(chr, range(first, last + 1))


_REMOVED: Final = frozenset(
    [
        *_span(0x0610, 0x061A),  # honorifics and small high signs
        "\u061c",  # Arabic letter mark
        "\u0640",  # tatweel
        *_span(0x064B, 0x065F),  # tashkeel, with the combining madda and hamza
        "\u0670",  # superscript alef
        *_span(0x06D6, 0x06ED),  # Quranic annotation
        *_span(0x08D3, 0x08FF),  # extended Quranic and African marks
        "\u00ad",  # soft hyphen
        *_span(0x200B, 0x200F),  # zero-width space, joiners, direction marks
        *_span(0x202A, 0x202E),  # bidi embeddings and overrides
        *_span(0x2060, 0x2064),  # word joiner, invisible operators
        *_span(0x2066, 0x206F),  # bidi isolates, deprecated format controls
        "\ufeff",  # byte order mark
    ]
)

_LETTERS: Final = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ىیۍې", "ي"),
    **dict.fromkeys("ةہھۀەۂۃ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    "ۓ": "ے",
    "İ": "i",
    **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)},
}

_SPACES: Final = {
    **{char: " " for char in map(chr, range(0x3001)) if char.isspace() and char not in " \n" + _NEWLINES},
    **dict.fromkeys(_NEWLINES, "\n"),
}

_SINGLE: Final = {**dict.fromkeys(_REMOVED, ""), **_LETTERS, **_SPACES}


def _presentation_forms() -> dict[str, str]:
    """Fold each Arabic presentation form through its compatibility decomposition.

    Isolated marks decompose to a space and the mark: the space is dropped, so that they vanish like any other mark.
    """
    forms = {}
    for char in [*_span(0xFB50, 0xFDFF), *_span(0xFE70, 0xFEFC)]:
        decomposed = unicodedata.normalize("NFKC", char)
        if decomposed != char:
            forms[char] = "".join(_SINGLE.get(part, part) for part in decomposed.removeprefix(" "))
    return forms


_FOLDS: Final = {**_presentation_forms(), **_SINGLE}
SINGLE_FOLDS: Final = {char: folded for char, folded in _FOLDS.items() if len(folded) <= 1}
"""What folds to one character or to none."""

# Almost every Arabic text has these: replacing them outright costs less than finding out (on 2,000 characters, 1 µs each;
# one search for all the others costs 10 µs, casefold 13, the check of NFC 7, str.translate 94).
_COMMON: Final = tuple((char, _FOLDS[char]) for char in "أإآىة\u064b")
_RARE: Final = re.compile(f"[{''.join(sorted(_FOLDS.keys() - {char for char, _ in _COMMON}))}]")


def _case_folds() -> dict[str, str]:
    """What full case folding changes, in the Basic Multilingual Plane."""
    rows = ("".join(_span(first, first + 0xFF)) for first in range(0, 0x10000, 0x100))
    return {char: char.casefold() for row in rows if row.casefold() != row for char in row if char.casefold() != char}


def _unstable() -> frozenset[str]:
    """What NFC replaces, joins to the character before it, or puts in another place, in the Basic Multilingual Plane.

    Marks that the fold removes are none of these as long as NFC only reorders them.
    """
    composing = r"\p{NFC_QC=N}\p{NFC_QC=M}\u1100-\u11ff"
    plane = "".join(_span(0, 0xFFFF))
    moving = regex.findall(r"[^\p{ccc=0}]", plane)
    return frozenset(regex.findall(f"[{composing}]", plane)) | (frozenset(moving) - _REMOVED)


# One search tells whether a text needs more than replacements one by one; of what lies beyond the plane, pictographs do not.
_UNSTABLE: Final = _unstable()
_ONE_BY_ONE: Final = {
    char: folded
    for char, folded in (_case_folds() | _FOLDS).items()
    if char not in _UNSTABLE and _UNSTABLE.isdisjoint(folded)
}
_NOTABLE: Final = re.compile(
    f"[{''.join(map(re.escape, sorted((_case_folds().keys() | _FOLDS.keys() | _UNSTABLE) - {char for char, _ in _COMMON})))}"
    "\U00010000-\U0001f2ff\U0001fb00-\U0010ffff]"
)


_FOLDED_ONE_BY_ONE: Final = _ONE_BY_ONE | dict(_COMMON)
_NEWS: Final = CharMap({char: _FOLDED_ONE_BY_ONE.get(char, char) for char in NEWS_CHARACTERS})
_SPACE_RUN: Final = re.compile(r" *\n *| {2,}")

# What can change how the character before it folds: marks and Hangul vowels and finals (NFC composes them), and characters
# that fold to nothing and so may bring a letter and its mark together.
_VANISHING: Final = "".join(sorted(char for char, folded in _FOLDS.items() if not folded))
_EXTENDS: Final = rf"[\p{{M}}\u1160-\u11ff{_VANISHING}]"
_PIECE: Final = regex.compile(
    rf"(?P<plain>(?:[\t\n\x20-\x7e\u060c\u061b\u061f\u0621-\u063f\u0641-\u064a\u0660-\u0669](?!{_EXTENDS}))+)"
    rf"|\r\n|.{_EXTENDS}*",
    regex.DOTALL,
)


def _fold_characters(text: str) -> str:
    """Apply steps 1 to 4; white space is mapped but its runs are kept."""
    notable = set(_NOTABLE.findall(text))
    if not notable <= _ONE_BY_ONE.keys():
        return _fold_composing(text)
    for char, folded in _COMMON:
        text = text.replace(char, folded)
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    for char in notable:
        text = text.replace(char, _ONE_BY_ONE[char])
    return text


def _fold_composing(text: str) -> str:
    """Steps 1 to 4 for any text."""
    text = nfc(text)
    for char, folded in _COMMON:
        text = text.replace(char, folded)
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    for char in set(_RARE.findall(text)):
        text = text.replace(char, _FOLDS[char])
    return nfc(text.casefold())


def character_fold(char: str) -> str:
    """What steps 2 and 3 make of one character, whatever stands beside it.

    >>> [character_fold(char) for char in "ةـßﻻ"]
    ['ه', '', 'ss', 'لا']
    """
    return _FOLDS.get(char, char).casefold()


def fold(text: str) -> str:
    """Fold text to its 'match' form, in which spellings that readers take as the same are equal.

    Args:
        text: Any text, including lone surrogates.

    Returns:
        The folded text; ``""`` when nothing but white space and removed characters was there. ``fold(fold(t)) == fold(t)``.

    >>> fold("مُديـــرةُ  المَدْرسَة ۱۲")
    'مديره المدرسه 12'
    """
    return "\n".join(fold_lines(text)).strip("\n")


def fold_lines(text: str) -> list[str]:
    """The fold of every line of a text, blank ones too.

    >>> fold_lines("أول  سطر\\r\\n\\nآخر ")
    ['اول سطر', '', 'اخر']
    """
    data = _NEWS.encode(text.replace("\u064b", "").replace("\r\n", "\n") if "\r" in text else text)
    folded = _fold_characters(text) if data is None else _NEWS.decode(data)
    stripped = [line.strip(" ") for line in folded.split("\n")]
    return [" ".join(line.split()) if "  " in line else line for line in stripped]


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold text and say where each folded character came from.

    Args:
        text: Any text.

    Returns:
        ``(folded, offsets)`` with ``folded == fold(text)`` and ``len(offsets) == len(folded) + 1``: ``offsets[i]`` is the start,
        in code points of ``text``, of what ``folded[i]`` came from, never decreasing; the last one is the end of what the last
        character came from, marks included, so that ``text[offsets[i]:offsets[j]]`` is the source of ``folded[i:j]``.

    >>> fold_with_offsets("أَب")
    ('اب', [0, 2, 3])
    """
    characters: list[str] = []
    starts: list[int] = []
    for piece in _PIECE.finditer(text):
        folded = _fold_characters(piece[0])
        start = piece.start()
        characters.append(folded)
        starts.extend(range(start, piece.end()) if piece["plain"] else [start] * len(folded))
    return _collapse_with_offsets("".join(characters), starts, len(text))


def _collapse_with_offsets(text: str, starts: list[int], end: int) -> tuple[str, list[int]]:
    """Collapse white space as `fold` does, keeping the start of each run."""
    body = text.strip(" \n")
    first = text.find(body) if body else 0
    ends = [*starts, end]
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in _SPACE_RUN.finditer(body):
        kept += [body[position : run.start()], "\n" if "\n" in run[0] else " "]
        offsets += [*ends[first + position : first + run.start()], ends[first + run.start()]]
        position = run.end()
    kept.append(body[position:])
    offsets += ends[first + position : first + len(body) + 1]
    return "".join(kept), offsets
