"""Every expression of the table is read as it states; the floor is all of them."""

import csv
from collections import Counter

import pytest

from tests.eval.dates import EXPRESSIONS, Expression, engine, read_expressions

ROWS = read_expressions()


@pytest.mark.parametrize("expression", ROWS, ids=lambda row: f"{row.call}:{row.text[:40]}")
def test_expression(expression: Expression) -> None:
    assert expression.expected == engine(expression)


def test_the_table_is_large_enough_and_has_no_row_twice() -> None:
    with EXPRESSIONS.open(encoding="utf-8", newline="") as file:
        keys = Counter(
            tuple(row[:3]) + tuple(row[3:7]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )
    stated = Counter(row.expected != "none" for row in ROWS)

    assert [key for key, count in keys.items() if count > 1] == []
    assert (stated[True] >= 300, stated[False] >= 60) == (True, True)
