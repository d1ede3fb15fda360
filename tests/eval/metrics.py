"""Decides how far a parsed article is from the truth, as counts that add up; it does not parse, print or judge.

Definitions, for text pages and HTML alike:

* Token: `[\\p{L}\\p{M}\\p{N}]+` on NFC text, case kept. Token F1 compares multisets, so order and line breaks do not count.
* Completeness: truth body tokens that are found in the parsed body / truth body tokens.
* Leak: every line of the page is owned by the lead's body, by the lead's other fields (headline, byline, date, credit,
  keywords), or by something foreign (chrome, captions, lists, posts, other articles). Lines are cut into windows of three
  tokens with a line's start and end counting as tokens. A token of the parsed body leaks when a window over it occurs in a
  foreign line and no window over it occurs in a line of the lead. So a whole foreign paragraph leaks whole, a foreign
  sentence glued to a paragraph leaks alone, and words that the lead also prints do not count against it.
  Leak rate = leaked tokens / tokens of the parsed body.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from pipeline.text.arabic import fold

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_INVISIBLE = regex.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_EDGE = ""
_WINDOW = 3
_EMBEDDED_F1 = 0.8

Windows = set[tuple[str, ...]]


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order.

    >>> tokens("مُرض، A1 b")
    ['مُرض', 'A1', 'b']
    """
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def overlap(found: Sequence[str], expected: Sequence[str]) -> int:
    """Size of the multiset intersection."""
    return (Counter(found) & Counter(expected)).total()


def f1(found: Sequence[str], expected: Sequence[str]) -> float:
    """Multiset F1; two empty texts agree.

    >>> f1(["a", "a", "b"], ["a", "b", "c"])
    0.6666666666666666
    """
    total = len(found) + len(expected)
    return 2 * overlap(found, expected) / total if total else 1.0


def windows(lines: Iterable[Sequence[str]]) -> Windows:
    """Every window of three tokens of some lines; a line's edges count as tokens.

    >>> sorted(windows([["a"], ["b", "c"]]))
    [('', 'a', ''), ('', 'b', 'c'), ('b', 'c', '')]
    """
    return {window for line in lines for window in _line_windows(line)}


def leaked(found: Iterable[Sequence[str]], own: Windows, foreign: Windows) -> int:
    """How many tokens of the found lines are owned by foreign lines only.

    >>> leaked([["a", "b", "c", "d", "e"], ["x"]], windows([["a", "b", "c"]]), windows([["d", "e"], ["x"]]))
    3
    """
    count = 0
    for line in found:
        inside = _line_windows(line)
        # A window over token i starts at i - 1, i or i + 1 of the padded line; the first and the last have two.
        for i in range(len(line)):
            over = inside[max(0, i - 1) : i + 2]
            count += not any(window in own for window in over) and any(window in foreign for window in over)
    return count


def same_headline(found: str | None, expected: str | None) -> bool:
    """Equal as printed: NFC, runs of white space as one space, invisible direction marks aside."""
    return _spaced(found) == _spaced(expected)


def found_articles(found: Sequence[tuple[str | None, str | None]], expected: Sequence[tuple[str | None, str]]) -> int:
    """How many expected (headline, body) pairs have a found one of their own: equal folded headline, body F1 >= 0.8."""
    left, count = list(found), 0
    for headline, body in expected:
        key, words = fold(headline or ""), tokens(body)
        for i, (other, text) in enumerate(left):
            if fold(other or "") == key and f1(tokens(text or ""), words) >= _EMBEDDED_F1:
                del left[i]
                count += 1
                break
    return count


def set_counts(found: Iterable[str], expected: Iterable[str]) -> tuple[int, int, int]:
    """Hits, found and expected of two lists of short texts, compared after the match fold."""
    ours, theirs = Counter(map(fold, found)), Counter(map(fold, expected))
    return (ours & theirs).total(), ours.total(), theirs.total()


def _line_windows(line: Sequence[str]) -> list[tuple[str, ...]]:
    padded = (_EDGE, *line, _EDGE)
    return [padded[i : i + _WINDOW] for i in range(len(padded) - _WINDOW + 1)]


def _spaced(text: str | None) -> str | None:
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split()) if text else None
