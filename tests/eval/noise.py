"""Decides how white space and invisible characters vary between dumps of the same page; the words stay what they are."""

import random
import re
from collections.abc import Callable
from typing import Final

_BLANK_LINE: Final = re.compile(r"\n\n")
_SHORT_LINE: Final = 60


def _bidi_marks(text: str, rng: random.Random) -> str:
    return "\n".join(f"\u200f{line}" if line and rng.random() < 0.3 else line for line in text.split("\n"))


def _indented(text: str, rng: random.Random) -> str:
    return "\n".join(f"{' ' * rng.choice((0, 2, 4))}{line}" if line else line for line in text.split("\n"))


def _trailing_spaces(text: str, rng: random.Random) -> str:
    return "\n".join(f"{line}{' ' * rng.choice((0, 1, 3))}" for line in text.split("\n"))


def _no_break_spaces(text: str, rng: random.Random) -> str:
    return "\n".join(
        line.replace(" ", "\u00a0") if len(line) < _SHORT_LINE and rng.random() < 0.5 else line
        for line in text.split("\n")
    )


def _blank_runs(text: str, rng: random.Random) -> str:
    return _BLANK_LINE.sub(lambda _: rng.choice(("\n\n", "\n\n\n", "\n \n\n", "\n\u00a0\n")), text)


def _carriage_returns(text: str, rng: random.Random) -> str:
    return text.replace("\n", "\r\n")


def _byte_order_mark(text: str, rng: random.Random) -> str:
    return "\ufeff" + text


KINDS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    _bidi_marks,
    _indented,
    _trailing_spaces,
    _no_break_spaces,
    _blank_runs,
    _carriage_returns,
    _byte_order_mark,
)


def disturb(text: str, rng: random.Random) -> str:
    """The text with one kind of disturbance."""
    return rng.choice(KINDS)(text, rng)
