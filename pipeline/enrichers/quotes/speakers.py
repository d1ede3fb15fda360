"""Decides who says something: the noun phrase after a verb of saying or before it, else the last speaker that agrees.

A phrase ends where the words begin that tell when, where or to whom something was said; what stands between commas is part
of it when it names the speaker again. Named entities refine a phrase when they are given. Accepted gap: without them, a
subject whose verb is not in the tables is not seen, so a participle may go to the speaker before.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pipeline.enrichers.quotes.cues import LATIN, WORDS, folded_words

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
_QUOTED: Final = re.compile(r"[\"«“”»„]")
_ADDRESSEE: Final = re.compile(r"[لب][\"«“(]")
_LED_IN: Final = re.compile(r"(?:من (?:جهت|جانب|ناحيت)(?:ه|ها|هم)|من جهه (?:اخري|ثانيه)|ب?دور(?:ه|ها|هم))[\s،]*")
_INNER_CLAUSE: Final = re.compile(r"(?<!\w)(?:[بو]?ان|و?حيث|اذ|فيما|بينما)\s")
_FEMININE_HEADS: Final = frozenset(("مصادر", "المصادر", "تقارير", "صحف", "وسائل", "السلطات", "سلطات"))


class Entity(NamedTuple):
    """A mention in the folded text, as an annotator of named entities gives it."""

    start: int
    end: int
    kind: str
    entity_id: str | None


class Speaker(NamedTuple):
    """A speaker's span in the folded text; `gender` is that of the verb (m, f, p) or '' when it does not tell."""

    start: int
    end: int
    gender: str
    entity_id: str | None


class History:
    """The speakers of a text so far; one that may never be asked for is found only when it is."""

    def __init__(self) -> None:
        self._speakers: list[tuple[int, Speaker | Callable[[], Speaker | None] | None]] = []

    def add(self, speaker: Speaker) -> None:
        self._speakers.append((speaker.start, speaker))

    def defer(self, place: int, find: Callable[[], Speaker | None]) -> None:
        """Adds what `find` will say of the verb at place; it must not depend on this history."""
        self._speakers.append((place, find))

    def last(self, gender: str, place: int) -> Speaker | None:
        """The latest speaker before `place` whose gender agrees; a plural agrees with all but a feminine one."""
        for number in range(len(self._speakers) - 1, -1, -1):
            start, speaker = self._speakers[number]
            if place - start > _MAX_DISTANCE:
                return None
            if callable(speaker):
                speaker = speaker()
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
    first = last = -1
    n_words, after_comma = 0, False
    for token in _TOKEN.finditer(text, start, end):
        printed = token[0]
        if printed in "،,":
            if short and n_words:
                break
            after_comma = n_words > 0
            continue
        word = printed if printed.isalnum() else printed.strip(_WORD_EDGES)
        is_outside = (
            _is_occasion(text, word, token.end(), end)
            if word in _PREPOSITIONS
            else not printed.isalnum() and _ADDRESSEE.match(printed) is not None
        )
        if not n_words:
            if is_outside or word in _ELIDED or word.startswith("لل"):
                return None
            first = token.start()
        elif (
            is_outside
            or word in _ADJUNCTS
            or n_words == _MAX_WORDS
            or (short and word.startswith("بال"))
            or (after_comma and (word.startswith("بال") or (word[:1] in ("و", "ف") and word[1:] in _ADJUNCTS)))
        ):
            break
        n_words, last, after_comma = n_words + 1, token.end(), False
    return trimmed(text, first, last) if n_words else None


def _is_occasion(text: str, word: str, place: int, end: int) -> bool:
    """Whether a preposition tells when or on what occasion: `في بيان`, `من جهته`."""
    following = _TOKEN.search(text, place, end)
    noun = following[0].strip(_WORD_EDGES) if following else ""
    return noun in _STATEMENTS if word == "في" else noun in _SIDES


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


def refined(text: str, span: tuple[int, int], gender: str, entities: Sequence[Entity], cut: bool = False) -> Speaker:
    """A speaker of a phrase, with the person, else the organisation or place that it names.

    Args:
        cut: the end of the phrase is a guess: it ends with the first person in it.
    """
    start, end = span
    if not entities:
        return Speaker(start, end, gender, None)
    inside = [e for e in entities if e.start < end and e.end > start]
    best = min(inside, key=lambda e: ("PER", "ORG", "LOC").index(e.kind), default=None)
    decides = best is not None and (best.end > end or (cut and best.kind == "PER"))
    if best and decides and _ADJUNCTS.isdisjoint(text[best.start : best.end].split()):
        end = best.end
    return Speaker(start, end, gender, best.entity_id if best else None)


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
    if end - start > 2 and len(_QUOTED.findall(text, start, end)) in (1, 2):
        if _QUOTED.match(text[start]) and _QUOTED.match(text[end - 1]):
            start, end = start + 1, end - 1
        elif len(_QUOTED.findall(text, start, end)) == 1:
            start += bool(_QUOTED.match(text[start]))
            end -= bool(_QUOTED.match(text[end - 1]))
    return (start, end) if start < end else None
