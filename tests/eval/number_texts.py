"""Decides which real articles the labels of dates and numbers are about: a fixed sample of three corpora of `../shared/data`.

The order is that of a hash of the id, so it depends on no file order; the first CHARACTERS of a body are read, to a word's end.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from pipeline.text.dates import parse_date
from tests.eval.texts import DATA

CHARACTERS: Final = 700
PER_CORPUS: Final = 22
_TAG: Final = re.compile(r"<(TIME|TEXT)>(.*?)</\1>", re.DOTALL)
_DUMPS: Final = slice(0, None, 5)  # of the fifteen daily dumps of SaudiNewsNet
_EVERY: Final = 40  # records of a dump, members of an archive


@dataclass(frozen=True, slots=True)
class Sample:
    """An article: `name` says where it is, `published` is its day."""

    name: str
    published: date
    text: str


@cache
def samples() -> tuple[Sample, ...]:
    """The labelled articles, corpora in turn; every second one is held out."""
    corpora = (
        _saudinewsnet(),
        _antcorpus("antcorpus-2015-2017q1"),
        _antcorpus("antcorpus-multisource-2018-02-05"),
    )
    chosen = [sorted(corpus, key=_order)[:PER_CORPUS] for corpus in corpora]
    return tuple(sample for row in zip(*chosen, strict=True) for sample in row)


def _order(sample: Sample) -> str:
    return hashlib.sha256(f"numbers/{sample.name}".encode()).hexdigest()


def _saudinewsnet() -> Iterator[Sample]:
    for path in sorted((DATA / "saudinewsnet").glob("*.zip"))[_DUMPS]:
        with zipfile.ZipFile(path) as archive:
            records = json.loads(archive.read(archive.namelist()[0]).decode("utf-8-sig"))
        for number in range(0, len(records), _EVERY):
            day = date.fromisoformat(records[number]["date_extracted"][:10])
            yield from _sample(f"saudinewsnet/{path.stem}/{number}", day, records[number]["content"] or "")


def _antcorpus(name: str) -> Iterator[Sample]:
    with zipfile.ZipFile(DATA / f"{name}.zip") as archive:
        for member in sorted(m for m in archive.namelist() if m.endswith(".txt"))[::_EVERY]:
            parts = dict(_TAG.findall(archive.read(member).decode("utf-8", "replace")))
            stated = parse_date(parts.get("TIME", ""))
            if stated is not None and stated.day is not None and not stated.is_ambiguous:
                yield from _sample(f"{name}/{member}", stated.day, parts.get("TEXT", ""))


def _sample(name: str, published: date, text: str) -> Iterator[Sample]:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > CHARACTERS:
        text = text[: text.rfind(" ", 0, CHARACTERS)]
    if len(text) >= 200:
        yield Sample(name, published, text)
