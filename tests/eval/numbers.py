"""Prints how well dates and quantities are read in real articles: python -m tests.eval.numbers [--half held_out|tuned] [--wrong].

`number_labels.tsv` has the dates and quantities of the articles of `number_texts`, labelled by reading before anything was read by
program: places, values, units, no text. Articles with an odd number are held out. What was labelled:

* Dates: days, months, years, decades, seasons, weeks, quarters and ranges of years, absolute or counted from the day of the article
  (its value, also where the article is older than its stamp). `units ago` are the day, month or year they reach back to. Not: times of
  day, spans without an end (`in the coming days`), `the last ten years` (a quantity), months meant in general.
* Quantities: numbers from two up in digits or words with what they count or measure, durals of units, plurals of scales as lower
  bounds, ordinals from the third up. Not: scores, times of day, numbers that name (articles of law, routes), `one`, duals of nouns.

A mention is right when it overlaps the label and has its days; a quantity when it overlaps and has value and unit.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from pipeline.enrichers.numbers import annotate
from schemas.tables import ARTICLES
from tests.eval.number_texts import Sample, samples

LABELS: Final = Path(__file__).with_name("number_labels.tsv")
PINNED: Final = Path(__file__).with_name("number_dateparser.tsv")
HALVES: Final = ("tuned", "held_out")


class Item(NamedTuple):
    """A label or a finding: place, and what it is compared by."""

    start: int
    end: int
    value: tuple[Any, ...]


Reader = Callable[[Sample], list[Item]]


@cache
def labels() -> dict[tuple[str, str], list[dict[str, str]]]:
    """Rows of the labels by article and kind."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault((row["article"], row["kind"]), []).append(row)
    return found


def labelled_dates(sample: Sample) -> list[Item]:
    return [
        Item(int(row["start"]), int(row["end"]), (row["low"], row["high"]))
        for row in labels().get((sample.name, "date"), [])
    ]


def labelled_quantities(sample: Sample) -> list[Item]:
    return [
        Item(int(row["start"]), int(row["end"]), (float(row["low"]), row["unit"] or None))
        for row in labels().get((sample.name, "quantity"), [])
    ]


@cache
def _tables(sample: Sample) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    row = {
        "article_id": "a" * 32,
        "headline": "",
        "body": sample.text,
        "published_date": sample.published,
        "published_precision": "day",
        "language": "ar",
    }
    schema = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])
    dates, quantities = annotate(Documents(pa.Table.from_pylist([row], schema=schema)))
    return dates.to_pylist(), quantities.to_pylist()


def our_dates(sample: Sample) -> list[Item]:
    return [
        Item(row["start_char"], row["end_char"], (f"{row['date_from']}", f"{row['date_to']}"))
        for row in _tables(sample)[0]
    ]


def our_quantities(sample: Sample) -> list[Item]:
    return [
        Item(row["start_char"], row["end_char"], (row["quantity_value"], row["quantity_unit"]))
        for row in _tables(sample)[1]
    ]


@cache
def _pinned() -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    with PINNED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            item = Item(int(row["start"]), int(row["end"]), (row["day"], row["day"]))
            found.setdefault(row["article"], []).append(item)
    return found


def dateparser_dates(sample: Sample) -> list[Item]:
    """What dateparser 1.5.0 found, pinned by `python -m tests.eval.numbers --pin-dateparser`."""
    return _pinned().get(sample.name, [])


_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")


def plain_digits(sample: Sample) -> list[Item]:
    """Every run of digits as a number without a unit."""
    return [
        Item(*match.span(), (float(re.sub(r"[,٬]", "", match[0]).replace("٫", ".")), None))
        for match in _DIGITS.finditer(sample.text)
        if match[0].count(".") < 2
    ]


def score(
    expected: Reader, read: Reader, half: str, loosely: Callable[[Item, Item], bool] | None = None
) -> Counter[str]:
    """Counts of right, found and expected items of a half; `loosely` says what is right when equal values are too much to ask."""
    total: Counter[str] = Counter()
    for number, sample in enumerate(samples()):
        if HALVES[number % 2] != half:
            continue
        wanted, left = expected(sample), read(sample)
        total.update(expected=len(wanted), found=len(left))
        for item in wanted:
            match = next((o for o in left if _agree(item, o, loosely)), None)
            if match is not None:
                left.remove(match)
                total["right"] += 1
    return total


def _agree(one: Item, two: Item, loosely: Callable[[Item, Item], bool] | None) -> bool:
    if not (one.start < two.end and two.start < one.end):
        return False
    return loosely(one, two) if loosely else one.value == two.value


def _within(label: Item, found: Item) -> bool:
    """For a reference that knows only days: a day of the labelled period."""
    return bool(label.value[0] <= found.value[0] <= label.value[1])


