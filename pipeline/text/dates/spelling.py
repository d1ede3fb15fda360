"""Decides which spellings the date reader takes as the same, and where each character came from; not what a word means.

Unlike the match fold (`pipeline.text.arabic`) it keeps one character for each character except for invisible ones and
marks, so that the way back to the text is a short list of what was left out.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from pipeline.text.charmaps import NEWS_CHARACTERS, CharMap

# Tatweel, tashkeel and Quranic marks, joiners, bidi controls, soft hyphen, byte order mark.
_REMOVED: Final = re.compile(
    "[\u00ad\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_COMMON: Final = (("أ", "ا"), ("إ", "ا"), ("ى", "ي"), ("ة", "ه"), ("آ", "ا"))
_SINGLE: Final = {
    **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)},
    **dict.fromkeys("ٱ", "ا"),
    **dict.fromkeys("یۍې", "ي"),
    **dict.fromkeys("ۀەہھۃ", "ه"),
    "ک": "ك",
    **dict.fromkeys("،٬", ","),
    "٫": ".",
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("’‘׳ʼ", "'"),
    **dict.fromkeys("\u00a0\u202f\u2007\u2009\u3000\t", " "),
    "ı": "i",
    "İ": "i",
    "\r": "\n",
}
_RARE: Final = re.compile(f"[{''.join(_SINGLE)}]")
_WORD: Final = re.compile(r"[^\W\d_]+")


class Words:
    """Folded words of letters to look for in spelled texts."""

    __slots__ = ("_by_bytes", "_bytes", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_bytes = {data: word for word in self._words if (data := _NEWS.encode(word)) is not None}
        self._bytes = frozenset(self._by_bytes)


class Spelled:
    """A text in one spelling, with the way back.

    Attributes:
        text: The folded text.
    """

    __slots__ = ("_data", "_removed", "_source", "text")

    def __init__(self, source: str) -> None:
        self._source = source
        self._removed: list[int] = []
        self._data = _NEWS.encode(source)
        if self._data is not None:
            self.text = _NEWS.decode(self._data)
            if len(self.text) < len(source):
                self._find_removed()
        elif _REMOVED.search(source):
            self._find_removed()
            self.text = _fold_characters(_REMOVED.sub("", source))
        else:
            self.text = _fold_characters(source)

    def _find_removed(self) -> None:
        self._removed = [match.start() - before for before, match in enumerate(_REMOVED.finditer(self._source))]

    def found(self, words: Words) -> set[str]:
        """Those of the words that the text holds, with nothing but letters taken for parts of words."""
        if self._data is not None:
            found = words._bytes.intersection(self._data.translate(_LETTERS).split())
            return {words._by_bytes[data] for data in found}
        pieces = set(self.text.split())
        # only what is not all letters is worth a look with a pattern
        pieces.update(_WORD.findall(" ".join([piece for piece in pieces if not piece.isalpha()])))
        return set(words._words & pieces)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source text that a non-empty span of `text` came from, with the marks and the tatweel on its last letter."""
        first = start + bisect_right(self._removed, start)
        last = end + bisect_right(self._removed, end - 1)
        while last < len(self._source) and (
            self._source[last] == "\u0640" or unicodedata.combining(self._source[last])
        ):
            last += 1
        return first, last

    def is_capitalised(self, start: int) -> bool:
        """Whether the character at a position of `text` is a capital in the source."""
        return self._source[start + bisect_right(self._removed, start)].isupper()


def _fold_character(char: str) -> str:
    return "" if _REMOVED.match(char) else _fold_characters(char)


def _fold_characters(text: str) -> str:
    for char, folded in _COMMON:
        text = text.replace(char, folded)
    for char in set(_RARE.findall(text)):
        text = text.replace(char, _SINGLE[char])
    return text.lower()


def fold_name(name: str) -> str:
    """A name as it looks in a folded text."""
    return _fold_characters(_REMOVED.sub("", unicodedata.normalize("NFC", name)))


def unaccented(name: str) -> str:
    """A folded Latin name without its accents, as typewriters and URLs have it."""
    decomposed = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f"))


_NEWS: Final = CharMap({char: _fold_character(char) for char in NEWS_CHARACTERS})
_LETTERS: Final = _NEWS.spacing(_WORD.fullmatch)
