"""Decides whether a headline reports speech: `speaker: words`, which bodies do not use, beside the rules of `reading`."""

import re
from operator import itemgetter
from typing import Final

from pipeline.enrichers.quotes.clauses import stripped
from pipeline.enrichers.quotes.cues import folded_words
from pipeline.enrichers.quotes.entities import Entities
from pipeline.enrichers.quotes.names import SCORES
from pipeline.enrichers.quotes.reading import Quote, Reading
from pipeline.enrichers.quotes.scan import Scan
from pipeline.enrichers.quotes.speakers import refined, trimmed

_MAX_SPEAKER_WORDS: Final = 7
_MIN_SAID_WORDS: Final = 3
_LABELS: Final = folded_words("headline_labels")
_EVENTS: Final = folded_words("headline_events")
_COLON: Final = re.compile(r":(?!\d)")
_WORD: Final = re.compile(r"\w+")


def read_headline(scanned: Scan, entities: Entities) -> list[Quote]:
    """The quotes of a headline, in the order of the text."""
    text = scanned.text
    if ":" not in text and not any(mark in text for mark in '"«“„”'):
        return Reading(scanned, entities).quotes if " ان" in text or " that " in text else []
    found = Reading(scanned, entities).quotes
    if any(quote.speaker for quote in found):
        return found
    said = _before_colon(text, entities)
    if said is None:
        return found
    others = [quote for quote in found if (quote.start, quote.end) != (said.start, said.end)]
    return sorted([said, *others], key=itemgetter(0, 1))


def _before_colon(text: str, entities: Entities) -> Quote | None:
    colon = _COLON.search(text)
    if colon is None:
        return None
    name = trimmed(text, 0, colon.start())
    start, end = stripped(text, colon.end(), len(text))
    if name is None or len(_WORD.findall(text, start, end)) < _MIN_SAID_WORDS:
        return None
    words = _WORD.findall(text, *name)
    first = _WORD.search(text, start, end)
    if not words or len(words) > _MAX_SPEAKER_WORDS or words[0] in _LABELS or (first and first[0] in _EVENTS):
        return None
    marks = '"«»“”„'
    is_quoted = text[start] in marks and text[end - 1] in marks and sum(text.count(m, start, end) for m in marks) == 2
    if is_quoted:
        start, end = start + 1, end - 1
    speaker = refined(text, name, "", entities)
    return Quote(start, end, "direct" if is_quoted else "indirect", speaker, None, SCORES["headline"], "headline_colon")
