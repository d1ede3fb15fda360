"""Decides what a text reports that somebody said: the words, who said them, and whether they stand in quotation marks.

A cue (see `cues`) opens reported words with `أن`/`that`, a colon or a mark; a source cue gives the words of its sentence. The
kind tells how the words stand there: `direct` when marks hold all of them, or they follow a colon; `mixed` when at least
MIN_WORDS of them stand in marks, or a quotation is part of the narrator's own sentence; `indirect` otherwise. A quotation
without a cue, or of fewer words, is a `scare` quote: a name, a title, a word held at arm's length.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from pipeline.enrichers.quotes import cues as cue_tables
from pipeline.enrichers.quotes.clauses import (
    EDGES,
    MAX_PARTICIPLE_GAP,
    MIN_WORDS,
    NEGATIONS,
    Clauses,
    Opening,
    stripped,
    word_before,
)
from pipeline.enrichers.quotes.cues import LATIN, Cue, complementizer, folded_words
from pipeline.enrichers.quotes.marks import CLOSERS
from pipeline.enrichers.quotes.names import SCORES, Names, Said
from pipeline.enrichers.quotes.speakers import (
    Entity,
    Speaker,
    gender_of,
    is_pronoun_source,
    phrase_after,
    phrase_before,
    pronoun_gender,
    refined,
    source_phrase,
)

_MAX_TO_COMPLEMENT: Final = 320
_MAX_AMBIGUOUS_GAP: Final = 100
_VERB_OPENERS: Final = "|".join(folded_words("source_verb_openers"))
_SOURCE_OPENER: Final = re.compile(rf"\s*(?:(?:{_VERB_OPENERS})\s+)?")
_SOURCE_BREAK: Final = re.compile(
    r"[،,]\s*(?:ف(?:ان|قد)(?:ه|ها)?(?!\w))?|(?<!\w)ف(?:ان|قد)(?:ه|ها)?(?!\w)|(?<!\w)ان(?:ه|ها)?(?!\w)"
)
_LATIN_CLAUSE: Final = re.compile(r"\s+(?:" + "|".join(cue_tables.WORDS["latin_adjuncts"]["starters"]) + r")\s")


class Quote(NamedTuple):
    """Reported words in the folded text; `verb` is the span of the cue. No speaker: none found, or a scare quote."""

    start: int
    end: int
    kind: str
    speaker: Speaker | None
    verb: tuple[int, int] | None
    score: float | None
    rule: str


class Reading:
    """One pass over a folded text; `quotes` is what it finds, in the order of the text."""

    def __init__(self, text: str, spaced_text: str, entities: Sequence[Entity]) -> None:
        self.text = text
        self.entities = entities
        self.clauses = Clauses(text, spaced_text)
        self.names = Names(self.clauses, entities)
        self.found: list[Quote] = []
        self.used: set[int] = set()
        if self.clauses.cues:
            self._read()
        self.quotes = sorted(self.found + self._scare_quotes(), key=itemgetter(0, 1))

    def _read(self) -> None:
        covered, consumed = 0, -1
        for number, cue in enumerate(self.clauses.cues):
            if cue.start < covered or number == consumed or self.clauses.pair_around(cue.start) is not None:
                continue
            word = word_before(self.text, cue.start)
            if word in NEGATIONS and not cue.form.has_prefix and cue.form.kind != "source":
                continue
            quotes = len(self.found)
            if cue.form.kind == "source":
                if self._source(number):
                    consumed = number + 1
            elif self.clauses.counts(cue, word):
                self._verb(number)
            if len(self.found) > quotes:
                covered = max(covered, self.found[-1].end if self.found[-1].end > cue.start else cue.end)

    # -- cues

    def _verb(self, number: int) -> None:
        cue = self.clauses.cues[number]
        form = cue.form
        sentence_start, sentence_end = self.clauses.sentences.bounds(cue.start)
        limit = min(self.clauses.next_verb(number, sentence_end), cue.end + _MAX_TO_COMPLEMENT)
        if form.use == "participle":
            limit = min(limit, cue.end + MAX_PARTICIPLE_GAP)
        elif form.use == "ambiguous":
            limit = min(limit, cue.end + _MAX_AMBIGUOUS_GAP)
        opening = self.clauses.complement(cue, limit)
        if opening is None:
            if not self._quote_before(cue, sentence_start, sentence_end) and not self._bare_clause(
                cue, sentence_start, sentence_end
            ):
                self.names.remember(cue, sentence_start, min(limit, sentence_end))
            return
        said = self.names.said(cue, opening.start, sentence_start)
        if form.use == "named" and said.how != "after":
            return
        if form.kind in ("act", "describe"):
            if said.speaker and said.how != "carried":
                self.names.history.add(said.speaker)
            pair = self.clauses.pair_from(opening.end if opening.kind == "that" else opening.start)
            if pair is not None and self.clauses.n_words(pair) >= MIN_WORDS:
                self._emit_pair(pair, "mixed", said, cue, f"{form.kind}_quote")
            return
        if said.speaker and said.how != "carried":
            self.names.history.add(said.speaker)
        self._reported(number, cue, opening, said, sentence_end)

    # -- reported words

    def _reported(self, number: int, cue: Cue, opening: Opening, said: Said, sentence_end: int) -> None:
        text = self.text
        what = opening.kind
        rule = f"{'participle' if cue.form.use == 'participle' else 'verb'}_{what}"
        place = opening.start if what == "quote" else opening.end
        while place < sentence_end and text[place] in " :،,":
            place += 1
        if what == "colon" and (that := complementizer(cue.form.language).match(text, place, sentence_end)):
            place, what = that.end() + 1, "that"
        pair = self.clauses.pair_from(place)
        end = self.clauses.clause_end(number, max(place, cue.end), sentence_end)
        if pair is not None and (what != "that" or not text[self.clauses.pairs[pair].closed + 1 : end].strip(EDGES)):
            self._emit_pair(pair, "direct", said, cue, rule)
        elif place in self.clauses.unclosed:
            self._emit(place + 1, end, "direct", said, cue, rule)
        elif what == "colon":
            self._emit(place, self.clauses.speech_end(place), "direct", said, cue, rule)
        else:
            self._emit_clause(place, end, said, cue, rule)

    def _quote_before(self, cue: Cue, sentence_start: int, sentence_end: int) -> bool:
        """`«…»، قال X`: a quotation that its verb follows."""
        place = len(self.text[sentence_start : cue.start].rstrip(" ،,.")) + sentence_start
        if cue.form.language in LATIN:
            number = bisect_left(self.clauses.opened, cue.start) - 1
            near = number >= 0 and cue.start - self.clauses.pairs[number].closed < 60
        else:
            number = bisect_left(self.clauses.opened, place) - 1
            near = number >= 0 and self.clauses.pairs[number].closed == place - 1
        if not near or number in self.used or self.clauses.n_words(number) < 2 or cue.form.kind != "say":
            return False
        text, language = self.text, cue.form.language
        span = None
        if language in LATIN:
            span = phrase_before(text, self.clauses.pairs[number].closed + 1, cue.start, language)
        span = span or phrase_after(text, cue.end, sentence_end, language)
        if span is None:
            said = Said(self.names.history.last(cue.form.gender, cue.start), "carried")
        elif (pronoun := pronoun_gender(text, span)) is not None:
            said = Said(self.names.history.last(pronoun, cue.start), "carried")
        else:
            said = Said(refined(text, span, cue.form.gender, self.entities), "after")
            self.names.history.add(said.speaker) if said.speaker else None
        self._emit_pair(number, "direct", said, cue, "quote_verb")
        return True

    def _bare_clause(self, cue: Cue, sentence_start: int, sentence_end: int) -> bool:
        """`the minister said the bank …`: English leaves the particle out."""
        if cue.form.language != "en" or cue.form.kind != "say" or cue.form.use == "participle":
            return False
        if not _LATIN_CLAUSE.match(self.text, cue.end):
            return False
        said = self.names.said(cue, cue.end, sentence_start)
        if said.speaker is None:
            return False
        if said.how != "carried":
            self.names.history.add(said.speaker)
        self._emit_clause(cue.end + 1, sentence_end, said, cue, "verb_bare")
        return True

    # -- sources

    def _source(self, number: int) -> bool:
        """Reads a source cue; True when it took the verb that follows it."""
        text, cue = self.text, self.clauses.cues[number]
        sentence_start, sentence_end = self.clauses.sentences.bounds(cue.start)
        opener = _SOURCE_OPENER.match(text, cue.end)
        place = opener.end() if opener else cue.end
        verb = self.clauses.cues[number + 1] if number + 1 < len(self.clauses.cues) else None
        took = verb is not None and verb.start == place and verb.form.kind == "say" and verb.form.use != "participle"
        is_as = text[cue.start : cue.end].lstrip("وف").startswith(("كما", "علي ما"))
        after_comma = text[sentence_start : cue.start].rstrip(" ")[-1:] in ("،", ",")
        if is_as and not (took and after_comma):
            return False
        if is_pronoun_source(text, cue.end):
            return False
        reported_until = sentence_end
        sentence_end = min(
            (
                c.start
                for c in self.clauses.cues[number + 1 + took :]
                if c.form.use == "participle" and c.start < sentence_end
            ),
            default=sentence_end,
        )
        if took and verb is not None:
            if is_as and self.clauses.complement(verb, sentence_end) is not None:
                return False
            span, gender = phrase_after(text, verb.end, sentence_end, "ar"), verb.form.gender
        else:
            known = any(place <= e.start <= place + 2 for e in self.entities)
            needs_head = not known and "عن" not in text[cue.start : cue.end]
            span = (
                phrase_after(text, place, sentence_end, cue.form.language)
                if cue.form.language in LATIN
                else source_phrase(text, place, sentence_end, needs_head)
            )
            gender = gender_of(text, span) if span else ""
        if span is None:
            return took
        speaker = refined(text, span, gender, self.entities)
        said = Said(speaker, "source")
        if text[sentence_start : cue.start].strip(EDGES + "و"):
            self._source_after(cue, said, sentence_start)
        else:
            opening = _SOURCE_BREAK.search(text, span[1], sentence_end)
            if opening:
                self._emit_clause(
                    opening.end(),
                    self.clauses.clause_end(number + took, opening.end(), reported_until),
                    said,
                    cue,
                    "source_before",
                )
        self.names.history.add(speaker)
        return took

    def _source_after(self, cue: Cue, said: Said, sentence_start: int) -> None:
        """The words that a source at the end of a sentence gives: its last quotation, else all of it."""
        number = bisect_left(self.clauses.opened, cue.start) - 1
        while number >= 0 and self.clauses.pairs[number].opened >= sentence_start:
            if number not in self.used and self.clauses.n_words(number) >= MIN_WORDS:
                pair = self.clauses.pairs[number]
                alone = not self.text[sentence_start : pair.opened].strip(EDGES)
                self._emit_pair(number, "direct" if alone else "mixed", said, cue, "source_after")
                return
            number -= 1
        is_said = any(quote.end > sentence_start and quote.start < cue.start for quote in self.found)
        if not is_said and len(self.text[sentence_start : cue.start].split()) >= MIN_WORDS:
            self._emit_clause(sentence_start, cue.start, said, cue, "source_after")

    # -- rows

    def _emit_clause(self, start: int, end: int, said: Said, cue: Cue, rule: str) -> None:
        if self.text[end - 1 : end] in CLOSERS and self.clauses.pair_around(end - 2) is None:
            end -= 1
        first, last = bisect_left(self.clauses.opened, start), bisect_left(self.clauses.opened, end)
        quoted = any(
            self.clauses.n_words(n) >= MIN_WORDS for n in range(first, last) if self.clauses.pairs[n].closed < end
        )
        self.used.update(n for n in range(first, last) if self.clauses.n_words(n) >= MIN_WORDS)
        self._emit(start, end, "mixed" if quoted else "indirect", said, cue, rule)

    def _emit_pair(self, number: int, kind: str, said: Said, cue: Cue, rule: str) -> None:
        self.used.add(number)
        self._emit(self.clauses.pairs[number].start, self.clauses.pairs[number].end, kind, said, cue, rule)

    def _emit(self, start: int, end: int, kind: str, said: Said, cue: Cue, rule: str) -> None:
        start, end = stripped(self.text, start, end)
        if start >= end:
            return
        score = SCORES[said.how] if said.speaker else None
        rule = f"{rule}_carried" if said.how == "carried" and said.speaker else rule
        self.found.append(Quote(start, end, kind, said.speaker, (cue.start, cue.end), score, rule))

    def _scare_quotes(self) -> list[Quote]:
        """The pairs that no rule took and that are no part of a direct quotation."""
        direct = sorted((q.start, q.end) for q in self.found if q.kind == "direct")
        starts = [start for start, _ in direct]
        rows = []
        for number, pair in enumerate(self.clauses.pairs):
            held = bisect_right(starts, pair.opened) - 1
            if number in self.used or (held >= 0 and pair.opened < direct[held][1]):
                continue
            start, end = stripped(self.text, pair.start, pair.end)
            if start < end:
                rows.append(Quote(start, end, "scare", None, None, None, "marks_alone"))
        return rows
