"""Decides where an article names a person again whom it names in full: by the full name, the last or the first; and whom those mean
that were found by one word."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from pipeline.enrichers.mentions.candidates import SCORES, Candidate, Candidates, Naming, beside
from pipeline.enrichers.mentions.cuts import ARTICLE, letters_of
from pipeline.enrichers.mentions.joined import Joined
from pipeline.enrichers.mentions.lexicon import function_words, part_kinds
from pipeline.enrichers.mentions.persons import MENTIONED, Alias, Mentioned, Person, aliases_of
from pipeline.enrichers.mentions.scan import FOLLOWED, PART, Scan

_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل")
_JOINS, _SAYS = function_words("join"), function_words("say")


def name_again(scan: Scan, kept: Candidates) -> Candidates:
    """Candidates, beside the kept ones in text order, for people whom their articles name again; the kept are told whom they name."""
    numbers: list[int] = [number for number, naming in enumerate(kept.namings) if naming.entity_type == "PER"]
    starts, ends = kept.starts[numbers], kept.ends[numbers]
    spans = zip(starts.tolist(), ends.tolist(), scan.joined.all_written(starts, ends), numbers, strict=True)
    mentioned = [_mentioned(scan.text[start:end], kept.namings[number], name) for start, end, name, number in spans]
    bounds = [*np.searchsorted(starts, scan.joined.first[::2]).tolist(), len(numbers)]
    aliases: list[dict[str, Alias]] = []
    for low, high in pairwise(bounds):
        people: dict[tuple[str, ...], Mentioned] = {}
        for one in mentioned[low:high]:
            if one.person:
                people.setdefault(one.words, one)
        aliases.append(aliases_of(list(people.values())))
        if people:
            _identify(kept.namings, numbers[low:high], mentioned[low:high], people, aliases[-1])
    return beside(kept, Candidates.of(_find(scan, kept, aliases)))


def _mentioned(folded: str, naming: Naming, written: str) -> Mentioned:
    return MENTIONED[folded, naming.entity_id, naming.entity_name or written]


def _identify(
    namings: list[Naming],
    numbers: Sequence[int],
    mentioned: Sequence[Mentioned],
    people: dict[tuple[str, ...], Mentioned],
    aliases: dict[str, Alias],
) -> None:
    """Gives people that no gazetteer knows their full name, and the right one of two people of a last name."""
    for number, one in zip(numbers, mentioned, strict=True):
        naming, words, person = namings[number], one.words, None
        if naming.entity_name is None:
            known = people.get(words) or aliases.get(words[0])
            person = known.person if known else None
        if naming.rule == "people":
            person = _namesake(naming, words[-1], people.values()) or person
        if person:
            namings[number] = Naming(
                naming.entity_type, person.entity_id, person.entity_name, naming.method, naming.score, naming.rule
            )


def _namesake(known: Naming, last_name: str, people: Collection[Mentioned]) -> Person | None:
    """The last person of no gazetteer who has the last name, where the article names nobody of the gazetteer's."""
    persons = [one.person for one in people if one.person]
    if any(person.entity_id == known.entity_id for person in persons):
        return None
    namesakes = [person for person in persons if person.entity_id is None and person.words[-1] == last_name]
    return namesakes[-1] if namesakes else None


def _find(scan: Scan, kept: Candidates, aliases: Sequence[dict[str, Alias]]) -> Iterator[Candidate]:
    """Candidates where an alias stands in its article, with particles or without, and nothing is known to be named.

    Args:
        aliases: those of each article.
    """
    joined, beginnings = scan.joined, scan.joined.letter_forms
    of_form = _with_particles(joined, {word for known in aliases for word in known})
    is_asked = np.zeros(len(joined.forms), np.bool_)
    is_asked[list(of_form)] = True
    words = np.flatnonzero(is_asked[beginnings])
    ends = joined.end[words]
    words = words[kept.are_free(ends - 1, ends)]
    articles = joined.texts_at(joined.start[words]) // 2
    for number, form, article in zip(words.tolist(), beginnings[words].tolist(), articles.tolist(), strict=True):
        known = aliases[article]
        for word, n_particles in of_form[form]:
            if word in known:
                yield from _meant(scan, number, n_particles, word, known[word])


def _with_particles(joined: Joined, words: Iterable[str]) -> dict[int, list[tuple[str, int]]]:
    """By forms of the texts: the words that begin there, and behind how many letters of particles."""
    named = [(word, letters) for word in words if (letters := letters_of(word))]
    known = joined.forms.known([particles + letters for _, letters in named for particles in _PARTICLES])
    of_form: dict[int, list[tuple[str, int]]] = {}
    for number, form in enumerate(known):
        if form is not None:
            place, particles = divmod(number, len(_PARTICLES))
            of_form.setdefault(form, []).append((named[place][0], len(_PARTICLES[particles])))
    return of_form


def _meant(scan: Scan, number: int, n_particles: int, word: str, alias: Alias) -> Iterator[Candidate]:
    """The person whom an alias stands for that may begin with a word, behind its particles."""
    first, text = scan.starts[number], scan.text
    place = first + n_particles
    end = place + len(word)
    if not text.startswith(word, place) or text[end].isalpha():
        return
    for person in alias.people:
        start = end - len(person.name)
        if start < place and text.startswith(person.name, start):
            if text[scan.starts[scan.joined.word_at(start)] : start] in _PARTICLES:
                yield _candidate(start, end, person, "full_name")
            return
    if alias.person is None or not scan.is_written_as_a_name(place, end):
        return
    before = scan.joined.word_before(number)
    if alias.is_doubtful and first - 1 not in scan.direct and before not in _SAYS:
        return
    if not _is_in_another_name(scan, end, before, alias.rule):
        yield _candidate(place, end, alias.person, alias.rule)


def _candidate(start: int, end: int, person: Person, rule: str) -> Candidate:
    score = SCORES["coreference"]
    return start, end, Naming("PER", person.entity_id, person.entity_name, "coreference", score, rule)


def _is_in_another_name(scan: Scan, end: int, before: str, rule: str) -> bool:
    """Whether a first name stands before a last name, a last one after another first name, or any one after أم, بن and the like."""
    if before in _JOINS:
        return True
    if rule == "last_name":
        return part_kinds().get(before) == "sure"
    last = scan.joined.word_at(end)
    if scan.joined.end_of(last) > end or not scan.flags[last] & FOLLOWED:
        return False
    return scan.flags[last + 1] & (PART | ARTICLE) > 0 or scan.word(last + 1) in _JOINS
