"""Decides who says something: the noun phrase after a verb of saying or before it, else the last speaker that agrees.

A phrase ends where the words begin that tell when, where or to whom something was said; what stands between commas is part
of it when it names the speaker again. Named entities refine a phrase when they are given. Accepted gap: without them, a
subject whose verb is not in the tables is not seen, so a participle may go to the speaker before.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from pipeline.enrichers.quotes.cues import LATIN, WORDS, Cue, folded_words
from pipeline.enrichers.quotes.entities import Entities
from pipeline.text.remembered import Remembered

_MAX_WORDS: Final = 24
_MAX_LATIN_WORDS: Final = 12
_MAX_DISTANCE: Final = 2500  # a speaker named earlier than this is not the one meant
_ELIDED: Final = folded_words("elided")
_ADJUNCTS: Final = folded_words("adjuncts")
_STATEMENTS: Final = folded_words("statements")
_OPENERS: Final = folded_words("clause_openers")
_HEADS: Final = folded_words("source_heads")
_PRONOUN_SOURCES: Final = folded_words("pronoun_sources")
_LATIN_ADJUNCTS: Final = frozenset(WORDS["latin_adjuncts"]["words"])
_PRONOUNS: Final[dict[str, str]] = {**WORDS["pronouns"]["en"], **WORDS["pronouns"]["fr"]}
_TOKEN: Final = re.compile(r"[^\s،,]+|[،,]")
_EDGES: Final = " \n\t،,:؛;.-–—…"
_WORD_EDGES: Final = _EDGES + '"«»“”()'
_PREPOSITIONS: Final = frozenset(("في", "من", "ب"))
_SIDES: Final = frozenset(("جهته", "جانبه", "جهتها", "جانبها", "خلال"))
_QUOTES: Final = '"«“”»„'
_ADDRESSEE: Final = re.compile(r"[لب][\"«“(]")
_LED_IN: Final = re.compile(r"(?:من (?:جهت|جانب|ناحيت)(?:ه|ها|هم)|من جهه (?:اخري|ثانيه)|ب?دور(?:ه|ها|هم))[\s،]*")
_INNER_CLAUSE: Final = re.compile(r"(?<!\w)(?:[بو]?ان|و?حيث|اذ|فيما|بينما)\s")
_FEMININE_HEADS: Final = frozenset(("مصادر", "المصادر", "تقارير", "صحف", "وسائل", "السلطات", "سلطات"))


class Speaker(NamedTuple):
    """A speaker's span in the folded text; `gender` is that of the verb (m, f, p) or '' when it does not tell."""

    start: int
    end: int
    gender: str
    entity_id: str | None


class Unread(NamedTuple):
    """A verb whose speaker is found only when it is asked for, and what finding it takes."""

    cue: Cue
    sentence_start: int
    limit: int
    opens: bool


class History:
    """The speakers of a text so far."""

    def __init__(self) -> None:
        self._speakers: list[tuple[int, Speaker | Unread | None]] = []

    def add(self, speaker: Speaker) -> None:
        self._speakers.append((speaker.start, speaker))

    def defer(self, verb: Unread) -> None:
        self._speakers.append((verb.cue[0], verb))

    def last(self, gender: str, place: int, read: Callable[[Unread], Speaker | None]) -> Speaker | None:
        """The latest speaker before `place` whose gender agrees; a plural agrees with all but a feminine one.

        Args:
            read: finds the speaker of a verb; it must not depend on this history.
        """
        for number in range(len(self._speakers) - 1, -1, -1):
            start, speaker = self._speakers[number]
            if place - start > _MAX_DISTANCE:
                return None
            if isinstance(speaker, Unread):
                speaker = read(speaker)
                self._speakers[number] = (start, speaker)
            if speaker is None:
                continue
            if not gender or not speaker.gender or gender == speaker.gender or {gender, speaker.gender} == {"m", "p"}:
                return speaker
        return None


