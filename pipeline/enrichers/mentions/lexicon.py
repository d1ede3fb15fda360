"""Decides what the forms of the gazetteers in `data/` stand for."""

import csv
import hashlib
from collections.abc import Callable, Container, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from pipeline.enrichers.mentions.cuts import ALL_MARKS
from pipeline.enrichers.mentions.matcher import ANY_PARTICLE, Matcher
from pipeline.text.agencies import AGENCIES, AGENCIES_VERSION, Agency
from pipeline.text.arabic import fold
from pipeline.text.spacing import spaced

EntityType = Literal["PER", "LOC", "ORG"]
_ENDINGS = ("", "ه", "ين", "ون", "ان", "تين", "تان", "ات")  # gender and number of a nisba, folded


class Entity(NamedTuple):
    """What a form names; `rule` is its gazetteer.

    `doubt`: '' when the form names nothing else; '?' when it is also a common word or a name, and needs evidence; '~' when it
    names several places, between which the countries that the article speaks of decide; '+' when the name of a country is its
    adjective too; '!' when it is a club where the article is about sport.
    """

    entity_type: EntityType
    entity_id: str | None
    entity_name: str
    country: str | None
    rule: str
    doubt: str


class Head(NamedTuple):
    """A noun that opens the name of an organisation or a place; see `org_heads.tsv` and `place_heads.tsv`."""

    entity_type: EntityType
    follows: str
    most: int


class Senses(NamedTuple):
    """All that a form may be: entities, a title (`direct`, `weak`, `office`), a head, a part of a name (`sure`, `weak`, `surname`, `half`),
    a noun before a doubtful form of this type that makes it sure; and what the published letters must be: LATIN, YEH or any."""

    entities: tuple[Entity, ...] = ()
    title: str | None = None
    head: Head | None = None
    part: str | None = None
    cue: str | None = None
    spelling: str | None = None


NISBAS = "nisbas"
LATIN = "latin"  # letters, of which a name has capitals
YEH = "yeh"  # ends in one that the fold makes of another letter too, which other words have
LAST_LATIN = "\u024f"
YEH_MATTERS = frozenset(("علي", "يمني", "اليمني", "مجري"))  # على, يمنى, اليمنى, مجرى are other words
_BEFORE_PEOPLE = ("و", "ل", "ب")  # fewer than before places, since there are so many parts of names
CLUBS = "clubs"


class Form(NamedTuple):
    """A folded form with its mark: ?, ~, + or ! as in `Entity.doubt`, = when no particle is written onto it."""

    text: str
    mark: str

    @property
    def doubt(self) -> str:
        return self.mark.replace("=", "")


