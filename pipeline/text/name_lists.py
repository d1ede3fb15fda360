"""Decides where the names of a list stand in a batch of folded texts, each of whole words; what is made of them is decided elsewhere.

The runs of letters of all texts are looked up at once, by their first letters. A name of one short word needs no other look; those
of several words, or long ones, are compared where a run begins as they do.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from typing import Any, Final, NamedTuple

import numpy as np

from pipeline.text.folded_texts import BEYOND, INITIALS, Flags, FoldedTexts, Ints, LetterRuns, coded

_BITS: Final = 17  # of so many places few are taken by chance
_NONE: Final = -1
_ANY: Final = 0  # a code of no letter
_ANY_LETTER: Final = "ا"  # it stands for all letters after the initials


class Found(NamedTuple):
    """Names in a batch by their ends, of two that end together the longer one first: their spans in `codes`, and their numbers."""

    start: Ints
    end: Ints
    name: Ints

    def only(self, chosen: Flags | Ints) -> "Found":
        """The chosen ones."""
        return Found(self.start[chosen], self.end[chosen], self.name[chosen])

    def longest(self) -> "Found":
        """Without those that overlap a longer one, or one of their length before them."""
        start, end, _ = self
        if not len(start):
            return self
        begins = np.minimum.accumulate(start[::-1])[::-1]  # the first place of a name and those after it
        over = np.flatnonzero(begins[1:] < end[:-1])
        if not len(over):
            return self
        is_kept = np.ones(len(start), np.bool_)
        kept: list[int] = []
        for number in np.union1d(over, over + 1).tolist():
            length = end[number] - start[number]
            while kept and end[kept[-1]] > start[number] and end[kept[-1]] - start[kept[-1]] < length:
                is_kept[kept.pop()] = False
            if kept and end[kept[-1]] > start[number]:
                is_kept[number] = False
            else:
                kept.append(number)
        return self.only(is_kept)

    def by_text(self, texts: FoldedTexts, values: Sequence[Any] = ()) -> list[list[tuple[Any, ...]]]:
        """Those of each text: start and end in the text, and the value of the name if there are values."""
        bounds = np.searchsorted(self.end, texts.first)
        first = np.repeat(texts.first[:-1], np.diff(bounds))
        columns: list[list[Any]] = [(self.start - first).tolist(), (self.end - first).tolist()]
        if values:
            columns.append([values[number] for number in self.name.tolist()])
        rows = list(zip(*columns, strict=True))
        return [rows[low:high] for low, high in pairwise(bounds.tolist())]


class NameList:
    """Names that are looked for together.

    A name begins behind one of `spaces` or of `before`, and before a text stands a line break; a space in a name is any of `spaces`;
    behind the name stands no character that is a part of words.
    """

    def __init__(self, names: Sequence[str], spaces: str, is_part: Callable[[str], bool], before: str = "") -> None:
        """`names` are folded, and each begins with a letter."""
        self._names = names
        self._spaces, self._is_part = frozenset(spaces), is_part
        self._is_space = np.zeros(BEYOND + 1, np.bool_)
        self._is_space[list(map(ord, spaces))] = True
        self._stands = self._is_space.copy()
        self._stands[list(map(ord, before))] = True
        self._parts = coded(is_part).copy()
        self._parts[BEYOND] = True  # so that nothing is found until it was looked at
        groups: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            letters = "".join(takewhile(str.isalpha, name))
            groups[letters[:INITIALS] + _ANY_LETTER * (len(letters) > INITIALS)].append(number)
        runs = FoldedTexts(list(groups)).runs
        order = np.argsort(runs.mixed)
        self._first, self._second, self._is_longer, self._mixed = (column[order] for column in runs[2:])
        if (self._mixed[1:] == self._mixed[:-1]).any():
            raise ValueError("two names are mixed alike: other mixers are needed")
        self._is_begun = np.zeros(1 << _BITS, np.bool_)
        self._is_begun[_places(runs)] = True
        listed = list(groups.values())
        self._groups = [listed[place] for place in order.tolist()]
        lone = [next(filter(self._is_lone, group), _NONE) for group in self._groups]
        self._lone = np.array(lone)
        self._others: dict[int, list[int]] = defaultdict(list)
        for number, (group, one) in enumerate(zip(self._groups, lone, strict=True)):
            for name in group:
                if name != one:
                    self._others[number << 16 | self._tells(names[name])].append(name)
        self._told = np.array(sorted(self._others) or [_NONE])
        self._has_any = np.array([number << 16 in self._others for number in range(len(self._groups))])

    def _is_lone(self, number: int) -> bool:
        """Whether a name is a run of letters with nothing but its initials."""
        name = self._names[number]
        return len(name) <= INITIALS and name.isalpha()

    def _tells(self, name: str) -> int:
        """The code of the letter after the initials, else of the second character behind the first word; `_ANY` if there is none."""
        place = sum(1 for _ in takewhile(str.isalpha, name)) + 1
        char = name[INITIALS if place > INITIALS + 1 else place :][:1]
        return ord(char) if char else _ANY

    def find(self, texts: FoldedTexts) -> Found:
        """Where the names stand."""
        near, group = self._begun(texts)
        codes, runs = texts.codes, texts.runs
        start, end, name = runs.start[near], runs.end[near], self._lone[group]
        following = codes[end]
        is_unknown = (name != _NONE) & (following == BEYOND)
        found = Found(start, end, name).only((name != _NONE) & ~self._parts[following])
        telling = codes.take(np.where(runs.is_longer[near], start + INITIALS, end + 1), mode="clip")
        told = group << 16 | np.where(self._is_space[telling], ord(" "), telling)
        is_doubtful = self._told[np.searchsorted(self._told, told) % len(self._told)] == told
        is_doubtful |= self._has_any[group] | is_unknown
        rows = self._compared(texts, start[is_doubtful], told[is_doubtful], is_unknown[is_doubtful])
        if rows:
            more = np.array(rows, np.int64).T
            found = Found(*(np.concatenate(pair) for pair in zip(found, more, strict=True)))
            found = found.only(np.lexsort((found.start, found.end)))
        return found

    def _begun(self, texts: FoldedTexts) -> tuple[Ints, Ints]:
        """The runs of letters that begin as names do, by their numbers, and the group of those names."""
        runs = texts.runs
        near = np.flatnonzero(self._is_begun.take(_places(runs), mode="clip"))
        # before the first character of all stands the last one, a line break
        near = near[self._stands[texts.codes[runs.start[near] - 1]]]
        group = np.minimum(np.searchsorted(self._mixed, runs.mixed[near]), len(self._groups) - 1)
        same = (self._first[group] == runs.first[near]) & (self._second[group] == runs.second[near])
        same &= self._is_longer[group] == runs.is_longer[near]
        return near[same], group[same]

    def _compared(self, texts: FoldedTexts, start: Ints, told: Ints, is_unknown: Flags) -> list[tuple[int, int, int]]:
        """The names that begin at these places, of those that begin as is `told`; of all, where it is not known what follows."""
        number = np.searchsorted(texts.first, start, side="right") - 1
        first = texts.first[number]
        columns = ((start - first).tolist(), first.tolist(), number.tolist(), told.tolist(), is_unknown.tolist())
        folded, others, rows = texts.texts, self._others, []
        for place, base, of_text, key, is_all in zip(*columns, strict=True):
            text, group = folded[of_text].text, key >> 16
            for one in self._groups[group] if is_all else (*others.get(key, ()), *others.get(group << 16 | _ANY, ())):
                name = self._names[one]
                last = place + len(name)
                if self._is_name(text[place:last], name) and not self._is_part(text[last : last + 1]):
                    rows.append((base + place, base + last, one))
        return rows

    def _is_name(self, printed: str, name: str) -> bool:
        """Whether this is the name, with any of the spaces between its words."""
        if printed == name:
            return True
        spaces = self._spaces
        return printed[-1:] == name[-1] and "".join([" " if char in spaces else char for char in printed]) == name


def _places(runs: LetterRuns) -> Ints:
    return (runs.mixed >> np.uint64(64 - _BITS)).view(np.int64)
