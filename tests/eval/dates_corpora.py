"""Prints how the date engine fares on real news: publication times of the ANT corpora, and speed on SaudiNewsNet bodies.

    python -m tests.eval.dates_corpora [--profile]

Needs the shared data: `$WARRAQ_SHARED`, else `../shared` beside the repository. The truth of a publication time is the date in the
name of its file, which is written in more than one order; the same file name may carry the day of the capture instead.
"""

import argparse
import cProfile
import json
import os
import pstats
import re
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.text.dates import find_dates, parse_date

SHARED = Path(os.environ.get("WARRAQ_SHARED", Path(__file__).parents[2].parent / "shared"))
_STAMP = re.compile(r"-(\d{8})\.txt$")
_TIME = re.compile(r"<TIME>(.*?)</TIME>", re.DOTALL)


def _named_days(name: str) -> set[date]:
    """The days that the eight digits of a file name may mean."""
    match = _STAMP.search(name)
    days = set()
    if match:
        digits = match[1]
        orders = [digits, digits[4:] + digits[2:4] + digits[:2], digits[4:] + digits[:2] + digits[2:4]]
        for order in orders:
            try:
                day = datetime.strptime(order, "%Y%m%d").date()
            except ValueError:
                continue
            if 2000 <= day.year <= 2030:
                days.add(day)
    return days


def publication_times(archive: Path) -> Counter[str]:
    """Outcomes of reading every TIME of an ANT corpus: `same day`, `other day`, `not read`, by form."""
    outcomes: Counter[str] = Counter()
    with zipfile.ZipFile(archive) as file:
        for name in file.namelist():
            if not name.endswith(".txt"):
                continue
            match = _TIME.search(file.read(name).decode("utf-8", "replace"))
            read = parse_date(match[1]) if match else None
            days = _named_days(name)
            form = re.sub(r"\d", "9", re.sub(r"[^\W\d_]+", "a", match[1])) if match else "no TIME"
            kind = "not read" if read is None else "same day" if read.day in days else "other day"
            outcomes[f"{form:32} {kind}{', flagged' if read and read.is_ambiguous else ''}"] += 1
    return outcomes


def bodies() -> Iterator[tuple[str, datetime]]:
    """Bodies of the first SaudiNewsNet dumps, with the time at which each was taken."""
    for archive in sorted((SHARED / "data" / "saudinewsnet").glob("*.zip"))[:2]:
        with zipfile.ZipFile(archive) as file:
            for record in json.loads(file.read(file.namelist()[0]).decode("utf-8-sig")):
                if record.get("content"):
                    taken = datetime.fromisoformat(record["date_extracted"]).replace(tzinfo=UTC)
                    yield record["content"], taken


def print_speed(texts: list[tuple[str, datetime]]) -> None:
    """Print how many bodies a second find_dates reads, with and without the time at which each was taken."""
    size = sum(len(text.encode()) for text, _ in texts)
    find_dates("5 مارس 2024")
    for kind, anchored in (("with an anchor", True), ("without", False)):
        started = time.process_time()
        hits = sum(len(find_dates(text, "Asia/Riyadh", anchor=at if anchored else None)) for text, at in texts)
        spent = time.process_time() - started
        print(
            f"find_dates {kind:16}{len(texts)} bodies of {size // len(texts)} bytes, {hits} dates: "
            f"{len(texts) / spent:,.0f} bodies/s, {size / 2048 / spent:,.0f} times 2 KB/s"
        )
    started = time.process_time()
    for text, _ in texts:
        text.split()
    print(f"for comparison: str.split {size / 2048 / (time.process_time() - started):,.0f} times 2 KB/s")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    for archive in sorted((SHARED / "data").glob("antcorpus*.zip")):
        for outcome, count in publication_times(archive).most_common():
            print(f"{archive.stem:36}{count:>8}  {outcome}")
    texts = list(bodies())[:3000]
    print_speed(texts)
    if arguments.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: [find_dates(text, "Asia/Riyadh", anchor=at) for text, at in texts])
        pstats.Stats(profile).sort_stats("tottime").print_stats(15)


if __name__ == "__main__":
    main()
