"""Decides what a candidate for a mention is, which of overlapping ones stay, and how sure each way of finding one is."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from pipeline.enrichers.mentions.lexicon import NISBAS


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


class Candidates:
    """Candidates in columns: a batch has so many that a tuple of each would keep the garbage collector busy."""

    def __init__(self, starts: list[int], ends: list[int], namings: list[Naming]) -> None:
        self.starts, self.ends, self.namings = starts, ends, namings

    def add(self, found: Iterable[Candidate]) -> None:
        """Puts further ones behind these."""
        for start, end, naming in found:
            self.starts.append(start)
            self.ends.append(end)
            self.namings.append(naming)

    def rows(self, first: int, after: int) -> Iterator[Candidate]:
        """Those from one number to another."""
        return zip(self.starts[first:after], self.ends[first:after], self.namings[first:after], strict=True)

    def in_order(self) -> "Candidates":
        """The same in text order."""
        order = np.lexsort((self.ends, self.starts)).tolist()
        starts, ends = (list(map(column.__getitem__, order)) for column in (self.starts, self.ends))
        return Candidates(starts, ends, list(map(self.namings.__getitem__, order)))


def beside(kept: Candidates, others: Iterable[Candidate]) -> list[Candidate]:
    """Those of others that overlap none of the kept, which are in text order, nor each other."""
    added = []
    for other in others:
        start, end, _ = other
        place = bisect_left(
            kept.starts, end
        )  # what begins before the end of the other: does the last of it reach into it
        if not place or max(kept.ends[max(0, place - 2) : place]) <= start:
            added.append(other)
    return _longest(added)


def without_overlaps(candidates: Candidates) -> Candidates:
    """The longest of candidates that overlap, the surer of equally long ones, in text order.

    An organisation found by its head noun is the one that a gazetteer knows inside it: شركة «غازبروم». An adjective of a country inside an organisation that was found by its head noun stays beside it: وزارة الخارجية الروسية.
    """
    candidates = candidates.in_order()
    reach = np.maximum.accumulate(np.array(candidates.ends, np.int64))
    begins_behind = np.array(candidates.starts[1:], np.int64) >= reach[:-1]
    bounds = np.concatenate(([0], np.flatnonzero(begins_behind) + 1, [len(reach)]))
    several = np.flatnonzero(np.diff(bounds) > 1)
    kept = Candidates([], [], [])
    done = 0
    for first, after in zip(bounds[several].tolist(), bounds[several + 1].tolist(), strict=True):
        kept.starts += candidates.starts[done:first]
        kept.ends += candidates.ends[done:first]
        kept.namings += candidates.namings[done:first]
        kept.add(_longest(candidates.rows(first, after)))
        done = after
    kept.add(candidates.rows(done, len(reach)))
    return kept


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
