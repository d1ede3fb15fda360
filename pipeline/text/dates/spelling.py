"""Decides which spellings the date reader takes as the same, and where each character came from; not what a word means.

Unlike the match fold (`pipeline.text.arabic`) it keeps one character for each character except for invisible ones and
marks, so that the way back to the text is a short list of what was left out.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import Final

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


class Spelled:
    """A text in one spelling, with the way back.

    Attributes:
        text: The folded text.
    """

    __slots__ = ("_removed", "_source", "text")

    def __init__(self, source: str) -> None:
        self._source = source
        self._removed: list[int] = []
        text = source
        if _REMOVED.search(text):
            self._removed = [match.start() - before for before, match in enumerate(_REMOVED.finditer(text))]
            text = _REMOVED.sub("", text)
        self.text = _fold_characters(text)

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
