"""Decides which fields of a structured dump mean what, by declared mappings; a new corpus takes a file in `mappings/`, no code."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CANONICAL = frozenset(
    """text record_id url canonical_url source_id source_name headline body byline description published_raw modified_raw
    fetched_raw section keywords language_declared""".split()
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """`fields` gives each canonical field the names that dumps use for it, best first; `required` must all be present."""

    name: str
    fields: dict[str, tuple[str, ...]]
    required: tuple[str, ...]

    def apply(self, record: dict[str, Any]) -> tuple[dict[str, Any], bool] | None:
        """(canonical fields, whether the record has fields that are not named), or None when the mapping does not fit."""
        if any(not any(name in record for name in self.fields[field]) for field in self.required):
            return None
        mapped: dict[str, Any] = {}
        for field, names in self.fields.items():
            value = next((record[name] for name in names if record.get(name) not in (None, "")), None)
            if value is not None:
                mapped[field] = value
        known = {name for names in self.fields.values() for name in names}
        return mapped, not known.issuperset(record)


@cache
def load_mappings() -> tuple[Mapping, ...]:
    """The mappings of the package; those that ask for most are tried first."""
    found = []
    for path in Path(__file__).with_name("mappings").glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(Mapping(path.stem, {k: tuple(v) for k, v in data["fields"].items()}, tuple(data["required"])))
    return tuple(sorted(found, key=lambda mapping: (-len(mapping.required), mapping.name)))


def mapping_from_options(options: Sequence[str]) -> Mapping:
    """The mapping that `--map text=content --map url=link` states.

    Raises:
        ValueError: an option is not FIELD=THEIRS, or FIELD is not a canonical field.
    """
    fields: dict[str, tuple[str, ...]] = {}
    for option in options:
        field, _, theirs = option.partition("=")
        if field not in CANONICAL or not theirs:
            raise ValueError(f"--map {option!r}: write FIELD=THEIRS with FIELD one of {', '.join(sorted(CANONICAL))}")
        fields[field] = (theirs,)
    return Mapping("options", fields, tuple(field for field in ("text", "body") if field in fields) or tuple(fields))
