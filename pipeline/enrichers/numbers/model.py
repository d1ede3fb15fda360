"""Decides what a quantity that was read consists of; it does not decide how one is read."""

from typing import NamedTuple


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