def _same_number(label: Item, found: Item) -> bool:
    return bool(label.value[0] == found.value[0])


def _f1(counts: Counter[str]) -> tuple[float, float]:
    return counts["right"] / max(counts["found"], 1), counts["right"] / max(counts["expected"], 1)


def figures() -> list[dict[str, Any]]:
    """Precision and recall on each half, beside the alternative, which is asked for less: see `_within` and `_same_number`."""
    rows = []
    for half in HALVES:
        for what, expected, ours, other, name, loosely in (
            (
                "date mentions",
                labelled_dates,
                our_dates,
                dateparser_dates,
                "dateparser.search (any day of it)",
                _within,
            ),
            (
                "quantities",
                labelled_quantities,
                our_quantities,
                plain_digits,
                "digit pattern (value alone)",
                _same_number,
            ),
        ):
            mine = score(expected, ours, half)
            theirs = score(expected, other, half, loosely)
            for measure, value, alternative in zip(("precision", "recall"), _f1(mine), _f1(theirs), strict=True):
                rows.append(
                    {
                        "figure": f"{what} {measure}, {half.replace('_', ' ')}",
                        "value": round(value, 3),
                        "n": mine["found" if measure == "precision" else "expected"],
                        "alternative": name,
                        "alternative_value": round(alternative, 3),
                    }
                )
    return rows


def detail_figures() -> list[dict[str, Any]]:
    """Of quantities that are right: is the counted noun, and is `approximate`, as labelled?"""
    rows = []
    for half in HALVES:
        total: Counter[str] = Counter()
        for number, sample in enumerate(samples()):
            if HALVES[number % 2] == half:
                total += _details(sample)
        rows += [
            {
                "figure": f"{what} of right quantities, {half.replace('_', ' ')}",
                "value": round(total[what] / total["n"], 3),
                "n": total["n"],
            }
            for what in ("counted_text", "is_approximate", "ordinal")
        ]
    return rows


def _details(sample: Sample) -> Counter[str]:
    total: Counter[str] = Counter()
    for label in labels().get((sample.name, "quantity"), []):
        wanted = Item(int(label["start"]), int(label["end"]), (float(label["low"]), label["unit"] or None))
        for row in _tables(sample)[1]:
            found = Item(row["start_char"], row["end_char"], (row["quantity_value"], row["quantity_unit"]))
            if _agree(wanted, found, None):
                place = label["counted"].split(":")
                noun = sample.text[int(place[0]) : int(place[1])] if len(place) == 2 else None
                total["n"] += 1
                total["counted_text"] += row["counted_text"] == noun
                total["is_approximate"] += row["is_approximate"] == ("a" in label["flags"])
                total["ordinal"] += (row["quantity_kind"] == "ordinal") == ("o" in label["flags"])
    return total


def _wrong(half: str) -> None:
    for number, sample in enumerate(samples()):
        if HALVES[number % 2] != half:
            continue
        for what, expected, ours in (
            ("date", labelled_dates(sample), our_dates(sample)),
            ("quantity", labelled_quantities(sample), our_quantities(sample)),
        ):
            for item in expected:
                if not any(_agree(item, other, None) for other in ours):
                    print(number, what, "missed", repr(sample.text[item.start : item.end]), item.value)
            for item in ours:
                if not any(_agree(other, item, None) for other in expected):
                    around = sample.text[max(0, item.start - 20) : item.end + 12]
                    print(number, what, "wrong", repr(sample.text[item.start : item.end]), item.value, repr(around))


def pin_dateparser() -> None:
    """Write what dateparser finds (needs it installed); a day per finding, at the first place of its words after the last one."""
    from datetime import datetime

    from dateparser.search import search_dates

    with PINNED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("article", "start", "end", "day"))
        for sample in samples():
            base = datetime.combine(sample.published, datetime.min.time()).replace(hour=12)
            settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
            place = 0
            for words, found in search_dates(sample.text, languages=["ar"], settings=settings) or ():
                start = sample.text.find(words, place)
                if start >= 0:
                    place = start + len(words)
                    writer.writerow((sample.name, start, place, date.isoformat(found.date())))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, help="print only the figures of one half")
    parser.add_argument("--wrong", action="store_true", help="list what of that half is missed or wrong")
    parser.add_argument("--pin-dateparser", action="store_true", help="write number_dateparser.tsv anew")
    arguments = parser.parse_args()
    if arguments.pin_dateparser:
        pin_dateparser()
    for row in [*figures(), *detail_figures()]:
        if arguments.half is None or arguments.half.replace("_", " ") in row["figure"]:
            print(*row.values(), sep="\t")
    if arguments.wrong and arguments.half:
        _wrong(arguments.half)


if __name__ == "__main__":
    main()
