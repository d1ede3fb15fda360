"""Decides what a word may be in and before the name of a person, by itself: what is in no gazetteer, and what words of names ask of it."""

from collections.abc import Callable
from typing import Final

from pipeline.enrichers.mentions.cuts import letters_of
from pipeline.enrichers.mentions.lexicon import function_words
from pipeline.enrichers.mentions.words import is_common
from pipeline.text.remembered import Remembered
from pipeline.text.vocabulary import Strings

JOINS, CROWNS = map(function_words, ("join", "crown"))
_SONS, _TIMES, _DESCRIBED = map(function_words, ("son", "time", "described"))
_RELATIVES, _SAYS = map(function_words, ("relative", "say"))
_FIRST_HALVES = {second: function_words(second) for second in ("الله", "الدين")}
_NO_LAST_NAMES = _DESCRIBED | _RELATIVES | _TIMES
_PRONOUNS = ("هم", "ها", "هما", "كم", "نا")


def _has_article(word: str) -> bool:
    return word.startswith("ال")


def is_in_no_list(word: str) -> bool:
    """Whether a word, without article, may be a name that is in no list."""
    if word in _FIRST_HALVES or len(word) < 3 or word[0] < "\u0600" or word.startswith("لل"):
        return False
    return not (word.endswith(_PRONOUNS) or is_common(word))


def _may_be_further(word: str) -> bool:
    """Whether a name may go on with a word that is in no list."""
    if word in JOINS or word in _FIRST_HALVES:
        return True
    if _has_article(word):
        return not is_common(word)
    return word[:1] != "و" and is_in_no_list(word)


def _may_be_given(word: str) -> bool:
    """Whether a word that is in no list may be a given name: not a common word, nor one with the ending of a verb."""
    if len(word) < 4 or word.startswith(("و", "ف")) or word.endswith(("ت", "ه")) or word[0] < "\u0600":
        return False
    return not is_common(word)


def _may_be_last(word: str) -> bool:
    return _has_article(word) and len(word) > 4 and not word.endswith("ه")


(
    JOIN,
    SON,
    ABD,
    OPENING,
    BEFORE_ALLAH,
    BEFORE_DIN,
    ALLAH,
    DIN,
    MORNING,
    TIME,
    DESCRIBED,
    STOP,
    AND_STOP,
    AND,
    LBW,
    SECOND_LBW,
    PARTICLE,
    VERBAL,
    YEH_LAST,
    TEH_LAST,
    WITH_THE,
    OPENED,
    COMMON,
    UNKNOWN_WORD,
    FURTHER,
    GIVEN,
    LAST_NAME,
    LAST_AFTER_GIVEN,
    CROWN,
) = (1 << number for number in range(29))

_TOLD: Final[dict[int, Callable[[str], bool]]] = {
    JOIN: JOINS.__contains__,
    SON: _SONS.__contains__,
    ABD: lambda word: word == "عبد",
    OPENING: lambda word: word in ("ال", "عبد", "وعبد", "لعبد"),
    BEFORE_ALLAH: _FIRST_HALVES["الله"].__contains__,
    BEFORE_DIN: _FIRST_HALVES["الدين"].__contains__,
    ALLAH: lambda word: word == "الله",
    DIN: lambda word: word == "الدين",
    MORNING: lambda word: word == "صباح",
    TIME: _TIMES.__contains__,
    DESCRIBED: _DESCRIBED.__contains__,
    STOP: lambda word: word in _RELATIVES or word in _SAYS,
    AND_STOP: lambda word: word[1:] in _RELATIVES or word[1:] in _SAYS,
    AND: lambda word: word[:1] == "و",
    LBW: lambda word: word[:1] in tuple("لبو"),
    SECOND_LBW: lambda word: word[1:2] in tuple("لبو"),
    PARTICLE: lambda word: word[:1] in tuple("وفبلك"),
    VERBAL: lambda word: word[:1] in tuple("وفبلكسيتن"),
    YEH_LAST: lambda word: word.endswith("ي"),
    TEH_LAST: lambda word: word.endswith("ه"),
    WITH_THE: _has_article,
    OPENED: lambda word: len(word) > 2 and word not in _RELATIVES,
    COMMON: is_common,
    UNKNOWN_WORD: is_in_no_list,
    FURTHER: _may_be_further,
    GIVEN: _may_be_given,
    LAST_NAME: lambda word: _may_be_last(word) and not is_common(word),
    LAST_AFTER_GIVEN: lambda word: _may_be_last(word) and word not in _NO_LAST_NAMES,
    CROWN: CROWNS.__contains__,
}


ROLES: Final = Remembered(lambda word: sum(flag for flag, is_so in _TOLD.items() if is_so(word)))
"""All flags of a word."""


def tell_roles(forms: list[str], _: Strings) -> list[list[int]]:
    """The flags of the letters that forms begin with, as a vocabulary asks them."""
    return [[ROLES[letters_of(form)] for form in forms]]
