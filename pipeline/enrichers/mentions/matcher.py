"""Decides where a folded text holds forms of a lexicon as whole words, with or without the particles written onto them.

One Aho-Corasick pass over the text with a space in place of every punctuation mark: each form stands in the automaton between
two spaces, once for each particle that may precede it, so that a hit needs no check.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Generic, TypeVar

import ahocorasick

Value = TypeVar("Value")

# One character for one: lengths stay. Two marks in a row, as between list items, part a phrase; a hyphen within does not.
_SEPARATORS = re.compile(r"[\n\t.,:;!?،؛؟…\"'“”‘’«»()\[\]{}<>/\\\-–—_*•|#@&%+=~^]")
ANY_PARTICLE = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فل")
_WITH_ARTICLE = {"ل": "لل", "ول": "ولل", "فل": "فلل"}  # what ل makes of a following article


Hit = tuple[int, int, int, Value]
"""Where a form begins and ends without the particles before it, how many letters of particles there are, and its value."""


def spaced(text: str) -> str:
    """A folded text with a space for every separator, and one more at either end."""
    for separator in set(_SEPARATORS.findall(text)):
        text = text.replace(separator, " ")
    return f" {text} "


class Matcher(Generic[Value]):
    """The automaton of folded forms, each with its value and whether particles may precede it."""

    def __init__(self, forms: Iterable[tuple[str, Value, tuple[str, ...], Container[str]]]) -> None:
        """Of each form: what it stands for, which particles may precede it, and the words that it is then no part of (كبيرا)."""
        whole: dict[str, tuple[int, int, Value]] = {}
        for form, value, particles, words in forms:
            for written, n_particles in _written(form, particles):
                known = whole.get(written)
                if n_particles and written in words:
                    continue
                if known is None or n_particles < known[1]:  # a whole form before one with particles
                    whole[written] = (len(written), n_particles, value)
        self._automaton = ahocorasick.Automaton()
        # one object for all that are equal: fewer to keep, and for the garbage collector to look through
        shared: dict[tuple[int, int, int], tuple[int, int, Value]] = {}
        for written, found in whole.items():
            length, n_particles, value = found
            self._automaton.add_word(f" {written} ", shared.setdefault((length, n_particles, id(value)), found))
        self._automaton.make_automaton()

    def hits(self, spaced_text: str) -> list[Hit[Value]]:
        """Every hit in a text made by `spaced`, by end; offsets are those of the text before it."""
        # The closing space of a pattern stands at `end` in the spaced text: one further than in the text.
        return [
            (end - 1 - length + n_particles, end - 1, n_particles, value)
            for end, (length, n_particles, value) in self._automaton.iter(spaced_text)
        ]


def _written(form: str, particles: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    yield form, 0
    for particle in particles:
        if form.startswith("ال") and particle in _WITH_ARTICLE:
            yield _WITH_ARTICLE[particle] + form[2:], len(particle)
        else:
            yield particle + form, len(particle)
