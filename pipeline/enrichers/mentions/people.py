"""Decides where an Arabic text names a person: after a title, or where parts of names that are known follow one another."""

from collections.abc import Iterator

import numpy as np

from pipeline.enrichers.mentions.candidates import Candidate, by_rule
from pipeline.enrichers.mentions.cuts import ARTICLE, GAP, HYPHEN
from pipeline.enrichers.mentions.kinds import SURE_PART, SURNAME
from pipeline.enrichers.mentions.names import Names, read_names
from pipeline.enrichers.mentions.roles import FURTHER, GIVEN, JOINS
from pipeline.enrichers.mentions.scan import NEXT, NISBA, PART, SURE, TITLE, Scan
from pipeline.enrichers.mentions.titles import after_nisbas, after_titles
from pipeline.text.vocabulary import Flags, Ints


def find_people(scan: Scan) -> Iterator[Candidate]:
    """Candidates for people, those after a title first."""
    seen: dict[int, int] = {}
    for kind, following in (("title", after_titles(scan)), ("nisba", after_nisbas(scan))):
        for start, end, hit in zip(*(column.tolist() for column in following), strict=True):
            if start not in seen:
                seen[start] = end
                yield start, end, by_rule("PER", "title_cue", f"{kind} {scan.form(hit)}")
    until = -1
    for place, start, end in _in_rows(scan, seen):
        if place in seen:
            until = seen[place]
        elif place >= until and start >= 0:
            until = end
            yield start, end, by_rule("PER", "name_run", "names")


def _in_rows(scan: Scan, seen: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Places, in order, of the parts with which a name may begin that needs no title, and the span of the name; -1 where there is none.

    Names begin with the part, or with the word before a last name.
    """
    parts = scan.parts[np.argsort(scan.hits.place[scan.parts])]
    first, last, place, _, kind = (column[parts] for column in scan.hits)
    is_seen = np.isin(place, np.fromiter(seen, np.int64, len(seen)))
    chosen = is_seen | _may_begin(scan, parts)
    first, last, place, kind = (column[chosen] for column in (first, last, place, kind))

    is_sure = scan.kinds.part_kind[kind] == SURE_PART
    is_in_a_row = scan.joined.told[last] & GAP > 0
    given = np.where(is_sure & (place == scan.joined.start[first]), _given_before(scan, first), -1)
    n_particles = scan.kinds.n_particles[kind]
    names = read_names(scan, np.where(is_in_a_row, first, -1), np.where(is_in_a_row, n_particles, 0))
    others = np.flatnonzero(is_sure & ~(names.is_one & (names.n_words > 1)))
    start, end = _alone(names)
    start[others], end[others] = _alone(read_names(scan, given[others]))
    yield from zip(place.tolist(), start.tolist(), end.tolist(), strict=True)


def _may_begin(scan: Scan, parts: Ints) -> Flags:
    """Which parts may begin a name that needs no title, cheaply: those beside a word that may be part of it."""
    flags = scan.word_flags
    first, last, place, _, kind = (column[parts] for column in scan.hits)
    of_list = scan.kinds.part_kind[kind]
    after = first + 1
    is_followed = flags[first] & NEXT == NEXT
    may_go_on = (scan.roles(after) & FURTHER > 0) | (flags[after] & (PART | NISBA | HYPHEN) > 0) | (last > first)
    goes_on = is_followed & may_go_on & (of_list != SURNAME)
    is_last = _may_be_given(scan, first - 1) & (place == scan.joined.start[first]) & (of_list == SURE_PART)
    may_begin: Flags = goes_on | is_last
    others = np.flatnonzero(is_followed & ~may_begin)
    may_begin[others] = [scan.form(part) in JOINS for part in parts[others].tolist()]
    return may_begin


def _may_be_given(scan: Scan, words: Ints) -> Flags:
    """Which words may be given names that are in no list."""
    return np.asarray((scan.roles(words) & GIVEN > 0) & (scan.word_flags[words] & (SURE | TITLE | ARTICLE) == 0))


def _given_before(scan: Scan, words: Ints) -> Ints:
    """The words before last names, when they may be given names and are not made of a particle and a part or a place; else -1."""
    before = words - 1
    has_particle = (scan.part_at[1:, before] >= 0).any(axis=0) | (scan.sure_at[1:, before] >= 0).any(axis=0)
    is_given = (scan.roles_before(words) & GIVEN > 0) & _may_be_given(scan, before) & ~has_particle
    return np.asarray(np.where(is_given, before, -1))


def _alone(names: Names) -> tuple[Ints, Ints]:
    """The spans of names that need no title: at least two parts, of which one is sure, or weak ones that support each other; else -1."""
    is_supported = names.has_son | (names.n_surnames > 0) | (names.n_weak > 2)
    is_alone = names.is_one & (names.n_parts > 1) & ((names.n_sure > 0) | ((names.n_weak > 0) & is_supported))
    return np.where(is_alone, names.start, -1), np.where(is_alone, names.end, -1)
