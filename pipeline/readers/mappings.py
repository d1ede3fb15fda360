"""Decides what a mapping declares: which of a record's fields are which of ours; how records are looked up is decided elsewhere.

A mapping is a TOML file in `mappings/`:

```toml
syntax = "xml"                        # "object" (JSON, CSV, Parquet; the default), "xml", or "sgml" (TREC: no entities, stray < and &)
records = ["rss/channel/item"]        # xml, sgml: the record elements; object: the list of records inside a larger object
required = ["title|description"]      # what must be present for the mapping to match; `a|b` is satisfied by either
ignored = ["comments"]                # known and not kept: no reason to flag the record for unknown fields

[fields]
url = "link"                                             # ours = theirs
published_raw = ["pubDate", "date"]                      # alternatives: the first with a value counts
body = [{ path = "encoded", as = "markup" }, "text"]     # how the value is read, see `Kind`
source_name = "/rss/channel/title"                       # from the document's root instead of the record
```

Paths of objects: `a.b` is the key `a.b`, or else `b` inside the object `a`; lists on the way give all their members;
`a[role=main].b` passes the members of `a` whose `role` is `main`; `#2` is the second column of a CSV file without a header.
Paths of elements: `a/b@c` is the attribute `c` of the children `b` of the children `a`; names are local names in any case, or
`{namespace}name`; `a[@role=main]/b` passes the `a` with this attribute; `.` is the record itself.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

CANONICAL_FIELDS = (
    "text", "record_id", "url", "canonical_url", "source_id", "source_name", "headline", "subheadline", "body", "byline",
    "authors", "dateline", "agency", "credit", "published_raw", "modified_raw", "fetched_raw", "section", "keywords",
    "language_declared", "description",
)  # fmt: skip
CONTENT_FIELDS = ("text", "body", "headline")
_SHIPPED = Path(__file__).with_name("mappings")


class Syntax(StrEnum):
    """What kind of record a mapping reads."""

    OBJECT = "object"
    XML = "xml"
    SGML = "sgml"


class Kind(StrEnum):
    """How the values at a path become the value of a field."""

    VALUE = "value"  # of an object the value as it is; of elements the text of the first
    LIST = "list"  # all values, as a list
    PARAGRAPHS = "paragraphs"  # all values, as paragraphs of one text
    MARKUP = "markup"  # all values as HTML, be it escaped, CDATA or child elements, turned into plain paragraphs
    URL = "url"  # the first value that is an absolute http(s) address


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a field's value is, and how it is read."""

    path: str
    kind: Kind = Kind.VALUE


@dataclass(frozen=True, slots=True)
class Mapping:
    """One shape of record.

    Attributes:
        name: Stored with every record read by it.
        fields: Canonical name to alternatives, of which the first with a value counts.
        required: Paths that must be present for the mapping to match; `a|b` is satisfied by either.
        syntax: The kind of record.
        records: Paths of the record elements, or of the list that holds the records; empty for objects that are records.
        ignored: Names that are known and not kept.
    """

    name: str
    fields: dict[str, tuple[Selector, ...]]
    required: tuple[str, ...]
    syntax: Syntax = Syntax.OBJECT
    records: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def load_mappings(extra: Mapping | None = None) -> tuple[Mapping, ...]:
    """Return `extra`, if given, then the shipped mappings, those that require most fields first."""
    shipped = sorted(
        map(_load, _SHIPPED.glob("*.toml")),
        key=lambda mapping: (-len(mapping.required), mapping.name),
    )
    return (extra, *shipped) if extra else tuple(shipped)


def _load(path: Path) -> Mapping:
    table = tomllib.loads(path.read_text("utf-8"))
    if unknown := table["fields"].keys() - set(CANONICAL_FIELDS):
        raise ValueError(f"{path.name}: no such fields: {', '.join(sorted(unknown))}")
    return Mapping(
        path.stem,
        {ours: _selectors(ours, theirs) for ours, theirs in table["fields"].items()},
        tuple(table["required"]),
        Syntax(table.get("syntax", Syntax.OBJECT)),
        tuple(table.get("records", ())),
        tuple(table.get("ignored", ())),
    )


def _selectors(ours: str, theirs: Any) -> tuple[Selector, ...]:
    alternatives = theirs if isinstance(theirs, list) else [theirs]
    return tuple(
        Selector(one) if isinstance(one, str) else Selector(one["path"], Kind(one["as"])) for one in alternatives
    )


def mapping_from_options(options: Sequence[str]) -> Mapping:
    """Build a mapping from `FIELD=THEIRS` options, such as `text=content`; repeated fields are alternatives.

    Raises:
        ValueError: An option is malformed or names no field of ours, or none of text, body and headline is named.
    """
    fields: dict[str, tuple[Selector, ...]] = {}
    for option in options:
        ours, _, theirs = (part.strip() for part in option.partition("="))
        if not ours or not theirs:
            raise ValueError(f"--map {option!r} is not FIELD=THEIRS; write for example --map text=content")
        if ours not in CANONICAL_FIELDS:
            raise ValueError(f"--map {option!r}: there is no field {ours!r}; use one of {', '.join(CANONICAL_FIELDS)}")
        fields[ours] = (*fields.get(ours, ()), Selector(theirs))
    content = tuple("|".join(one.path for one in fields[ours]) for ours in CONTENT_FIELDS if ours in fields)
    if not content:
        raise ValueError(
            "--map names no content; add --map text=THEIRS for whole pages, or --map body=THEIRS for articles"
        )
    return Mapping("options", fields, content)
