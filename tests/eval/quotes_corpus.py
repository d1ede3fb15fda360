"""Decides which articles quotes and cited sources are measured on, and what was labelled in them.

Labels are offsets (`quotes.tsv`) into headlines and bodies that are rebuilt from ../shared/data as the corpora deliver them, not as
our parser reads them, so that a better parser does not move them; `quotes_articles.tsv` holds a hash of each text. They were drawn
with a fixed seed (24 of SaudiNewsNet, 14 of the five outlets and 8 of Jawhara FM, 500 to 2,200 characters long), and labelled from
the raw text before there was an annotator; even numbers were used for tuning, odd ones are held out. From number 46 on are 32
more (350 to 1,300 characters with a word like `وكالة`, `صحيفة` or `رويترز`), for cited sources and wire copy alone.

What was labelled: every passage that a verb or noun of saying attributes to somebody with a clause (`أن`, `إن`), a colon or marks, from
the first to the last reported word, and the whole name of the speaker where it was last written out; sentences that `بحسب` and the
like give to a source; every other passage in marks as `scare`; every agency or outlet cited as a source as `cited:ID`. Not
labelled: reported nouns (`أكد أهمية الحوار`), beliefs (`يعتقد`), single quotation marks.
"""

import csv
import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.eval.texts import DATA

HERE: Final = Path(__file__).parent
_TAG: Final = re.compile(r"<(TITLE|TEXT|AUTHOR)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled span; `speaker` is None when the speaker is not written in the text, or for other labels than quotes."""

    text_part: str
    label: str
    start: int
    end: int
    speaker: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its labels."""

    name: str
    half: str
    has_quotes: bool
    headline: str
    body: str
    byline: str
    wire_agency: str | None
    labels: tuple[Label, ...]


def available() -> bool:
    """Whether the data that the labels belong to is at hand."""
    return (DATA / "saudinewsnet").is_dir()


@cache
def labelled() -> tuple[Labelled, ...]:
    """The labelled articles.

    Raises:
        ValueError: the data is not what was labelled.
    """
    labels: dict[str, list[Label]] = {}
    for row in _rows("quotes.tsv"):
        speaker = (int(row["speaker_start"]), int(row["speaker_end"])) if row["speaker_start"] else None
        label = Label(row["text_part"], row["label"], int(row["start"]), int(row["end"]), speaker)
        labels.setdefault(row["number"], []).append(label)
    return tuple(_article(row, tuple(labels.get(row["number"], ()))) for row in _rows("quotes_articles.tsv"))


def _article(row: dict[str, str], labels: tuple[Label, ...]) -> Labelled:
    headline, body, byline = _texts(row["article"])
    if hashlib.sha256(f"{headline}\n{body}".encode()).hexdigest()[:16] != row["text_sha256"]:
        raise ValueError(f"{row['article']} is not the text that was labelled")
    return Labelled(
        row["article"],
        row["half"],
        row["labelled"] == "all",
        headline,
        body,
        byline,
        row["wire_agency"] or None,
        labels,
    )


def _texts(name: str) -> tuple[str, str, str]:
    corpus, _, member = name.partition("/")
    if corpus == "snn":
        day, _, index = member.partition("/")
        record = _day(day)[int(index)]
        return _line(record["title"]), _body(record["content"]), (record["author"] or "").strip()
    with zipfile.ZipFile(DATA / f"{corpus}.zip") as archive:
        parts = dict(_TAG.findall(archive.read(member).decode("utf-8", "replace")))
    return _line(parts.get("TITLE")), _body(parts.get("TEXT")), (parts.get("AUTHOR") or "").strip()


@cache
def _day(day: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(DATA / "saudinewsnet" / f"{day}.zip") as archive:
        records: list[dict[str, str]] = json.loads(archive.read(archive.namelist()[0]).decode("utf-8-sig"))
    return records


def _line(text: str | None) -> str:
    return unicodedata.normalize("NFC", " ".join((text or "").split()))


def _body(text: str | None) -> str:
    lines = (" ".join(line.split()) for line in (text or "").replace("\r", "\n").split("\n"))
    return unicodedata.normalize("NFC", "\n\n".join(line for line in lines if line))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t")
