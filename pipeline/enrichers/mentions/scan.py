"""Decides which senses of the gazetteers the texts of a batch offer, and where; which of them are meant is decided by others."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.enrichers.mentions.cuts import ALONE, ARTICLE, GAP, HYPHEN, LETTERS, YEH
from pipeline.enrichers.mentions.joined import Joined, one_by_one
from pipeline.enrichers.mentions.kinds import kinds
from pipeline.enrichers.mentions.lexicon import LAST_LATIN, NISBAS, YEH_MATTERS, matcher
from pipeline.enrichers.mentions.roles import tell_roles
from pipeline.text.vocabulary import Flags, Ints, Numbers

FOLLOWED = GAP
"""Flags of a word, beside those of `cuts`: only a space, a hyphen or the bar of a hashtag is before letters that follow."""
NEXT = FOLLOWED | ALONE
PART, SURE, NISBA, TITLE = 8, 16, 32, 64
"""What `Scan` calls so begins with the word; a title with its particles, others without."""


class Hits(NamedTuple):
    """Forms: the word that each begins in, the one that ends it, its place without particles, its end, its number in `kinds`."""

    first: Ints
    last: Ints
    place: Ints
    end: Ints
    kind: Ints


class Scan:
    """The senses in the texts of a batch: places where a form begins, without particles, and what the form is.

    Each form found is told by its number, in the order of their ends, the longest of an end first.

    Attributes:
        hits: those forms in columns; `first`, `last`, `place`, `end`, `kind` give them one by one.
        named: the forms of entities.
        part_at: by the letters of its particles and its first word, the form of a part of a name, the longest; -1 where there is none.
        parts: the same forms in order; `nisba_hits` those of `nisba_at`.
        sure_at: the same of entities that need no evidence; `sure` is its row without particles.
        nisba_at: the same of adjectives of countries, doubtful ones too; `nisbas` is its row without particles.
        is_listed_behind_one: which words are one of the first two behind one letter.
        titles: the forms of titles behind which a word follows.
        heads: the forms of nouns that open the name of an organisation or a place.
        direct: ends of all titles that stand before a name alone.
        cues: by its end, the type that every cue makes sure; `is_behind_cue` tells the words after cues.
        n_sport: how many of those are of sport, in each article.
        flags: of every word; `word_flags` the same as a column.
    """

    def __init__(self, joined: Joined) -> None:
        self.joined, self.text, self.starts, self.kinds = joined, joined.text, joined.starts, kinds()
        self._letters, self._form = joined.letters, joined.numbers
        of, (first, last, kind) = self.kinds, matcher().hits(joined)
        place, end = joined.start[first] + of.n_particles[kind], joined.end[last]
        self.hits = Hits(first, last, place, end, kind)
        self.first, self.last, self.place, self.end, self.kind = map(one_by_one, self.hits)

        is_hidden = _covered(len(self.text), place, end, of.is_hiding[kind])[place]
        is_written = ~(is_hidden | (of.is_yeh[kind] & (joined.told[last] & YEH > 0)))
        is_named, is_part = of.is_entity[kind] & is_written, of.is_part[kind] & is_written
        for hit in np.flatnonzero(is_named & of.is_latin[kind]).tolist():
            is_named[hit] = self.is_written_as_a_name(self.place[hit], self.end[hit])
        is_sure, is_nisba = is_named & of.is_sure[kind], is_named & of.is_nisba[kind]
        is_cue, is_title = of.is_cue[kind], of.is_title[kind]

        self.named = np.flatnonzero(is_named)
        is_bare = place == joined.start[first]
        self.part_at, self.sure_at, self.nisba_at = map(self._by_word, (is_part, is_sure, is_nisba))
        self.parts, self.nisba_hits = self._longest(is_part, self.part_at), self._longest(is_nisba, self.nisba_at)
        self.sure, self.nisbas = one_by_one(self.sure_at[0]), one_by_one(self.nisba_at[0])
        self.is_listed_behind_one: Flags = (self.part_at[1] >= 0) | (self.sure_at[1] >= 0)
        self.heads: list[int] = np.flatnonzero(of.is_head[kind]).tolist()
        self.direct = set(end[of.is_direct[kind]].tolist())
        cues = map(of.cue.__getitem__, kind[is_cue].tolist())
        self.is_behind_cue = np.zeros(len(joined.start) + 1, np.bool_)
        self.is_behind_cue[last[is_cue] + 1] = True
        self.cues = dict(zip(end[is_cue].tolist(), cues, strict=True))  # the shortest of an end comes last
        sport = joined.texts_at(place[of.is_sport[kind]]) // 2
        self.n_sport: list[int] = np.bincount(sport, minlength=len(joined.first) // 2).tolist()

        flags = joined.told & (GAP | ALONE | ARTICLE | HYPHEN)
        flags[:-1][joined.told[1:] & LETTERS == 0] &= ~np.uint8(GAP)
        flags[1:] |= joined.told[:-1] & HYPHEN  # before the word or behind it
        for told, flag in ((is_part, PART), (is_sure, SURE), (is_nisba, NISBA)):
            flags[first[told & is_bare]] |= flag
        flags[first[is_title]] |= TITLE
        self.word_flags, self.flags = flags, flags.tobytes()
        self.titles: list[int] = np.flatnonzero(is_title & (flags[last] & FOLLOWED > 0)).tolist()

    def _by_word(self, chosen: Flags) -> Numbers:
        """Chosen forms by the word that each begins in, a row for each number of letters of particles; the longest of a place."""
        first, kind = self.hits.first[chosen], self.hits.kind[chosen]
        hits = np.full((1 + self.kinds.n_particles.max(), len(self.joined.start)), -1, np.int32)
        hits[self.kinds.n_particles[kind], first] = np.flatnonzero(chosen)  # of several that come last
        return hits

    def _longest(self, chosen: Flags, by_word: Numbers) -> Ints:
        """Chosen forms but those within a longer one of the same place."""
        hits = np.flatnonzero(chosen)
        longest = by_word[self.kinds.n_particles[self.hits.kind[hits]], self.hits.first[hits]]
        return np.asarray(hits[longest == hits])

    def is_written_as_a_name(self, start: int, end: int) -> bool:
        """علي, not على, of which the fold makes one. Latin forms need capitals; short ones, which are initials or pronouns, all of them."""
        if self.text[start] > LAST_LATIN:
            return self.text[start:end] not in YEH_MATTERS or not self.joined.written(start, end).endswith("ى")
        written = self.joined.written(start, end)
        return written.isupper() if end - start <= 3 else written[0].isupper()

    def word(self, number: int) -> str:
        """The letters that a word begins with."""
        return self._letters[self._form[number]]

    def roles(self, words: Ints) -> Numbers:
        """What words by themselves may be in names; see `roles`."""
        return np.asarray(self.joined.of_forms(tell_roles, words)[0])

    def roles_before(self, words: Ints) -> Numbers:
        """The same of the words before others, where they are of letters and only a space parts them; 0 if not."""
        is_near = self.joined.told[words - 1] & (GAP | HYPHEN | ALONE) == GAP | ALONE
        return np.asarray(self.roles(words - 1) * is_near)

    def next_words(self, words: Ints) -> Ints:
        """The words after those of letters alone when only a space, a hyphen or the bar of a hashtag is between; -1 if not."""
        return np.where(self.word_flags[words] & NEXT == NEXT, words + 1, -1)

    def next_to(self, words: Ints) -> Ints:
        """The same after the ends of any forms."""
        return np.where(self.word_flags[words] & FOLLOWED > 0, words + 1, -1)

    def next_word(self, word: int) -> int:
        """The same of one word of letters alone."""
        return word + 1 if self.flags[word] & NEXT == NEXT else -1

    def ends_of(self, words: Ints) -> Ints:
        """Where the letters end that words begin with."""
        ends = self.joined.end[words]
        others = np.flatnonzero(self.joined.told[words] & ALONE == 0)
        ends[others] = [self.starts[word] + len(self.word(word)) for word in words[others].tolist()]
        return ends

    def by_article(self, hits: Ints) -> list[list[int]]:
        """Some of the forms, by the article that they are in."""
        bounds = np.searchsorted(self.hits.place[hits], self.joined.first[::2]).tolist()
        numbers = hits.tolist()
        return [numbers[low:high] for low, high in pairwise([*bounds, len(numbers)])]

    def is_nisba(self, hit: int) -> bool:
        """Whether a form of an entity is an adjective of a country."""
        return self.kinds.rule[self.kind[hit]] == NISBAS

    def form(self, hit: int) -> str:
        """A form without particles."""
        return self.text[self.place[hit] : self.end[hit]]


def _covered(size: int, starts: Ints, ends: Ints, chosen: Flags) -> Flags:
    """Which places are in chosen spans: phrases in which nothing is a name."""
    is_covered = np.zeros(size, np.bool_)
    for start, end in zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True):
        is_covered[start:end] = True
    return is_covered
