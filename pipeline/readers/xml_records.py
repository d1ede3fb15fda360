"""Decides how the records of XML and SGML files are read, each on its own; which of their parts are our fields the mappings say."""

import re
from collections.abc import Iterator

from lxml import etree

from .content import Content, Item
from .elements import DocumentPlan, Node
from .records import RawProblem, no_text
from .streams import StreamError
from .xml_stream import ElementCutter, decoded, namespaces, repaired, root_name

_XML_SUFFIXES = (".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml", ".sgm", ".sgml")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<\?.*?\?>", re.DOTALL | re.IGNORECASE)


def looks_like_xml(content: Content) -> bool:
    """A document whose root a mapping names, under any name; other XML by its declaration or the file's name."""
    root = root_name(content.head)
    if root is None:
        return False
    if content.elements.knows(root):
        return True
    return root.lower() != "html" and (
        content.name.endswith(_XML_SUFFIXES) or content.head.lstrip().startswith(b"<?xml")
    )


def read_xml(content: Content) -> Iterator[Item]:
    """Yield the records of XML and SGML, cut out of the stream and parsed one by one."""
    root = root_name(content.head) or ""
    document = content.elements.document(root)
    limits = content.limits
    chunks = decoded(content.head, content.stream)
    cutter = ElementCutter(chunks, document.marks, sgml=document.sgml, max_bytes=limits.max_record_bytes)
    parse = _Parser(document, max_elements=limits.max_elements)
    number = 0
    try:
        for record in cutter.records():
            if number == 0:
                parse.begin(cutter.prolog)
            locator = content.locator(number)
            content.show(number, record)
            yield content.too_large(number) if record is None else parse.item(locator, record)
            number += 1
    except StreamError as error:
        if error.reason_code != "xml_invalid":
            raise
        yield RawProblem("xml_invalid", content.locator(number), observed=error.observed)
        return
    known = content.elements.knows(root)
    if number == 0 and not known:
        yield RawProblem("mapping_unknown", content.whole, observed=f"root element <{root}>")
    elif not document.sgml and root not in document.names and known and not cutter.closes(root):
        yield RawProblem("xml_invalid", content.locator(number), observed=f"the file ends inside <{root}>")


class _Parser:
    """Parses the records of one document."""

    def __init__(self, document: DocumentPlan, *, max_elements: int) -> None:
        self._plans = document.plans
        self._no_tag = document.no_tag
        self._max_elements = max_elements
        self._strict = _xml_parser(recover=False)
        self._open = self._close = b""
        self._root: Node | None = None

    def begin(self, prolog: bytes) -> None:
        """Take from what stood before the first record what applies to all: namespaces, and fields of the document."""
        prolog = _DOCTYPE.sub(b"", prolog).strip()
        if not prolog:
            return
        if declared := namespaces(prolog):
            self._open, self._close = b"<w" + declared + b">", b"</w>"
        root = _parsed(repaired(prolog), _xml_parser(recover=True))
        self._root = None if root is None else Node(root)

    def item(self, locator: str, record: bytes) -> Item:
        if problem := no_text(locator, record):
            return problem
        if record.count(b"<") + record.count(b"&") > 2 * self._max_elements:
            return RawProblem("record_too_complex", locator, observed=f"more than {self._max_elements} elements")
        element = self._element(record)
        if isinstance(element, str):
            return RawProblem("record_too_complex", locator, observed=element)
        if element is None:
            return RawProblem("xml_invalid", locator, observed=record[:200].decode("utf-8", "replace"))
        node = Node(element)
        plan = next((plan for plan in self._plans if plan.matches(node, self._root)), None)
        if plan is None:
            return RawProblem("mapping_unknown", locator, observed=", ".join(sorted(node.children)))
        return plan.read(locator, node, self._root)

    def _element(self, record: bytes) -> etree._Element | str | None:
        """The record, None if it is no XML at all, or why it is too complex."""
        if self._no_tag is not None:
            record = repaired(record, self._no_tag)
        try:
            found = etree.fromstring(self._open + record + self._close, self._strict)
        except etree.XMLSyntaxError:
            parser = _xml_parser(recover=True)
            found = _parsed(self._open + repaired(record) + self._close, parser)
            limit = next((one for one in parser.error_log if one.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT), None)
            if limit is not None:
                return str(limit.message)
        if found is not None and self._open:
            found = found[0] if len(found) else None
        return found


def _parsed(text: bytes, parser: etree.XMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        return None


def _xml_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
