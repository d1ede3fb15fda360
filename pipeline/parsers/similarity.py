"""Decides how much of the vocabulary of one text another text shares; it does not decide what follows from it.

Texts are in the match fold. Words are cut to their first letters, without the Arabic article and its conjunctions: a stemmer that
needs no language. A stem counts as shared when it stands anywhere in the other text, so clitics do not hide it.
"""

import re
from collections.abc import Collection
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2,}|\d{2,}")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_FIRST_UNSPACED: Final = "\u0e00"
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
ABOUT: Final = 0.34  # agreement of a line with the text under it; 90 % of true headlines reach it, 3 % of others
# Share of long words that the story before has too (`continuity`), the second half of an article against the first: 0.10 at the
# 10th percentile and 0.20 at the median; against another article 0.02 at the median and 0.09 at the 95th percentile.
SAME_STORY: Final = 0.11
MIN_STEM: Final = 3
MAX_STEM: Final = 5
COMPARED_CHARS: Final = 1200  # of the later text: about 90 long words, so that one moves the share by 1 %


def stems(folded: str) -> list[str]:
    """The distinct stems of a folded text, in order; words under three letters carry no subject and are left out.

    >>> stems("الاتفاق الروسي وبالقطاع في agreements")
    ['اتفاق', 'روسي', 'قطاع', 'agree']
    """
    found: dict[str, None] = {}
    for piece in folded.split():
        # most pieces are words: only the others are searched
        for word in (piece,) if piece.isalpha() else _WORD.findall(piece):
            if len(word) > MIN_STEM:
                word = _without_article(word)
            if word[:1] >= _FIRST_UNSPACED and _UNSPACED.match(word):
                found.update(dict.fromkeys(word[i : i + 2] for i in range(len(word) - 1)))
            elif len(word) >= MIN_STEM:
                found[word[:MAX_STEM]] = None
    return list(found)


def _without_article(word: str) -> str:
    first = word[0]
    if first == "ا":
        return word[2:] if word[1] == "ل" else word
    if first in "وفبك" and word[1:3] == "ال":
        return word[3:]
    if first in "وف" and word[1:4] == "بال":
        return word[4:]
    return word[2:] if first == "ل" and word[1] == "ل" else word


def shared(words: Collection[str], text: str) -> float:
    """Share of stems that stand in a folded text, 0..1; 0 when there are none."""
    return sum([word in text for word in words]) / len(words) if words else 0.0


def shares_at_least(words: list[str], text: str, share: float) -> bool:
    """Whether `shared` reaches a share, found out without looking at more words than that takes."""
    left, found = len(words), 0
    for word in words:
        if found / len(words) >= share:
            return True
        found += word in text
        left -= 1
        if (found + left) / len(words) < share:
            return False
    return bool(words) and found / len(words) >= share


def continuity(later: str, earlier: str) -> float:
    """Share of the long words of a later text that stand in an earlier one, 0..1: high within one story, low across two."""
    pieces = {piece for piece in later[:COMPARED_CHARS].split() if len(piece) >= MAX_STEM}
    words = {piece for piece in pieces if piece.isalpha()}
    words.update(_LONG_WORD.findall(" ".join(pieces - words)))
    found: set[str] = set()
    for word in words:
        if word[1:3] == "ال":
            word = word[3:]
        elif word[0:2] == "ال":
            word = word[2:]
        if len(word) >= MAX_STEM:
            found.add(word[:MAX_STEM])
    return shared(found, earlier) if found else shared(stems(later[:COMPARED_CHARS]), earlier)
