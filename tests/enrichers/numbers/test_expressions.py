"""Every expression of the two tables is read as expected; all of it is synthetic."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.enrichers.numbers.anchors import find_anchors
from pipeline.enrichers.numbers.date_mentions import find_date_mentions
from pipeline.enrichers.numbers.quantities import find_quantities
from pipeline.text.folded_texts import FoldedTexts

HERE = Path(__file__).parent
SATURDAY = datetime(2024, 11, 30, 12, tzinfo=UTC)


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def read(text):
    batch = FoldedTexts([text])
    (folded,), (anchors,) = batch.texts, find_anchors(batch)
    dates = find_date_mentions(text, folded, anchors, SATURDAY, None)
    taken = [(folded.place(d.start), folded.place(d.end)) for d in dates]
    return folded, dates, find_quantities(folded.text, anchors, taken)


def date_written(text, mention):
    days = f"{mention.first}" if mention.first == mention.last else f"{mention.first}..{mention.last}"
    return f"{text[mention.start : mention.end]}={days}"


def quantity_written(text, folded, quantity):
    start, end = folded.span(quantity.start, quantity.end)
    number = f"{quantity.value:.15g}" + (f"-{quantity.high:.15g}" if quantity.high is not None else "")
    counted = f"[{text[slice(*folded.span(*quantity.counted))]}]" if quantity.counted else None
    words = ["~" * quantity.is_approximate + number, quantity.kind, quantity.unit, counted]
    return f"{text[start:end]}={' '.join(filter(None, words))}"


@pytest.mark.parametrize(("text", "expected"), rows("dates.tsv"))
def test_dates(text, expected):
    _, dates, _ = read(text)

    assert (";".join(date_written(text, mention) for mention in dates) or "none") == expected


@pytest.mark.parametrize(("text", "expected"), rows("quantities.tsv"))
def test_quantities(text, expected):
    folded, _, quantities = read(text)

    assert (";".join(quantity_written(text, folded, quantity) for quantity in quantities) or "none") == expected
