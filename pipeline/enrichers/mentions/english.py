"""Decides where a text in Latin letters names a person: after a title, or by a given name that is known and a capitalised word.

Accepted gaps: people without title whose given name is not in the list, names with lower-case particles at the start of a sentence,
and organisations that are in no gazetteer.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.enrichers.documents import Text
from pipeline.enrichers.mentions.candidates import Candidate, by_rule
from pipeline.enrichers.mentions.lexicon import table

_NAME = r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Rev)\.|[A-Z][a-z]*[’'-]?[A-Z]?[a-zà-ÿ]+|[A-Z]\."
_JOINS = r"(?:al-|el-|bin|ibn|van|von|de|der|da|di|del|la|le)"
_RUN = re.compile(rf"(?:{_JOINS}[ -]?)?(?:{_NAME})(?:(?: |-)(?:{_JOINS}[ -]?)?(?:{_NAME}))*")
_OFFICE = re.compile(r"\b([A-Z][a-z]+) (?:of|for) $")  # Secretary of State …
_MOST_WORDS = 4


@cache
def _titles() -> frozenset[str]:
    return frozenset(
        form for row in table("english_names") if row["kind"] == "title" for form in row["forms"].split("|")
    )


@cache
def _given() -> frozenset[str]:
    return frozenset(
        form for row in table("english_names") if row["kind"] == "given" for form in row["forms"].split("|")
    )


@cache
def is_english_word(folded: str) -> bool:
    """Whether a last name is also a capitalised word that is no name: May, Friday."""
    return folded.capitalize() in _not_names() | {"May"}


@cache
def _not_names() -> frozenset[str]:
    return frozenset(form for row in table("english_names") if row["kind"] == "not" for form in row["forms"].split("|"))


def find_people_in_latin(text: Text) -> Iterator[Candidate]:
    """Candidates for people, at places of the folded text, which has the length of the published one here."""
    if text.folded.shifts:
        return
    for match in _RUN.finditer(text.published):
        words = [
            (m.group(), match.start() + m.start(), match.start() + m.end()) for m in re.finditer(r"[^ ]+", match[0])
        ]
        title = next((n for n, (word, _, _) in reversed(list(enumerate(words))) if word.rstrip(".") in _titles()), None)
        name = words if title is None else words[title + 1 :]
        office = _OFFICE.search(text.published, max(0, match.start() - 20), match.start())
        is_office = office is not None and office[1] in _titles() and words[0][0] in _not_names()
        while name and name[0][0] in _not_names():
            name = name[1:]
        name = _until_no_name(name)
        is_given = bool(name) and name[0][0].partition("-")[0] in _given()
        cue = words[title][0] if title is not None else office[1] if office and is_office else None
        if not name or len(name) > _MOST_WORDS or not (cue or (is_given and len(name) > 1)):
            continue
        method, rule = ("title_cue", f"title {cue}") if cue else ("name_run", "english_names")
        yield name[0][1], name[-1][2], by_rule("PER", method, rule)


def _until_no_name(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    end = next((n for n, (word, _, _) in enumerate(words) if word in _not_names()), len(words))
    return words[:end]
