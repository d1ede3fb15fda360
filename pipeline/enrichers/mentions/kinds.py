"""Decides nothing: what the lexicon tells of each kind of form, in columns, so that the hits of a batch are told apart by their number."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from pipeline.enrichers.mentions.lexicon import LATIN, NISBAS, YEH, Senses, matcher
from pipeline.text.vocabulary import Flags

NO_PART, SURE_PART, WEAK, SURNAME, HALF = range(5)
"""The kinds of parts of a name, by number; `_PARTS` has their names in the list."""
_PARTS = (None, "sure", "weak", "surname", "half")


class Kinds:
    """What the kinds of the matcher are, in columns: `is_…` and numbers for numpy, the others by number.

    Names and countries of the first entity are numbered, 0 for none.
    """

    def __init__(self, told: Sequence[tuple[int, Senses]]) -> None:
        senses = [senses for _, senses in told]
        self.n_particles = np.array([n_particles for n_particles, _ in told])
        self.entities = [of.entities for of in senses]
        self.first = [of.entities[0] if of.entities else None for of in senses]
        self.part_kind = np.array([_PARTS.index(of.part) for of in senses])
        self.rule: list[str] = [entity.rule if entity else "" for entity in self.first]
        self.title = [of.title for of in senses]
        self.head = [of.head for of in senses]
        self.cue = [of.cue for of in senses]
        doubt = [entity.doubt if entity else None for entity in self.first]
        names: dict[str | None, int] = {None: 0}
        self.name, self.country = (
            np.array([names.setdefault(name and f"{what} {name}", len(names)) for name in column])
            for what, column in (
                ("name", [entity and entity.entity_name for entity in self.first]),
                ("country", [entity and entity.country for entity in self.first]),
            )
        )
        self.n_names = len(names)
        self.is_doubtful = _flags(
            [mark == "?" and len(of.entities) == 1 for mark, of in zip(doubt, senses, strict=True)]
        )
        self.is_entity = _flags(self.entities)
        self.is_sure = _flags([mark in ("", "+") for mark in doubt])
        self.is_nisba = _flags([rule == NISBAS for rule in self.rule])
        self.is_single = _flags([mark == "" and len(of.entities) == 1 for mark, of in zip(doubt, senses, strict=True)])
        self.is_part, self.is_title, self.is_head = self.part_kind > 0, _flags(self.title), _flags(self.head)
        self.is_hiding = _flags([cue == "NOT" for cue in self.cue])
        self.is_cue = _flags(self.cue) & ~self.is_hiding
        self.is_sport = _flags([cue in ("CLUB", "SPORT") for cue in self.cue])
        self.is_yeh, self.is_latin = (_flags([of.spelling == wanted for of in senses]) for wanted in (YEH, LATIN))
        self.is_office = _flags([of.title == "office" for of in senses])
        self.is_direct = _flags([of.title == "direct" for of in senses])


@cache
def kinds() -> Kinds:
    """Those of all gazetteers."""
    return Kinds(matcher().kinds)


def _flags(told: Sequence[object]) -> Flags:
    return np.fromiter(map(bool, told), np.bool_, len(told))
