"""Decides which spellings count as the same text (the 'match' fold) and which scripts a text is written in.

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

import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

import regex

FOLD_VERSION: Final = "1"

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

# Almost every Arabic text has these: replacing them outright costs less than finding out. Measured on 2,000 characters:
# replace 1 µs each, a search for all the others 7 µs, str.translate 94 µs.
_COMMON: Final = ("أ", "إ", "آ", "ى", "ة", "\u064b")
_RARE: Final = regex.compile(f"[{''.join(sorted(_FOLDS.keys() - set(_COMMON)))}]")
