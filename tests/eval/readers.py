"""Counts what the readers make of files: records and problems by file, mapping or reason, and fields present; judges no text.

    python -m tests.eval.readers [--fields] PATH…
    python -m tests.eval.readers --speed

One table a file: how many records each mapping read, how many problems each reason code has, with an example of each, and the
members that yielded nothing at all. Records per second are of the reader's own processor time. `--speed` writes 20,000 synthetic
records of about 1.5 KB in each format to a temporary folder, and reads them.
"""

import argparse
import csv
import html
import io
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.readers import Limits, RawRecord, load_mappings, read_file


def measure(path: Path) -> dict[str, Any]:
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


PARAGRAPH = (
    "وقال المتحدث إن الوزارة & الهيئة ستبدآن العمل في المشروع الجديد خلال الأسبوع المقبل بعد اكتمال الدراسات. " * 2
)
N_SPEED = 20_000


def speed() -> None:
    """Print records per second of each format."""
    rows = [
        {
            "id": str(n),
            "title": f"عنوان الخبر رقم {n}",
            "url": f"https://example.org/{n}",
            "date": "2024-03-05T10:00:00Z",
            "text": "\n".join([PARAGRAPH.strip()] * 4),
        }
        for n in range(N_SPEED)
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, data in _files(rows):
            path = Path(folder, name)
            path.write_bytes(data)
            found = measure(path)
            n_records = sum(found["records"].values())
            rate = n_records / found["seconds"]
            print(f"{name:<12} {n_records:>7,} records {rate:>9,.0f}/s {len(data) / found['seconds'] / 1e6:>7.1f} MB/s")


def _files(rows: list[dict[str, str]]) -> Iterator[tuple[str, bytes]]:
    yield "a.jsonl", b"".join(orjson.dumps(row) + b"\n" for row in rows)
    for suffix, delimiter in ((".csv", ","), (".tsv", "\t")):
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        yield f"a{suffix}", out.getvalue().encode()
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), table, row_group_size=1000)
    yield "a.parquet", table.getvalue()
    trec = (
        f"<DOC>\n<DOCNO>{r['id']}</DOCNO>\n<URL>{r['url']}</URL>\n<TITLE>{r['title']}</TITLE>\n<TIME>{r['date']}</TIME>\n"
        f"<ABSTRACT>\n</ABSTRACT>\n<TEXT>\n{r['text']}\n</TEXT>\n</DOC>\n"
        for r in rows
    )
    yield "trec.sgml", "".join(trec).encode()
    htmls = ["".join(f"<p>{html.escape(line)}</p>" for line in row["text"].split("\n")) for row in rows]
    items = "".join(
        f"<item><title>{r['title']}</title><link>{r['url']}</link><pubDate>{r['date']}</pubDate>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
        for r, body in zip(rows, htmls, strict=True)
    )
    opened = '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>'
    yield "rss.xml", f"{opened}{items}</channel></rss>".encode()
    entries = "".join(
        f'<entry><id>{r["id"]}</id><title>{r["title"]}</title><link href="{r["url"]}"/><updated>{r["date"]}</updated>'
        f'<content type="xhtml"><div>{body}</div></content></entry>\n'
        for r, body in zip(rows, htmls, strict=True)
    )
    yield "atom.xml", f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
    yield (
        "ninjs.jsonl",
        b"".join(
            orjson.dumps({"uri": r["url"], "versioncreated": r["date"], "headline": r["title"], "body_xhtml": body})
            + b"\n"
            for r, body in zip(rows, htmls, strict=True)
        ),
    )
    nitfs = "".join(
        f'<nitf><head><docdata><date.issue norm="{r["date"]}"/></docdata></head><body><body.head><hedline><hl1>{r["title"]}</hl1>'
        f"</hedline></body.head><body.content>{body}</body.content></body></nitf>\n"
        for r, body in zip(rows, htmls, strict=True)
    )
    yield "nitf.xml", nitfs.encode()


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    options.add_argument("--fields", action="store_true", help="how many records have each field")
    options.add_argument("--speed", action="store_true", help="measure synthetic files instead")
    given = options.parse_args()
    if given.speed:
        speed()
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