def gazetteers_version() -> str:
    """A hash of the gazetteers, since they decide the rows as much as the rules do."""
    digest = hashlib.sha256(AGENCIES_VERSION.encode())
    for file in sorted((files(__package__) / "data").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".tsv"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a gazetteer; lines that begin with # say where it comes from."""
    text = (files(__package__) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")


def split_forms(cell: str) -> list[Form]:
    """The forms of a cell.

    >>> split_forms("موسكو|?قطر")
    [Form(text='موسكو', mark=''), Form(text='قطر', mark='?')]
    """
    forms = []
    for form in filter(None, cell.split("|")):
        text = form.lstrip("?~=+!")
        forms.append(Form(spaced(fold(text), ALL_MARKS).strip(), form[: len(form) - len(text)]))
    return forms


def nisba_forms(base: str) -> list[str]:
    """Every gender, number and state of a nisba, folded.

    >>> nisba_forms("روسي")[:4]
    ['روسي', 'الروسي', 'روسيه', 'الروسيه']
    """
    words = fold(base).split(" ")
    return [" ".join(article + word + ending for word in words) for ending in _ENDINGS for article in ("", "ال")]


@cache
def matcher() -> Matcher[Senses]:
    """All forms of all gazetteers."""
    forms: dict[str, dict[str, Any]] = {}
    bare: set[str] = set()
    for form, sense in _entities():
        entities = forms.setdefault(form.text, {}).setdefault("entities", [])
        if sense not in entities:
            entities.append(sense)
        if form.mark == "=" or form.text[0] < "\u0600":
            bare.add(form.text)
    for kind, column, sense_of in _OTHER_SENSES:
        for row in table(kind):
            for form in split_forms(row[column]):
                forms.setdefault(form.text, {}).update(sense_of(row))
    made: dict[Senses, Senses] = {}
    return Matcher(
        Senses(),
        (
            _matched(text, Senses(tuple(senses.pop("entities", ())), **senses, spelling=_spelling(text)), made, bare)
            for text, senses in forms.items()
        ),
    )


def _spelling(form: str) -> str | None:
    return LATIN if form[0] <= LAST_LATIN else YEH if form in YEH_MATTERS else None


def _matched(
    text: str, senses: Senses, made: dict[Senses, Senses], bare: set[str]
) -> tuple[str, Senses, tuple[str, ...], Container[str]]:
    is_name = not (senses.title or senses.head or senses.cue or text.startswith("ال"))
    particles = () if text in bare else ANY_PARTICLE if senses.part is None else _BEFORE_PEOPLE
    return text, made.setdefault(senses, senses), particles, common_words() if is_name else ()


_OTHER_SENSES: tuple[tuple[str, str, Callable[[dict[str, str]], dict[str, Any]]], ...] = (
    ("names", "name", lambda row: {"part": row["kind"]}),
    ("titles", "forms", lambda row: {"title": row["kind"]}),
    ("org_heads", "forms", lambda row: {"head": Head("ORG", row["follows"], int(row["most"]))}),
    ("place_heads", "forms", lambda row: {"head": Head("LOC", row["follows"], int(row["most"]))}),
    ("cues", "forms", lambda row: {"cue": row["type"]}),
)


@cache
def common_words() -> frozenset[str]:
    """Folded words that are no name by themselves."""
    return frozenset(row["word"] for row in table("common_words"))


@cache
def part_kinds() -> dict[str, str]:
    """Kind of every folded part of a name."""
    return {row["name"]: row["kind"] for row in table("names")}


def function_words(kind: str) -> frozenset[str]:
    """Folded words of one kind of `function_words.tsv`."""
    return _function_words()[kind]


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {row["kind"]: frozenset(form.text for form in split_forms(row["forms"])) for row in table("function_words")}


def _entities() -> Iterator[tuple[Form, Entity]]:
    yield from _countries()
    for row in table("cities"):
        yield from _of(Entity("LOC", f"geonames:{row['id']}", row["name"], row["country"], "cities", ""), row["forms"])
    for row in table("regions"):
        yield from _of(Entity("LOC", row["id"] or None, row["name"], None, "regions", ""), row["forms"])
    for agency in AGENCIES.values():
        if agency.is_agency:
            entity = Entity("ORG", f"agency:{agency.agency_id}", agency.local_name, None, "agencies", "")
            yield from _of(entity, "|".join(dict.fromkeys(_agency_forms(agency))))
    for row in table("organisations"):
        yield from _of(Entity("ORG", row["id"] or None, row["name"], None, "organisations", ""), row["forms"])
    for row in table("clubs"):
        yield from _of(Entity("ORG", row["id"] or None, row["name"], None, CLUBS, ""), row["forms"])
    for row in table("people"):
        yield from _of(
            Entity("PER", row["id"] or None, row["name"], None, "people", ""), f"{row['forms']}|{row['last']}"
        )


def _agency_forms(agency: Agency) -> Iterator[str]:
    """Its names, and those that need evidence behind the noun that gives it."""
    yield from agency.names
    for name in agency.names + agency.short_names:
        if not name.startswith("وكالة"):
            yield from (f"وكالة {name}", f"وكالة {name} للأنباء", f"وكالة أنباء {name}")


def _countries() -> Iterator[tuple[Form, Entity]]:
    more = {row["code"]: row for row in table("country_forms")}
    for row in table("countries"):
        code, extra = row["code"], more.get(row["code"], {})
        entity = Entity("LOC", f"iso3166:{code}", row["name"], code, "countries", "")
        ours = extra.get("forms", "")
        said = {form.text for form in split_forms(ours)}
        yield from _of(entity, ours)
        yield from ((form, sense) for form, sense in _of(entity, row["forms"]) if form.text not in said)
        nisba = entity._replace(rule=NISBAS)
        for base in split_forms(extra.get("nisbas", "")):
            for n, text in enumerate(nisba_forms(base.text)):
                # ~: only the masculine singular is a name or a word too (تركي, هندي)
                mark = "?" if base.mark == "?" or (base.mark == "~" and n < 2) else ""
                yield Form(text, mark), nisba._replace(doubt=mark)
        yield from _of(nisba, f"{extra.get('plurals', '')}|{extra.get('adjectives', '')}")


def _of(entity: Entity, cell: str) -> Iterator[tuple[Form, Entity]]:
    return ((form, entity._replace(doubt=form.doubt)) for form in split_forms(cell))
