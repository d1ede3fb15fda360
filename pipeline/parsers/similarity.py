"""Decides how much of the vocabulary of one text another text shares; it does not decide what follows from it.

Texts are in the match fold. Words are cut to their first letters, without the Arabic article and its conjunctions: a stemmer that
needs no language. A stem counts as shared when it stands anywhere in the other text, so clitics do not hide it.
"""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2,}|\d{2,}")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
ABOUT: Final = 0.34  # agreement of a line with the text under it; 90 % of true headlines reach it, 3 % of others
MIN_STEM: Final = 3
MAX_STEM: Final = 5
COMPARED_CHARS: Final = 1200  # of the later text: about 90 long words, so that one moves the share by 1 %


def stems(folded: str) -> list[str]:
    """The distinct stems of a folded text, in order; words under three letters carry no subject and are left out.

    >>> stems("الاتفاق الروسي وبالقطاع في agreements")
    ['اتفاق', 'روسي', 'قطاع', 'agree']
    """
    found: dict[str, None] = {}
    for word in _WORD.findall(folded):
        if len(word) > MIN_STEM:
            if word.startswith("ال"):
                word = word[2:]
            elif word[1:3] == "ال" and word[0] in "وفبك":
                word = word[3:]
            elif word[1:4] == "بال" and word[0] in "وف":
                word = word[4:]
            elif word.startswith("لل"):
                word = word[2:]
        if _UNSPACED.match(word):
            found.update(dict.fromkeys(word[i : i + 2] for i in range(len(word) - 1)))
        elif len(word) >= MIN_STEM:
            found[word[:MAX_STEM]] = None
    return list(found)


def shared(words: list[str], text: str) -> float:
    """Share of stems that stand in a folded text, 0..1; 0 when there are none."""
    return sum(word in text for word in words) / len(words) if words else 0.0


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
    words: dict[str, None] = {}
    for word in _LONG_WORD.findall(later, 0, COMPARED_CHARS):
        if word[1:3] == "ال":
            word = word[3:]
        elif word[0:2] == "ال":
            word = word[2:]
        if len(word) >= MAX_STEM:
            words[word[:MAX_STEM]] = None
    return shared(list(words), earlier) if words else shared(stems(later[:COMPARED_CHARS]), earlier)
