"""Decides whether an article is the copy of an agency, and by what it tells: its columns first, then the ends of its body."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from pipeline.enrichers.sources.citations import Citation
from pipeline.enrichers.sources.names import WORDS
from pipeline.text.agencies import AGENCIES, line_agency, name_key, named_agency
from pipeline.text.aligned import Folded
from pipeline.text.remembered import Remembered

_COLUMNS: Final = ("agency", "byline", "dateline", "credit")
_GENERIC: Final = tuple(name_key(name) for name in WORDS["generic"]["names"])
_PART: Final = re.compile(r"[-–—ـ:/()،,]")
SCORES: Final = {
    "agency": 0.95,
    "byline": 0.95,
    "dateline": 0.95,
    "credit": 0.9,
    "body_start": 0.9,
    "body_end": 0.9,
    "generic": 0.7,
}
"""How sure each evidence is: columns by the bylines of tests/eval (28 of 28 right), the others a step less."""


class Wire(NamedTuple):
    """What tells that an article is agency copy, and in which words of a column or which span of the body; 0: nothing."""

    agency_id: str | None
    evidence: str | None
    evidence_text: str | None
    score: float
    span: tuple[int, int] | None = None


NONE: Final = Wire(None, None, None, 0.0)


def wire_copy(row: Mapping[str, Any], citations: Sequence[Citation], folded: Folded) -> Wire:
    """The agency that an article is from; an outlet that is an agency itself copies nobody."""
    for column in _COLUMNS:
        if (value := row.get(column)) and (named := _of_column(column, value)):
            return NONE if _is_own(named[0], row) else Wire(named[0], column, named[1], SCORES[column])
    for citation in citations:
        if citation.kind in ("dateline", "byline", "credit") and citation.agency_id:
            evidence = "body_end" if citation.kind == "credit" else "body_start"
            if AGENCIES[citation.agency_id].is_agency and not _is_own(citation.agency_id, row):
                return Wire(
                    citation.agency_id, evidence, None, SCORES[evidence], folded.span(citation.start, citation.end)
                )
    for column in ("byline", "credit"):
        value = row.get(column)
        if value and _IS_GENERIC[value]:
            return Wire(None, column, value, SCORES["generic"])
    return NONE


def _of_column(column: str, value: str) -> tuple[str, str] | None:
    found = _NAMED[value] if column == "agency" else None
    return (found, value) if found else _IN_LINE[value]


_NAMED: Final = Remembered(named_agency)  # columns say the same of many articles
_IN_LINE: Final = Remembered(line_agency)
_IS_GENERIC: Final = Remembered(lambda value: any(name_key(part) in _GENERIC for part in _PART.split(value)))


def _is_own(agency_id: str, row: Mapping[str, Any]) -> bool:
    return row.get("source_id") in (agency_id, _SOURCE_IDS.get(agency_id, agency_id))


_SOURCE_IDS: Final = {"spa": "was"}  # agencies that `sources.yml` knows under another id
