"""Decides how long what a pure function said of a word is remembered: as long as there is room. It changes no result, only its cost.

A plain dictionary: keeping the order of use, as `functools.lru_cache` does, costs more than it saves where half of a batch is found.
"""

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class Remembered(dict[str, Answer]):
    """The answers of a function by argument; a missing one is asked for, and all are forgotten when they are too many.

    >>> lengths = Remembered(len, room=2)
    >>> [lengths[word] for word in ("a", "bc", "def")], dict(lengths)
    ([1, 2, 3], {'def': 3})
    """

    def __init__(self, function: Callable[[str], Answer], room: int = 1 << 16) -> None:
        self._function, self._room = function, room

    def __missing__(self, word: str) -> Answer:
        if len(self) >= self._room:
            self.clear()
        self[word] = answer = self._function(word)
        return answer
