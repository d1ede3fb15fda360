"""Decides which forms of the gazetteers are meant: those of words and of several bearers need evidence in the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.enrichers.mentions.candidates import SCORES, Candidate
from pipeline.enrichers.mentions.lexicon import NISBAS, Entity, function_words
from pipeline.enrichers.mentions.scan import Scan

_CUED = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "CLUB": "ORG"}
_LEAST_SPORT = 3  # words of sport in an article that is about it
_QUOTES = {'"': '"', "«": "»", "“": "”", "(": ")"}


@dataclass
class Evidence:
    """What an article says without doubt: which entities it names, and of which countries it speaks."""

    names: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    is_sport: bool = False

    @classmethod
    def of(cls, scans: Sequence[Scan]) -> "Evidence":
        evidence = cls(is_sport=sum(scan.n_sport for scan in scans) >= _LEAST_SPORT)
        for scan in scans:
            for start, end, entities in scan.entities:
                entity = entities[0]
                _, _, name, country, rule, doubt = entity
                # one دولة قطر makes every قطر sure, but no مدينة الخبر every الخبر
                is_said = doubt == "?" and rule != "cities" and _is_cued(scan, start, end, entity)
                if is_said or not doubt or doubt == "+":
                    evidence.names.add(name)
                    if country:
                        evidence.countries.add(country)
        return evidence


def find_known(scan: Scan, evidence: Evidence) -> Iterator[Candidate]:
    """Candidates for what the gazetteers name."""
    for start, end, entities in scan.entities:
        entity = entities[0]
        if len(entities) > 1 and _is_enclosed(scan, start, end) and (paper := _organisation(entities)):
            yield _candidate(start, end, paper, "evidence")
            continue
        if evidence.is_sport and (club := _club(scan, start, entities)):
            yield _candidate(start, end, club, "evidence")
            continue
        if entity.rule == NISBAS and _is_language(scan, start):
            continue
        if not entity.doubt:
            yield _candidate(start, end, entity, "gazetteer")
        elif entity.doubt == "+":
            yield _candidate(start, end, _country_or_adjective(scan, start, entity), "gazetteer")
        elif entity.doubt == "~":
            yield _candidate(start, end, _bearer(entities, evidence), "evidence")
        else:
            for entity in entities:
                is_of_there = entity.rule == NISBAS and entity.country in evidence.countries
                if is_of_there or entity.entity_name in evidence.names or _is_cued(scan, start, end, entity):
                    yield _candidate(start, end, entity, "evidence")
                    break


def _bearer(entities: tuple[Entity, ...], evidence: Evidence) -> Entity:
    """The one of several places whose country the article speaks of; a place without an identifier when that is none or several."""
    attested = [entity for entity in entities if entity.country in evidence.countries]
    return attested[0] if len(attested) == 1 else entities[0]._replace(entity_id=None, country=None)


def _club(scan: Scan, start: int, entities: tuple[Entity, ...]) -> Entity | None:
    """The club of that name, in an article about sport, unless it is in or of the place."""
    club = next((entity for entity in entities if entity.doubt == "!"), None)
    if club is None or len(entities) == 1:
        return club
    is_place = (
        scan.text[start - 1 : start] == "ب"
        or scan.word_before(start) in function_words("into")
        or scan.cues.get(start - 1) == "LOC"
    )
    return None if is_place else club


def _is_language(scan: Scan, start: int) -> bool:
    """اللغة الفرنسية, بالفرنسية."""
    if scan.word_before(start) in function_words("language"):
        return True
    return scan.text[start - 1 : start] == "ب" and scan.word(start).startswith("ال") and scan.word(start).endswith("يه")


def _country_or_adjective(scan: Scan, start: int, country: Entity) -> Entity:
    """السعودية and سورية: adjectives after a noun of the same state (الحدود السعودية, مصادر سورية), countries elsewhere."""
    before = scan.word_before(start)
    is_definite = scan.word(start).startswith("ال")
    if is_definite:
        is_adjective = before.startswith(("ال", "وال", "بال", "لل", "فال", "كال")) and before not in function_words(
            "near"
        )
    else:
        is_adjective = (
            bool(before)
            and before not in function_words("near")
            and not before.startswith("ال")
            and before not in function_words("say")
        )
    return country._replace(rule=NISBAS) if is_adjective else country


def _organisation(entities: tuple[Entity, ...]) -> Entity | None:
    """A newspaper of the name of a place: «الشرق الأوسط»."""
    return next((entity for entity in entities if entity.entity_type == "ORG" and entity.doubt == "?"), None)


def _is_enclosed(scan: Scan, start: int, end: int) -> bool:
    opening = scan.text[scan.particle_start(start) - 1 : scan.particle_start(start)]
    return opening in _QUOTES and scan.text[end : end + 1] == _QUOTES[opening]


def _is_cued(scan: Scan, start: int, end: int, entity: Entity) -> bool:
    """Whether a noun before the form says what it is, or an organisation stands alone in quotes or brackets."""
    if entity.rule == NISBAS:
        return False
    if entity.entity_type == "ORG" and _is_enclosed(scan, start, end):
        return True
    before = start - 1
    if scan.text[before : before + 1] in _QUOTES:
        before -= 1
    return scan.text[before : before + 1] == " " and _CUED.get(scan.cues.get(before, "")) == entity.entity_type


def _candidate(start: int, end: int, entity: Entity, way: str) -> Candidate:
    method = "nisba" if entity.rule == NISBAS else "gazetteer"
    score = SCORES["nisba" if entity.rule == NISBAS and way == "gazetteer" else way]
    name = entity.entity_name if entity.entity_id or entity.doubt != "~" else None
    return Candidate(start, end, entity.entity_type, entity.entity_id, name, method, score, entity.rule)
