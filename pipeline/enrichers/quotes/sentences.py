"""Decides where the sentences of a folded text end; a full stop inside quotation marks ends none."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from pipeline.enrichers.quotes.marks import Pair, places

_STOPS: Final = ".!?؟۔…"
_AFTER_STOP: Final = frozenset(' \n\t"«»”“)]')
_ABBREVIATIONS: Final = frozenset(("mr", "mrs", "ms", "dr", "st", "no", "gen", "sen", "rep", "gov", "col", "lt", "jr"))
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")


class Sentences:
    """The sentences of a text: `ends[n]` is where the n-th one ends, before its full stop, `starts[n]` where it starts."""

    def __init__(self, text: str, pairs: Sequence[Pair]) -> None:
        opened = [pair.opened for pair in pairs]
        size, last = len(text), -1
        ends: list[tuple[int, int]] = []
        for place in places(text, f"{_STOPS}\n"):
            if place < last:
                continue
            last = place + 1
            following = text[last : last + 1]
            if following in _STOPS and following:
                while last < size and text[last] in _STOPS:
                    last += 1
                following = text[last : last + 1]
            sign = text[place]
            if sign != "\n" and following and following not in _AFTER_STOP:
                continue
            if opened:
                held = bisect_right(opened, place) - 1
                if held >= 0 and place < pairs[held].closed:
                    continue
            if sign == "." and last == place + 1:
                before = text[place - 2 : place]
                if (not before.isalnum() or before.isascii()) and _is_abbreviation(text, place, before):
                    continue
            ends.append((place, last))
        ends += [(pair.closed + 1,) * 2 for pair in pairs if pair.end > pair.start and text[pair.end - 1] in _STOPS]
        ends.sort()
        self.ends = [start for start, _ in ends] + [size]
        self.starts = [0] + [end for _, end in ends]

    def number(self, place: int) -> int:
        """Which sentence a place belongs to."""
        return min(bisect_left(self.ends, place + 1), len(self.ends) - 1)

    def bounds(self, place: int) -> tuple[int, int]:
        """Where the sentence of a place starts, white space included, and where it ends."""
        number = self.number(place)
        return min(self.starts[number], place), max(self.ends[number], place)


def _is_abbreviation(text: str, place: int, before: str) -> bool:
    if len(before) == 2 and before[1].isalpha() and not before[0].isalnum():
        return True
    if not before.isascii():
        return False
    word = _LAST_WORD.search(text, max(0, place - 12), place)
    return word is not None and (word[0] in _ABBREVIATIONS or len(word[0]) == 1)
