"""Decides which names are those of a news agency or a much cited outlet; it does not decide whether a text cites it.

`agencies.tsv` serves bylines and annotators alike. A name in `names` is nothing else in a text; one in `short_names` is an
ordinary word too (`بنا`, `الرياض`, `AP`): it counts where the place tells that a source is meant, such as a byline, brackets,
or a noun like `وكالة` before it. Names and countries are general knowledge; the Wikidata ids are those of
well-known agencies, checked against public tables where there is one (the postprocessing of impresso's news agency tagger), and
empty where nothing vouches for one.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import regex

from pipeline.text.arabic import fold

AGENCIES_VERSION: Final = "2"

_EDGES: Final = "«»\"“”'’‘()[] \u00a0\t:*،,./ـ-–—"
_SEPARATOR: Final = regex.compile(r"\s*[:/()|،,*\[\]]\s*|\s*[–—ـ-]+\s+|\s+[–—ـ-]+\s*|\s*[–—]\s*|--+")
_GENERIC: Final = ("وكالة أنباء", "وكالة", "مع", "avec")


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency or outlet; `names[0]` is the one to print, `wikidata` and `country` are None when not known."""

    agency_id: str
    kind: str
    country: str | None
    wikidata: str | None
    names: tuple[str, ...]
    short_names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def local_name(self) -> str:
        """The first of its names in Arabic script, else the one to print."""
        return next((name for name in self.names if "\u0600" <= name[0] <= "\u06ff"), self.name)

    @property
    def is_agency(self) -> bool:
        return self.kind == "agency"


def _read() -> Iterator[Agency]:
    with Path(__file__).with_name("agencies.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            names, short = (tuple(n for n in row[c].split("; ") if n) for c in ("names", "short_names"))
            yield Agency(
                row["agency_id"], row["agency_kind"], row["country"] or None, row["wikidata"] or None, names, short
            )


AGENCIES: Final = {agency.agency_id: agency for agency in _read()}


def name_key(text: str) -> str:
    """The form in which names are compared: folded, without full stops and marks around.

    >>> name_key("(د.ب.أ)")
    'د ب ا'
    """
    return " ".join(fold(text.replace(".", " ").strip(_EDGES)).split())


def spellings(name: str) -> set[str]:
    """How a name may be written in a folded text: spelt letters with spaces, full stops or both between them.

    >>> sorted(spellings("د ب أ"))
    ['د ب ا', 'د. ب. ا', 'د.ب.ا']
    """
    key = fold(name)
    forms = {key}
    if " " in key and all(len(part) <= 3 for part in key.split()):
        forms |= {key.replace(" ", "."), key.replace(" ", ". ")}
    return forms


@cache
def agency_keys() -> dict[str, str]:
    """Agency id by `name_key` of each of its names, short ones too; outlets are left out."""
    keys: dict[str, str] = {}
    for agency in AGENCIES.values():
        if agency.is_agency:
            for name in agency.names + agency.short_names:
                keys.setdefault(name_key(name), agency.agency_id)
    return keys


def named_agency(part: str) -> str | None:
    """The agency that a part of a byline or a field names, by a name or its id; None when it is no agency.

    >>> named_agency("وكالة رويترز"), named_agency("spa"), named_agency("الرياض")
    ('reuters', 'spa', None)
    """
    key = name_key(part)
    if found := agency_keys().get(key):
        return found
    if key in AGENCIES and AGENCIES[key].is_agency:
        return key
    for word in _GENERIC:
        if key.startswith(rest := f"{name_key(word)} "):
            return agency_keys().get(key.removeprefix(rest))
    return None


def line_agency(line: str) -> tuple[str, str] | None:
    """(agency id, the part that names it) of the first part of a byline, credit or dateline that is an agency.

    >>> line_agency("القاهرة - د.ب.أ")
    ('dpa', 'د.ب.أ')
    """
    for part in _SEPARATOR.split(line):
        if part and (found := named_agency(part)):
            return found, part.strip()
    return None
