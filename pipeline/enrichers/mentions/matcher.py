"""Decides where a folded text holds forms of a lexicon as whole words, with or without the particles written onto them.

One Aho-Corasick pass over the text with a space in place of every punctuation mark: each form stands in the automaton between
two spaces, once for each particle that may precede it, so that a hit needs no check.
"""

from collections.abc import Container, Iterable, Iterator
from typing import Generic, TypeVar

import ahocorasick

from pipeline.text.spacing import spaced

Value = TypeVar("Value")

# Beside those of `pipeline.text.spacing`. Two marks in a row, as between list items, part a phrase; a hyphen within does not.
_MORE_MARKS = "\t;!?‘»)]{}<>/\\_*•|#@&%+=~^"
ANY_PARTICLE = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فل")
_WITH_ARTICLE = {"ل": "لل", "ول": "ولل", "فل": "فلل"}  # what ل makes of a following article


Hit = tuple[int, tuple[int, int, Value]]
"""Place after the space that ends a form in the text; how far before it the form begins, without particles; their letters; its value."""


def padded(spaced_text: str) -> str:
    """A text made by `spaced` with a space for every further mark, and one more at either end."""
    return f" {spaced(spaced_text, _MORE_MARKS)} "


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
        for written, (length, n_particles, value) in whole.items():
            found = (length - n_particles + 1, n_particles, value)
            self._automaton.add_word(f" {written} ", shared.setdefault((*found[:2], id(value)), found))
        self._automaton.make_automaton()

    def hits(self, padded_text: str) -> Iterator[Hit[Value]]:
        """Every hit in a text made by `padded`, by end; places are those of the text before it."""
        # The closing space of a pattern stands one further in the padded text than in the text: behind itself.
        found: Iterator[Hit[Value]] = self._automaton.iter(padded_text)
        return found


def _written(form: str, particles: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    yield form, 0
    for particle in particles:
        if form.startswith("ال") and particle in _WITH_ARTICLE:
            yield _WITH_ARTICLE[particle] + form[2:], len(particle)
        else:
            yield particle + form, len(particle)
