"""Prints how the date engine, htmldate and dateparser read the expressions of `tests/text/dates/expressions.tsv`.

    python -m tests.eval.dates            the table, and how many bodies a second find_dates reads
    python -m tests.eval.dates --wrong    and each expression that the engine does not read as expected

The references are given what they can use: htmldate gets the expression as the only text of a page, dateparser the anchor and
the zone as settings; of running text dateparser gets it through `search_dates`. A reference is right when its calendar day is
(precision, time, calendar and ambiguity are asked only of the engine); a coarse expression asks it for nothing finer.
"""

import argparse
import csv
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.text.dates import DateOrder, NewsDate, find_dates, parse_date
from schemas.vocab import Calendar, Precision
from tests.eval.dates_corpora import bodies, print_speed
from tests.eval.texts import DATA
from tests.eval.texts import texts as made

N_BODIES = 3000
ANCHOR = datetime(2024, 3, 5, 7, tzinfo=UTC)
EXPRESSIONS = Path(__file__).parents[1] / "text" / "dates" / "expressions.tsv"
OUTCOMES = ("right", "wrong", "invented 1 January", "none")


@dataclass(frozen=True)
class Expression:
    """A row: `expected` as `written` prints dates, separated by semicolons; ``none`` for no date."""

    call: str
    expected: str
    text: str
    anchor: datetime | None
    zone: str
    order: DateOrder | None
    language: str | None
    form: str

    def days(self) -> list[str]:
        """Expected values without calendar and flags, at most to the day, in the zone of the expression."""
        return [_local(value.partition("/")[0], self.zone) for value in self.expected.split(";") if value != "none"]


def read_expressions() -> list[Expression]:
    """All rows, in order."""
    with EXPRESSIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Expression(
            row["call"],
            row["expected"],
            row["text"],
            datetime.fromisoformat(row["anchor"]) if row["anchor"] else None,
            row["zone"] or "UTC",
            DateOrder(row["order"]) if row["order"] else None,
            row["language"] or None,
            row["form"],
        )
        for row in rows
    ]


def written(found: NewsDate) -> str:
    """``2024-11-30T18:04Z/hra``: as fine as stated; then h Hijri, j Jalali, r relative, a ambiguous."""
    match found.precision:
        case Precision.SECOND | Precision.MINUTE | Precision.HOUR:
            form = {"second": "%H:%M:%S", "minute": "%H:%M", "hour": "%H"}[found.precision]
            value = f"{found.instant:%Y-%m-%dT{form}Z}"
        case Precision.DAY:
            value = f"{found.day}"
        case Precision.MONTH:
            value = f"{found.year}-{found.month:02}" if found.year and found.month else "month"
        case _:
            value = f"{found.year}"
    calendar = {Calendar.HIJRI: "h", Calendar.JALALI: "j"}.get(found.calendar, "")
    flags = calendar + "r" * found.is_relative + "a" * found.is_ambiguous
    return f"{value}/{flags}" if flags else value


def engine(expression: Expression) -> str:
    """What the engine reads, as `written`."""
    given = {"anchor": expression.anchor, "order": expression.order, "language": expression.language}
    if expression.call == "find":
        found = find_dates(expression.text, expression.zone, **given)  # type: ignore[arg-type]
        return ";".join(map(written, found)) or "none"
    one = parse_date(expression.text, expression.zone, **given)  # type: ignore[arg-type]
    return written(one) if one else "none"


def _local(value: str, zone: str) -> str:
    if "T" not in value:
        return value
    hour = value.removesuffix("Z")
    instant = datetime.fromisoformat(hour if ":" in hour else f"{hour}:00").replace(tzinfo=UTC)
    return instant.astimezone(ZoneInfo(zone)).date().isoformat()


def _htmldate(expression: Expression) -> list[date]:
    from htmldate import find_date

    page = f"<html><body><article><p>{expression.text}</p></article></body></html>"
    found = find_date(page, extensive_search=True, original_date=True, outputformat="%Y-%m-%d")
    return [date.fromisoformat(found)] if found else []


def _dateparser(expression: Expression) -> list[date]:
    import dateparser
    from dateparser.search import search_dates

    settings: dict[str, object] = {"TIMEZONE": expression.zone, "PREFER_DATES_FROM": "past"}
    settings["RELATIVE_BASE"] = (expression.anchor or datetime(2026, 1, 1, tzinfo=UTC)).replace(tzinfo=None)
    if expression.order:
        settings["DATE_ORDER"] = expression.order.value.upper()
    languages = [expression.language[:2]] if expression.language else None
    if expression.call == "find":
        return [found.date() for _, found in search_dates(expression.text, languages, settings=settings) or ()]
    found = dateparser.parse(expression.text, languages=languages, settings=settings)
    return [found.date()] if found else []


def _judge_days(expression: Expression, found: list[date]) -> str:
    expected = expression.days()
    if not found:
        return "right" if not expected else "none"
    read = [day.isoformat() for day in found]
    if len(read) == len(expected) and all(day.startswith(want) for day, want in zip(read, expected, strict=True)):
        return "right"
    invented = any(day.endswith("-01-01") for day in read) and not any(want.endswith("-01-01") for want in expected)
    return "invented 1 January" if invented else "wrong"


def _judge(expression: Expression, value: str) -> str:
    if value == expression.expected:
        return "right"
    if value == "none":
        return "none"
    return "invented 1 January" if "-01-01" in value and "-01-01" not in expression.expected else "wrong"


def measure(
    expressions: list[Expression], read: Callable[[Expression], object], judge: Callable[[Expression, object], str]
) -> tuple[Counter[str], float]:
    """Outcomes by kind, and CPU milliseconds an expression."""
    outcomes: Counter[str] = Counter()
    started = time.process_time()
    results = []
    for expression in expressions:
        try:
            results.append(read(expression))
        except Exception as error:  # a reference that breaks has read nothing
            results.append([] if read is not engine else f"raised {error!r}")
    spent = time.process_time() - started
    for expression, result in zip(expressions, results, strict=True):
        outcomes[judge(expression, result)] += 1
    return outcomes, 1000 * spent / len(expressions)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list what the engine does not read as expected")
    parser.add_argument("--engine-only", action="store_true", help="leave the references out")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    expressions = read_expressions()
    parts = {
        "states a date": [e for e in expressions if e.expected != "none"],
        "states none": [e for e in expressions if e.expected == "none"],
    }
    readers: dict[str, tuple[Callable, Callable]] = {"engine": (engine, _judge)}
    if not arguments.engine_only:
        readers |= {"htmldate": (_htmldate, _judge_days), "dateparser": (_dateparser, _judge_days)}
    engine(expressions[0])
    print(f"{'expressions':16}{'reader':12}{'n':>5}" + "".join(f"{o:>20}" for o in OUTCOMES) + f"{'ms each':>10}")
    for part, rows in parts.items():
        for name, (read, judge) in readers.items():
            outcomes, spent = measure(rows, read, judge)
            counts = "".join(f"{outcomes[outcome]:>20}" for outcome in OUTCOMES)
            print(f"{part:16}{name:12}{len(rows):>5}{counts}{spent:>10.3f}")
    texts = (
        list(bodies())[:N_BODIES]
        if DATA.is_dir()
        else [("\n".join(text.paragraphs), ANCHOR) for text in made("ar", False)]
    )
    print_speed(texts)
    if arguments.wrong:
        for expression in expressions:
            if (value := engine(expression)) != expression.expected:
                print(f"{expression.call} {expression.text!r}: {value}, expected {expression.expected}")


if __name__ == "__main__":
    main()
