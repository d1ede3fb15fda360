"""Decides which misread lines can be read as a whole, with the answer that `misread_runs` gives character by character, and which
lines no reading can change; all other lines are left to `misread_runs`.

A line is read as a whole when every character above ASCII is exactly what the codec shows for a byte, and these bytes are UTF-8.
The one loss that this allows is that of a byte without which a single character is possible, whatever stands around it: so
windows-1256 whose soft hyphens were stripped.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import compress, product
from typing import Final, NamedTuple

from pipeline.text.misreadings import PROSE, Codec, Unit, fitting, leads_of, n_continuations, sequence

_NO_BREAK_SPACE: Final = frozenset({0xA0})
_STARTS: Final = bytes(not 0x80 <= byte < 0xC0 for byte in range(256))
_CONDITIONAL: Final = "٠"  # `restore` looks at the character before it


class Whole(NamedTuple):
    """A line of ASCII and misread sequences and nothing else.

    Attributes:
        text: What the line stood for.
        data: Its bytes, one for each character of the line.
        weight: As in `misread_runs.Run`, of all runs together.
        n_sequences: Likewise.
        script: The one script of the characters above ASCII; '' when all are common.
        asked_lost: Whether a byte was lost.
    """

    text: str
    data: bytes
    weight: int
    n_sequences: int
    script: str
    asked_lost: bool

    def starts(self, offset: int) -> Iterator[int]:
        """Where each character of `text` came from, in a text in which the line begins at an offset."""
        return compress(range(offset, offset + len(self.data)), self.data.translate(_STARTS))


@cache
def proof(codec: Codec) -> re.Pattern[str]:
    """Finds the sequences that prove a misreading. A line without one weighs nothing: it is misread only with the rest of its
    text, and only when it holds nothing else.

    It looks for the last character of a sequence and then back: ends are rare in correct text, leads are not.
    """
    follow = {char for char, found in codec.bytes_of.items() if any(0x80 <= byte < 0xC0 for byte in found)}
    ends: dict[str, set[str]] = {}
    for lead, char in product(leads_of(codec), follow):
        if (unit := sequence(codec, lead + char)) and unit.weight:
            ends.setdefault(lead, set()).add(char)
    leads: dict[frozenset[str], set[str]] = {}
    for lead, chars in ends.items():
        leads.setdefault(frozenset(chars), set()).add(lead)
    long = {lead for lead, found in leads_of(codec).items() if any(n_continuations(byte) > 1 for byte in found)}
    forms = {lead for lead, found in leads_of(codec).items() if 0xEF in found}
    pairs = "|".join(f"(?<={_any(these)}{_any(chars)})" for chars, these in leads.items())
    triples = f"(?<={_any(long)}{_any(follow - PROSE)}.)|(?<={_any(forms)}{_any(follow)}.)"
    # most ends are ruled out by what is not before them
    return re.compile(f"{_any(follow)}(?:(?<={_any(ends)}.)(?:{pairs})|(?<={_any(long)}..)(?:{triples}))")


def _any(chars: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(chars)))}]"


def read_whole(line: str, codec: Codec, lost: frozenset[int]) -> Whole | None:
    """Read a line as a whole; None when only `misread_runs` can tell how it reads.

    Args:
        line: A line.
        codec: The codec.
        lost: The bytes that can be lost.
    """
    for table in codec.tables:
        try:
            data = _encoder(table)(line)
        except UnicodeEncodeError:
            continue
        return _decoded(data, codec, table, lost)
    return None


def _decoded(data: bytes, codec: Codec, table: str, lost: frozenset[int]) -> Whole | None:
    full, n_lost = data, 0
    for lead, lone, restored in _lone_leads(codec, table, lost):
        if lead in full:
            full, count = lone.subn(restored, full)
            n_lost += count
    try:
        text = full.decode()
    except UnicodeDecodeError:
        return None
    weight = n_chars = 0
    scripts: set[str] = set()
    for char, count in Counter(text).items():
        if char > "\x7f":
            unit = _unit(char, codec, table)
            if unit is None:
                return None
            weight += unit.weight * count
            n_chars += count
            scripts.add(unit.script)
    scripts.discard("")
    if len(scripts) > 1:
        return None
    return Whole(text, data, weight, n_chars - n_lost, "".join(scripts), n_lost > 0)


@cache
def _encoder(table: str) -> Callable[[str], bytes]:
    mapping = codecs.charmap_build(table)
    return lambda line: codecs.charmap_encode(line, "strict", mapping)[0]


@lru_cache(maxsize=1 << 14)
def _unit(char: str, codec: Codec, table: str) -> Unit | None:
    """What the sequence of a character is to `misread_runs`; None when that reads it otherwise."""
    unit = sequence(codec, "".join(table[byte] for byte in char.encode()))
    return unit if unit is not None and unit.char == char and char >= "\xa0" else None


@lru_cache(maxsize=1 << 8)
def _lone_leads(codec: Codec, table: str, lost: frozenset[int]) -> list[tuple[bytes, re.Pattern[bytes], bytes]]:
    """The leads that `restore` completes to one and the same character wherever they stand: a lead, what finds it without its
    continuation, the whole sequence. Only those whose sequence weighs nothing, as what is restored does."""
    found = []
    for byte in range(0xC2, 0xE0):
        lead = bytes([byte])
        chars = fitting(lead, b"", lost - _NO_BREAK_SPACE)
        if len(chars) != 1 or unicodedata.combining(chars[0]) or chars[0] == _CONDITIONAL:
            continue
        unit = _unit(chars[0], codec, table)
        if not fitting(lead, b"", _NO_BREAK_SPACE) and unit is not None and not unit.weight:
            found.append((lead, re.compile(re.escape(lead) + rb"(?![\x80-\xbf])"), chars[0].encode()))
    return found