def phrase_after(text: str, start: int, end: int, language: str, short: bool = False) -> tuple[int, int] | None:
    """The noun phrase that text[start:end] begins with; None when it begins with none, so that the subject is elided.

    Args:
        short: nothing tells where the phrase ends, so a comma or `بال…` ends it.
    """
    if language in LATIN:
        return _latin_phrase(text, start, end)
    first, last = -1, None
    n_words, after_comma = 0, False
    for token in _TOKEN.finditer(text, start, end):
        tells = _TOLD[token[0]]
        if tells == _COMMA:
            if short and n_words:
                break
            after_comma = n_words > 0
            continue
        if tells:
            is_outside = tells & _OUTSIDE or (tells & _PREPOSITION and _is_occasion(text, token, end))
            if not n_words:
                if is_outside or tells & _ELIDES:
                    return None
            elif is_outside or tells & _ADJUNCT or (short and tells & _BAL) or (after_comma and tells & _AFTER_COMMA):
                break
        if not n_words:
            first = token.start()
        elif n_words == _MAX_WORDS:
            break
        n_words, last, after_comma = n_words + 1, token, False
    return trimmed(text, first, last.end()) if last else None


def _tells(printed: str) -> int:
    """What a token tells of the phrase that it may be in: some of the flags below."""
    if printed in "،,":
        return _COMMA
    word = printed if printed.isalnum() else printed.strip(_WORD_EDGES)
    is_adjunct, has_bal = word in _ADJUNCTS, word.startswith("بال")
    return (
        _OUTSIDE * (word not in _PREPOSITIONS and not printed.isalnum() and _ADDRESSEE.match(printed) is not None)
        | _PREPOSITION * (word in _PREPOSITIONS)
        | _ELIDES * (word in _ELIDED or word.startswith("لل"))
        | _ADJUNCT * is_adjunct
        | _BAL * has_bal
        | _AFTER_COMMA * (has_bal or (word[:1] in ("و", "ف") and word[1:] in _ADJUNCTS))
    )


_COMMA, _OUTSIDE, _PREPOSITION, _ELIDES, _ADJUNCT, _BAL, _AFTER_COMMA = (1 << bit for bit in range(7))
_TOLD: Final = Remembered(_tells)


def _is_occasion(text: str, preposition: re.Match[str], end: int) -> bool:
    """Whether a preposition tells when or on what occasion: `في بيان`, `من جهته`."""
    following = _TOKEN.search(text, preposition.end(), end)
    noun = following[0].strip(_WORD_EDGES) if following else ""
    return noun in (_STATEMENTS if preposition[0].strip(_WORD_EDGES) == "في" else _SIDES)


def phrase_before(text: str, start: int, end: int, language: str) -> tuple[int, int] | None:
    """The noun phrase that stands between the start of a clause and its verb; None when there is none."""
    if language in LATIN:
        return _latin_subject(text, start, end)
    for inner in _INNER_CLAUSE.finditer(text, start, end):
        start = inner.end()
    led = _LED_IN.match(text, start, end)
    tokens = [t for t in _TOKEN.finditer(text, led.end() if led else start, end) if t[0] not in "،,"]
    while tokens and tokens[0][0].strip(_EDGES) in _OPENERS:
        tokens.pop(0)
    while tokens and tokens[-1][0] in ("قد", "كان", "كانت", "الذي", "التي", "الذين"):
        tokens.pop()
    if not tokens or len(tokens) > _MAX_WORDS // 2:
        return None
    first = tokens[0][0].strip(_EDGES)
    if first in _ELIDED or first in _ADJUNCTS or first.removeprefix("و") in _ELIDED or first.startswith("وب"):
        return None
    if tokens[-1][0] == "من":  # هناك من يرى
        return None
    begin = tokens[0].start()
    if first.startswith(("وال", "فال")):
        begin += 1
    return trimmed(text, begin, tokens[-1].end())


