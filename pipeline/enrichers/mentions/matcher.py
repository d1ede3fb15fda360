"""Decides where a folded text holds forms of a lexicon as whole words, with or without the particles written onto them.

One Aho-Corasick pass over the text with a space in place of every punctuation mark: each form stands in the automaton between
two spaces, once for each particle that may precede it, so that a hit needs no check.
"""

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

Sense = TypeVar("Sense")

# One character for one: lengths stay. Two marks in a row, as between list items, part a phrase; a hyphen within does not.
_SEPARATORS = re.compile(r"[\n\t.,:;!?،؛؟…\"'“”‘’«»()\[\]{}<>/\\\-–—_*•|#@&%+=~^]")
_PARTICLES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فل")
_TO_THE = ("لل", "ولل", "فلل")  # what ل makes of a following article


class Hit(NamedTuple, Generic[Sense]):
    """A form in a text, without the particles before it; `n_particles` of their letters stand before `start`."""

    start: int
    end: int
    n_particles: int
    senses: tuple[Sense, ...]


def spaced(text: str) -> str:
    """A folded text with a space for every separator, and one more at either end."""
    for separator in set(_SEPARATORS.findall(text)):
        text = text.replace(separator, " ")
    return f" {text} "


class Matcher(Generic[Sense]):
    """The automaton of (folded form, sense, whether particles may precede it)."""

    def __init__(self, forms: Iterable[tuple[str, Sense, bool]]) -> None:
        senses: dict[tuple[str, int], list[Sense]] = {}
        for form, sense, with_particles in forms:
            text = spaced(form)[1:-1]
            for written, n_particles in _written(text, with_particles):
                known = senses.setdefault((written, n_particles), [])
                if sense not in known:
                    known.append(sense)
        whole: dict[str, tuple[int, int, tuple[Sense, ...]]] = {}
        for (written, n_particles), found in sorted(senses.items(), key=lambda item: -item[0][1]):
            whole[written] = (len(written), n_particles, tuple(found))  # a whole form before one with particles
        self._automaton = ahocorasick.Automaton()
        for written, value in whole.items():
            self._automaton.add_word(f" {written} ", value)
        if whole:
            self._automaton.make_automaton()

    def hits(self, spaced_text: str) -> list[Hit[Sense]]:
        """Every hit in a text made by `spaced`, by end; offsets are those of the text before it."""
        # The closing space of a pattern stands at `end` in the spaced text: one further than in the text.
        return [
            Hit(end - 1 - length + n_particles, end - 1, n_particles, senses)
            for end, (length, n_particles, senses) in self._automaton.iter(spaced_text)
        ]


def _written(form: str, with_particles: bool) -> Iterable[tuple[str, int]]:
    yield form, 0
    if not with_particles:
        return
    for particle in _PARTICLES:
        if not (particle.endswith("ل") and form.startswith("ال")):
            yield particle + form, len(particle)
    if form.startswith("ال"):
        for particle in _TO_THE:
            yield particle + form[2:], len(particle) - 1
