"""Decides how a line reads when it was misread through a codec, run by run, and which of its runs are misread given the evidence
of the whole text; it does not choose between codecs (see `pipeline.text.mojibake`).

A run is a stretch of characters above ASCII. It is misread when its characters form sequences of UTF-8 that no prose writes, and
no more other characters than that. Lines that are nothing but sequences are read sooner by `misread_lines`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipeline.text.misreadings import LOST, PROSE, Codec, Unit, leads_of, n_continuations, pairs, restore, sequence
from pipeline.text.rewriting import Edit

# Evidence (see `misreadings.Unit.weight`) that a stretch needs by itself, or when the rest of the text has plenty.
MIN_WEIGHT: Final = 3
MIN_LATIN_WEIGHT: Final = 2
PLENTY: Final = 8
# A sequence has four characters; after what is left of one that lost a byte, two spaces are looked at.
_REACH: Final = 6
_MAX_WORD: Final = 60  # characters: longer ones do not come again

_RUN: Final = re.compile(r"[^\x00-\x7f]+")


@dataclass(slots=True)
class Run:
    """Characters above ASCII, and the spaces that stand for lost bytes among them, read by one codec.

    Attributes:
        start: Where it begins in the text; `end`: where it ends.
        text: What it stood for.
        starts: Where each character of `text` came from.
        scripts: How many characters are of each script.
        weight: Evidence of all sequences, see `misreadings.Unit`.
        n_sequences: Characters that several stood for.
        n_stray: Letters and signs that are part of no sequence.
        is_copied: Whether a character stands for itself.
        exact: Whether nothing was guessed.
        asked_lost: Whether it mattered which bytes can be lost.
        after_capitals: Whether two capitals stand before it.
    """

    start: int
    end: int
    text: str = ""
    starts: Sequence[int] = ()
    scripts: Mapping[str, int] = field(default_factory=dict)
    weight: int = 0
    n_sequences: int = 0
    n_stray: int = 0
    is_copied: bool = False
    exact: bool = True
    asked_lost: bool = False
    after_capitals: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it is misread, if anything is."""
        return self.n_sequences + len(self.scripts) > 0 and (self.n_stray == 0 or self.weight > self.n_stray)

    def edits(self, text: str) -> Iterator[Edit]:
        """What it changes in the text that it is of."""
        if not self.is_copied:
            yield Edit(self.start, self.end, self.text, self.starts)
            return
        ends = [*self.starts[1:], self.end]
        for start, end, char in zip(self.starts, ends, self.text, strict=True):
            if char != text[start:end]:
                yield Edit(start, end, char, (start,))


def scan(line: str, offset: int, codec: Codec, lost: frozenset[int]) -> Iterator[Run]:
    """The runs of a line, read by a codec; what holds no lead byte between two others is one run without text.

    Args:
        line: A line.
        offset: Where it begins in the text; spans of runs are in the text.
        codec: The codec.
        lost: The bytes that can be lost.
    """
    at = 0
    while match := _lead(codec).search(line, at):
        start = match.start()
        while start > at and line[start - 1] > "\x7f":
            start -= 1
        yield from _leadless(line, at, start, codec)
        run = _read_word(line, start, offset, codec) or _read_run(line, start, offset, codec, lost)
        at = run.end - offset
        yield run
    yield from _leadless(line, at, len(line), codec)


def is_hopeless(line: str, codec: Codec) -> bool:
    """Whether a line holds letters that are part of no sequence, whatever is lost: so that it is not misread as a whole."""
    runs = (run[0] for run in _RUN.finditer(line))
    return any(not _lead(codec).search(run) and any(_is_stray(char, codec) for char in run) for run in runs)


@cache
def _lead(codec: Codec) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, leads_of(codec)))}]")


def _leadless(line: str, first: int, last: int, codec: Codec) -> Iterator[Run]:
    """What stands between two runs: nothing above ASCII, or a run without sequences, of which only counts whether any is stray."""
    if _RUN.search(line, first, last):
        stray = any(_is_stray(char, codec) for run in _RUN.finditer(line, first, last) for char in run[0])
        yield Run(first, last, n_stray=int(stray))


def _is_stray(char: str, codec: Codec) -> bool:
    return char.isalpha() or (char in codec.bytes_of and not char.isspace() and char not in PROSE)


class _Word(NamedTuple):
    text: str
    scripts: Counter[str]
    weight: int
    exact: bool


