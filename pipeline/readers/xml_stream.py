"""Decides where the record elements of an XML or SGML stream begin and end, in bounded memory; it does not parse them.

Records are cut out of the bytes and parsed one by one, so one that is broken or explodes harms no other, files need no single
root, and no document type or entity of the file is ever seen by a parser.
"""

import codecs
import html
import re
from collections.abc import Iterable, Iterator, Sequence

from .streams import StreamError, transcode

_MAX_PROLOG = 64 * 1024
_MAX_TAIL = 4096
# Longest mark that a chunk may cut in two: an end tag with a prefix.
_MARK = 256
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(rb"\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)[\"']")
_TAG_END = re.compile(rb"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_NAMESPACE = re.compile(rb"\s(xmlns(?::[\w.-]+)?)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
_NOT_CHARSETS = ("idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined")


def root_name(head: bytes) -> str | None:
    """The local name of the first element of XML or SGML; None if `head` does not begin like one."""
    at = 0
    while match := _PROLOG.match(head, at):
        at = match.end()
    match = _ROOT.match(head, at)
    return match[1].decode("ascii", "replace") if match else None


def decoded(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Turn a declared encoding into UTF-8.

    Raises:
        StreamError: `encoding_invalid` if the encoding is unknown or the bytes are not in it.
    """
    declared = _DECLARED.match(head)
    label = declared[1].decode("ascii") if declared else "utf-8"
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, UnicodeError) as error:
        raise StreamError("encoding_invalid", f"declared as {label}") from error
    # A declaration that is still readable after UTF-16 was turned into UTF-8 is out of date.
    if name in ("utf-8", "ascii") or name.startswith(("utf-16", "utf-32")):
        yield from chunks
        return
    if name in _NOT_CHARSETS:
        raise StreamError("encoding_invalid", f"declared as {label}")
    yield from transcode(chunks, name)


def mark_pattern(names: Sequence[str], *, sgml: bool) -> re.Pattern[bytes]:
    """A pattern of tags of these names, and of what may hold such tags as text; SGML names are in any case."""
    return re.compile(
        rb"<!\[CDATA\[|<!--|<(/?)((?:[\w.-]+:)?(?:" + _alternatives(names) + rb"))(?=[\s/>])",
        re.IGNORECASE if sgml else 0,
    )


def tag_pattern(names: Sequence[str]) -> re.Pattern[bytes]:
    """A pattern of `<` that begins no tag of these names."""
    return re.compile(rb"<(?!/?(?:" + _alternatives(names) + rb")(?:\s[^<>]*)?/?>)", re.IGNORECASE)


def _alternatives(names: Sequence[str]) -> bytes:
    return b"|".join(re.escape(name.encode()) for name in sorted(names, key=len, reverse=True))


class ElementCutter:
    """Cuts record elements out of a byte stream.

    Attributes:
        prolog: What stood before the first record, complete once that was yielded.
    """

    def __init__(self, chunks: Iterable[bytes], marks: re.Pattern[bytes], *, sgml: bool, max_bytes: int) -> None:
        self._chunks = iter(chunks)
        self._buffer = b""
        self._marks = marks
        self._sgml = sgml
        self._max = max_bytes
        self.prolog = b""
        self._outside = bytearray()

    def records(self) -> Iterator[bytes | None]:
        """Yield each record element, or None for one over the limit, which is never held.

        Raises:
            StreamError: `xml_invalid` where the stream ends inside a record.
        """
        first = True
        while (name := self._seek_record()) is not None:
            if first:
                self.prolog, first = bytes(self._outside), False
            self._outside.clear()
            yield self._record(name)
        if first:
            self.prolog = bytes(self._outside)

    def closes(self, root: str) -> bool:
        """Whether the end tag of the root stood after the last record."""
        return re.search(rb"</(?:[\w.-]+:)?" + re.escape(root.encode()) + rb"\s*>", self._outside) is not None

    def _more(self, keep_from: int) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._buffer = self._buffer[keep_from:] + chunk
        return True

    def _pass(self, end: int) -> None:
        """Leave bytes outside of records behind."""
        self._outside += self._buffer[:end]
        if len(self._outside) > _MAX_PROLOG:
            del self._outside[: len(self._outside) - _MAX_TAIL]
        self._buffer = self._buffer[end:]

    def _seek_record(self) -> bytes | None:
        """Bring the buffer to the next start tag of a record and return its name; None at the end."""
        while True:
            match = self._marks.search(self._buffer)
            if match is None:
                self._pass(max(0, len(self._buffer) - _MARK))
                if not self._more(0):
                    self._pass(len(self._buffer))
                    return None
            elif match[2] is None:
                self._pass(match.end())
                self._skip_past(b"]]>" if match.group().endswith(b"[") else b"-->")
            elif match[1]:
                self._pass(match.end())
            else:
                self._pass(match.start())
                return match[2]

    def _skip_past(self, mark: bytes) -> None:
        while (at := self._buffer.find(mark)) < 0:
            self._pass(max(0, len(self._buffer) - len(mark)))
            if not self._more(0):
                self._pass(len(self._buffer))
                return
        self._pass(at + len(mark))

    def _record(self, name: bytes) -> bytes | None:
        """Take the record that the buffer begins with."""
        held: list[bytes] = []
        size = depth = at = 0
        wanted = name.lower() if self._sgml else name
        skipping = b""
        while True:
            if skipping:
                found = self._buffer.find(skipping, at)
                if found >= 0:
                    at, skipping = found + len(skipping), b""
                    continue
                keep = max(at, len(self._buffer) - len(skipping))
            else:
                match = self._marks.search(self._buffer, at)
                keep = max(at, len(self._buffer) - _MARK)
                if match is not None and match[2] is None:
                    skipping = b"]]>" if match.group().endswith(b"[") else b"-->"
                    at = match.end()
                    continue
                if match is not None:
                    end = _TAG_END.match(self._buffer, match.end())
                    if end is None and len(self._buffer) - match.start() <= self._max:
                        keep = match.start()  # the tag goes on in the next chunk
                    else:
                        tag_end = end.end() if end else match.end()
                        mark = match[2].lower() if self._sgml else match[2]
                        if mark != wanted:
                            at = tag_end
                            continue
                        if match[1]:
                            depth -= 1
                        elif self._sgml and depth:
                            tag_end, depth = match.start(), 0  # its end tag was forgotten
                        elif self._buffer[tag_end - 2 : tag_end] != b"/>":
                            depth += 1
                        at = tag_end
                        if depth:
                            continue
                        size += at
                        held.append(self._buffer[:at])
                        self._buffer = self._buffer[at:]
                        return b"".join(held) if size <= self._max else None
            held.append(self._buffer[:keep])
            size += keep
            if size > self._max:
                held.clear()
            at = max(0, at - keep)
            if not self._more(keep):
                raise StreamError("xml_invalid", f"the file ends inside <{name.decode('ascii', 'replace')}>")


def namespaces(prolog: bytes) -> bytes:
    """The namespace declarations that are in force after `prolog`, as attributes."""
    return b"".join(b" %s=%s" % pair for pair in dict(_NAMESPACE.findall(prolog)).items())


_CDATA = re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_REFERENCE = re.compile(rb"&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));|([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_ENTITIES = (b"amp", b"lt", b"gt", b"quot", b"apos")
_NO_TAG = re.compile(rb"<(?![A-Za-z_/!?])")


def repaired(record: bytes, no_tag: re.Pattern[bytes] = _NO_TAG) -> bytes:
    """Make text of what is neither tag nor reference, give HTML's entities their characters, and drop control characters."""
    if _CONTROLS.search(record):
        record = _CONTROLS.sub(b"", record)
    if b"<![CDATA[" not in record:
        return _repaired_text(record, no_tag)
    parts = _CDATA.split(record)
    parts[::2] = (_repaired_text(part, no_tag) for part in parts[::2])
    return b"".join(parts)


def _repaired_text(text: bytes, no_tag: re.Pattern[bytes]) -> bytes:
    if b"&" in text:
        text = _REFERENCE.sub(_reference, text)
    return no_tag.sub(b"&lt;", text)


def _reference(match: re.Match[bytes]) -> bytes:
    hexadecimal, decimal, name = match.groups()
    if hexadecimal or decimal:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        legal = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
        return match.group() if legal else b""
    if name in _XML_ENTITIES:
        return match.group()
    character = html.unescape(match.group().decode()) if name else ""
    # html.unescape takes longest prefixes of names too; only what it took as a whole is a reference
    known = bool(name) and ";" not in character
    return html.escape(character, quote=False).encode() if known else b"&amp;" + match.group()[1:]
