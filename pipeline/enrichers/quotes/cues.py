"""Decides which words of a text may report what somebody says: the verbs and source cues of `verbs.tsv` and `words.toml`.

`use` of a verb form in the table: `finite`; `ambiguous`, a form that is a common noun too and so counts only at the start of
a clause; `opening`, one that counts only at the start of a sentence; `named`, one that is passive unless its subject follows; `participle`, which says of the last speaker what that
one did at the same time. A form may be preceded by `و` or `ف`, and hold an object pronoun (`أوردته`).
"""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import ahocorasick

from pipeline.text.arabic import fold

_HERE: Final = Path(__file__).parent
WORDS: Final[dict[str, Any]] = tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))
_MORE_MARK: Final = "„"  # beside those of `pipeline.text.spacing`
LATIN: Final = frozenset(("en", "fr"))
VERB_LAST: Final = frozenset(("fa", "ur"))


def folded_words(section: str, *keys: str) -> frozenset[str]:
    """A word list of `words.toml` in the match fold; all its languages when no key is given."""
    lists = WORDS[section]
    return frozenset(fold(word) for key in keys or lists for word in lists[key])


class Form(NamedTuple):
    """A row of `verbs.tsv`, or a source cue (`source` is its class, and `use` is empty)."""

    language: str
    kind: str
    lemma: str
    gender: str
    use: str
    has_prefix: bool
    has_object: bool


class Cue(NamedTuple):
    """A form where it stands in the folded text."""

    start: int
    end: int
    form: Form


@cache
def _automaton() -> ahocorasick.Automaton:
    forms: dict[str, Form] = {}
    with (_HERE / "verbs.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            _add(
                forms,
                row["form"],
                Form(row["language"], row["class"], row["lemma"], row["gender"], row["use"], False, False),
            )
    for language, cues in WORDS["source_cues"].items():
        for cue in cues:
            _add(forms, cue, Form(language, "source", cue, "", "", False, False))
    automaton = ahocorasick.Automaton()
    for text, form in forms.items():
        automaton.add_word(f" {text}", (len(text), form))
    automaton.make_automaton()
    return automaton


def _add(forms: dict[str, Form], text: str, form: Form) -> None:
    text = fold(text.replace("\u200c", ""))
    forms.setdefault(text, form)
    if form.language == "ar":
        for prefix in "وف":
            forms.setdefault(prefix + text, form._replace(has_prefix=True))
        if form.kind == "say" and form.use in ("finite", "ambiguous") and form.gender and not form.lemma.endswith("ى"):
            for pronoun in ("ه", "ها"):
                forms.setdefault(text + pronoun, form._replace(has_object=True))


def find_cues(spaced_text: str) -> list[Cue]:
    """The cues of a folded text made by `pipeline.text.spacing`, in order, each a whole word; of two that overlap the longer one."""
    cues: list[Cue] = []
    padded = f" {spaced_text.replace(_MORE_MARK, ' ')} "
    for end, (length, form) in _automaton().iter(padded):
        if (after := padded[end + 1]) != " " and (after.isalnum() or after == "_"):
            continue
        start = end - length
        while cues and cues[-1].end > start and cues[-1].end - cues[-1].start < length:
            cues.pop()
        if not cues or cues[-1].end <= start:
            cues.append(Cue(start, end, form))
    return cues


def _words_pattern(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_COMPLEMENTIZERS: Final = {
    language: re.compile(rf"(?<!\w)(?:{WORDS['complementizers'][key]})(?!\w)")
    for language, key in (("ar", "ar"), ("fa", "fa"), ("ur", "fa"), ("en", "en"), ("fr", "fr"))
}


def complementizer(language: str) -> re.Pattern[str]:
    """The particle that opens a reported clause after a verb of that language."""
    return _COMPLEMENTIZERS[language]


CLAUSE_END: Final = re.compile(rf"[،,؛;]\s*(?:{_words_pattern(folded_words('clause_ends'))})(?!\w)")
"""A comma and a word with which the sentence leaves a reported clause."""


@cache
def reporting_words() -> frozenset[str]:
    """Folded Arabic and English words that report: source cues and forms of verbs of saying, those with pronouns among them."""
    return frozenset(
        text.strip()
        for text, (_, form) in _automaton().items()
        if (form.kind == "source" and text.strip() != fold("كما"))
        or (form.kind == "say" and form.use != "participle" and form.lemma != "عبر")
    ) | {fold("قوله"), fold("قولها")}
