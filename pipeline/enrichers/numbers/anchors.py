"""Decides where in a text a date or a number may be: around the words and digits without which there is none.

One pass of an Aho-Corasick automaton finds the words of both; it does not read them.
"""

from functools import cache
from typing import Final, NamedTuple

import ahocorasick

from pipeline.enrichers.numbers import numerals, periods, units
from pipeline.text.arabic import fold
from pipeline.text.dates.lexicon import lexicon

# What a word may stand after without a space. Words are found with the space before them, where they begin and not inside others, which
# costs half as much; each of these is made a space for that. Accepted gap: after other signs nothing is looked for.
_SPACED: Final = "\n\"'()[«“„‘.,،؛:/-–—|!؟?*#_"
# Months are also written against the number before them (`24فبراير`).
_DIGITS: Final = "0123456789"

# A date expression that is not all numbers has a word of one of these kinds.
_KINDS: Final = frozenset("MmkWRALXCVY")
_MONTHS: Final = frozenset("Mmk")


class Word(NamedTuple):
    """What a word gives away: `kinds` as in the date lexicon; whether it begins a number, or a period."""

    kinds: str
    is_number: bool
    is_period: bool


class Anchors(NamedTuple):
    """Words with their spans, and the runs of digits with the signs that join them, each in order of the text."""

    words: list[tuple[int, int, Word]]
    digits: list[tuple[int, int]]


def find_anchors(text: str, digits: list[tuple[int, int]]) -> Anchors:
    """The anchors of a folded text, of which the runs of digits are known (`pipeline.text.tokens.digit_runs`).

    >>> found = find_anchors("في 24 فبراير", [(3, 5)])
    >>> [(start, word.kinds) for start, _, word in found.words], found.digits
    ([(6, 'M')], [(3, 5)])
    """
    words = []
    padded = f" {text} "  # so that the place of the last letter of a hit is the place past it in the text
    for sign in _SPACED:
        padded = padded.replace(sign, " ")
    for place, (size, word) in _automaton().iter(padded):
        if not padded[place + 1].isalpha():
            words.append((place - size, place, word))
    return Anchors(words, digits)


@cache
def _automaton() -> ahocorasick.Automaton:
    words: dict[str, Word] = {}
    for name, kinds in lexicon().triggers.items():
        kept = "".join(kind for kind in kinds if kind in _KINDS)
        if kept:
            words[fold(name)] = Word(kept, False, False)
    for name in numerals.start_words() | units.dual_words():
        words[name] = words.get(name, Word("", False, False))._replace(is_number=True)
    for name in periods.trigger_words():
        words[name] = words.get(name, Word("", False, False))._replace(is_period=True)
    automaton = ahocorasick.Automaton()
    for name, word in sorted(words.items()):
        for lead in " " + _DIGITS if _MONTHS.intersection(word.kinds) else " ":
            automaton.add_word(lead + name, (len(name), word))
    automaton.make_automaton()
    return automaton
