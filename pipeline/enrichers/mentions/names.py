"""Decides how far the names of people go that begin at words of Arabic texts, and of what parts they are made.

All of them are read in step, a word of each at a time.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from pipeline.enrichers.mentions.cuts import ALONE, ARTICLE, HYPHEN
from pipeline.enrichers.mentions.kinds import HALF, NO_PART, SURE_PART, SURNAME, WEAK
from pipeline.enrichers.mentions.roles import (
    ABD,
    ALLAH,
    AND,
    BEFORE_ALLAH,
    BEFORE_DIN,
    DIN,
    JOIN,
    LAST_NAME,
    MORNING,
    OPENED,
    OPENING,
    PARTICLE,
    ROLES,
    SON,
    TEH_LAST,
    TIME,
    UNKNOWN_WORD,
    WITH_THE,
)
from pipeline.enrichers.mentions.scan import NEXT, NISBA, PART, SURE, TITLE, Scan
from pipeline.text.vocabulary import Flags, Ints, Numbers

_MOST_WORDS: Final = 6
_LAST_NISBA: Final = 2  # words before an adjective of a country that is a last name, at most
_UNKNOWN, _SECOND = HALF + 1, HALF + 2  # beside the kinds of parts that the list has: in no list, a second half


@dataclass(frozen=True)
class Names:
    """Words that read as one name each, in columns; `last` is the last of its words, or -1 where no name begins.

    `n_words` counts all of them; parts are sure or weak ones, those with the article, or in no list at all.
    """

    start: Ints
    end: Ints
    last: Ints
    n_words: Ints
    n_sure: Ints
    n_weak: Ints
    n_surnames: Ints
    n_unknown: Ints
    has_son: Flags

    @property
    def is_one(self) -> Flags:
        return self.last >= 0

    @property
    def n_listed(self) -> Ints:
        return self.n_sure + self.n_weak

    @property
    def n_parts(self) -> Ints:
        return self.n_listed + self.n_surnames + self.n_unknown


class Name(NamedTuple):
    """One of them."""

    start: int
    end: int
    last: int
    n_sure: int
    n_listed: int
    n_surnames: int
    n_unknown: int
    n_parts: int


def names_at(scan: Scan, words: Ints) -> dict[int, Name]:
    """The names that begin with these words, by word."""
    names = read_names(scan, words)
    chosen = np.flatnonzero(names.is_one)
    columns = (getattr(names, field)[chosen].tolist() for field in Name._fields)
    return dict(zip(words[chosen].tolist(), map(Name, *columns), strict=True))


def read_names(scan: Scan, first: Ints, n_particles: Ints | None = None) -> Names:
    """The name that begins with each of these words, behind its particles, as far as it goes."""
    rows = np.arange(len(first))
    particles = np.zeros(len(first), np.int64) if n_particles is None else n_particles
    last, n_words = np.full(len(first), -1), np.zeros(len(first), np.int64)
    counts = np.zeros((_SECOND, len(first)), np.int64)
    has_son, is_blessing = np.zeros((2, len(first)), np.bool_)
    words, is_waiting = first, np.zeros(len(first), np.bool_)  # a joining word waits for the part that it opens
    roles, before = _first_roles(scan, first, particles), np.zeros(len(first), np.int32)
    for step in range(_MOST_WORDS):
        if not len(rows):
            break
        kind = _kinds(scan, words, roles, before, step) if step else _first_kinds(scan, words, roles, particles)
        after_abd = before & ABD > 0
        is_join = (roles & JOIN > 0) & ((kind != SURE_PART) | (step > 0))
        is_second = ~is_join & (kind == _SECOND) & ~after_abd
        is_part = ~is_join & ~is_second & ((kind != NO_PART) | (is_waiting & _may_be_opened(scan, words, roles)))
        # what is opened or completes a first half is as good as weak
        counted = np.where(after_abd, SURE_PART, np.where((kind == NO_PART) | (kind == _SECOND), WEAK, kind))
        counts[counted[is_part], rows[is_part]] += 1
        has_son[rows[is_join & (roles & SON > 0)]] = True
        is_last = is_second | is_part
        last[rows[is_last]] = words[is_last]
        goes_on = is_join | is_last
        n_words[rows[goes_on]] += 1
        is_blessing[rows[~goes_on & (roles & ALLAH > 0)]] = True
        is_waiting = is_join | (is_waiting & ~is_part)

        on = np.flatnonzero(goes_on & (scan.word_flags[words] & NEXT == NEXT))
        rows, words, before, is_waiting = rows[on], words[on] + 1, roles[on], is_waiting[on]
        roles = scan.roles(words)
    is_blessing[rows[roles & ALLAH > 0]] = True  # سلمان حفظه الله
    last[is_blessing] = -1
    ends = scan.ends_of(np.maximum(last, 0))
    _, sure, weak, surnames, _, unknown = counts
    return Names(scan.joined.start[first] + particles, ends, last, n_words, sure, weak, surnames, unknown, has_son)


def _first_roles(scan: Scan, first: Ints, n_particles: Ints) -> Numbers:
    """What the first words are without particles."""
    roles = scan.roles(first)
    for row in np.flatnonzero(n_particles).tolist():
        roles[row] = ROLES[scan.word(int(first[row]))[n_particles[row] :]]
    return roles


def _may_be_opened(scan: Scan, words: Ints, roles: Numbers) -> Flags:
    """Whether words may be the part that a joining word opens: no title, but آل الشيخ, عبد الملك."""
    is_opened = roles & OPENED > 0
    titles = np.flatnonzero(is_opened & (scan.word_flags[words] & TITLE > 0))
    is_opened[titles] = scan.roles_before(words[titles]) & OPENING > 0
    return is_opened


def _first_kinds(scan: Scan, words: Ints, roles: Numbers, n_particles: Ints) -> Ints:
    """What the first words are as parts of a name."""
    flags = np.where(n_particles, 0, scan.word_flags[words])
    part = scan.part_at[n_particles, words]
    kinds = np.where(roles & UNKNOWN_WORD, _UNKNOWN, NO_PART)
    kinds[(flags & (SURE | ARTICLE) > 0) | (roles & (ALLAH | DIN) > 0)] = NO_PART
    behind = np.flatnonzero((n_particles > 0) & (kinds == _UNKNOWN))
    for row, word in zip(behind.tolist(), words[behind].tolist(), strict=True):
        if scan.joined.begins_with_article(scan.starts[word] + int(n_particles[row])):
            kinds[row] = NO_PART
    kinds[behind[scan.sure_at[n_particles[behind], words[behind]] >= 0]] = NO_PART
    kinds = _with_listed(scan, kinds, words, part, roles)
    kinds[(flags & (TITLE | PART) == TITLE) | (roles & (ALLAH | DIN) > 0)] = NO_PART
    return kinds


def _kinds(scan: Scan, words: Ints, roles: Numbers, before: Numbers, n_before: int) -> Ints:
    """What further words are as parts of a name, behind words with the roles `before`; NO_PART where they end it."""
    flags, told = scan.word_flags[words], scan.joined.told
    is_item = (roles & AND > 0) | ((roles & PARTICLE > 0) & scan.is_listed_behind_one[words])
    kinds = np.where((roles & UNKNOWN_WORD > 0) & ~is_item, _UNKNOWN, NO_PART)

    hyphens = np.flatnonzero(flags & HYPHEN)
    behind = (told[words[hyphens]] & (HYPHEN | ALONE) == HYPHEN | ALONE) | (told[words[hyphens] - 1] & HYPHEN > 0)
    kinds[hyphens[behind]] = _UNKNOWN  # كيم سي-يون

    is_defined = flags & ARTICLE > 0
    is_surname = is_defined & (roles & LAST_NAME > 0) & (flags & NISBA == 0)
    kinds[is_defined] = np.where(is_surname, SURNAME, NO_PART)[is_defined]

    places = np.flatnonzero(flags & SURE)
    kinds[places] = _nisba_kinds(scan, words[places], roles[places]) if n_before <= _LAST_NISBA else NO_PART

    kinds = _with_listed(scan, kinds, words, scan.part_at[0, words], roles)
    is_second = (roles & ALLAH > 0) & (before & BEFORE_ALLAH > 0) | (roles & DIN > 0) & (before & BEFORE_DIN > 0)
    kinds[(flags & (TITLE | PART) == TITLE) | (roles & (ALLAH | DIN) > 0)] = NO_PART
    kinds[is_second & (flags & (TITLE | PART) != TITLE)] = _SECOND
    return kinds


def _nisba_kinds(scan: Scan, words: Ints, roles: Numbers) -> Ints:
    """Words that sure entities begin with: last names are adjectives of a country that end a name: محمد المصري قال, but not محمد المصري الدولي."""
    hits = scan.sure_at[0, words]
    after = scan.next_to(scan.hits.last[hits])
    is_described = (after >= 0) & (scan.roles(after) & WITH_THE > 0)
    is_nisba = scan.kinds.is_nisba[scan.hits.kind[hits]] & (roles & (WITH_THE | TEH_LAST) == WITH_THE)
    return np.where(is_nisba & ~is_described, SURNAME, NO_PART)


def _with_listed(scan: Scan, kinds: Ints, words: Ints, parts: Numbers, roles: Numbers) -> Ints:
    """The kinds of words that are parts in the list, where what follows does not make them something else: صباح أمس, فتح الباب."""
    listed = np.flatnonzero((parts >= 0) & (scan.hits.last[parts] == words) & (scan.word_flags[words] & ALONE > 0))
    of_list = scan.kinds.part_kind[scan.hits.kind[parts[listed]]]
    asking = np.flatnonzero((of_list == HALF) | (roles[listed] & MORNING > 0))
    word = words[listed[asking]]
    following = np.where(scan.word_flags[word] & NEXT == NEXT, scan.roles(word + 1), 0)
    own = roles[listed[asking]]
    is_whole = (own & BEFORE_ALLAH > 0) & (following & ALLAH > 0) | (own & BEFORE_DIN > 0) & (following & DIN > 0)
    whole = np.where(is_whole, SURE_PART, NO_PART)
    of_day = np.where(following & TIME, NO_PART, of_list[asking])
    of_list[asking] = np.where(of_list[asking] == HALF, whole, of_day)
    kinds[listed] = of_list
    return kinds
