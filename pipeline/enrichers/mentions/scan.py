"""Decides which senses of the gazetteers a text offers, and where; which of them are meant is decided by others."""

from itertools import takewhile
from typing import Any

from pipeline.enrichers.documents import Text
from pipeline.enrichers.mentions.lexicon import NISBAS, Entity, Head, matcher
from pipeline.enrichers.mentions.matcher import padded

_GAPS = (" ", "-", "_")
_LAST_LATIN = "\u024f"
_YEH_MATTERS = frozenset(("علي", "يمني", "اليمني", "مجري"))  # على, يمنى, اليمنى, مجرى are other words


class Scan:
    """The senses in a folded text, by what they are.

    Attributes:
        entities: start, end, entities of every form of one.
        parts: start of every part of a name to its end and kind; `whole` is True where no particle stands before it.
        titles: start, end, kind of every title.
        heads: start, end, head of every noun that opens the name of an organisation.
        cues: end of every cue to the type that it makes sure; `n_sport` of them are of sport.
        nisbas: start to end of every adjective of a country, doubtful ones too.
        title_starts: start of every title, its particles included.
        sure: start of every entity that needs no evidence to its end and its rule.
    """

    def __init__(self, text: Text) -> None:
        self.source = text
        self._published, self._place = text.published, text.folded.source
        self.text = folded = text.folded.text
        self.entities: list[tuple[int, int, tuple[Entity, ...]]] = []
        self.parts: dict[int, tuple[int, str]] = {}
        self.titles: list[tuple[int, int, str]] = []
        self.heads: list[tuple[int, int, Head]] = []
        self.cues: dict[int, str] = {}
        self.n_sport = 0
        self.sure: dict[int, tuple[int, str]] = {}
        self.title_starts: set[int] = set()
        self.nisbas: dict[int, int] = {}
        hidden: list[tuple[int, int]] = []
        self._padded = padded(text.spaced)
        for after, (size, n_particles, (entities, title, head, part, cue)) in matcher().hits(self._padded):
            start, end = after - size, after - 1
            is_plain = folded[start] > _LAST_LATIN and folded[end - 1] != "ي"  # most are: nothing to look at
            if entities and (is_plain or self.is_written_as_a_name(start, end)):
                self.entities.append((start, end, entities))
                _, _, _, _, rule, doubt = entities[0]
                if rule == NISBAS:
                    self.nisbas[start] = end
                if (not doubt or doubt == "+") and (start not in self.sure or self.sure[start][0] < end):
                    self.sure[start] = (end, rule)
            if part and (is_plain or self._is_spelt_so(start, end)):
                self.parts[start] = (end, part)
            if title:
                self.titles.append((start, end, title))
                self.title_starts.add(start - n_particles)
            if head:
                self.heads.append((start, end, head))
            if cue == "NOT":
                hidden.append((start, end))
            elif cue:
                self.cues[end] = cue
                self.n_sport += cue in ("CLUB", "SPORT")

        for start, end in hidden:
            self._forget(start, end)

    def _forget(self, start: int, end: int) -> None:
        """Leaves out what is in a phrase in which nothing is a name."""
        self.entities = [entity for entity in self.entities if not start <= entity[0] < end]
        tables: tuple[dict[int, Any], ...] = (self.parts, self.sure, self.nisbas)
        for senses in tables:
            for place in [place for place in senses if start <= place < end]:
                del senses[place]

    def _is_spelt_so(self, start: int, end: int) -> bool:
        """علي, not على: the fold makes one of them."""
        if self.text[end - 1] != "ي" or self.text[start:end] not in _YEH_MATTERS:
            return True
        return not self.source.published[slice(*self.source.folded.span(start, end))].endswith("ى")

    def is_written_as_a_name(self, start: int, end: int) -> bool:
        """Latin forms need capitals; short ones, which are initials or pronouns, all of them."""
        if self.text[start] > _LAST_LATIN:
            return self._is_spelt_so(start, end)
        first, last = self.source.folded.span(start, end)
        published = self.source.published[first:last]
        return published.isupper() if end - start <= 3 else published[0].isupper()

    def word(self, start: int) -> str:
        """The word that begins at a place; '' if none does."""
        word = self.text[start : self._padded.find(" ", start + 1) - 1]
        return word if word.isalpha() else "".join(takewhile(str.isalpha, word))

    def has_article(self, start: int) -> bool:
        """Whether the word at a place begins with the article: الرئيس, not ألكسيس, of which the fold makes one beginning."""
        return self.text.startswith("ال", start) and self._published[self._place(start)] not in "أإآ"

    def next_word(self, end: int) -> int:
        """Where the word after a place begins when only a space, a hyphen or the bar of a hashtag is between; -1 if not."""
        text = self.text
        return end + 1 if text[end : end + 1] in _GAPS and text[end + 1 : end + 2].isalpha() else -1

    def word_before(self, start: int) -> str:
        """The word that ends a space before a place, with its particles; '' if something else does."""
        if start < 2 or self.text[start - 1] not in " _":
            return ""
        word = self.text[self.particle_start(start - 1) : start - 1]
        return word if word.isalpha() else ""

    def particle_start(self, start: int) -> int:
        """Where the word begins that a place is in or ends: before its particles."""
        return self._padded.rfind(" ", 0, start + 1)
