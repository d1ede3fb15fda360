"""Decides which forms of the gazetteers are meant: those of words and of several bearers need evidence in the article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.enrichers.mentions.candidates import SCORES, Candidate
from pipeline.enrichers.mentions.lexicon import NISBAS, Entity
from pipeline.enrichers.mentions.scan import Scan

_QUOTES = {'"': '"', "«": "»", "“": "”", "(": ")"}


@dataclass
class Evidence:
    """What an article says without doubt: which entities it names, and of which countries it speaks."""

    names: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, scans: Iterable[Scan]) -> "Evidence":
        evidence = cls()
        for scan in scans:
            for _, _, entities in scan.entities:
                if not entities[0].doubt:
                    evidence.names.add(entities[0].entity_name)
                    if entities[0].country:
                        evidence.countries.add(entities[0].country)
        return evidence


def find_known(scan: Scan, evidence: Evidence) -> Iterator[Candidate]:
    """Candidates for what the gazetteers name."""
    for start, end, entities in scan.entities:
        entity = entities[0]
        if not entity.doubt:
            yield _candidate(start, end, entity, "gazetteer")
        elif entity.doubt == "~":
            yield _candidate(start, end, _bearer(entities, evidence), "evidence")
        else:
            for entity in entities:
                if entity.entity_name in evidence.names or _is_cued(scan, start, end, entity):
                    yield _candidate(start, end, entity, "evidence")
                    break


def _bearer(entities: tuple[Entity, ...], evidence: Evidence) -> Entity:
    """The one of several places whose country the article speaks of; a place without an identifier when that is none or several."""
    attested = [entity for entity in entities if entity.country in evidence.countries]
    return attested[0] if len(attested) == 1 else entities[0]._replace(entity_id=None)


def _is_cued(scan: Scan, start: int, end: int, entity: Entity) -> bool:
    """Whether a noun before the form says what it is, or an organisation stands alone in quotes or brackets."""
    if entity.rule == NISBAS:
        return False
    text = scan.text
    opening = text[start - 1 : start]
    is_enclosed = opening in _QUOTES and text[end : end + 1] == _QUOTES[opening]
    if is_enclosed and entity.entity_type == "ORG":
        return True
    before = start - 2 if is_enclosed or opening in _QUOTES else start - 1
    return text[before : before + 1] == " " and scan.cues.get(before) == entity.entity_type


def _candidate(start: int, end: int, entity: Entity, way: str) -> Candidate:
    method = "nisba" if entity.rule == NISBAS else "gazetteer"
    score = SCORES["nisba" if entity.rule == NISBAS and way == "gazetteer" else way]
    name = entity.entity_name if entity.entity_id or entity.doubt != "~" else None
    return Candidate(start, end, entity.entity_type, entity.entity_id, name, method, score, entity.rule)
