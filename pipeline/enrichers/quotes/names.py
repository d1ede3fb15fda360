"""Decides who says what a verb reports: the phrase after or before it, the one it relays, or the last speaker that agrees."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.enrichers.quotes.clauses import Clauses
from pipeline.enrichers.quotes.cues import LATIN, VERB_LAST, Cue
from pipeline.enrichers.quotes.speakers import (
    Entity,
    History,
    Speaker,
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

    def __init__(self, clauses: Clauses, entities: Sequence[Entity]) -> None:
        self.text = clauses.text
        self.clauses = clauses
        self.entities = entities
        self.history = History()

    def said(self, cue: Cue, complement: int, sentence_start: int) -> Said:
        """The speaker of a verb whose reported words begin at `complement`."""
        found = self._named(cue, complement, sentence_start, cue.form.kind != "say")
        return self._carried(found, cue, sentence_start) if isinstance(found, str) else found

    def remember(self, cue: Cue, sentence_start: int, limit: int) -> None:
        """A verb that reports no words here still says who is speaking."""
        form = cue.form
        if form.use != "participle" and form.language not in LATIN:
            lead = self.text[sentence_start : cue.start].strip()
            opens = not lead or form.has_prefix or lead[-1] in "،,:"
            if opens or form.kind == "say":
                self.history.defer(cue.start, lambda: self._remembered(cue, sentence_start, limit, opens))

    def _remembered(self, cue: Cue, sentence_start: int, limit: int, opens: bool) -> Speaker | None:
        found = self._named(cue, limit, sentence_start, cut=True)
        if isinstance(found, str) or found.speaker is None or found.how != ("after" if opens else "before"):
            return None
        is_name = len(self.text[found.speaker.start : found.speaker.end].split()) <= _MAX_WORDS_IN_NAME
        return found.speaker if is_name else None

    def _named(self, cue: Cue, complement: int, sentence_start: int, cut: bool) -> Said | str:
        """The speaker that the sentence names, else the gender of the one named before; `cut`: nothing tells where the name ends."""
        text, form = self.text, cue.form
        if form.kind == "describe":  # what follows may be the thing described
            near = next((e for e in self.entities if cue.end < e.start <= cue.end + 2 and e.kind != "LOC"), None)
            if near is not None:
                return Said(Speaker(near.start, near.end, form.gender, near.entity_id), "after")
            span = (
                phrase_after(text, cue.end, complement, "ar", short=True) if names_source(text, cue.end + 1) else None
            )
            return Said(refined(text, span, form.gender, self.entities, cut=True), "after") if span else form.gender
        if form.use == "participle":
            about = text.rfind(" عن ", max(sentence_start, cue.start - 200), cue.start) if form.lemma == "قال" else -1
            span = phrase_after(text, about + 4, cue.start, "ar") if about >= 0 else None
            return Said(refined(text, span, form.gender, self.entities), "relayed") if span else form.gender
        relayed = _RELAYED.search(text, cue.end, complement + 4) if form.lemma == "نقل" else None
        span = phrase_after(text, relayed.end(), complement, "ar") if relayed else None
        if span:
            return Said(refined(text, span, "", self.entities), "relayed")
        before_first = form.language in LATIN | VERB_LAST or text[cue.end : cue.end + 2] == " ل"  # to whom, it may be
        for side in ("before", "after") if before_first else ("after", "before"):
            if side == "after":
                span = phrase_after(text, cue.end, complement, form.language, cut)
            elif form.has_prefix:
                continue
            else:
                start = self.clauses.clause_start(sentence_start, cue.start)
                span = phrase_before(text, start, cue.start, form.language)
            if span is not None:
                pronoun = pronoun_gender(text, span) if form.language in LATIN else None
                return Said(refined(text, span, form.gender, self.entities, cut), side) if pronoun is None else pronoun
        return form.gender

    def _carried(self, gender: str, cue: Cue, sentence_start: int) -> Said:
        """The last speaker; a person named at the start of the same sentence, when no verb of the tables told of one there."""
        last = self.history.last(gender, cue.start)
        if last is None or last.start < sentence_start:
            for entity in self.entities:
                if sentence_start <= entity.start < entity.end <= cue.start and entity.kind == "PER":
                    if len(self.text[sentence_start : entity.start].split()) <= _MAX_WORDS_TO_SUBJECT:
                        return Said(Speaker(entity.start, entity.end, gender, entity.entity_id), "subject")
                    break
        return Said(last, "carried")
