"""Decides what a date and a quantity that were read consist of; it does not decide how one is read."""

from datetime import date
from typing import NamedTuple


class DateMention(NamedTuple):
    """A date; places are in the published text."""

    start: int
    end: int
    first: date
    last: date
    precision: str
    calendar: str
    is_relative: bool
    is_ambiguous: bool
    weekday_agrees: bool | None
    rule: str


class Quantity(NamedTuple):
    """A quantity; places are in the folded text. `counted` is the place of the counted noun, `high` the end of a range."""

    start: int
    end: int
    value: float
    kind: str
    rule: str
    unit: str | None = None
    high: float | None = None
    counted: tuple[int, int] | None = None
    is_approximate: bool = False
