"""Counts what the readers make of files: records and problems by file, mapping or reason, and fields present; judges no text.

    python -m tests.eval.readers [--fields] PATH…

One table a file: how many records each mapping read, how many problems each reason code has, with an example of each, and the
members that yielded nothing at all. Records per second are of the reader's own processor time.
"""

import argparse
import time
import zipfile
from collections import Counter
from pathlib import Path

from pipeline.readers import Limits, RawRecord, load_mappings, read_file


def measure(path: Path) -> dict[str, object]:
    """What one file yields.

    Returns:
        `records` by mapping, `problems` by reason, `examples` of problems by reason, `fields` by mapping and field,
        `members` of a zip that are files, `silent` members without any record or problem, `seconds` of processor time.
    """
    records: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    examples: dict[str, str] = {}
    seen: set[str] = set()
    began = time.process_time()
    for item in read_file(path, load_mappings(), Limits()):
        locator = item.locator or ""
        seen.add(locator.rpartition("#")[0] or locator)
        if isinstance(item, RawRecord):
            records[item.mapping] += 1
            names = (
                *item.fields,
                *(["text"] if item.text else []),
                *(["unknown fields"] if item.unknown_fields else []),
            )
            fields.update(f"{item.mapping}.{name}" for name in names)
        else:
            problems[item.reason_code] += 1
            examples.setdefault(item.reason_code, f"{locator}: {item.observed or ''}")
    seconds = time.process_time() - began
    members = _members(path)
    return {
        "records": records,
        "problems": problems,
        "examples": examples,
        "fields": fields,
        "members": len(members),
        "silent": sorted(members - seen),
        "seconds": seconds,
    }


def _members(path: Path) -> set[str]:
    if not zipfile.is_zipfile(path):
        return set()
    with zipfile.ZipFile(path) as archive:
        return {info.filename for info in archive.infolist() if not info.is_dir()}


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    options.add_argument("--fields", action="store_true", help="how many records have each field")
    given = options.parse_args()
    files = [file for path in given.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    for path in (file for file in files if file.is_file()):
        found = measure(path)
        n_records = sum(found["records"].values())
        n_problems = sum(found["problems"].values())
        rate = (n_records + n_problems) / found["seconds"] if found["seconds"] else 0
        print(f"{path.name}: {n_records:,} records, {n_problems:,} problems, {rate:,.0f} records/s", end="")
        print(f", {found['members']:,} members, {len(found['silent']):,} of them silent" if found["members"] else "")
        for mapping, count in found["records"].most_common():
            print(f"  {count:>8,}  read by {mapping}")
        for reason, count in found["problems"].most_common():
            print(f"  {count:>8,}  {reason}, such as {found['examples'][reason]}")
        if given.fields:
            for name, count in sorted(found["fields"].items()):
                print(f"  {count:>8,}  {name}")


if __name__ == "__main__":
    main()
