"""Decides which parts of an XML or SGML element are which of our fields; it does not judge the values."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from lxml import etree

from pipeline.text.fragments import FragmentTooComplex

from .mappings import Kind, Mapping, Selector, Syntax
from .records import RawProblem, RawRecord
from .values import combine, is_blank, to_record
from .xml_stream import mark_pattern, tag_pattern

_STEP = re.compile(r"((?:\{[^}]*\})?[^/@\[{}]+)(?:\[@([^=\]]+)=([^\]]*)\])?(?:/|(?=@)|$)")
_NAME = re.compile(r"[A-Za-z_][\w.-]*$")


class ElementMapper:
    """The mappings of XML and SGML, by the documents that they apply to."""

    def __init__(self, mappings: Sequence[Mapping]) -> None:
        self._plans = tuple(ElementPlan(mapping) for mapping in mappings if mapping.syntax is not Syntax.OBJECT)
        self._documents: dict[tuple[ElementPlan, ...], DocumentPlan] = {}

    def knows(self, root: str) -> bool:
        """Whether a document with this root can hold records."""
        return any(root in plan.starts for plan in self._plans)

    def document(self, root: str) -> "DocumentPlan":
        """How a document with this root is read."""
        plans = tuple(plan for plan in self._plans if plan.roots is None or root in plan.roots)
        sgml = any(plan.sgml and root in plan.starts for plan in plans)
        plans = tuple(plan for plan in plans if plan.sgml == sgml)
        if plans not in self._documents:
            self._documents[plans] = DocumentPlan(plans, sgml=sgml)
        return self._documents[plans]


class DocumentPlan:
    """The mappings whose records can occur in a document, with their names compiled once.

    Attributes:
        plans: In order of preference.
        sgml: Whether the document is SGML.
        names: Of the record elements.
        marks: See `mark_pattern`.
        no_tag: See `tag_pattern`; None for XML, where all tags count.
    """

    def __init__(self, plans: "tuple[ElementPlan, ...]", *, sgml: bool) -> None:
        self.plans = plans
        self.sgml = sgml
        self.names = frozenset(name for plan in plans for name in plan.records)
        self.marks = mark_pattern(tuple(self.names), sgml=sgml)
        self.no_tag = tag_pattern(tuple({tag for plan in plans for tag in plan.tags})) if sgml else None


_Shape = tuple[
    tuple[tuple["_Path", ...], ...],  # required: alternatives that can be there
    tuple[tuple[str, tuple["_Path", ...]], ...],  # fields likewise
    bool,  # whether there are children that the mapping does not know
]
_MAX_SHAPES = 1000


class ElementPlan:
    """A mapping of elements with its paths cut up once."""

    def __init__(self, mapping: Mapping) -> None:
        self.name = mapping.name
        self.sgml = mapping.syntax is Syntax.SGML
        paths = [record.split("/") for record in mapping.records]
        self.records = tuple(dict.fromkeys(path[-1] for path in paths))
        self.roots = None if any(len(path) == 1 for path in paths) else frozenset(path[0] for path in paths)
        self.starts = frozenset(path[0] for path in paths).union(self.records)
        self._names = frozenset(map(str.lower, self.records))
        self._fields = tuple((ours, tuple(map(_Path, alternatives))) for ours, alternatives in mapping.fields.items())
        self._required = tuple(tuple(_Path(Selector(path)) for path in names.split("|")) for names in mapping.required)
        self._shapes: dict[frozenset[str], _Shape] = {}
        used = [path for _, alternatives in self._fields for path in alternatives]
        self._known = {path.first for path in used if not path.from_root} | set(map(str.lower, mapping.ignored))
        steps = {step.name for path in used for step in path.steps}
        self.tags = tuple(name for name in {*self.records, *self._known, *steps} if _NAME.match(name))

    def matches(self, record: "Node", root: "Node | None") -> bool:
        """Whether the record is of this mapping and all that it requires is there."""
        return record.name in self._names and all(
            any(path.is_plain or path.nodes(root if path.from_root else record) for path in paths)
            for paths in self._shape(record)[0]
        )

    def _shape(self, record: "Node") -> "_Shape":
        """What can be required of and read from records with these children; records of one producer share few shapes."""
        names = frozenset(record.children)
        shape = self._shapes.get(names)
        if shape is None:
            required = tuple(tuple(path for path in paths if path.can_be_in(names)) for paths in self._required)
            fields = (
                (ours, tuple(path for path in alternatives if path.can_be_in(names)))
                for ours, alternatives in self._fields
            )
            shape = (required, tuple((ours, paths) for ours, paths in fields if paths), not names <= self._known)
            if len(self._shapes) < _MAX_SHAPES:
                self._shapes[names] = shape
        return shape

    def read(self, locator: str, record: "Node", root: "Node | None") -> RawRecord | RawProblem:
        """Map one record; `root` is the document as far as it was read before its first record."""
        values: dict[str, Any] = {}
        _, fields, has_unknown = self._shape(record)
        try:
            for ours, alternatives in fields:
                for path in alternatives:
                    value = path.find(root if path.from_root else record)
                    if not is_blank(value):
                        values[ours] = value
                        break
        except FragmentTooComplex as error:
            return RawProblem("record_too_complex", locator, observed=str(error))
        loose = self.sgml and record.has_loose_text()
        return to_record(locator, self.name, values, loose or has_unknown, record.children)


class Node:
    """An element with its children by lower-case local name."""

    __slots__ = ("children", "element", "name")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.name = _local(element.tag)
        self.children: dict[str, list[etree._Element]] = {}
        for child in element:
            self.children.setdefault(_local(child.tag), []).append(child)

    def has_loose_text(self) -> bool:
        """Whether there is text between the children, such as an element that no path names."""
        element = self.element
        return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


class _Step:
    __slots__ = ("key", "name", "namespaced", "wanted")

    def __init__(self, name: str, key: str | None, wanted: str | None) -> None:
        self.namespaced = name.startswith("{")
        self.name = name if self.namespaced else name.lower()
        self.key = key and key.lower()
        self.wanted = wanted

    def among(self, elements: Sequence[etree._Element]) -> list[etree._Element]:
        key = self.key
        return [one for one in elements if key is None or _attribute(one, key) == self.wanted]


class _Path:
    """A path into elements, and how what it finds is read."""

    __slots__ = ("_attribute", "_kind", "first", "from_root", "is_plain", "steps")

    def __init__(self, selector: Selector) -> None:
        path, _, attribute = selector.path.partition("@") if "[@" not in selector.path else _cut(selector.path)
        self.from_root = path.startswith("/")
        self._attribute = attribute.lower() or None
        self._kind = selector.kind
        path = path.strip("/")
        self.steps = tuple(_Step(*match.groups()) for match in _STEP.finditer("" if path == "." else path))
        self.first = re.sub(r"^\{.*\}", "", self.steps[0].name) if self.steps else ""
        self.is_plain = (
            len(self.steps) == 1
            and not (self.from_root or self._attribute or self.steps[0].key or self.steps[0].namespaced)
            and self._kind is Kind.VALUE
        )

    def can_be_in(self, names: frozenset[str]) -> bool:
        """Whether a record with these children can have the path."""
        return self.from_root or not self.first or self.first in names

    def nodes(self, node: Node | None) -> list[etree._Element]:
        """The elements at the path; of a path from the root, the first step is the root itself."""
        if node is None:
            return []
        steps = self.steps
        if self.from_root:
            if not steps or steps[0].name != node.name:
                return []
            steps = steps[1:]
        if not steps:
            return [node.element]
        found = node.children.get(self.first if not self.from_root else steps[0].name)
        if not found:
            return []
        if steps[0].namespaced:
            found = [one for one in found if one.tag == steps[0].name]
        found = steps[0].among(found) if steps[0].key else found
        for step in steps[1:]:
            found = step.among([child for one in found for child in one if _is(child, step)])
        return found

    def find(self, node: Node | None) -> Any:
        """The value at the path, None if there is none."""
        if self.is_plain and node is not None:  # most fields of most records: the text of the first child of a name
            first = node.children.get(self.first)
            if first is None:
                return None
            if (text := _text(first[0])) or len(first) == 1:
                return text
        found = self.nodes(node)
        if not found:
            return None
        if self._attribute:
            return combine([_attribute(one, self._attribute) for one in found], self._kind)
        if self._kind is Kind.MARKUP:
            return combine([_inner(one) for one in found], self._kind)
        return combine([_text(one) for one in found], self._kind)


def _cut(path: str) -> tuple[str, str, str]:
    head, _, tail = path.rpartition("]")
    before, mark, attribute = tail.partition("@")
    return f"{head}]{before}", mark, attribute


@lru_cache(4096)
def _local(tag: Any) -> str:
    """Lower-case local name; empty for comments and processing instructions."""
    return tag[tag.rfind("}") + 1 :].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _is(element: etree._Element, step: _Step) -> bool:
    return element.tag == step.name if step.namespaced else _local(element.tag) == step.name


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if _local(key) == name), None)


def _text(element: etree._Element) -> str:
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return text.strip()


def _inner(element: etree._Element) -> str:
    """What the element holds, as HTML: its child elements, or else its text, which is HTML itself."""
    if not len(element):
        return element.text or ""
    for part in element.iter(etree.Element):
        part.tag = _local(part.tag)
    element.tag = "div"
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
