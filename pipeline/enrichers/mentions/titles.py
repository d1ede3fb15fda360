"""Decides which names of people follow titles, offices and adjectives of countries in Arabic texts.

All titles are followed in step, a word of each at a time; names are read at all words where one may begin, and then chosen.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from pipeline.enrichers.mentions.cuts import ARTICLE
from pipeline.enrichers.mentions.kinds import SURE_PART
from pipeline.enrichers.mentions.names import Names, read_names
from pipeline.enrichers.mentions.roles import (
    AND,
    AND_STOP,
    COMMON,
    DESCRIBED,
    LAST_AFTER_GIVEN,
    LAST_NAME,
    LBW,
    SECOND_LBW,
    STOP,
    VERBAL,
    YEH_LAST,
)
from pipeline.enrichers.mentions.scan import NISBA, PART, SURE, TITLE, Scan
from pipeline.text.vocabulary import Flags, Ints, Numbers

_CLOSES: Final = frozenset(",،.\n)؛:")
_COMMAS: Final = ("، ", ", ")
_MOST_COMPLEMENT = 9  # words between an office and its holder
_MOST_DESCRIPTION = 4  # words between a title and the name


class Following(NamedTuple):
    """Spans of names, and the forms that they follow."""

    start: Ints
    end: Ints
    hit: Ints


def after_titles(scan: Scan) -> Following:
    """The names after titles and offices, in the order of these."""
    titles = np.array(scan.titles, np.int64)
    is_office = scan.kinds.is_office[scan.hits.kind[titles]]
    found = [_after_offices(scan, titles[is_office]), _after_titles(scan, titles[~is_office])]
    start, end, hit = (np.concatenate(columns) for columns in zip(*found, strict=True))
    order = np.argsort(hit)
    return Following(start[order], end[order], hit[order])


def _after_titles(scan: Scan, titles: Ints) -> Following:
    """The names after titles, over adjectives of countries and the like; of one word only after a direct one."""
    words, is_first = _over_descriptions(scan, scan.hits.last[titles])
    is_direct, flags = scan.kinds.is_direct[scan.hits.kind[titles]], scan.word_flags[words]
    names = read_names(scan, words)
    with_last = _ends_with_last_name(scan, names)
    is_long = names.is_one & (names.n_parts > 1)
    is_listed = (names.n_parts > names.n_unknown) | (names.n_unknown > 1)
    is_meant = np.where(is_long, is_direct | is_listed, names.is_one & (is_direct | (with_last >= 0)))
    end = np.where(~is_long & (with_last >= 0), with_last, names.end)
    # السفير الجبير: a word with the article that is none of the language's
    is_last_name = ~names.is_one & is_direct & is_first & (scan.roles(words) & LAST_NAME > 0)
    is_last_name &= flags & (ARTICLE | SURE | NISBA) == ARTICLE
    end = np.where(is_last_name, scan.ends_of(words), end)
    chosen = (words >= 0) & (flags & (TITLE | PART) != TITLE) & (is_meant | is_last_name)
    return Following(scan.joined.start[words][chosen], end[chosen], titles[chosen])


def _over_descriptions(scan: Scan, last: Ints) -> tuple[Ints, Flags]:
    """The words where names may begin behind the last words of titles, -1 for none; and whether they come first."""
    first = scan.next_to(last)
    words, rows = first.copy(), np.arange(len(first))
    for _ in range(_MOST_DESCRIPTION):
        word = words[rows]
        flags = scan.word_flags[word]
        is_nisba = flags & (NISBA | PART) == NISBA
        is_described = (scan.roles(word) & DESCRIBED > 0) | ((flags & ARTICLE > 0) & _is_before_a_name(scan, word))
        behind = scan.next_to(scan.hits.last[scan.nisba_at[0, word]])
        following = np.where(is_nisba, behind, scan.next_words(word))
        goes_on = is_nisba | is_described
        words[rows[goes_on]] = following[goes_on]
        rows = rows[goes_on & (following >= 0)]
    return words, words == first


def _is_before_a_name(scan: Scan, words: Ints) -> Flags:
    after = scan.next_words(words)
    part = scan.part_at[0, after]
    return np.asarray((after >= 0) & (part >= 0) & (scan.kinds.part_kind[scan.hits.kind[part]] == SURE_PART))


def after_nisbas(scan: Scan) -> Following:
    """البوسني إدين دزيكو: two words in a row that are no words, after an adjective of a country."""
    nisbas = scan.nisba_hits
    words = scan.next_to(scan.hits.last[nisbas])
    may_begin = (words >= 0) & (scan.word_flags[words] & (PART | ARTICLE | SURE) == 0)
    nisbas, words = nisbas[may_begin], words[may_begin]
    may_begin = scan.roles(words) & (VERBAL | COMMON) == 0
    nisbas, words = nisbas[may_begin], words[may_begin]
    names = read_names(scan, words)
    is_meant = names.is_one & (names.n_sure + names.n_unknown > 1) & (names.n_weak == 0)
    places = scan.hits.place[nisbas[is_meant]].tolist()
    is_meant[is_meant] = [scan.joined.begins_with_article(place) for place in places]
    return Following(names.start[is_meant], names.end[is_meant], nisbas[is_meant])


@dataclass(frozen=True)
class _Holders:
    """Words where the name of the holder of an office may begin: by the number of the office, in the order in which they are tried."""

    office: Ints
    word: Ints
    n_particles: Ints
    is_near: Flags
    is_behind_comma: Flags


def _after_offices(scan: Scan, offices: Ints) -> Following:
    """The names after offices and what these are of: وزير الدفاع الروسي أندريه بيلوسوف; over one comma when the name is sure."""
    holders = _holders(scan, scan.next_to(scan.hits.last[offices]))
    names = read_names(scan, holders.word, holders.n_particles)
    with_last = np.where(holders.is_behind_comma, -1, _ends_with_last_name(scan, names))
    # a name of two parts; when no list has them, only right after the office or after an adjective of a country
    is_listed = names.is_one & (names.n_parts > 1) & (names.n_listed > 0)
    is_holder = is_listed | (names.is_one & (names.n_unknown > 1) & holders.is_near)
    commas = np.flatnonzero(holders.is_behind_comma)
    is_enclosed = [scan.joined.is_before(end, "،, ") for end in names.end[commas].tolist()]
    is_holder[commas] = is_listed[commas] & np.array(is_enclosed, np.bool_)
    found = np.flatnonzero(is_holder | (with_last >= 0))
    office, first = np.unique(holders.office[found], return_index=True)
    found = found[first]
    end = np.where(with_last >= 0, with_last, names.end)
    return Following(names.start[found], end[found], offices[office])


def _holders(scan: Scan, words: Ints) -> _Holders:
    """Where names may begin behind offices, whose following words these are."""
    office = np.arange(len(words))
    tried: list[_Holders] = []
    behind_commas: list[_Holders] = []
    for n in range(_MOST_COMPLEMENT):
        if n:
            is_open = scan.word_flags[words] & (TITLE | PART) != TITLE
            office, words = office[is_open], words[is_open]
        flags, roles = scan.word_flags[words], scan.roles(words)
        is_and = (roles & AND > 0) & (scan.part_at[1, words] >= 0) & (flags & PART == 0)
        known = _known(scan, words, roles, is_and)
        is_of_it = (known >= 0) | (flags & ARTICLE > 0) | (roles & COMMON > 0)
        may_begin = is_and | (flags & PART > 0) | ~is_of_it
        is_near = ~is_and & (scan.roles_before(words) & YEH_LAST > 0) if n else np.ones(len(words), np.bool_)
        tried.append(_tried(office, words, is_and, is_near, may_begin))

        goes_on = np.where(is_and, roles & AND_STOP, roles & STOP) == 0
        office, words, known, is_and = (column[goes_on] for column in (office, words, known, is_and))
        last = np.where(known >= 0, scan.hits.last[known], words)
        after = np.where(known >= 0, scan.next_to(last), scan.next_words(words))
        ended = np.flatnonzero(after < 0)
        end = np.where(known >= 0, scan.hits.end[known], scan.ends_of(words))[ended].tolist()
        commas = ended[[scan.text[place : place + 2] in _COMMAS for place in end]]
        behind_commas.append(_behind_comma(office[commas], last[commas] + 2))
        office, words = office[after >= 0], after[after >= 0]
    columns = zip(*(vars(part).values() for part in (*tried, *behind_commas)), strict=True)
    return _Holders(*map(np.concatenate, columns))


def _known(scan: Scan, words: Ints, roles: Numbers, is_and: Flags) -> Ints:
    """Sure entities that words begin with, one letter aside; -1 for none."""
    none, behind_one, behind_two = scan.sure_at[:, words]
    whole = np.where((none < 0) & (roles & LBW > 0), behind_one, none)
    behind_and = np.where((behind_one < 0) & (roles & SECOND_LBW > 0), behind_two, behind_one)
    return np.asarray(np.where(is_and, behind_and, whole))


def _tried(office: Ints, words: Ints, is_and: Flags, is_near: Flags, chosen: Flags) -> _Holders:
    n_chosen = int(chosen.sum())
    return _Holders(
        office[chosen], words[chosen], is_and[chosen].astype(np.int64), is_near[chosen], np.zeros(n_chosen, np.bool_)
    )


def _behind_comma(office: Ints, words: Ints) -> _Holders:
    return _Holders(
        office, words, np.zeros(len(words), np.int64), np.zeros(len(words), np.bool_), np.ones(len(words), np.bool_)
    )


def _ends_with_last_name(scan: Scan, names: Names) -> Ints:
    """Where given names end with a last name that is a common word or a title too: عصمت المهندس, سهير الجوهري; -1 where there is none."""
    ends = np.full(len(names.last), -1)
    rows = np.flatnonzero(names.is_one & (names.n_words == 1) & (names.n_unknown == 0))
    words = scan.next_words(names.last[rows])
    roles, flags = scan.roles(words), scan.word_flags[words]
    may_be = (words >= 0) & (roles & LAST_AFTER_GIVEN > 0) & (flags & SURE == 0)
    rows, words, roles, flags = rows[may_be], words[may_be], roles[may_be], flags[may_be]
    end = scan.ends_of(words)
    closes = np.array([scan.text[place] in _CLOSES for place in end.tolist()], np.bool_)
    is_surname = (roles & YEH_LAST > 0) | (flags & TITLE > 0) | closes
    ends[rows[is_surname]] = end[is_surname]
    return ends
