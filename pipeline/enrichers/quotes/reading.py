"""Decides what a text reports that somebody said: the words, who said them, and whether they stand in quotation marks.

A cue (see `cues`) opens reported words with `أن`/`that`, a colon or a mark; a source cue gives the words of its sentence. The
kind tells how the words stand there: `direct` when marks hold all of them, or they follow a colon; `mixed` when at least
MIN_WORDS of them stand in marks, or a quotation is part of the narrator's own sentence; `indirect` otherwise. A quotation
without a cue, or of fewer words, is a `scare` quote: a name, a title, a word held at arm's length.
"""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import Final, NamedTuple

from pipeline.enrichers.quotes import cues as cue_tables
from pipeline.enrichers.quotes.clauses import (
    EDGES,
    MAX_PARTICIPLE_GAP,
    MIN_WORDS,
    Clauses,
    Opening,
    stripped,
)
from pipeline.enrichers.quotes.cues import Cue, complementizer, folded_words
from pipeline.enrichers.quotes.entities import Entities
from pipeline.enrichers.quotes.marks import CLOSERS
from pipeline.enrichers.quotes.names import SCORES, Names, Said
from pipeline.enrichers.quotes.scan import Scan
from pipeline.enrichers.quotes.speakers import (
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
_MAX_GAPS: Final = {"participle": MAX_PARTICIPLE_GAP, "ambiguous": 100}  # by the use of the form
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
    """One pass over a scanned text; `quotes` is what it finds, in the order of the text."""

    def __init__(self, scanned: Scan, entities: Entities) -> None:
        self.text = scanned.text
        self.entities = entities
        self.clauses = Clauses(scanned)
        self.names = Names(self.clauses, entities)
        self.found: list[Quote] = []
        self.used: set[int] = set()
        if self.clauses.cues:
            self._read()
        self.quotes = sorted(self.found + self._scare_quotes(), key=itemgetter(0, 1))

    def _read(self) -> None:
        covered, consumed = 0, -1
        for number, (start, end, form) in enumerate(self.clauses.cues):
            if start < covered or number == consumed:
                continue
            n_found = len(self.found)
            if form.is_source:
                if self._source(number):
                    consumed = number + 1
            elif self.clauses.is_verb(number):
                self._verb(number)
            if len(self.found) > n_found:
                last = self.found[-1].end
                covered = max(covered, last if last > start else end)

    # -- cues

    def _verb(self, number: int) -> None:
        start, end, form = cue = self.clauses.cues[number]
        sentence_start, sentence_end = self.clauses.sentences.bounds(start)
        limit = min(self.clauses.next_verb(number, sentence_end), end + _MAX_GAPS.get(form.use, _MAX_TO_COMPLEMENT))
        opening = self.clauses.complement(cue, limit)
        if opening is None:
            if not self._quote_before(cue, sentence_start, sentence_end) and not self._bare_clause(
                cue, sentence_start, sentence_end
            ):
                self.names.remember(cue, sentence_start, min(limit, sentence_end))
            return
        opened, opening_end, opened_by = opening
        said = self.names.said(cue, opened, sentence_start)
        if form.use == "named" and said.how != "after":
            return
        if said.speaker and said.how != "carried":
            self.names.history.add(said.speaker)
        if form.kind in ("act", "describe"):
            pair = self.clauses.pair_from(opening_end if opened_by == "that" else opened)
            if pair is not None and self.clauses.n_words(pair) >= MIN_WORDS:
                self._emit_pair(pair, "mixed", said, cue, f"{form.kind}_quote")
            return
        self._reported(number, cue, opening, said, sentence_end)

    # -- reported words

    def _reported(self, number: int, cue: Cue, opening: Opening, said: Said, sentence_end: int) -> None:
        text, form = self.text, cue[2]
        opened, opening_end, what = opening
        rule = f"{'participle' if form.is_participle else 'verb'}_{what}"
        place = opened if what == "quote" else opening_end
        while place < sentence_end and text[place] in " :،,":
            place += 1
        if what == "colon" and (that := complementizer(form.language).match(text, place, sentence_end)):
            place, what = that.end() + 1, "that"
        pair = self.clauses.pair_from(place)
        end = self.clauses.clause_end(number, max(place, cue[1]), sentence_end)
        if pair is not None and (what != "that" or not text[self.clauses.pairs[pair][1] + 1 : end].strip(EDGES)):
            self._emit_pair(pair, "direct", said, cue, rule)
        elif place in self.clauses.unclosed:
            self._emit(place + 1, end, "direct", said, cue, rule)
        elif what == "colon":
            self._emit(place, self.clauses.speech_end(place), "direct", said, cue, rule)
        else:
            self._emit_clause(place, end, said, cue, rule)

    def _quote_before(self, cue: Cue, sentence_start: int, sentence_end: int) -> bool:
        """`«…»، قال X`: a quotation that its verb follows."""
        text, pairs = self.text, self.clauses.pairs
        start, end, form = cue
        if not pairs or form.kind != "say":
            return False
        if form.is_latin:
            number = bisect_left(self.clauses.opened, start) - 1
            near = number >= 0 and start - pairs[number][1] < 60
        else:
            place = len(text[sentence_start:start].rstrip(" ،,.")) + sentence_start
            number = bisect_left(self.clauses.opened, place) - 1
            near = number >= 0 and pairs[number][1] == place - 1
        if not near or number in self.used or self.clauses.n_words(number) < 2:
            return False
        span = phrase_before(text, pairs[number][1] + 1, start, form.language) if form.is_latin else None
        span = span or phrase_after(text, end, sentence_end, form.language)
        if span is None:
            said = Said(self.names.last(form.gender, start), "carried")
        elif (pronoun := pronoun_gender(text, span)) is not None:
            said = Said(self.names.last(pronoun, start), "carried")
        else:
            speaker = refined(text, span, form.gender, self.entities)
            self.names.history.add(speaker)
            said = Said(speaker, "after")
        self._emit_pair(number, "direct", said, cue, "quote_verb")
        return True

    def _bare_clause(self, cue: Cue, sentence_start: int, sentence_end: int) -> bool:
        """`the minister said the bank …`: English leaves the particle out."""
        _, end, form = cue
        if form.language != "en" or form.kind != "say" or form.is_participle:
            return False
        if not _LATIN_CLAUSE.match(self.text, end):
            return False
        said = self.names.said(cue, end, sentence_start)
        if said.speaker is None:
            return False
        if said.how != "carried":
            self.names.history.add(said.speaker)
        self._emit_clause(end + 1, sentence_end, said, cue, "verb_bare")
        return True

    # -- sources

    def _source(self, number: int) -> bool:
        """Reads a source cue; True when it took the verb that follows it."""
        text, clauses = self.text, self.clauses
        start, end, form = cue = clauses.cues[number]
        sentence_start, sentence_end = clauses.sentences.bounds(start)
        opener = _SOURCE_OPENER.match(text, end)
        place = opener.end() if opener else end
        verb = clauses.cues[number + 1] if number + 1 < len(clauses.cues) else None
        took = verb is not None and verb[0] == place and verb[2].kind == "say" and not verb[2].is_participle
        is_as = text[start:end].lstrip("وف").startswith(("كما", "علي ما"))
        after_comma = text[sentence_start:start].rstrip(" ")[-1:] in ("،", ",")
        if is_as and not (took and after_comma):
            return False
        if is_pronoun_source(text, end):
            return False
        reported_until = sentence_end
        participle = bisect_right(clauses.participles, place if took else start)
        if participle < len(clauses.participles):
            sentence_end = min(sentence_end, clauses.participles[participle])
        if took and verb is not None:
            if is_as and clauses.complement(verb, sentence_end) is not None:
                return False
            span, gender = phrase_after(text, verb[1], sentence_end, "ar"), verb[2].gender
        else:
            needs_head = not self.entities.begin(place, place + 3) and "عن" not in text[start:end]
            span = (
                phrase_after(text, place, sentence_end, form.language)
                if form.is_latin
                else source_phrase(text, place, sentence_end, needs_head)
            )
            gender = gender_of(text, span) if span else ""
        if span is None:
            return took
        speaker = refined(text, span, gender, self.entities)
        said = Said(speaker, "source")
        if text[sentence_start:start].strip(EDGES + "و"):
            self._source_after(cue, said, sentence_start)
        else:
            opening = _SOURCE_BREAK.search(text, span[1], sentence_end)
            if opening:
                self._emit_clause(
                    opening.end(),
                    clauses.clause_end(number + took, opening.end(), reported_until),
                    said,
                    cue,
                    "source_before",
                )
        self.names.history.add(speaker)
        return took

    def _source_after(self, cue: Cue, said: Said, sentence_start: int) -> None:
        """The words that a source at the end of a sentence gives: its last quotation, else all of it."""
        start, opened = cue[0], self.clauses.opened
        number = bisect_left(opened, start) - 1
        while number >= 0 and opened[number] >= sentence_start:
            if number not in self.used and self.clauses.n_words(number) >= MIN_WORDS:
                alone = not self.text[sentence_start : opened[number]].strip(EDGES)
                self._emit_pair(number, "direct" if alone else "mixed", said, cue, "source_after")
                return
            number -= 1
        is_said = any(quote.end > sentence_start and quote.start < start for quote in self.found)
        if not is_said and len(self.text[sentence_start:start].split()) >= MIN_WORDS:
            self._emit_clause(sentence_start, start, said, cue, "source_after")

    # -- rows

    def _emit_clause(self, start: int, end: int, said: Said, cue: Cue, rule: str) -> None:
        if self.text[end - 1 : end] in CLOSERS and self.clauses.pair_around(end - 2) is None:
            end -= 1
        quoted = False
        if opened := self.clauses.opened:
            for number in range(bisect_left(opened, start), bisect_left(opened, end)):
                if self.clauses.n_words(number) >= MIN_WORDS:
                    quoted = quoted or self.clauses.pairs[number][1] < end
                    self.used.add(number)
        self._emit(start, end, "mixed" if quoted else "indirect", said, cue, rule)

    def _emit_pair(self, number: int, kind: str, said: Said, cue: Cue, rule: str) -> None:
        self.used.add(number)
        opened, closed = self.clauses.pairs[number]
        self._emit(opened + 1, closed, kind, said, cue, rule)

    def _emit(self, start: int, end: int, kind: str, said: Said, cue: Cue, rule: str) -> None:
        start, end = stripped(self.text, start, end)
        if start >= end:
            return
        speaker, how = said
        score = SCORES[how] if speaker else None
        if how == "carried" and speaker:
            rule = f"{rule}_carried"
        self.found.append(Quote(start, end, kind, speaker, cue[:2], score, rule))

    def _scare_quotes(self) -> list[Quote]:
        """The pairs that no rule took and that are no part of a direct quotation."""
        left = [number for number in range(len(self.clauses.pairs)) if number not in self.used]
        direct = sorted([(quote.start, quote.end) for quote in self.found if quote.kind == "direct"]) if left else []
        rows = []
        for number in left:
            opened, closed = self.clauses.pairs[number]
            held = bisect_right(direct, (opened, len(self.text))) - 1
            if held >= 0 and opened < direct[held][1]:
                continue
            start, end = stripped(self.text, opened + 1, closed)
            if start < end:
                rows.append(Quote(start, end, "scare", None, None, None, "marks_alone"))
        return rows


def read_body(scanned: Scan, entities: Entities) -> list[Quote]:
    """The quotes of a text, in its order."""
    return Reading(scanned, entities).quotes if scanned.cues or scanned.marks else []
