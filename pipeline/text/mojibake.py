"""Decides whether text was decoded with the wrong encoding, line by line, and undoes it; it does not read bytes (see
`pipeline.text.encoding`).

Two accidents are undone: UTF-8 read as windows-1256, windows-1252/latin-1 or ISO-8859-6 (`ط§ظ„ط³`, `Ø§Ù„Ø³`), and Arabic
code pages read as windows-1252/latin-1 (`ÇáÓÚæÏíÉ`), also one on top of the other. The unit of evidence is a run of
characters above ASCII: a run is misread when its characters form sequences of UTF-8, and correct text does not by chance
(only what no prose writes counts as evidence). Accepted gap: code pages read as windows-1252 whose letters also changed
case, and UTF-8 read as other code pages.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import regex

from pipeline.text.encoding import arabic_codec
from pipeline.text.misreadings import (
    CODECS,
    LOST,
    PROSE,
    Codec,
    Unit,
    leads_of,
    n_continuations,
    pairs,
    restore,
    sequence,
)

MOJIBAKE_VERSION = "1"

# Evidence (see `misreadings.Unit.weight`) that a stretch needs by itself, or when the rest of the text has plenty.
_MIN_WEIGHT: Final = 3
_MIN_LATIN_WEIGHT: Final = 2
_PLENTY: Final = 8
_MAX_ROUNDS: Final = 8
# A sequence has four characters; after what is left of one that lost a byte, two spaces are looked at.
_REACH: Final = 6

_TELLING: Final = re.compile("[\x80-\xff€]")
_RUN: Final = regex.compile(r"[^\x00-\x7f]+")


def _class(chars: set[str]) -> str:
    return "[" + "".join(map(regex.escape, sorted(chars))) + "]"


def _suspects() -> dict[str, list[tuple[str, set[str]]]]:
    """By codec: leads with the continuations that prose does not write after them; and three letters above ASCII in a row."""
    following = {
        codec.name: {
            char
            for char, found in codec.bytes_of.items()
            if char not in PROSE and any(0x80 <= byte < 0xC0 for byte in found)
        }
        for codec in CODECS
    }
    symbols = {char for char in following["cp1256"] if not char.isalpha()}
    letters = set(map(chr, range(0xC0, 0x100))) - {"\xd7", "\xf7"}
    return {
        "cp1256": [("[طظ]", following["cp1256"]), ("[آأؤإئابةتثجحخدذرزسشصضطظعغâïًں]", symbols)],
        "cp1252": [("[\xc2-\xf4\xf8-\xff]", following["cp1252"])],
        "iso8859_6": [("[ظعغأآق]", following["iso8859_6"])],
        "": [(_class(letters) + "{2}", letters)],
    }


def _ending(suspects: list[tuple[str, set[str]]]) -> re.Pattern[str]:
    """Finds the last character of a suspect and then looks back: it is rare in correct text, the leads are not (12x faster)."""
    last = _class(set().union(*(continuations for _, continuations in suspects)))
    return re.compile(f"{last}(?:{'|'.join(f'(?<={lead}{_class(ends)})' for lead, ends in suspects)})")


_SUSPECTS: Final = {name: _ending(suspects) for name, suspects in _suspects().items()}
_SUSPECT: Final = _ending([suspect for suspects in _suspects().values() for suspect in suspects])


@dataclass(frozen=True, slots=True)
class Repair:
    """Text in which misread stretches were undone.

    Attributes:
        text: The repaired text, with as many lines (``"\\n"``) as the given one; the given one when nothing was wrong.
        codec: What it was misread as, several joined by ``+``, outermost last; None when nothing was wrong.
        is_exact: False when a lost character was guessed, or is U+FFFD because it cannot be told.
        changed: Spans [start, end) in `text`, in order, that differ from the given text.
    """

    text: str
    codec: str | None
    is_exact: bool
    changed: tuple[tuple[int, int], ...] = ()
    _origins: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the given text that ``text[start:end]`` came from."""
        if not self._origins:
            return start, end
        return self._origin(start), self._origin(end - 1, after=True) if end > start else self._origin(start)

    def touches(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` holds a repaired character."""
        at = bisect_left(self.changed, (end,)) - 1
        return at >= 0 and self.changed[at][1] > start

    def _origin(self, position: int, *, after: bool = False) -> int:
        """Where a position came from; `after`: where the character at it ends."""
        at = bisect_right(self._origins, (position, 1 << 62)) - 1
        new, old = self._origins[at]
        if not after:
            return old + (position - new if self._is_copied(at) else 0)
        if self._is_copied(at):
            return old + position - new + 1
        return self._origins[at + 1][1]

    def _is_copied(self, at: int) -> bool:
        new, old = self._origins[at]
        if at + 1 == len(self._origins):
            return True
        following = self._origins[at + 1]
        return following[0] - new == following[1] - old


def is_suspect(text: str) -> bool:
    """Whether a text can be misread at all: cheap, and False for nearly all correct text; never False for misread words."""
    if text.isascii() or _SUSPECT.search(text) is None:
        return False
    # misread text of some length has one of U+0080–U+00FF or a euro sign
    return len(text) <= 64 or _TELLING.search(text) is not None


def repair(text: str) -> Repair:
    """Undo the misreadings of a field or page.

    Args:
        text: Any text, also with lone surrogates. Lines are judged one by one, with the rest of the text as evidence.

    Returns:
        The repair; ``repair(repair(text).text)`` changes nothing. Never raises.

    >>> repair("ط§ظ„طط±ط¨ في اليمن").text
    'الحرب في اليمن'
    >>> repair("À bientôt, « dit-il » — نزاع، طظ").codec is None
    True
    """
    if not is_suspect(text):
        return Repair(text, None, True)
    codecs: list[str] = []
    exact = True
    current, pieces = text, _identity(text)
    for _ in range(_MAX_ROUNDS):
        found = _round(current)
        if found is None:
            break
        codecs.insert(0, found.codec)
        exact = exact and found.exact
        pieces = _compose(pieces, found.pieces)
        current = "".join(piece.text for piece in found.pieces)
        if not is_suspect(current):
            break
    if not codecs:
        return Repair(text, None, True)
    return _result(current, "+".join(codecs), exact, pieces)


@dataclass(frozen=True, slots=True)
class _Piece:
    """`text` stands for [start, end) of the text before; `copied` when it is that text."""

    start: int
    end: int
    text: str
    copied: bool


@dataclass(frozen=True, slots=True)
class _Found:
    codec: str
    exact: bool
    pieces: list[_Piece]


@dataclass(slots=True)
class _Run:
    """Characters above ASCII, and the spaces that stand for lost bytes among them, read by one codec."""

    start: int
    end: int
    units: list[tuple[int, int, str]] = field(default_factory=list)
    scripts: Counter[str] = field(default_factory=Counter)
    weight: int = 0
    n_sequences: int = 0
    n_stray: int = 0
    exact: bool = True
    asked_lost: bool = False

    @property
    def is_good(self) -> bool:
        return self.n_sequences + len(self.scripts) > 0 and (self.n_stray == 0 or self.weight > self.n_stray)


def _identity(text: str) -> list[_Piece]:
    return [_Piece(0, len(text), text, True)]


def _round(text: str) -> _Found | None:
    """One misreading undone, or None when there is none."""
    readings = []
    for codec in CODECS:
        if not _SUSPECTS[codec.name].search(text):
            continue
        lines = [_scan(line, start, codec, codec.lost) for start, line in _lines(text)]
        lines = _with_wider_loss(text, lines, codec)
        readings.append((sum(run.weight for runs in lines for run in runs if run.is_good), codec, lines))
    accepted: list[_Run] = []
    names: list[str] = []
    n_lines = len(readings[0][2]) if readings else 0
    chosen: dict[str, int] = {}
    for number in range(n_lines):
        best: list[_Run] = []
        best_weight, name = 0, ""
        for total, codec, lines in readings:
            runs = _accepted(lines[number], total)
            weight = sum(run.weight for run in runs)
            if runs and weight >= best_weight and (weight, total) > (best_weight, chosen.get(name, 0)):
                best, best_weight, name = runs, weight, codec.name
                chosen[name] = total
        accepted += best
        if name and name not in names:
            names.append(name)
    pieces, exact = _replaced(text, accepted)
    if not accepted:
        single = _single_byte(text)
        if single is None:
            return None
        codec_name, pieces = single
        return _Found(codec_name, True, pieces)
    return _Found("/".join(names), exact, pieces)


def _lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _with_wider_loss(text: str, lines: list[list[_Run]], codec: Codec) -> list[list[_Run]]:
    """Scan again when what is lost shows to be more or less than usual.

    A byte that is still there did not vanish; when no byte 80–9F is there among many, all of them did (C1 controls).
    """
    n_sequences = sum(run.n_sequences for runs in lines for run in runs)
    if n_sequences < _PLENTY:
        return lines
    present = {byte for char in set(text) for byte in codec.bytes_of.get(char, ())[:1]}
    lost = codec.lost - present | ({0xA0} & codec.lost)
    if not any(0x80 <= byte < 0xA0 for byte in present) and codec.name != "cp1256":
        lost |= set(range(0x80, 0xA0))
    if lost == codec.lost:
        return lines
    return [
        _scan(line, start, codec, frozenset(lost)) if any(run.asked_lost for run in runs) else runs
        for (start, line), runs in zip(_lines(text), lines, strict=True)
    ]


def _scan(line: str, offset: int, codec: Codec, lost: frozenset[int]) -> list[_Run]:
    """The runs of a line, read by a codec; spans are in the whole text."""
    runs: list[_Run] = []
    at = 0
    while match := _RUN.search(line, at):
        run = _read_whole(match[0], match.start(), codec)
        if run is None:
            run, at = _read_run(line, match.start(), codec, lost)
        else:
            at = run.end
        run.units = [(start + offset, end + offset, char) for start, end, char in run.units]
        run.start += offset
        run.end += offset
        runs.append(run)
    return runs


def _read_whole(chars: str, at: int, codec: Codec) -> _Run | None:
    """A run that is nothing but sequences of two characters, as most misread Arabic words are; None for any other."""
    two = pairs(codec)
    if chars[:2] not in two or len(chars) % 2:
        return None
    found = [two.get(chars[index : index + 2]) for index in range(0, len(chars), 2)]
    units = [unit for unit in found if unit is not None and unit.char >= "\xa0"]
    if len(units) < len(found):
        return None
    return _Run(
        at,
        at + len(chars),
        [(start, start + 2, unit.char) for start, unit in zip(range(at, at + len(chars), 2), units, strict=True)],
        Counter(unit.script for unit in units if unit.script),
        sum(unit.weight for unit in units),
        len(units),
        exact=all(unit.exact for unit in units),
    )


def _read_run(line: str, at: int, codec: Codec, lost: frozenset[int]) -> tuple[_Run, int]:
    two, leads = pairs(codec), leads_of(codec)
    run = _Run(at, at)
    previous = line[at - 1 : at]
    size = len(line)
    while at < size and line[at] > "\x7f":
        unit, length = two.get(line[at : at + 2]), 2
        if unit is not None and unit.char < "\xa0" and (longer := sequence(codec, line[at : at + 3])):
            unit, length = longer, 3  # an upper-cased â€
        if unit is None and line[at] in leads:
            run.asked_lost = True
            unit, length = _long_or_lost(line[at : at + _REACH], codec, lost, previous)
        if unit is None:
            char = line[at]
            run.units.append((at, at + 1, char))
            run.n_stray += char.isalpha() or (char in codec.bytes_of and not char.isspace() and char not in PROSE)
            at, previous = at + 1, char
            continue
        run.units.append((at, at + length, unit.char))
        run.weight += unit.weight
        run.n_sequences += length > 1
        run.exact = run.exact and unit.exact
        if unit.script:
            run.scripts[unit.script] += 1
        at, previous = at + length, unit.char
    run.end = at
    return run, at


@lru_cache(maxsize=1 << 15)
def _long_or_lost(line: str, codec: Codec, lost: frozenset[int], previous: str) -> tuple[Unit | None, int]:
    """The sequence of three or four characters that opens a line, or what is left of one that lost a byte.

    Args:
        line: A line from a lead on; its first `_REACH` characters are enough, and then the same pieces of words come again.
        codec: The codec.
        lost: The bytes that can be lost.
        previous: The character before.
    """
    at, leads = 0, leads_of(codec)[line[0]]
    for lead in leads:
        length = n_continuations(lead) + 1
        if length > 2 and at + length <= len(line) and (unit := sequence(codec, line[at : at + length])):
            return unit, length
    is_quote = line[at] == "â" and line[at + 1 : at + 2] in ("€", "\x80")
    if not is_quote and (unit := sequence(codec, line[at : at + 2])):
        return unit, 2
    for lead in leads:
        unit, length = _restored(line, at, lead, codec, lost, previous)
        if unit:
            return unit, length
    return None, 1


def _restored(
    line: str, at: int, lead: int, codec: Codec, lost: frozenset[int], previous: str
) -> tuple[Unit | None, int]:
    n_left = n_continuations(lead) - 1
    left = line[at + 1 : at + 1 + n_left]
    before = bytes(_continuation(codec, char) for char in left)
    if len(before) < n_left or 0 in before or (n_left and lead not in (0xE2, 0xEF, 0xF0)):
        return None, 1
    at += 1 + n_left
    following = line[at : at + 1]
    if following == LOST:
        unit = restore(lead, before, b"", codec.undefined, previous)
        is_sequence = lead in (0xD8, 0xD9, 0xDA, 0xDB, 0xC3)
        return unit or (Unit(LOST, 0, "", False) if is_sequence else None), n_left + 2
    boundary = following in ("", " ")
    unit = restore(lead, before, b"", lost - {0xA0}, previous) if lead != 0xF0 else None
    if not boundary or n_left:
        return unit, n_left + 1
    return _with_space(line, at, lead, unit, previous, lost)


def _with_space(
    line: str, at: int, lead: int, unit: Unit | None, previous: str, lost: frozenset[int]
) -> tuple[Unit | None, int]:
    """A lead before a space or the end: its continuation was a no-break space, or vanished, or was latin-1's NEL."""
    spaced = restore(lead, b"", b"", frozenset({0xA0}), previous)
    if lead == 0xD9 and 0x85 in lost and 0x84 not in lost and unit is None:
        return Unit("م", 0, "Arab", False), 2
    if spaced is None:
        return unit, 1
    doubled = line.startswith("  ", at)
    is_digit = spaced.char == "٠"
    goes_on = is_digit and line[at + 1 : at + 2] == line[at - 1]
    if (
        unit is not None
        and not doubled
        and (previous.isalpha() if not is_digit else previous not in "٠١٢٣٤٥٦٧٨٩" or not previous)
    ):
        return unit._replace(exact=False), 1
    consumed = doubled or goes_on or lead == 0xC2 or at == len(line)
    length = 1 + (consumed and at < len(line))
    return spaced._replace(exact=unit is None and (doubled or at == len(line))), length


def _continuation(codec: Codec, char: str) -> int:
    return next((byte for byte in codec.bytes_of.get(char, ()) if 0x80 <= byte < 0xC0), 0)


def _accepted(runs: list[_Run], total: int) -> list[_Run]:
    """The runs of a line that are misread, given the evidence of the whole text for the codec."""
    accepted: list[_Run] = []
    stretch: list[_Run] = []
    all_good = all(run.is_good for run in runs)
    for run in [*runs, None]:
        if run is not None and run.is_good:
            stretch.append(run)
            continue
        if run is not None and run.n_stray == 0:
            continue
        accepted += _coherent(stretch, total, whole=all_good)
        stretch = []
    return accepted


def _coherent(stretch: list[_Run], total: int, *, whole: bool) -> list[_Run]:
    weight = sum(run.weight for run in stretch)
    scripts: Counter[str] = Counter()
    for run in stretch:
        for script, count in run.scripts.items():
            scripts[script] += count if run.weight else 0
    main = scripts.most_common(1)[0][0] if scripts else ""
    n_sequences = sum(run.n_sequences for run in stretch)
    if main in ("Latn", ""):
        enough = (
            weight >= _MIN_LATIN_WEIGHT or (weight and total >= _MIN_LATIN_WEIGHT) or (whole and _is_plain(stretch))
        )
    else:
        enough = weight >= _MIN_WEIGHT or (total >= _PLENTY and (weight >= 1 or whole))
        enough = enough or (whole and n_sequences >= 2 and weight >= 1 and n_sequences + 1 >= len(stretch))
    if not enough:
        return []
    return [run for run in stretch if run.weight or set(run.scripts) <= {main, "Latn"}]


def _is_plain(stretch: list[_Run]) -> bool:
    """One accented letter of a Latin word: the sequence that no prose writes, such as é read as two characters."""
    return len(stretch) == 1 and stretch[0].weight == 1 and stretch[0].n_stray == 0 and stretch[0].units[0][2].islower()


def _replaced(text: str, runs: list[_Run]) -> tuple[list[_Piece], bool]:
    pieces: list[_Piece] = []
    at = 0
    exact = True
    for run in sorted(runs, key=lambda run: run.start):
        exact = exact and run.exact and run.n_stray == 0
        for start, end, char in run.units:
            if char == text[start:end]:
                continue
            if start > at:
                pieces.append(_Piece(at, start, text[at:start], True))
            pieces.append(_Piece(start, end, char, False))
            at = end
    if at < len(text):
        pieces.append(_Piece(at, len(text), text[at:], True))
    return pieces, exact


# Letters of the upper half of windows-1252, which are what Arabic code pages show as.
_HIGH_WORD: Final = regex.compile(r"[^\x00-\x7f\p{Arabic}\s]+")
_STRETCH: Final = regex.compile(
    r"[^\x00-\x7f\p{Arabic}\n]++(?:[\x20-\x40\x5b-\x60\x7b-\x7e]*+[^\x00-\x7f\p{Arabic}\n]++)*+"
)
_MIN_HIGH: Final = 6


def _single_byte(text: str) -> tuple[str, list[_Piece]] | None:
    """Arabic code pages read as windows-1252 or latin-1."""
    to_bytes = {char: found[0] for char, found in CODECS[1].bytes_of.items()}
    pieces: list[_Piece] = []
    names: list[str] = []
    at = 0
    for match in _STRETCH.finditer(text):
        stretch = match[0]
        high = [char for char in stretch if "\xc0" <= char <= "\xff"]
        words = _HIGH_WORD.findall(stretch)
        if len(high) < _MIN_HIGH or len(high) < 2 * len(words) or not _is_bounded(text, match.start(), match.end()):
            continue
        data = bytes(to_bytes.get(char, 0x3F) if char > "\x7f" else ord(char) for char in stretch)
        codec = arabic_codec(data)
        if codec is None:
            continue
        for index, char in enumerate(stretch, match.start()):
            if char > "\x7f" and char in to_bytes:
                good = bytes([to_bytes[char]]).decode(codec, "replace")
                if good != char and good != LOST:
                    if index > at:
                        pieces.append(_Piece(at, index, text[at:index], True))
                    pieces.append(_Piece(index, index + 1, good, False))
                    at = index + 1
        names += [codec] if codec not in names else []
    if not names:
        return None
    pieces.append(_Piece(at, len(text), text[at:], True))
    return "/".join(f"{name} as cp1252" for name in names), pieces


def _is_bounded(text: str, start: int, end: int) -> bool:
    return not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha()


def _compose(first: list[_Piece], second: list[_Piece]) -> list[_Piece]:
    """Pieces from the text before `first` to the text after `second`."""
    if len(first) == 1 and first[0].copied:
        return second
    composed: list[_Piece] = []
    starts, position = [], 0
    for piece in first:
        starts.append(position)
        position += len(piece.text)
    for piece in second:
        at = bisect_right(starts, piece.start) - 1
        position = piece.start
        if not piece.copied:
            last = at
            while last + 1 < len(first) and starts[last + 1] < piece.end:
                last += 1
            start = first[at].start + (piece.start - starts[at] if first[at].copied else 0)
            end = first[last].start + piece.end - starts[last] if first[last].copied else first[last].end
            composed.append(_Piece(start, end, piece.text, False))
            continue
        while position < piece.end:
            source = first[at]
            end = min(piece.end, starts[at] + len(source.text))
            inner = position - starts[at]
            chunk = source.text[inner : inner + end - position]
            if source.copied:
                composed.append(_Piece(source.start + inner, source.start + inner + len(chunk), chunk, True))
            elif chunk:
                composed.append(_Piece(source.start, source.end, chunk, False))
            position, at = end, at + 1
    return composed


def _result(text: str, codec: str, exact: bool, pieces: list[_Piece]) -> Repair:
    changed: list[tuple[int, int]] = []
    origins: list[tuple[int, int]] = []
    position = 0
    for piece in pieces:
        origins.append((position, piece.start))
        end = position + len(piece.text)
        if not piece.copied:
            if changed and changed[-1][1] == position:
                changed[-1] = (changed[-1][0], end)
            else:
                changed.append((position, end))
        position = end
    origins.append((position, pieces[-1].end if pieces else 0))
    return Repair(text, codec, exact, tuple(changed), tuple(origins))
