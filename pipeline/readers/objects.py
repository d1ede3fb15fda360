"""Decides which values of an object (a JSON object, a row of named cells) are which of our fields; it does not judge them."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.text.fragments import FragmentTooComplex

from .mappings import Kind, Mapping, Syntax
from .records import RawProblem, RawRecord
from .values import combine, is_blank, to_record

_STEP = re.compile(r"([^.\[]+)(?:\[([^=\]]+)=([^\]]*)\])?(?:\.|$)")
_ABSENT = object()
# Records of one producer have few sets of names; what can be decided from the names is decided once for each set.
_MAX_SHAPES = 1000


class Mapper:
    """Turns decoded objects into records by the first mapping that matches."""

    def __init__(self, mappings: Sequence[Mapping]) -> None:
        self._plans = tuple(ObjectPlan(mapping) for mapping in mappings if mapping.syntax is Syntax.OBJECT)
        self.uses_positions = any(plan.uses_positions for plan in self._plans)
        self._candidates: dict[frozenset[str], tuple[ObjectPlan, ...]] = {}

    def plan_for(self, record: dict[str, Any]) -> "ObjectPlan | None":
        """The first mapping that matches a record, or a row's names with any values."""
        names = frozenset(record)
        candidates = self._candidates.get(names)
        if candidates is None:
            candidates = tuple(plan for plan in self._plans if plan.could_match(names))
            if len(self._candidates) < _MAX_SHAPES:
                self._candidates[names] = candidates
        return next((plan for plan in candidates if plan.matches(record)), None)

    def read(self, locator: str, record: dict[str, Any]) -> Iterator[RawRecord | RawProblem]:
        """Map one object, which is one record or holds a list of them; values that are null or blank count as missing."""
        plan = self.plan_for(record)
        if plan is None:
            yield RawProblem("mapping_unknown", locator, observed=", ".join(sorted(record)))
        elif plan.records is None:
            yield plan.read(locator, record)
        else:
            for number, item in enumerate(plan.items(record)):
                where = f"{locator}/{number}"
                if isinstance(item, dict):
                    yield plan.read(where, item, record)
                else:
                    yield RawProblem("record_not_object", where, observed=str(item))


class ObjectPlan:
    """A mapping of objects with its paths cut up once."""

    def __init__(self, mapping: Mapping) -> None:
        self.name = mapping.name
        self.records = mapping.records[0] if mapping.records else None
        self._fields = tuple(
            (ours, tuple((_Path(one.path), one.kind) for one in selectors))
            for ours, selectors in mapping.fields.items()
        )
        self._required = tuple(tuple(map(_Path, names.split("|"))) for names in mapping.required)
        paths = [path for _, alternatives in self._fields for path, _ in alternatives]
        self.used = frozenset(name for path in paths for name in path.top_names)
        self.known = self.used.union(mapping.ignored)
        self.uses_positions = any(path.name.startswith("#") for path in paths)

        self._shapes: dict[frozenset[str], tuple[tuple[str, tuple[tuple[_Path, Kind], ...]], ...]] = {}

    def could_match(self, names: frozenset[str]) -> bool:
        """Whether objects with these names can have what the mapping requires; `matches` looks at the objects."""
        if self.records:
            return not names.isdisjoint(_Path(self.records).top_names)
        return all(any(path.can_be_in(names) for path in paths) for paths in self._required)

    def _shape(self, names: frozenset[str]) -> tuple[tuple[str, tuple[tuple["_Path", Kind], ...]], ...]:
        shape = self._shapes.get(names)
        if shape is None:
            found = (
                (ours, tuple((path, kind) for path, kind in alternatives if path.can_be_in(names)))
                for ours, alternatives in self._fields
            )
            shape = tuple((ours, alternatives) for ours, alternatives in found if alternatives)
            if len(self._shapes) < _MAX_SHAPES:
                self._shapes[names] = shape
        return shape

    def items(self, record: dict[str, Any]) -> list[Any]:
        """The records inside a larger object."""
        found = _lookup(record, self.records) if self.records else record
        return found if isinstance(found, list) else []

    def matches(self, record: dict[str, Any]) -> bool:
        """Whether all that the mapping requires is there, blank or not."""
        root = record
        if self.records:
            if not isinstance(_lookup(record, self.records), list):
                return False
            record = next((item for item in self.items(record) if isinstance(item, dict)), {})
        return all(any(path.is_in(root if path.from_root else record) for path in names) for names in self._required)

    def read(self, locator: str, record: dict[str, Any], root: dict[str, Any] | None = None) -> RawRecord | RawProblem:
        """Map one object; `root` is the object that holds it."""
        values: dict[str, Any] = {}
        try:
            for ours, alternatives in self._shape(frozenset(record)):
                for path, kind in alternatives:
                    value = path.find(root or {} if path.from_root else record, kind)
                    if not is_blank(value):
                        values[ours] = value
                        break
        except FragmentTooComplex as error:
            return RawProblem("record_too_complex", locator, observed=str(error))
        return to_record(locator, self.name, values, not self.known.issuperset(record), record)


class _Path:
    """A path into objects; almost all are plain keys, which are looked up at once."""

    __slots__ = ("_filtered", "_steps", "from_root", "name", "top_names")

    def __init__(self, path: str) -> None:
        self.from_root = path.startswith("/")
        self.name = path.removeprefix("/")
        self._steps = tuple(match.groups() for match in _STEP.finditer(self.name))
        self._filtered = any(key for _, key, _ in self._steps)
        self.top_names = () if self.from_root else (self.name, self._steps[0][0] if self._steps else self.name)

    def can_be_in(self, names: frozenset[str]) -> bool:
        """Whether an object with these names can have the path."""
        return self.from_root or not names.isdisjoint(self.top_names)

    def is_in(self, record: dict[str, Any]) -> bool:
        if self.name in record:
            return True
        return len(self._steps) > 1 and self._is_inside(record)

    def _is_inside(self, record: dict[str, Any]) -> bool:
        return _lookup(record, self.name, _ABSENT) is not _ABSENT or bool(self._all(record))

    def find(self, record: dict[str, Any], kind: Kind) -> Any:
        if kind is Kind.VALUE and not self._filtered:
            value = _lookup(record, self.name, _ABSENT)
            if value is not _ABSENT or len(self._steps) == 1:
                return None if value is _ABSENT else value
        return combine([record[self.name]] if self.name in record else self._all(record), kind)

    def _all(self, record: dict[str, Any]) -> list[Any]:
        values: list[Any] = [record]
        for name, key, wanted in self._steps:
            found: list[Any] = []
            for value in values:
                for one in value if isinstance(value, list) else (value,):
                    if isinstance(one, dict) and name in one:
                        inner = one[name]
                        members = inner if isinstance(inner, list) else [inner]
                        if key:
                            found.extend(part for part in members if isinstance(part, dict) and part.get(key) == wanted)
                        else:
                            found.append(inner)
            values = found
        return values


def _lookup(record: dict[str, Any], path: str, default: Any = None) -> Any:
    if path in record:
        return record[path]
    if "." not in path:
        return default
    value: Any = record
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return default
        value = value[name]
    return value
