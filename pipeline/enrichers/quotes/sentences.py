"""Decides where the sentences of a folded text end; a full stop inside quotation marks ends none."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from pipeline.enrichers.quotes.marks import Pair, places

_STOPS: Final = frozenset(".!?؟۔…")
_ENDS: Final = ".!?؟۔…\n"
_AFTER_STOP: Final = frozenset(' \n\t"«»”“)]')
_ABBREVIATIONS: Final = frozenset(("mr", "mrs", "ms", "dr", "st", "no", "gen", "sen", "rep", "gov", "col", "lt", "jr"))
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")


class Sentences:
    """The sentences of a text: `ends[n]` is where the n-th one ends, before its full stop, `starts[n]` where it starts."""

    def __init__(self, text: str, pairs: Sequence[Pair]) -> None:
        size, last = len(text), -1
        ends, starts = [], [0]
        for place in places(text, _ENDS):
            if place < last:
                continue
            last = place + 1
            if last < size and (following := text[last]) not in _AFTER_STOP:
                while following in _STOPS:
                    last += 1
                    following = text[last : last + 1] or " "
                if following not in _AFTER_STOP and text[place] != "\n":
                    continue
            if pairs:
                held = bisect_right(pairs, (place, size)) - 1
                if held >= 0 and place < pairs[held][1]:
                    continue
            if last == place + 1 and text[place] == ".":
                before = text[place - 2 : place]
                if (not before.isalnum() or before.isascii()) and _is_abbreviation(text, place, before):
                    continue
            ends.append(place)
            starts.append(last)
        stopped = [closed + 1 for opened, closed in pairs if closed > opened + 1 and text[closed - 1] in _STOPS]
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


def _is_abbreviation(text: str, place: int, before: str) -> bool:
    if len(before) == 2 and before[1].isalpha() and not before[0].isalnum():
        return True
    if not before.isascii():
        return False
    word = _LAST_WORD.search(text, max(0, place - 12), place)
    return word is not None and (word[0] in _ABBREVIATIONS or len(word[0]) == 1)
