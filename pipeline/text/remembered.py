"""Decides how long what a pure function said of a word or another key is remembered: as long as there is room. It changes no result, only its cost.

A plain dictionary: keeping the order of use, as `functools.lru_cache` does, costs more than it saves where half of a batch is found.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Remembered(dict[Any, Answer]):
    """The answers of a function by argument; a missing one is asked for, and all are forgotten when they are too many.

    >>> lengths = Remembered(len, room=2)
    >>> [lengths[word] for word in ("a", "bc", "def")], dict(lengths)
    ([1, 2, 3], {'def': 3})
    >>> short = Remembered(len, longest=2)
    >>> [short[word] for word in ("a", "bcd")], dict(short)
    ([1, 3], {'a': 1})
    """

    def __init__(self, function: Callable[[Any], Answer], room: int = 1 << 15, longest: int | None = None) -> None:
        """`longest`: arguments with a greater length are asked for each time, so that no odd page fills the memory."""
        self._function, self._room, self._longest = function, room, longest

    def __missing__(self, argument: Any) -> Answer:
        answer = self._function(argument)
        if self._longest is None or len(argument) <= self._longest:
            if len(self) >= self._room:
                self.clear()
            self[argument] = answer
        return answer
