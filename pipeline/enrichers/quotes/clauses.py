"""Decides where the words that a cue reports begin and where they end; it does not decide who says them."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.enrichers.quotes.cues import CLAUSE_END, LATIN, Cue, complementizer, find_cues, folded_words
from pipeline.enrichers.quotes.marks import CLOSERS, pair_marks
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
_CLAUSE_STARTS: Final = frozenset(("كما", "حيث", "وقد", "قد", "فقد", "الذي", "التي", "فيما", "بينما", "ثم"))
_PARTICLES: Final = (" ان", " بان")
_OPEN_SPEECH: Final = frozenset(':"«“')
_COMMAS: Final = '،,؛;"»”'
_BUT: Final = frozenset(f"{w}{p}" for w in ("لكن", "ولكن", "غير ان", "الا ان") for p in ("", "ه", "ها", "هم"))


class Opening(NamedTuple):
    """What opens reported words, and its kind: that, colon, quote."""

    start: int
    end: int
    kind: str


class Clauses:
    """A folded text with its quotation marks, cues and sentences; `spaced_text` is the same for `find_cues`."""

    def __init__(self, text: str, spaced_text: str) -> None:
        self.text = text
        self.pairs, self.unclosed = pair_marks(text)
        self.opened = [pair.opened for pair in self.pairs]
        self.cues = find_cues(spaced_text)
        self._openers = sorted(self.opened + self.unclosed)

    @cached_property
    def sentences(self) -> Sentences:
        return Sentences(self.text, self.pairs)

    def counts(self, cue: Cue, word: str) -> bool:
        """Whether the form is a verb here."""
        form = cue.form
        if (
            form.use == "participle"
            or form.language in LATIN
            or (form.kind == "say" and form.use in ("finite", "named"))
        ):
            return True
        if form.kind == "say" and self.text[cue.end : cue.end + 3].lstrip()[:1] in _OPEN_SPEECH:
            return True
        start, _ = self.sentences.bounds(cue.start)
        lead = self.text[start : cue.start].strip()
        if form.use == "opening":
            return form.has_prefix and not lead
        return not lead or form.has_prefix or lead[-1] in '،,:)"»”' or word in _CLAUSE_STARTS

    def next_verb(self, number: int, end: int) -> int:
        """Where the next verb of the sentence stands that could take the complement."""
        for cue in self.cues[number + 1 :]:
            if cue.start >= end:
                break
            form = cue.form
            if form.kind == "source" or form.use == "opening" or self.pair_around(cue.start) is not None:
                continue
            word = word_before(self.text, cue.start)
            if word in _RELATIVES or word in NEGATIONS or not self.counts(cue, word):
                continue
            if form.use == "participle" and self.complement(cue, cue.end + MAX_PARTICIPLE_GAP) is None:
                continue
            return cue.start
        return end

    def complement(self, cue: Cue, limit: int) -> Opening | None:
        """What opens the reported words of a verb: a particle, a colon, or the mark of a quotation that is no name."""
        text, place = self.text, cue.end
        while True:
            that = self._that(cue.form.language, place, limit)
            colon = text.find(":", place, limit)
            number = bisect_left(self._openers, place)
            mark = self._openers[number] if number < len(self._openers) else limit
            first = min(that[0] if that else limit, colon if colon >= 0 else limit, mark)
            if first >= limit:
                return None
            if first == mark:
                pair = self.pair_from(mark)
                is_name = word_before(text, mark, cue.end) in _NAMING
                if pair is None and not is_name:
                    return Opening(mark, mark + 1, "quote")
                if pair is None:
                    place = mark + 1
                    continue
                if self.n_words(pair) >= MIN_WORDS and not is_name:
                    return Opening(mark, mark + 1, "quote")
                place = self.pairs[pair].closed + 1
            elif first == colon:
                if cue.form.kind == "say" and not text[colon + 1 : colon + 2].isdigit():
                    return Opening(colon, colon + 1, "colon")
                place = colon + 1
            elif that:
                word = word_before(text, that[0], cue.end)
                takers = _PREPOSITIONS.get(word)
                if word not in _NOT_REPORTED and (takers is None or cue.form.lemma in takers):
                    return Opening(*that, "that")
                place = that[1]

    def _that(self, language: str, place: int, limit: int) -> tuple[int, int] | None:
        """The first particle that opens a clause; searching for its letters costs less than a pattern for all of it."""
        if language != "ar":
            match = complementizer(language).search(self.text, place, limit)
            return match.span() if match else None
        found: tuple[int, int] | None = None
        for particle in _PARTICLES:
            at = self.text.find(particle, place, limit)
            while at >= 0:
                if match := complementizer("ar").match(self.text, at + 1):
                    if found is None or at + 1 < found[0]:
                        found = match.span()
                    break
                at = self.text.find(particle, at + 1, limit)
        return found

    def clause_end(self, number: int, place: int, sentence_end: int) -> int:
        """Where a reported clause ends: at the next cue that reports something else, at the latest with the sentence."""
        text = self.text
        left = CLAUSE_END.search(text, place, sentence_end)
        while left and self.pair_around(left.start()) is not None:
            left = CLAUSE_END.search(text, left.end(), sentence_end)
        end = left.start() if left else sentence_end
        for cue in self.cues[number + 1 :]:
            if cue.start >= end:
                break
            if cue.start <= place or self.pair_around(cue.start) is not None:
                continue
            comma = self.comma_before(cue.start, place)
            after_comma = comma is not None
            form = cue.form
            if form.use == "participle":
                ends = after_comma or (
                    form.kind == "say" and self.complement(cue, cue.end + MAX_PARTICIPLE_GAP) is not None
                )
            elif form.kind == "source":
                ends = after_comma or (
                    not form.lemma.startswith("كما")
                    and form.language == "ar"
                    and source_phrase(text, cue.end, sentence_end, needs_head=True) is not None
                )
            else:
                ends = after_comma and (
                    form.has_prefix or form.language in LATIN or word_before(text, cue.start) in _BUT
                )
            if ends:
                return comma if comma is not None else cue.start
        return end

    def comma_before(self, place: int, start: int) -> int | None:
        """Where the comma or closing mark stands after which a new clause begins at `place`, `لكن` aside."""
        lead = self.text[max(start, place - 30) : place].rstrip(" ")
        if lead[-1:] not in _COMMAS and word_before(self.text, place) in _BUT:
            lead = lead[: lead.rfind(" ")].rstrip(" ")
        if lead[-1:] not in _COMMAS or not lead:
            return None
        end = max(start, place - 30) + len(lead)
        return end if lead[-1] in CLOSERS or lead[-1] == '"' else end - 1

    def speech_end(self, place: int) -> int:
        """Where words after a colon end that no mark encloses: with the paragraph, or before a sentence that opens with a cue."""
        paragraph = self.text.find("\n", place)
        paragraph = len(self.text) if paragraph < 0 else paragraph
        starts = [cue.start for cue in self.cues if cue.form.use != "participle"]
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
        while place < len(self.text) and self.text[place] == " ":
            place += 1
        number = bisect_left(self.opened, place)
        return number if number < len(self.opened) and self.opened[number] == place else None

    def pair_around(self, place: int) -> int | None:
        number = bisect_right(self.opened, place) - 1
        return number if number >= 0 and place < self.pairs[number].closed else None

    def n_words(self, number: int) -> int:
        return len(self.text[self.pairs[number].start : self.pairs[number].end].split())

    def clause_start(self, sentence_start: int, place: int) -> int:
        """Where the words before a verb begin: after the last quotation of the sentence, if there is one."""
        number = bisect_left(self.opened, place) - 1
        if number >= 0 and self.pairs[number].closed > sentence_start and self.n_words(number) >= MIN_WORDS:
            return self.pairs[number].closed + 1
        return sentence_start


def word_before(text: str, place: int, start: int = 0) -> str:
    """The word before a place, '' when other signs than spaces stand between them."""
    words = text[max(start, place - 25) : place].rsplit(None, 1)
    return words[-1] if words and words[-1][-1:].isalnum() else ""


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space and punctuation around; a question mark stays."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end
