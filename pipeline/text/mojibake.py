"""Decides whether text was decoded with the wrong encoding, line by line, and undoes it; it does not read bytes (see
`pipeline.text.encoding`).

Two accidents are undone: UTF-8 read as windows-1256, windows-1252/latin-1 or ISO-8859-6 (`ط§ظ„ط³`, `Ø§Ù„Ø³`), and Arabic
code pages read as windows-1252/latin-1 (`ÇáÓÚæÏíÉ`), also one on top of the other. The unit of evidence is a run of
characters above ASCII: a run is misread when its characters form sequences of UTF-8, and correct text does not by chance
(only what no prose writes counts as evidence). Accepted gap: code pages read as windows-1252 whose letters also changed
case, and UTF-8 read as other code pages.

    misreadings (tables) -> misread_runs, misread_lines (UTF-8), misread_codepages -> here; rewriting applies what they find
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import reduce
from typing import Final

from pipeline.text.misread_codepages import undo_codepages
from pipeline.text.misread_lines import Whole, proof, read_whole
from pipeline.text.misread_runs import MIN_LATIN_WEIGHT, MIN_WEIGHT, PLENTY, Run, accepted_runs, is_hopeless, scan
from pipeline.text.misreadings import CODECS, MAX_WEIGHT, PROSE, Codec
from pipeline.text.rewriting import Edit, Rewritten, rewrite, rewrite_again

MOJIBAKE_VERSION = "3"

_MAX_ROUNDS: Final = 8

_TELLING: Final = re.compile("[\x80-\xff€]")


def _class(chars: set[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(chars))) + "]"


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
    _starts: tuple[int, ...] = field(default=(), repr=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the given text that ``text[start:end]`` came from."""
        return (self._starts[start], self._starts[end]) if self._starts else (start, end)

    def touches(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` holds a repaired character."""
        at = bisect_left(self.changed, (end,)) - 1
        return at >= 0 and self.changed[at][1] > start


def is_suspect(text: str) -> bool:
    """Whether a text can be misread at all: cheap, and False for nearly all correct text; never False for misread words."""
    if text.isascii() or _SUSPECT.search(text) is None:
        return False
    # misread text of some length has one of U+0080–U+00FF or a euro sign
    return len(text) <= 64 or _TELLING.search(text) is not None


def suspect_ends(text: str) -> list[int]:
    """Where the runs of two or three characters end that make a text suspect; none of them is an ASCII one."""
    return [found.end() for found in _SUSPECT.finditer(text)]


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
    rounds: list[_Round] = []
    current = text
    while len(rounds) < _MAX_ROUNDS and (not rounds or is_suspect(current)):
        found = _undone(current)
        if found is None:
            break
        rounds.append(found)
        current = found.result.text
    if not rounds:
        return Repair(text, None, True)
    whole = reduce(rewrite_again, (found.result for found in rounds))
    codec = "+".join(found.codec for found in reversed(rounds))
    is_exact = all(found.is_exact for found in rounds)
    return Repair(current, codec, is_exact, tuple(whole.changed), tuple(whole.starts))


@dataclass(frozen=True, slots=True)
class _Round:
    """One misreading undone: its codecs, whether without a guess, and what the text became."""

    codec: str
    is_exact: bool
    result: Rewritten


_Lines = list[tuple[int, str]]
_Read = Whole | list[Run]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The lines of a text that may be misread through a codec, by number; `weight` is that of all good runs."""

    codec: Codec
    lost: frozenset[int]
    lines: dict[int, _Read]
    weight: int


def _undone(text: str) -> _Round | None:
    """One misreading undone, or None when there is none."""
    lines = _lines(text)
    readings = _readings(text, lines)
    edits: list[Edit] = []
    names: dict[str, None] = {}
    exact = True
    for number in sorted(set().union(*(reading.lines for reading in readings))):
        start, line = lines[number]
        best: _Read = []
        best_weight = best_total = 0
        name = ""
        for reading in readings:
            found = _accepted(reading, number, start, line)
            weight = _weight(found)
            if found and (weight, reading.weight) > (best_weight, best_total):
                best, best_weight, best_total, name = found, weight, reading.weight, reading.codec.name
        if isinstance(best, Whole):
            edits.append(Edit(start, start + len(line), best.text, best.starts(start)))
        else:
            exact = exact and all(run.exact and run.n_stray == 0 for run in best)
            edits += [edit for run in best for edit in run.edits(text)]
        if name:
            names[name] = None
    if edits:
        return _Round("/".join(names), exact, rewrite(text, edits))
    undone = undo_codepages(text)
    return _Round(undone[0], True, rewrite(text, undone[1])) if undone else None


def _lines(text: str) -> _Lines:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _readings(text: str, lines: _Lines) -> list[_Reading]:
    """The text by every codec by which any of its lines may be misread."""
    proven: list[tuple[Codec, list[int]]] = []
    for codec in CODECS:
        if _SUSPECTS[codec.name].search(text):
            search = proof(codec).search
            numbers = [number for number, (_, line) in enumerate(lines) if not line.isascii() and search(line)]
            proven += [(codec, numbers)] if numbers else []
    readings: list[_Reading] = []
    settled: dict[int, int] = {}  # the weight of lines that are accepted as a whole, whatever the other lines hold
    for codec, numbers in sorted(proven, key=lambda found: -len(found[1])):
        if _is_outweighed(lines, set(numbers), settled, codec):
            continue
        reading = _reading(text, lines, numbers, codec)
        readings.append(reading)
        for number, read in reading.lines.items():
            if isinstance(read, Whole) and read.weight >= MIN_WEIGHT:
                settled[number] = max(settled.get(number, 0), read.weight)
    return sorted(readings, key=lambda reading: CODECS.index(reading.codec))


def _is_outweighed(lines: _Lines, proven: set[int], settled: dict[int, int], codec: Codec) -> bool:
    """Whether a codec is the best for no line, without reading them; `proven`: the lines that hold a proof."""
    if any(number not in settled for number in proven):
        return False
    find = proof(codec).findall
    if any(settled[number] <= MAX_WEIGHT * len(find(lines[number][1])) for number in proven):
        return False
    others = (line for number, (_, line) in enumerate(lines) if number not in settled and not line.isascii())
    return all(is_hopeless(line, codec) for line in others)


def _reading(text: str, lines: _Lines, numbers: list[int], codec: Codec) -> _Reading:
    lost = codec.lost
    found = {number: _read(*lines[number], codec, lost) for number in numbers}
    if _has_plenty(found, lines, codec):
        lost = _lost(text, codec)
    if lost != codec.lost:
        found |= {number: _read(*lines[number], codec, lost) for number, read in found.items() if _asked_lost(read)}
    weight = sum(map(_good_weight, found.values()))
    if weight >= PLENTY:
        for number, (start, line) in enumerate(lines):
            if number not in found and not line.isascii():
                runs = scan(line, start, codec, lost)
                if all(run.is_good for run in runs):
                    found[number] = _read(start, line, codec, lost)
    return _Reading(codec, lost, found, weight)


def _read(start: int, line: str, codec: Codec, lost: frozenset[int]) -> _Read:
    return read_whole(line, codec, lost) or list(scan(line, start, codec, lost))


def _asked_lost(read: _Read) -> bool:
    return read.asked_lost if isinstance(read, Whole) else any(run.asked_lost for run in read)


def _weight(read: _Read) -> int:
    return read.weight if isinstance(read, Whole) else sum(run.weight for run in read)


def _good_weight(read: _Read) -> int:
    return read.weight if isinstance(read, Whole) else sum(run.weight for run in read if run.is_good)


def _n_sequences(read: _Read) -> int:
    return read.n_sequences if isinstance(read, Whole) else sum(run.n_sequences for run in read)


def _has_plenty(found: dict[int, _Read], lines: _Lines, codec: Codec) -> bool:
    """Whether a text has many sequences; those of lines without a proof are counted only when it matters."""
    count = sum(map(_n_sequences, found.values()))
    for number, (start, line) in enumerate(lines):
        if count >= PLENTY:
            break
        if number not in found and not line.isascii():
            count += _n_sequences(list(scan(line, start, codec, codec.lost)))
    return count >= PLENTY


def _lost(text: str, codec: Codec) -> frozenset[int]:
    """The bytes that a text with many sequences has lost, which may be more or less than usual.

    A byte that is still there did not vanish; when no byte 80–9F is there among many, all of them did (C1 controls).
    """
    present = {byte for char in set(text) for byte in codec.bytes_of.get(char, ())[:1]}
    lost = codec.lost - present | ({0xA0} & codec.lost)
    if not any(0x80 <= byte < 0xA0 for byte in present) and codec.name != "cp1256":
        lost |= set(range(0x80, 0xA0))
    return frozenset(lost)


def _accepted(reading: _Reading, number: int, start: int, line: str) -> _Read:
    """What of a line is misread through a codec, given the evidence of the whole text."""
    read = reading.lines.get(number)
    if isinstance(read, Whole):
        if read.script in ("Latn", ""):
            enough = read.weight >= MIN_LATIN_WEIGHT or (read.weight and reading.weight >= MIN_LATIN_WEIGHT)
        else:
            enough = read.weight >= MIN_WEIGHT or reading.weight >= PLENTY
        if enough:
            return read
        read = list(scan(line, start, reading.codec, reading.lost))
    return accepted_runs(read, reading.weight) if read else []
