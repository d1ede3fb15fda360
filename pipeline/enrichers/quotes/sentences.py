"""Decides where the sentences of a folded text end; a full stop inside quotation marks ends none."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from pipeline.enrichers.quotes.marks import Pair

STOPS: Final = frozenset(".!?؟۔…")
AFTER_STOP: Final = frozenset(' \n\t"«»”“)]')
_ABBREVIATIONS: Final = frozenset(("mr", "mrs", "ms", "dr", "st", "no", "gen", "sen", "rep", "gov", "col", "lt", "jr"))
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")


class Sentences:
    """The sentences of a text: `ends[n]` is where the n-th one ends, before its full stop, `starts[n]` where it starts."""

    def __init__(self, text: str, stops: Sequence[int], is_plain: bool, pairs: Sequence[Pair]) -> None:
        """Finds them; for `stops` and `is_plain` see `scan.Scan`."""
        size = len(text)
        ends, starts = (list(stops), None) if is_plain else _settled(text, stops)
        for opened, closed in reversed(pairs):
            first, last = bisect_left(ends, opened), bisect_left(ends, closed)
            if first < last:
                del ends[first:last]
                if starts is not None:
                    del starts[first:last]
        starts = [0, *([end + 1 for end in ends] if starts is None else starts)]
        stopped = [closed + 1 for opened, closed in pairs if closed > opened + 1 and text[closed - 1] in STOPS]
        if stopped:
            ends, starts = sorted(ends + stopped), sorted(starts + stopped)
        self.ends, self.starts = [*ends, size], starts

    def number(self, place: int) -> int:
        """Which sentence a place belongs to."""
        return min(bisect_right(self.ends, place), len(self.ends) - 1)

    def bounds(self, place: int) -> tuple[int, int]:
        """Where the sentence of a place starts, white space included, and where it ends."""
        number = self.number(place)
        start, end = self.starts[number], self.ends[number]
        return start if start < place else place, end if end > place else place


def _settled(text: str, stops: Sequence[int]) -> tuple[list[int], list[int]]:
    """Which of the signs that may end a sentence do, and where the next sentence starts."""
    size, last = len(text), -1
    ends, starts = [], []
    for place in stops:
        if place < last:
            continue
        last = place + 1
        if last < size and (following := text[last]) not in AFTER_STOP:
            while following in STOPS:
                last += 1
                following = text[last : last + 1] or " "
            if following not in AFTER_STOP and text[place] != "\n":
                continue
        if last == place + 1 and text[place] == ".":
            before = text[place - 2 : place]
            if (not before.isalnum() or before.isascii()) and _is_abbreviation(text, place, before):
                continue
        ends.append(place)
        starts.append(last)
    return ends, starts


def _is_abbreviation(text: str, place: int, before: str) -> bool:
    if len(before) == 2 and before[1].isalpha() and not before[0].isalnum():
        return True
    if not before.isascii():
        return False
    word = _LAST_WORD.search(text, max(0, place - 12), place)
    return word is not None and (word[0] in _ABBREVIATIONS or len(word[0]) == 1)
