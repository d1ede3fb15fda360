"""Decides nothing: loads the frozen list of words and says which of them a word is.

`words.tsv` is made by `python -m tests.build.topics`; LICENCE.md beside it says from what.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.enrichers.lexicon.clitics import article, bare_forms

WORDS = Path(__file__).with_name("words.tsv")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`numbers` holds the line of each word in the list; `zipf`, by line, ten times log10 of its occurrences in a billion words."""

    numbers: Mapping[str, int]
    zipf: tuple[int, ...]

    def find(self, word: str) -> int:
        """The number of a folded word, or of what it is without clitics; -1 when the list has neither."""
        number = self.numbers.get(word, -1)
        if number < 0:
            for _, bare in bare_forms(word):
                if (number := self.numbers.get(bare, -1)) >= 0:
                    break
        return number

    def without_particles(self, word: str) -> tuple[int, str]:
        """How many letters of particles and article a folded word begins with, and the word without them.

        A word that the list has is whole; an article is taken off even when the list has not what is left.
        """
        if word in self.numbers:
            return 0, word
        for letters, bare in bare_forms(word):
            if letters + len(bare) == len(word) and bare in self.numbers:
                return letters, bare
        letters = len(article(word))
        return letters, word[letters:]


@cache
def lexicon() -> Lexicon:
    """The frozen list."""
    lines = [line.split("\t") for line in WORDS.read_text("utf-8").splitlines()]
    numbers = {word: number for number, (word, _) in enumerate(lines)}
    return Lexicon(numbers, tuple(int(zipf) for _, zipf in lines))
