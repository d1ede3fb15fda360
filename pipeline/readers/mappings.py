"""Decides which of a record's fields are which of ours, by declared mappings; it does not judge or convert the values."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .records import RawProblem, RawRecord

CANONICAL_FIELDS = (
    "text", "record_id", "url", "canonical_url", "source_id", "source_name", "headline", "body", "byline", "published_raw",
    "modified_raw", "fetched_raw", "section", "keywords", "language_declared", "description",
)  # fmt: skip
CONTENT_FIELDS = ("text", "body", "headline")
_SHIPPED = Path(__file__).with_name("mappings")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One shape of record.

    Attributes:
        name: Stored with every record read by it.
        fields: Canonical name to their name, or to alternatives of which the first with a value counts. `a.b` is the key
            `a.b`, or else `b` inside the object `a`.
        required: Their names that must be present for the mapping to match; `a|b` is satisfied by either.
    """

    name: str
    fields: dict[str, str | tuple[str, ...]]
    required: tuple[str, ...]


def load_mappings(extra: Mapping | None = None) -> tuple[Mapping, ...]:
    """Return `extra`, if given, then the shipped mappings, those that require most fields first."""
    shipped = sorted(
        map(_load, _SHIPPED.glob("*.toml")),
        key=lambda mapping: (-len(mapping.required), mapping.name),
    )
    return (extra, *shipped) if extra else tuple(shipped)


def _load(path: Path) -> Mapping:
    table = tomllib.loads(path.read_text("utf-8"))
    fields = {ours: theirs if isinstance(theirs, str) else tuple(theirs) for ours, theirs in table["fields"].items()}
    return Mapping(path.stem, fields, tuple(table["required"]))


def mapping_from_options(options: Sequence[str]) -> Mapping:
    """Build a mapping from `FIELD=THEIRS` options, such as `text=content`; repeated fields are alternatives.

    Raises:
        ValueError: An option is malformed or names no field of ours, or none of text, body and headline is named.
    """
    fields: dict[str, tuple[str, ...]] = {}
    for option in options:
        ours, _, theirs = (part.strip() for part in option.partition("="))
        if not ours or not theirs:
            raise ValueError(f"--map {option!r} is not FIELD=THEIRS; write for example --map text=content")
        if ours not in CANONICAL_FIELDS:
            raise ValueError(f"--map {option!r}: there is no field {ours!r}; use one of {', '.join(CANONICAL_FIELDS)}")
        fields[ours] = (*fields.get(ours, ()), theirs)
    content = tuple("|".join(fields[ours]) for ours in CONTENT_FIELDS if ours in fields)
    if not content:
        raise ValueError(
            "--map names no content; add --map text=THEIRS for whole pages, or --map body=THEIRS for articles"
        )
    return Mapping("options", dict(fields), content)


class Mapper:
    """Turns decoded JSON objects into records by the first mapping that matches."""

    def __init__(self, mappings: Sequence[Mapping]) -> None:
        self._plans = tuple(map(_Plan, mappings))

    def read(self, locator: str, record: dict[str, Any]) -> RawRecord | RawProblem:
        """Map one object; values that are null or blank count as missing."""
        plan = next((plan for plan in self._plans if plan.matches(record)), None)
        if plan is None:
            return RawProblem("mapping_unknown", locator, observed=", ".join(sorted(record)))
        values: dict[str, Any] = {}
        for ours, alternatives in plan.fields:
            value = next(
                (found for path in alternatives if not _blank(found := _lookup(record, path))),
                None,
            )
            if value is not None:
                values[ours] = value
        record_id = values.pop("record_id", None)
        if record_id is not None:
            record_id = str(record_id)
        damaged = "record_id" if "\0" in (record_id or "") else None
        damaged = damaged or next((ours for ours, value in values.items() if _has_nul(value)), None)
        if damaged:
            return RawProblem(
                "nul_bytes",
                locator,
                record_id if damaged != "record_id" else None,
                damaged,
            )
        missing = [ours for ours in CONTENT_FIELDS if not isinstance(values.get(ours), str)]
        for ours in missing:
            values.pop(ours, None)
        if len(missing) == len(CONTENT_FIELDS):
            return RawProblem("text_missing", locator, record_id, observed=", ".join(sorted(record)))
        text = values.pop("text", None)
        return RawRecord(
            locator,
            record_id,
            plan.name,
            text,
            values,
            not plan.known.issuperset(record),
        )


class _Plan:
    """A mapping with its names cut up once."""

    def __init__(self, mapping: Mapping) -> None:
        self.name = mapping.name
        self.fields = tuple(
            (ours, (theirs,) if isinstance(theirs, str) else theirs) for ours, theirs in mapping.fields.items()
        )
        self._required = tuple(tuple(names.split("|")) for names in mapping.required)
        self.known = frozenset(_top_names(path for _, alternatives in self.fields for path in alternatives))

    def matches(self, record: dict[str, Any]) -> bool:
        return all(any(_lookup(record, path, _ABSENT) is not _ABSENT for path in names) for names in self._required)


_ABSENT = object()


def _top_names(paths: Iterator[str]) -> Iterator[str]:
    for path in paths:
        yield path
        yield path.partition(".")[0]


def _lookup(record: dict[str, Any], path: str, default: Any = None) -> Any:
    if path in record:
        return record[path]
    value: Any = record
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return default
        value = value[name]
    return value


def _blank(value: Any) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_has_nul, value))
