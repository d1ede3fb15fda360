"""Decides how what the parser says of its confidence compares with what came: of the leads it is so sure of, the share that is right.

A lead is right when its headline is exact and its body has a token F1 of at least 0.95; one from a page without an article is wrong.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from rich.table import Table

from tests.eval.scoring import Score

MIN_F1: Final = 0.95
BINS: Final = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)  # most leads are read with more than 0.9


def is_right(score: Score) -> bool:
    """Whether a page with this score was read right."""
    return score.articles == 1 and score.headline == 1 and score.f1_sum >= MIN_F1


@dataclass(slots=True)
class Reliability:
    """Leads of one group of pages: what was said of each, and whether it is right."""

    leads: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, said: float, right: bool) -> None:
        self.leads.append((said, right))

    def rows(self) -> list[tuple[str, int, float, float]]:
        """Bin, leads, mean of what was said, share that is right; bins without leads are left out."""
        rows = []
        for low, high in pairwise(BINS):
            inside = [(s, r) for s, r in self.leads if low <= s < high or (high == BINS[-1] and s >= high)]
            if inside:
                n = len(inside)
                rows.append((f"{low:g}-{high:g}", n, sum(s for s, _ in inside) / n, sum(r for _, r in inside) / n))
        return rows

    def error(self) -> float:
        """The mean distance between what was said and what came, over the leads: the expected calibration error."""
        total = len(self.leads)
        return sum(n * abs(said - share) for _, n, said, share in self.rows()) / total if total else 0.0


def reliability_table(groups: dict[str, Reliability]) -> Table:
    """The bins of each group with leads, and its error."""
    table = Table(box=None, header_style="bold")
    for name in ("confidence", "group", "leads", "said", "right"):
        table.add_column(name, justify="left" if name in ("confidence", "group") else "right")
    for group, reliability in groups.items():
        for low_high, n, said, share in reliability.rows():
            table.add_row(low_high, group, f"{n:,}", f"{said:.3f}", f"{share:.3f}")
        table.add_row("error", group, f"{len(reliability.leads):,}", "", f"{reliability.error():.3f}", style="bold")
    return table
