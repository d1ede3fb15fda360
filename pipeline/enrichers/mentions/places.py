"""Decides which forms of the gazetteers are meant: those of words and of several bearers need evidence in the article."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline.enrichers.mentions.candidates import SCORES, Candidate, Candidates, Naming
from pipeline.enrichers.mentions.cuts import GAP
from pipeline.enrichers.mentions.kinds import kinds
from pipeline.enrichers.mentions.lexicon import NISBAS, Entity, function_words
from pipeline.enrichers.mentions.scan import Scan
from pipeline.text.vocabulary import Flags, Ints

_CUED = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "CLUB": "ORG"}
_LEAST_SPORT = 3  # words of sport in an article that is about it
_QUOTES = {'"': '"', "«": "»", "“": "”", "(": ")"}
_INTO, _NEAR, _SAY = map(function_words, ("into", "near", "say"))
_LANGUAGE = function_words("language")
_ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال")


class Form(NamedTuple):
    """A form of a gazetteer: the word that it begins in, where it starts without particles, where it ends, what it may name."""

    word: int
    start: int
    end: int
    entities: tuple[Entity, ...]


class Evidence(NamedTuple):
    """What an article says without doubt: which entities it names, of which countries it speaks, whether it is about sport."""

    names: set[str]
    countries: set[str]
    is_sport: bool


def find_known(scan: Scan) -> Candidates:
    """Candidates for what the gazetteers name."""
    named, of = scan.named, scan.kinds
    kind = scan.hits.kind[named]
    is_clear = of.is_single[kind] & ~_may_be_language(scan, named)
    clear = named[is_clear]
    names = list(map(_clear_names().__getitem__, kind[is_clear].tolist()))
    found: list[Candidate] = []
    sure, others = named[of.is_sure[kind]], named[~is_clear]
    others = others[_may_be_meant(scan, others, sure)]
    for said, hits, n_sport in zip(scan.by_article(sure), scan.by_article(others), scan.n_sport, strict=True):
        if hits:
            forms = [_form(scan, hit) for hit in hits]
            found += _meant(scan, forms, _evidence(scan, said, forms, n_sport))
    return Candidates.all_of((Candidates(scan.hits.place[clear], scan.hits.end[clear], names), Candidates.of(found)))


def _may_be_language(scan: Scan, named: Ints) -> Flags:
    """Which forms are adjectives of countries after a noun for a language or a particle."""
    nisbas = np.flatnonzero(scan.kinds.is_nisba[scan.hits.kind[named]])
    first, place = scan.hits.first[named[nisbas]], scan.hits.place[named[nisbas]]
    is_after = [scan.word(word) in _LANGUAGE for word in (first - 1).tolist()]
    may_be = np.zeros(len(named), np.bool_)
    may_be[nisbas] = np.array(is_after, np.bool_) | (scan.joined.start[first] < place)
    return may_be


def _may_be_meant(scan: Scan, hits: Ints, sure: Ints) -> Flags:
    """Which forms may have evidence, cheaply: all but those of one doubtful entity that nothing before them or in the article speaks for."""
    of, kind, first = scan.kinds, scan.hits.kind[hits], scan.hits.first[hits]
    is_bare = of.n_particles[kind] == 0
    may_be_cued = is_bare & (scan.is_behind_cue[first] | scan.is_behind_cue[first - 1])
    may_be_cued |= scan.joined.told[first - 1] & GAP == 0  # it may stand in quotes
    may_be: Flags = ~of.is_doubtful[kind] | may_be_cued
    others, said = hits[~may_be], np.concatenate((sure, hits[may_be_cued]))
    told = np.sort(np.concatenate([_in_articles(scan, said, numbers) for numbers in (of.name, of.country)]))
    asked = [_in_articles(scan, others, numbers) for numbers in (of.name, np.where(of.is_nisba, of.country, of.name))]
    may_be[~may_be] = np.logical_or(*(np.append(told, -1)[np.searchsorted(told, keys)] == keys for keys in asked))
    return may_be


def _in_articles(scan: Scan, hits: Ints, numbers: Ints) -> Ints:
    """The numbers of the kinds of forms, together with the article that they are in."""
    return scan.joined.texts_at(scan.hits.place[hits]) // 2 * scan.kinds.n_names + numbers[scan.hits.kind[hits]]


@cache
def _clear_names() -> dict[int, Naming]:
    """What a form of each kind names where there is no doubt."""
    named = enumerate(kinds().entities)
    return {kind: _naming(entities[0], "gazetteer") for kind, entities in named if entities}


def _form(scan: Scan, hit: int) -> Form:
    return Form(scan.first[hit], scan.place[hit], scan.end[hit], scan.kinds.entities[scan.kind[hit]])


def _evidence(scan: Scan, sure: Iterable[int], forms: Iterable[Form], n_sport: int) -> Evidence:
    """What the sure forms of an article say, and those of others that have a cue."""
    said = [scan.kinds.entities[scan.kind[hit]][0] for hit in sure]
    # one دولة قطر makes every قطر sure, but no مدينة الخبر every الخبر
    said += [
        form.entities[0]
        for form in forms
        if form.entities[0].doubt == "?"
        and form.entities[0].rule != "cities"
        and _is_cued(scan, form, form.entities[0])
    ]
    names = {entity.entity_name for entity in said}
    return Evidence(names, {entity.country for entity in said if entity.country}, n_sport >= _LEAST_SPORT)


def _meant(scan: Scan, forms: Iterable[Form], evidence: Evidence) -> Iterator[Candidate]:
    """What the forms of an article that are not clear name."""
    for form in forms:
        if naming := _naming_of(scan, form, evidence):
            yield form.start, form.end, naming


def _naming_of(scan: Scan, form: Form, evidence: Evidence) -> Naming | None:
    entities, entity = form.entities, form.entities[0]
    if len(entities) > 1 and _is_enclosed(scan, form) and (paper := _organisation(entities)):
        return _naming(paper, "evidence")
    if evidence.is_sport and (club := _club(scan, form)):
        return _naming(club, "evidence")
    if entity.rule == NISBAS and _is_language(scan, form):
        return None
    if not entity.doubt:
        return _naming(entity, "gazetteer")
    if entity.doubt == "+":
        return _naming(_country_or_adjective(scan, form, entity), "gazetteer")
    if entity.doubt == "~":
        return _naming(_bearer(entities, evidence), "evidence")
    for entity in entities:
        is_of_there = entity.rule == NISBAS and entity.country in evidence.countries
        if is_of_there or entity.entity_name in evidence.names or _is_cued(scan, form, entity):
            return _naming(entity, "evidence")
    return None


def _bearer(entities: tuple[Entity, ...], evidence: Evidence) -> Entity:
    """The one of several places whose country the article speaks of; a place without an identifier when that is none or several."""
    attested = [entity for entity in entities if entity.country in evidence.countries]
    return attested[0] if len(attested) == 1 else entities[0]._replace(entity_id=None, country=None)


def _club(scan: Scan, form: Form) -> Entity | None:
    """The club of that name, in an article about sport, unless it is in or of the place."""
    club = next((entity for entity in form.entities if entity.doubt == "!"), None)
    if club is None or len(form.entities) == 1:
        return club
    before = form.start - 1
    is_place = scan.text[before] == "ب" or _before(scan, form) in _INTO or scan.cues.get(before) == "LOC"
    return None if is_place else club


def _before(scan: Scan, form: Form) -> str:
    """The word before a form without particles."""
    return scan.joined.word_before(form.word) if form.start == scan.starts[form.word] else ""


def _is_language(scan: Scan, form: Form) -> bool:
    """اللغة الفرنسية, بالفرنسية."""
    if _before(scan, form) in _LANGUAGE:
        return True
    return scan.text[form.start - 1] == "ب" and (word := _letters(scan, form)).startswith("ال") and word.endswith("يه")


def _letters(scan: Scan, form: Form) -> str:
    """The letters of the word that a form begins in, without particles."""
    return scan.word(form.word)[form.start - scan.starts[form.word] :]


def _country_or_adjective(scan: Scan, form: Form, country: Entity) -> Entity:
    """السعودية and سورية: adjectives after a noun of the same state (الحدود السعودية, مصادر سورية), countries elsewhere."""
    before = _before(scan, form)
    if before in _NEAR:
        return country
    if _letters(scan, form).startswith("ال"):
        is_adjective = before.startswith(_ARTICLES)
    else:
        is_adjective = bool(before) and not before.startswith("ال") and before not in _SAY
    return country._replace(rule=NISBAS) if is_adjective else country


def _organisation(entities: tuple[Entity, ...]) -> Entity | None:
    """A newspaper of the name of a place: «الشرق الأوسط»."""
    return next((entity for entity in entities if entity.entity_type == "ORG" and entity.doubt == "?"), None)


def _is_enclosed(scan: Scan, form: Form) -> bool:
    opening = scan.text[scan.starts[form.word] - 1]
    return opening in _QUOTES and scan.text[form.end] == _QUOTES[opening]


def _is_cued(scan: Scan, form: Form, entity: Entity) -> bool:
    """Whether a noun before the form says what it is, or an organisation stands alone in quotes or brackets."""
    if entity.rule == NISBAS:
        return False
    if entity.entity_type == "ORG" and _is_enclosed(scan, form):
        return True
    before = form.start - 1
    if scan.text[before] in _QUOTES:
        before -= 1
    return scan.text[before] == " " and _CUED.get(scan.cues.get(before, "")) == entity.entity_type


@cache
def _naming(entity: Entity, way: str) -> Naming:
    method = "nisba" if entity.rule == NISBAS else "gazetteer"
    score = SCORES["nisba" if entity.rule == NISBAS and way == "gazetteer" else way]
    name = entity.entity_name if entity.entity_id or entity.doubt != "~" else None
    return Naming(entity.entity_type, entity.entity_id, name, method, score, entity.rule)