def source_phrase(text: str, start: int, end: int, needs_head: bool) -> tuple[int, int] | None:
    """The source that a cue like `وفقا ل` names; None when no source is named (`وفق الأنظمة`, `حسب قوله`)."""
    while start < end and text[start] in " \n":
        start += 1
    first = start
    if text.startswith("لل", start) or (text[start : start + 1] == "ل" and names_source(text, start + 1)):
        start += 1
    span = phrase_after(text, start, end, "ar", short=True)
    if span is None or (needs_head and not names_source(text, span[0])):
        return None
    return (
        (first, span[1]) if text.startswith("لل", first) else span
    )  # the article has lost its alef to the preposition


def names_source(text: str, start: int) -> bool:
    """Whether the word at start can name a source: a head noun of the table, or a quotation mark."""
    token = _TOKEN.match(text, start)
    if token is None:
        return False
    word = token[0].strip(_EDGES + "()")
    return word in _HEADS or ("ا" + word if word.startswith("ل") else word) in _HEADS or word[:1] in '"«“'


def is_pronoun_source(text: str, start: int) -> bool:
    """Whether `قوله` or the like stands at start."""
    token = _TOKEN.search(text, start)
    return token is not None and token[0].strip(_EDGES) in _PRONOUN_SOURCES


def gender_of(text: str, span: tuple[int, int]) -> str:
    """Gender of a noun phrase by its first word, where no verb tells it."""
    first = text[span[0] : span[1]].split(" ", 1)[0].strip('"«»“”')
    return "f" if first.endswith(("ه", "ات")) or first in _FEMININE_HEADS else ""


def refined(text: str, span: tuple[int, int], gender: str, entities: Entities, cut: bool = False) -> Speaker:
    """A speaker of a phrase, with the person, else the organisation or place that it names.

    Args:
        cut: the end of the phrase is a guess: it ends with the first person in it.
    """
    start, end = span
    best = entities.best(start, end)
    if best is None:
        return Speaker(start, end, gender, None)
    first, last = entities.starts[best], entities.ends[best]
    decides = last > end or (cut and entities.kinds[best] == "PER")
    if decides and _ADJUNCTS.isdisjoint(text[first:last].split()):
        end = last
    return Speaker(start, end, gender, entities.ids[best])


def pronoun_gender(text: str, span: tuple[int, int]) -> str | None:
    """Gender of a phrase that is a pronoun; None when it is none."""
    return _PRONOUNS.get(text[span[0] : span[1]])


def _latin_phrase(text: str, start: int, end: int) -> tuple[int, int] | None:
    words: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        word = token[0].strip(_EDGES)
        if token[0] == "," or word in _LATIN_ADJUNCTS or len(words) == _MAX_LATIN_WORDS:
            break
        words.append(token)
        if token[0].endswith((".", "!", "?")) and len(word) > 2:
            break
    return trimmed(text, words[0].start(), words[-1].end()) if words else None


def _latin_subject(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words before a verb, from the last clause that does not begin with an adjunct; an apposition is part of it."""
    clauses = [m.span() for m in re.compile(r"[^,]+").finditer(text, start, end)]
    for number, (first, last) in enumerate(clauses):
        opening = text[first:last].split(None, 1)
        if (
            not opening
            or opening[0] in _LATIN_ADJUNCTS
            or opening[0] in ("and", "but", "however", "also", "et", "mais")
        ):
            if opening and opening[0] in ("and", "but", "et", "mais") and len(opening) > 1:
                first = text.index(opening[0], first) + len(opening[0])
            elif number + 1 < len(clauses):
                continue
            else:
                return None
        span = trimmed(text, first, end)
        return span if span and len(text[span[0] : span[1]].split()) <= _MAX_LATIN_WORDS else None
    return None


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without punctuation around, and without marks that hold all of it."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if end - start > 2 and ((opens := text[start] in _QUOTES) | (closes := text[end - 1] in _QUOTES)):
        n_marks = sum(text.count(mark, start, end) for mark in _QUOTES)
        if n_marks == 1 or (n_marks == 2 and opens and closes):
            start, end = start + opens, end - closes
    return (start, end) if start < end else None
