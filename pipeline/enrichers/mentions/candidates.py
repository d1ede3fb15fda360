"""Decides what a candidate for a mention is, which of overlapping ones stay, and how sure each way of finding one is."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.enrichers.mentions.lexicon import NISBAS


class Candidate(NamedTuple):
    """A span of a folded text that may be a mention."""

    start: int
    end: int
    entity_type: str
    entity_id: str | None
    entity_name: str | None
    method: str
    score: float
    rule: str


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


def beside(kept: list[Candidate], others: Iterable[Candidate]) -> list[Candidate]:
    """Kept ones and those others that overlap none of them nor each other, in text order."""
    starts = [candidate.start for candidate in kept]
    added = []
    for other in others:
        place = bisect_left(
            starts, other.end
        )  # what begins before the end of the other: does the last of it reach into it
        if not place or max(candidate.end for candidate in kept[max(0, place - 2) : place]) <= other.start:
            added.append(other)
    return sorted([*kept, *without_overlaps(added)]) if added else kept


def without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The longest of candidates that overlap, the surer of equally long ones, in text order.

    An organisation found by its head noun is the one that a gazetteer knows inside it: شركة «غازبروم». An adjective of a country inside an organisation that was found by its head noun stays beside it: وزارة الخارجية الروسية.
    """
    kept: list[Candidate] = []
    starts: list[int] = []
    nested: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, -c.score, c.start, c.rule)):
        place = bisect_left(starts, candidate.start)
        if place < len(kept) and kept[place].start < candidate.end:
            over = kept[place]
        elif place and kept[place - 1].end > candidate.start:
            over = kept[place - 1]
        else:
            kept.insert(place, candidate)
            starts.insert(place, candidate.start)
            continue
        if over.start <= candidate.start and candidate.end <= over.end and over.method == "org_cue":
            if candidate.rule == NISBAS:
                nested.append(candidate)
            elif candidate.entity_type == "ORG" and candidate.entity_name and over.entity_name is None:
                place = kept.index(over)
                kept[place] = over._replace(entity_id=candidate.entity_id, entity_name=candidate.entity_name)
    return sorted([*kept, *nested]) if nested else kept
