"""Decides who says what a verb reports: the phrase after or before it, the one it relays, or the last speaker that agrees."""

import re
from typing import Final, NamedTuple

from pipeline.enrichers.quotes.clauses import Clauses
from pipeline.enrichers.quotes.cues import VERB_LAST, Cue
from pipeline.enrichers.quotes.entities import Entities
from pipeline.enrichers.quotes.speakers import (
    History,
    Speaker,
    Unread,
    names_source,
    phrase_after,
    phrase_before,
    pronoun_gender,
    refined,
)

_RELAYED: Final = re.compile(r" (?:عن|قول) ")
_MAX_WORDS_TO_SUBJECT: Final = 6
_MAX_WORDS_IN_NAME: Final = 9  # where nothing tells its end, more words are name and predicate


SCORES: Final = {
    "after": 0.95,
    "before": 0.85,
    "relayed": 0.9,
    "carried": 0.85,
    "subject": 0.7,
    "source": 0.9,
    "headline": 0.75,
}
"""How sure a speaker is, by how it was found: below the share that was right on the tuned half of tests/eval/quotes.py (named beside
the verb 41 of 42, carried 32 of 33, source 5 of 5, headline 7 of 7), the more so the fewer there were; held out, 94 % of all are."""


class Said(NamedTuple):
    """Who said it: the speaker and how that one was found."""

    speaker: Speaker | None
    how: str


class Names:
    """The speakers of a text, as far as it was read."""

    def __init__(self, clauses: Clauses, entities: Entities) -> None:
        self.text = clauses.text
        self.clauses = clauses
        self.entities = entities
        self.history = History()

    def said(self, cue: Cue, complement: int, sentence_start: int) -> Said:
        """The speaker of a verb whose reported words begin at `complement`."""
        found = self._named(cue, complement, sentence_start, cue[2].kind != "say")
        return self._carried(found, cue, sentence_start) if isinstance(found, str) else found

    def remember(self, cue: Cue, sentence_start: int, limit: int) -> None:
        """A verb that reports no words here still says who is speaking."""
        start, _, form = cue
        if not form.is_participle and not form.is_latin:
            lead = self.text[sentence_start:start].strip()
            opens = not lead or form.has_prefix or lead[-1] in "،,:"
            if opens or form.kind == "say":
                self.history.defer(Unread(cue, sentence_start, limit, opens))

    def last(self, gender: str, place: int) -> Speaker | None:
        """The latest speaker before `place` whose gender agrees."""
        return self.history.last(gender, place, self._read)

    def _read(self, verb: Unread) -> Speaker | None:
        found = self._named(verb.cue, verb.limit, verb.sentence_start, cut=True)
        if isinstance(found, str) or found.speaker is None or found.how != ("after" if verb.opens else "before"):
            return None
        is_name = len(self.text[found.speaker.start : found.speaker.end].split()) <= _MAX_WORDS_IN_NAME
        return found.speaker if is_name else None

    def _named(self, cue: Cue, complement: int, sentence_start: int, cut: bool) -> Said | str:
        """The speaker that the sentence names, else the gender of the one named before; `cut`: nothing tells where the name ends."""
        text, entities = self.text, self.entities
        start, end, form = cue
        gender = form.gender
        if form.kind == "describe":
            return self._describer(cue, complement)
        if form.is_participle:
            about = text.rfind(" عن ", max(sentence_start, start - 200), start) if form.lemma == "قال" else -1
            span = phrase_after(text, about + 4, start, "ar") if about >= 0 else None
            return Said(refined(text, span, gender, entities), "relayed") if span else gender
        relayed = _RELAYED.search(text, end, complement + 4) if form.lemma == "نقل" else None
        if relayed and (span := phrase_after(text, relayed.end(), complement, "ar")):
            return Said(refined(text, span, "", entities), "relayed")
        # the phrase after ` ل` may be to whom
        before_first = form.is_latin or form.language in VERB_LAST or text[end : end + 2] == " ل"
        for side in ("before", "after") if before_first else ("after", "before"):
            if side == "after":
                span = phrase_after(text, end, complement, form.language, cut)
            elif form.has_prefix:
                continue
            else:
                clause_start = self.clauses.clause_start(sentence_start, start)
                span = phrase_before(text, clause_start, start, form.language)
            if span is not None:
                pronoun = pronoun_gender(text, span) if form.is_latin else None
                return Said(refined(text, span, gender, entities, cut), side) if pronoun is None else pronoun
        return gender

    def _describer(self, cue: Cue, complement: int) -> Said | str:
        """The one who describes: what follows the verb may be the thing described."""
        text, entities = self.text, self.entities
        _, end, form = cue
        for near in entities.begin(end + 1, end + 3):
            if entities.kinds[near] == "LOC":
                continue
            return Said(Speaker(entities.starts[near], entities.ends[near], form.gender, entities.ids[near]), "after")
        span = phrase_after(text, end, complement, "ar", short=True) if names_source(text, end + 1) else None
        return Said(refined(text, span, form.gender, entities, cut=True), "after") if span else form.gender

    def _carried(self, gender: str, cue: Cue, sentence_start: int) -> Said:
        """The last speaker; a person named at the start of the same sentence, when no verb of the tables told of one there."""
        last = self.last(gender, cue[0])
        if last is None or last.start < sentence_start:
            person = self.entities.first_person(sentence_start, cue[0])
            if person is not None:
                start, end = self.entities.starts[person], self.entities.ends[person]
                if len(self.text[sentence_start:start].split()) <= _MAX_WORDS_TO_SUBJECT:
                    return Said(Speaker(start, end, gender, self.entities.ids[person]), "subject")
        return Said(last, "carried")
