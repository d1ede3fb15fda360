"""Decides what the forms of the gazetteers in `data/` stand for."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pipeline.enrichers.mentions.matcher import Matcher
from pipeline.text.arabic import fold

EntityType = Literal["PER", "LOC", "ORG"]


class Entity(NamedTuple):
    """What a form names; `rule` is the gazetteer, `is_doubtful` that the form is also a common word or a name."""

    entity_type: EntityType
    entity_id: str | None
    entity_name: str
    method: str
    rule: str
    is_doubtful: bool


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a gazetteer; lines that begin with # say where it comes from."""
    text = (files(__package__) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")


@cache
def matcher() -> Matcher[Entity]:
    """All forms of all gazetteers."""
    return Matcher(_forms())


def _forms() -> Iterator[tuple[str, Entity, bool]]:
    yield from _countries()


def _countries() -> Iterator[tuple[str, Entity, bool]]:
    more = {row["code"]: row for row in table("country_forms")}
    for row in table("countries"):
        extra = more.get(row["code"], {})
        entity = Entity("LOC", f"iso3166:{row['code']}", row["name"], "gazetteer", "countries", False)
        for form, is_doubtful in split_forms("|".join(filter(None, (row["forms"], extra.get("forms"))))):
            yield form, entity._replace(is_doubtful=is_doubtful), True
        nisba = entity._replace(method="nisba", rule="nisbas")
        for base, is_doubtful in split_forms(extra.get("nisbas", "")):
            for form in nisba_forms(base):
                yield form, nisba._replace(is_doubtful=is_doubtful), True
        for form, is_doubtful in split_forms(extra.get("plurals", "")):
            yield form, nisba._replace(is_doubtful=is_doubtful), True


def split_forms(forms: str) -> list[tuple[str, bool]]:
    """Folded forms of a cell, and whether they are marked doubtful."""
    return [(fold(form.removeprefix("?")), form.startswith("?")) for form in forms.split("|") if form]


def nisba_forms(base: str) -> list[str]:
    """Every gender, number and state of a nisba, folded.

    >>> nisba_forms("روسي")[:4]
    ['روسي', 'الروسي', 'روسيه', 'الروسيه']
    """
    words = fold(base).split(" ")
    forms = []
    for ending in ("", "ه", "ين", "ون", "ان", "تين", "تان", "ات"):
        inflected = [word + ending for word in words]
        forms += [" ".join(inflected), " ".join("ال" + word for word in inflected)]
    return forms