def _read_word(line: str, at: int, offset: int, codec: Codec) -> Run | None:
    """A run that is nothing but sequences of two characters, as most misread Arabic words are; None for any other."""
    match = _RUN.match(line, at)
    end = match.end() if match else at
    word = _word(line[at:end], codec) if (end - at) % 2 == 0 and end - at <= _MAX_WORD else None
    if word is None:
        return None
    start, end = at + offset, end + offset
    starts = range(start, end, 2)
    run = Run(start, end, word.text, starts, word.scripts, word.weight, len(word.text), exact=word.exact)
    run.after_capitals = at > 1 and line[at - 2 : at].isupper()
    return run


@lru_cache(maxsize=1 << 15)
def _word(chars: str, codec: Codec) -> _Word | None:
    two = pairs(codec)
    found = [two.get(chars[index : index + 2]) for index in range(0, len(chars), 2)]
    units = [unit for unit in found if unit is not None and unit.char >= "\xa0"]
    if len(units) < len(found):
        return None
    return _Word(
        "".join(unit.char for unit in units),
        Counter(unit.script for unit in units if unit.script),
        sum(unit.weight for unit in units),
        all(unit.exact for unit in units),
    )


def _read_run(line: str, at: int, offset: int, codec: Codec, lost: frozenset[int]) -> Run:
    two, leads = pairs(codec), leads_of(codec)
    chars: list[str] = []
    starts: list[int] = []
    scripts: dict[str, int] = {}
    run = Run(at + offset, at + offset, starts=starts, scripts=scripts)
    run.after_capitals = at > 1 and line[at - 2 : at].isupper()
    previous = line[at - 1 : at]
    size = len(line)
    while at < size and line[at] > "\x7f":
        unit, length = two.get(line[at : at + 2]), 2
        if unit is not None and unit.char < "\xa0" and at + 3 <= size:
            longer = sequence(codec, line[at : at + 3])  # an upper-cased â€
            unit, length = (longer, 3) if longer else (unit, 2)
        if unit is None and line[at] in leads:
            run.asked_lost = True
            unit, length = _long_or_lost(line[at : at + _REACH], codec, lost, previous)
        starts.append(at + offset)
        if unit is None:
            previous, length = line[at], 1
            run.n_stray += _is_stray(previous, codec)
            run.is_copied = True
        else:
            previous = unit.char
            run.weight += unit.weight
            run.n_sequences += length > 1
            run.exact = run.exact and unit.exact
            if unit.script:
                scripts[unit.script] = scripts.get(unit.script, 0) + 1
        chars.append(previous)
        at += length
    run.end = at + offset
    run.text = "".join(chars)
    return run


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


def accepted_runs(runs: list[Run], total: int) -> list[Run]:
    """The runs of a line that are misread.

    Args:
        runs: All runs of the line, in order.
        total: Weight of the good runs of the whole text.
    """
    accepted: list[Run] = []
    stretch: list[Run] = []
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


def _coherent(stretch: list[Run], total: int, *, whole: bool) -> list[Run]:
    weight = sum(run.weight for run in stretch)
    scripts: Counter[str] = Counter()
    for run in stretch:
        for script, count in run.scripts.items():
            scripts[script] += count if run.weight else 0
    main = scripts.most_common(1)[0][0] if scripts else ""
    n_sequences = sum(run.n_sequences for run in stretch)
    if main in ("Latn", ""):
        enough = weight >= MIN_LATIN_WEIGHT or (weight and total >= MIN_LATIN_WEIGHT) or (whole and _is_plain(stretch))
        # what is left of í, whose second byte is the soft hyphen, in a text that is misread elsewhere
        enough = enough or (whole and total >= PLENTY and not any(run.after_capitals for run in stretch))
    else:
        enough = weight >= MIN_WEIGHT or (total >= PLENTY and (weight >= 1 or whole))
        enough = enough or (whole and n_sequences >= 2 and weight >= 1 and n_sequences + 1 >= len(stretch))
    if not enough:
        return []
    return [run for run in stretch if run.weight or set(run.scripts) <= {main, "Latn"}]


def _is_plain(stretch: list[Run]) -> bool:
    """One accented letter of a Latin word: the sequence that no prose writes, such as é read as two characters.

    A small letter after capitals is none: `VIETNÃ®` has a sign after its last letter.
    """
    if len(stretch) != 1 or stretch[0].weight != 1 or stretch[0].n_stray:
        return False
    return stretch[0].text[0].islower() and not stretch[0].after_capitals
