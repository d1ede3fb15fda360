"""Decides what a candidate for a mention is, which of overlapping ones stay, and how sure each way of finding one is."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from pipeline.enrichers.mentions.lexicon import NISBAS
from pipeline.text.vocabulary import Flags, Ints


class Naming(NamedTuple):
    """What a candidate names, and how it was found."""

    entity_type: str
    entity_id: str | None
    entity_name: str | None
    method: str
    score: float
    rule: str


Candidate = tuple[int, int, Naming]
"""A span of the joined text that may be a mention: start, end, what it names."""

# The share that was right on the tuned half of the labelled articles (python -m tests.eval.mentions), rounded down; ways that
# are too rare there to measure stand at that of the nearest other.
SCORES = {
    "gazetteer": 0.95,
    "evidence": 0.85,
    "nisba": 0.95,
    "org_cue": 0.85,
    "place_cue": 0.8,
    "title_cue": 0.9,
    "name_run": 0.85,
    "coreference": 0.9,
}

_SPAN = itemgetter(0, 1)


class Candidates(NamedTuple):
    """Candidates in columns: where they start and end, what they name."""

    starts: Ints
    ends: Ints
    namings: list[Naming]

    @classmethod
    def of(cls, found: Iterable[Candidate]) -> "Candidates":
        """Those that were found one by one."""
        starts, ends, namings = zip(*found, strict=True) if (found := list(found)) else ((), (), ())
        return cls(np.array(starts, np.int64), np.array(ends, np.int64), list(namings))

    @classmethod
    def all_of(cls, parts: Sequence["Candidates"]) -> "Candidates":
        """Those of all parts, in text order."""
        starts, ends = (np.concatenate(columns) for columns in list(zip(*parts, strict=True))[:2])
        return cls(starts, ends, [naming for part in parts for naming in part.namings]).in_order()

    def in_order(self) -> "Candidates":
        """The same in text order."""
        return self.chosen(np.argsort(self.starts << 32 | self.ends, kind="stable"))

    def chosen(self, numbers: Ints) -> "Candidates":
        """Those with some numbers, in their order."""
        namings = list(map(self.namings.__getitem__, numbers.tolist()))
        return Candidates(self.starts[numbers], self.ends[numbers], namings)

    def rows(self, first: int, after: int) -> Iterator[Candidate]:
        """Those from one number to another."""
        spans = (column[first:after].tolist() for column in (self.starts, self.ends))
        return zip(*spans, self.namings[first:after], strict=True)

    def are_free(self, starts: Ints, ends: Ints) -> Flags:
        """Which spans none of these, which are in text order, overlaps."""
        reach = np.maximum.accumulate(np.concatenate(([0], self.ends)))
        # what begins before the end of a span: does any of it reach into it
        return np.asarray(reach[np.searchsorted(self.starts, ends)] <= starts)


def beside(kept: Candidates, others: Candidates) -> Candidates:
    """Those of others that overlap none of the kept, which are in text order, nor each other."""
    free = others.chosen(np.flatnonzero(kept.are_free(others.starts, others.ends)))
    return Candidates.of(_longest(free.rows(0, len(free.namings))))


def without_overlaps(candidates: Candidates) -> Candidates:
    """The longest of candidates in text order that overlap, the surer of equally long ones, in text order.

    An organisation found by its head noun is the one that a gazetteer knows inside it: شركة «غازبروم». An adjective of a country inside an organisation that was found by its head noun stays beside it: وزارة الخارجية الروسية.
    """
    bounds = _bounds(candidates)
    alone = _alone(candidates, bounds)
    several = np.flatnonzero(alone < 0)
    groups = zip(bounds[several].tolist(), bounds[several + 1].tolist(), strict=True)
    longest = (one for first, after in groups for one in _longest(candidates.rows(first, after)))
    return Candidates.all_of((candidates.chosen(alone[alone >= 0]), Candidates.of(longest)))


def _bounds(candidates: Candidates) -> Ints:
    """Where groups of those begin that overlap one another, directly or through others, and where the last one ends."""
    n = len(candidates.namings)
    begins_behind = candidates.starts[1:] >= np.maximum.accumulate(candidates.ends)[:-1]
    return np.concatenate(([0], np.flatnonzero(begins_behind) + 1, [n])) if n else np.zeros(1, np.int64)


def _alone(candidates: Candidates, bounds: Ints) -> Ints:
    """Of each group the one that alone is as long as all, and so all that is kept; -1 where there is none.

    What was found by a head noun may be told whom it names by what it holds.
    """
    first, sizes = bounds[:-1], np.diff(bounds)
    alone = np.where(sizes == 1, first, -1)
    several = np.flatnonzero(sizes > 1)
    if not len(several):
        return alone
    sizes = sizes[several]
    begins = np.cumsum(sizes) - sizes
    rows = np.arange(sizes.sum()) + np.repeat(first[several] - begins, sizes)
    ends = candidates.ends[rows]
    is_whole = candidates.starts[rows] == np.repeat(candidates.starts[first[several]], sizes)
    is_whole &= ends == np.repeat(np.maximum.reduceat(ends, begins), sizes)
    is_decided = np.add.reduceat(is_whole, begins, dtype=np.int64) == 1
    wholes = rows[is_whole & np.repeat(is_decided, sizes)]
    is_plain = [candidates.namings[number].method != "org_cue" for number in wholes.tolist()]
    alone[several[is_decided]] = np.where(is_plain, wholes, -1)
    return alone


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The same of few."""
    kept: list[Candidate] = []
    starts: list[int] = []
    nested: list[Candidate] = []
    for candidate in sorted(candidates, key=_rank):
        start, end, naming = candidate
        place = bisect_left(starts, start)
        if place < len(kept) and starts[place] < end:
            over = place
        elif place and kept[place - 1][1] > start:
            over = place - 1
        else:
            kept.insert(place, candidate)
            starts.insert(place, start)
            continue
        over_start, over_end, known = kept[over]
        if over_start <= start and end <= over_end and known.method == "org_cue":
            if naming.rule == NISBAS:
                nested.append(candidate)
            elif naming.entity_type == "ORG" and naming.entity_name and known.entity_name is None:
                found = known._replace(entity_id=naming.entity_id, entity_name=naming.entity_name)
                kept[over] = (over_start, over_end, found)
    return sorted([*kept, *nested], key=_SPAN) if nested else kept


@cache
def by_rule(entity_type: str, method: str, rule: str) -> Naming:
    """What is named by a rule that does not know whom."""
    return Naming(entity_type, None, None, method, SCORES[method], rule)


def _rank(candidate: Candidate) -> tuple[int, float, int, str]:
    start, end, naming = candidate
    return start - end, -naming.score, start, naming.rule
