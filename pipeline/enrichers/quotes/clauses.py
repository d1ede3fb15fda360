"""Decides where the words that a cue reports begin and where they end; it does not decide who says them."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final

from pipeline.enrichers.quotes.cues import Cue, clause_break, complementizer, folded_words
from pipeline.enrichers.quotes.marks import CLOSERS, pair_marks
from pipeline.enrichers.quotes.scan import Scan
from pipeline.enrichers.quotes.sentences import Sentences
from pipeline.enrichers.quotes.speakers import source_phrase

MIN_WORDS: Final = 4
MAX_PARTICIPLE_GAP: Final = 45
EDGES: Final = " \n\t،,:؛;.-–—…"
NEGATIONS: Final = frozenset(("لم", "لن", "لا", "ولم", "ولا", "عدم", "دون", "بدون", "رفض", "not", "never", "ما"))
_NOT_REPORTED: Final = folded_words("not_reported")
_REPORT_TO: Final = frozenset(("أشار", "لفت", "نبه", "خلص", "نوه", "ألمح", "دعا", "أومأ"))  # verbs that take إلى أن
# Verbs that take على أن; after others it is a condition: تقام غدا على أن تستمر شهرا.
_REPORT_ON: Final = frozenset(("شدد", "أكد", "أصر", "أقسم", "علق", "رد", "نبه", "حث"))
_PREPOSITIONS: Final = {"الي": _REPORT_TO, "علي": _REPORT_ON}
_NAMING: Final = folded_words("naming")
_RELATIVES: Final = frozenset(("الذي", "التي", "الذين", "عدم", "طلب", "ما", "مما", "كما", "لما"))
_NO_TAKERS: Final = _RELATIVES | NEGATIONS  # before a verb that takes no complement of the one before it
_CLAUSE_STARTS: Final = frozenset(("كما", "حيث", "وقد", "قد", "فقد", "الذي", "التي", "فيما", "بينما", "ثم"))
_OPEN_SPEECH: Final = frozenset(':"«“')
_COMMAS: Final = '،,؛;"»”'
_BUT: Final = frozenset(f"{w}{p}" for w in ("لكن", "ولكن", "غير ان", "الا ان") for p in ("", "ه", "ها", "هم"))


Opening = tuple[int, int, str]
"""Start, end and kind of what opens reported words: that, colon, quote."""


class Clauses:
    """A scanned text with its quotations, sentences, and cues outside quotations."""

    def __init__(self, scanned: Scan) -> None:
        self.text, cues, self._thats, marks, self._stops, self._is_plain = scanned
        self.pairs, self.unclosed = pair_marks(self.text, marks)
        self.opened = [opened for opened, _ in self.pairs]
        self._openers = sorted(self.opened + self.unclosed) if self.unclosed else self.opened
        self.participles = [start for start, _, form in cues if form.is_participle]
        self.cues = [cue for cue in cues if self.pair_around(cue[0]) is None] if self.pairs else cues
        self._words: dict[int, str] = {}
        self._verbs: dict[int, bool] = {}
        self._n_words: dict[int, int] = {}

    @cached_property
    def sentences(self) -> Sentences:
        return Sentences(self.text, self._stops, self._is_plain, self.pairs)

    def word(self, number: int) -> str:
        """The word before a cue."""
        word = self._words.get(number)
        if word is None:
            word = self._words[number] = word_before(self.text, self.cues[number][0])
        return word

    def is_verb(self, number: int) -> bool:
        """Whether a cue that is no source is a verb here, and is not denied."""
        is_verb = self._verbs.get(number)
        if is_verb is None:
            _, end, form = self.cues[number]
            is_verb = (form.has_prefix or self.word(number) not in NEGATIONS) and (
                form.is_sure
                or (form.kind == "say" and self.text[end : end + 3].lstrip()[:1] in _OPEN_SPEECH)
                or self._begins_clause(number)
            )
            self._verbs[number] = is_verb
        return is_verb

    def _begins_clause(self, number: int) -> bool:
        place, _, form = self.cues[number]
        start, _ = self.sentences.bounds(place)
        lead = self.text[start:place].strip()
        if form.use == "opening":
            return form.has_prefix and not lead
        return not lead or form.has_prefix or lead[-1] in '،,:)"»”' or self.word(number) in _CLAUSE_STARTS

    def next_verb(self, number: int, end: int) -> int:
        """Where the next verb of the sentence stands that could take the complement."""
        for following in range(number + 1, len(self.cues)):
            start, stop, form = cue = self.cues[following]
            if start >= end:
                break
            if form.is_source or form.use == "opening" or self.word(following) in _NO_TAKERS:
                continue
            if not self.is_verb(following):
                continue
            if form.is_participle and self.complement(cue, stop + MAX_PARTICIPLE_GAP) is None:
                continue
            return start
        return end

    def complement(self, cue: Cue, limit: int) -> Opening | None:
        """What opens the reported words of a verb: a particle, a colon, or the mark of a quotation that is no name."""
        text = self.text
        _, end, form = cue
        place = end
        while True:
            that, that_end = self._that(form.language, place, limit)
            colon = text.find(":", place, that)
            mark = self._opener(place, that if colon < 0 else colon)
            if mark is not None:
                pair = self.pair_from(mark)
                is_name = word_before(text, mark, end) in _NAMING
                if not is_name and (pair is None or self.n_words(pair) >= MIN_WORDS):
                    return mark, mark + 1, "quote"
                place = mark + 1 if pair is None else self.pairs[pair][1] + 1
            elif colon >= 0:
                if form.kind == "say" and not text[colon + 1 : colon + 2].isdigit():
                    return colon, colon + 1, "colon"
                place = colon + 1
            elif that < limit:
                word = word_before(text, that, end)
                takers = _PREPOSITIONS.get(word)
                if word not in _NOT_REPORTED and (takers is None or form.lemma in takers):
                    return that, that_end, "that"
                place = that_end
            else:
                return None

    def _opener(self, start: int, end: int) -> int | None:
        """The first mark in text[start:end] that opens a quotation."""
        number = bisect_left(self._openers, start)
        return self._openers[number] if number < len(self._openers) and self._openers[number] < end else None

    def _that(self, language: str, place: int, limit: int) -> tuple[int, int]:
        """The first particle that opens a clause and begins before the limit; else the limit."""
        if language != "ar":
            match = complementizer(language).search(self.text, place, limit)
            return match.span() if match else (limit, limit)
        thats = self._thats
        for number in range(bisect_left(thats, (place + 1,)), len(thats)):
            start, end = thats[number]
            if start + 2 > limit:
                break
            if self.text[start - 1] == " " and (start + 3 <= limit or self.text[start] != "ب"):
                return start, end
        return limit, limit

    def clause_end(self, number: int, place: int, sentence_end: int) -> int:
        """Where a reported clause ends: at the next cue that reports something else, at the latest with the sentence."""
        text = self.text
        left = clause_break(text, place, sentence_end)
        while left and self.pair_around(left.start()) is not None:
            left = clause_break(text, left.end(), sentence_end)
        end = left.start() if left else sentence_end
        for following in range(number + 1, len(self.cues)):
            start, stop, form = cue = self.cues[following]
            if start >= end:
                break
            if start <= place:
                continue
            comma = self.comma_before(following, place)
            if form.is_participle:
                ends = comma is not None or (
                    form.kind == "say" and self.complement(cue, stop + MAX_PARTICIPLE_GAP) is not None
                )
            elif form.is_source:
                ends = comma is not None or (
                    form.language == "ar"
                    and not form.lemma.startswith("كما")
                    and source_phrase(text, stop, sentence_end, needs_head=True) is not None
                )
            else:
                ends = comma is not None and (form.has_prefix or form.is_latin or self.word(following) in _BUT)
            if ends:
                return comma if comma is not None else start
        return end

    def comma_before(self, number: int, start: int) -> int | None:
        """Where after `start` the comma or closing mark stands with which a new clause begins before a cue, `لكن` aside."""
        place = self.cues[number][0]
        start = max(start, place - 30)
        lead = self.text[start:place].rstrip(" ")
        if lead and lead[-1] not in _COMMAS and self.word(number) in _BUT:
            lead = lead[: lead.rfind(" ")].rstrip(" ")
        if not lead or lead[-1] not in _COMMAS:
            return None
        end = start + len(lead)
        return end if lead[-1] in CLOSERS or lead[-1] == '"' else end - 1

    def speech_end(self, place: int) -> int:
        """Where words after a colon end that no mark encloses: with the paragraph, or before a sentence that opens with a cue."""
        paragraph = self.text.find("\n", place)
        paragraph = len(self.text) if paragraph < 0 else paragraph
        starts = [start for start, _, form in self.cues if not form.is_participle]
        number = self.sentences.number(place)
        while self.sentences.ends[number] < paragraph:
            following = self.sentences.starts[number + 1]
            while following < paragraph and self.text[following] in EDGES:
                following += 1
            at = bisect_left(starts, following)
            if at < len(starts) and starts[at] == following:
                return self.sentences.ends[number]
            number += 1
        return paragraph

    def pair_from(self, place: int) -> int | None:
        """Number of the pair that opens at a place, white space before it aside."""
        if not self.opened:
            return None
        while place < len(self.text) and self.text[place] == " ":
            place += 1
        number = bisect_left(self.opened, place)
        return number if number < len(self.opened) and self.opened[number] == place else None

    def pair_around(self, place: int) -> int | None:
        """Number of the pair that a place is in."""
        number = bisect_right(self.opened, place) - 1
        return number if number >= 0 and place < self.pairs[number][1] else None

    def n_words(self, number: int) -> int:
        """Words of a pair."""
        found = self._n_words.get(number)
        if found is None:
            opened, closed = self.pairs[number]
            found = self._n_words[number] = len(self.text[opened + 1 : closed].split())
        return found

    def clause_start(self, sentence_start: int, place: int) -> int:
        """Where the words before a verb begin: after the last quotation of the sentence, if there is one."""
        number = bisect_left(self.opened, place) - 1
        if number >= 0 and self.pairs[number][1] > sentence_start and self.n_words(number) >= MIN_WORDS:
            return self.pairs[number][1] + 1
        return sentence_start


def word_before(text: str, place: int, start: int = 0) -> str:
    """The word before a place, '' when other signs than spaces stand between them."""
    words = text[place - 25 if place - start > 25 else start : place].rsplit(None, 1)
    return words[-1] if words and words[-1][-1:].isalnum() else ""


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space and punctuation around; a question mark stays."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end
