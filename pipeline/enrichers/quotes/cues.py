"""Decides which words of a text may report what somebody says: the verbs and source cues of `verbs.tsv` and `words.toml`.

`use` of a verb form in the table: `finite`; `ambiguous`, a form that is a common noun too and so counts only at the start of
a clause; `opening`, one that counts only at the start of a sentence; `named`, one that is passive unless its subject follows; `participle`, which says of the last speaker what that
one did at the same time. A form may be preceded by `و` or `ف`, and hold an object pronoun (`أوردته`).
"""

import csv
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from pipeline.text.arabic import fold
from pipeline.text.folded_texts import Flags, FoldedTexts
from pipeline.text.name_lists import NameList
from pipeline.text.spacing import SPACES, is_of_word

_HERE: Final = Path(__file__).parent
WORDS: Final[dict[str, Any]] = tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))
_MORE_SPACE: Final = "„"  # beside those of `pipeline.text.spacing`
LATIN: Final = frozenset(("en", "fr"))
VERB_LAST: Final = frozenset(("fa", "ur"))


def folded_words(section: str, *keys: str) -> frozenset[str]:
    """A word list of `words.toml` in the match fold; all its languages when no key is given."""
    lists = WORDS[section]
    return frozenset(fold(word) for key in keys or lists for word in lists[key])


class Form:
    """A row of `verbs.tsv`, or a source cue (`kind` is `source`, and `use` is empty).

    Attributes:
        is_sure: it is a verb of saying wherever it stands.
        is_that: it is no cue but a particle that opens a reported clause.
    """

    __slots__ = (
        "gender",
        "has_prefix",
        "is_latin",
        "is_participle",
        "is_source",
        "is_sure",
        "is_that",
        "kind",
        "language",
        "lemma",
        "use",
    )

    def __init__(self, language: str, kind: str, lemma: str, gender: str, use: str, has_prefix: bool = False) -> None:
        self.language, self.kind, self.lemma, self.gender, self.use = language, kind, lemma, gender, use
        self.has_prefix = has_prefix
        self.is_that, self.is_source = kind == "that", kind == "source"
        self.is_latin, self.is_participle = language in LATIN, use == "participle"
        self.is_sure = self.is_participle or self.is_latin or (kind == "say" and use in ("finite", "named"))


Cue = tuple[int, int, Form]
"""A form and where it starts and ends in the folded text."""


@cache
def _forms() -> Mapping[str, Form]:
    """Every folded form."""
    forms: dict[str, Form] = {}
    with (_HERE / "verbs.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            _add(forms, row["form"], (row["language"], row["class"], row["lemma"], row["gender"], row["use"]))
    for language, cues in WORDS["source_cues"].items():
        for cue in cues:
            _add(forms, cue, (language, "source", cue, "", ""))
    for particle in WORDS["complementizers"]["ar"]:
        forms[fold(particle)] = Form("ar", "that", particle, "", "")
    return forms


def _add(forms: dict[str, Form], text: str, row: tuple[str, str, str, str, str]) -> None:
    text = fold(text.replace("\u200c", ""))
    language, kind, lemma, gender, use = row
    forms.setdefault(text, Form(*row))
    if language == "ar":
        for prefix in "وف":
            forms.setdefault(prefix + text, Form(*row, has_prefix=True))
        if kind == "say" and use in ("finite", "ambiguous") and gender and not lemma.endswith("ى"):
            for pronoun in ("ه", "ها"):
                forms.setdefault(text + pronoun, Form(*row))


class _Known(NamedTuple):
    """The forms that are looked for, and which of them are particles."""

    names: NameList
    forms: list[Form]
    is_that: Flags


@cache
def _known() -> _Known:
    forms = list(_forms().values())
    names = NameList(list(_forms()), SPACES + _MORE_SPACE, is_of_word)
    return _Known(names, forms, np.array([form.is_that for form in forms]))


def find_cues(texts: FoldedTexts) -> tuple[list[list[Cue]], list[list[tuple[int, int]]]]:
    """Of each text the cues in order, each a whole word, of two that overlap the longer one; and the Arabic particles that may open
    what they report."""
    names, forms, is_that = _known()
    found = names.find(texts)
    is_particle = is_that[found.name]
    cues = found.only(~is_particle).longest().by_text(texts, forms)
    return cues, found.only(is_particle).by_text(texts)


def _words_pattern(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_COMPLEMENTIZERS: Final = {
    language: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
    for language, pattern in (
        ("ar", _words_pattern(folded_words("complementizers", "ar"))),
        *(
            (language, WORDS["complementizers"][key])
            for language, key in (("fa", "fa"), ("ur", "fa"), ("en", "en"), ("fr", "fr"))
        ),
    )
}


def complementizer(language: str) -> re.Pattern[str]:
    """The particle that opens a reported clause after a verb of that language."""
    return _COMPLEMENTIZERS[language]


_COMMAS: Final = "،,؛;"
_CLAUSE_END: Final = re.compile(rf"[{_COMMAS}]\s*(?:{_words_pattern(folded_words('clause_ends'))})(?!\w)")


def clause_break(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first comma and word with which the sentence leaves a reported clause."""
    first: re.Match[str] | None = None
    for sign in _COMMAS:  # looking for each costs less than a pattern for all
        place = text.find(sign, start, end)
        while place >= 0 and (first is None or place < first.start()):
            if match := _CLAUSE_END.match(text, place, end):
                first = match
                break
            place = text.find(sign, place + 1, end)
    return first


@cache
def reporting_words() -> frozenset[str]:
    """Folded Arabic and English words that report: source cues and forms of verbs of saying, those with pronouns among them."""
    return frozenset(
        text
        for text, form in _forms().items()
        if (form.is_source and text != fold("كما"))
        or (form.kind == "say" and form.use != "participle" and form.lemma != "عبر")
    ) | {fold("قوله"), fold("قولها")}
