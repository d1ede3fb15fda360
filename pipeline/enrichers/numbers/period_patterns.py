"""Decides which words may stand beside the word that names a period; the days are the matter of `periods`."""

import re
from typing import Final

from pipeline.enrichers.numbers.tables import table
from pipeline.text.arabic import fold

LETTER: Final = r"[^\W\d_]"
_KNOWN: Final = table("periods")


def _sorted(names: list[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


def _words(key: str) -> frozenset[str]:
    return frozenset(map(fold, _KNOWN["words"][key]))


AGE: Final = _words("age")
YEARS: Final = _words("years")
NOT_A_DAY_AFTER: Final = _words("not_a_day_after")
NOT_A_DAY_BEFORE: Final = _words("not_a_day_before")


DIRECTIONS: Final = {
    spelling: direction
    for direction, key in ((-1, "last"), (1, "next"), (0, "current"))
    for word in _words(key)
    for spelling in ((word,) if word.isascii() else (word, word + "ه"))
}
"""`last` and its like in the match fold: -1, 0 or 1."""

WHICH: Final = {fold(name): int(number) for number, names in _KNOWN["parts"]["which"].items() for name in names}
CENTURIES: Final = {fold(name): int(number) for number, names in _KNOWN["centuries"].items() for name in names}
LUNAR: Final = {fold(name): int(number) for number, names in _KNOWN["words"]["named_months"].items() for name in names}

_DIRECTION: Final = _sorted(list(DIRECTIONS))
_CENTURY: Final = rf"(?:{_sorted(list(_words('century')))}) (?:(?P<last>{_DIRECTION})|(?P<ordinal>{_sorted(list(CENTURIES))}))(?!{LETTER})"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9]|[.,][0-9])"

CENTURY: Final = re.compile(_CENTURY)
CENTURY_AFTER: Final = re.compile(f" (?:من )?{_CENTURY}")
ENGLISH_CENTURY: Final = re.compile(
    rf"(?<![a-z0-9])(?:(?P<last>last|this|next)|(?P<digits>[0-9]{{1,2}})(?:st|nd|rd|th)|(?P<ordinal>{_sorted(list(CENTURIES))}))[ -]\Z"
)
OTHER_ERA: Final = re.compile(rf" (?:{_sorted(list(_words('other_era')))})(?!{LETTER})")
MODIFIER_AFTER: Final = re.compile(rf" ({_DIRECTION})(?!{LETTER})")
MODIFIER_BEFORE: Final = re.compile(r"(?<![a-z])(last|next|this) \Z")
YEAR_AFTER: Final = re.compile(rf"(?: (?:من|في|of|in))?(?: (?:ال)?(?:عام|سنه|year))?,? {_YEAR}")
RELATIVE_YEAR: Final = re.compile(
    rf" (?:(?:من |في )?(?:العام|السنه|عام) (?P<which>{_DIRECTION})|(?:of )?(?P<before>last|this|next) year)(?!{LETTER})"
)
WHICH_AFTER: Final = re.compile(rf" ({_sorted([name for name in WHICH if not name.isascii()])})(?!{LETTER})")
WHICH_BEFORE: Final = re.compile(rf"(?<![a-z])({_sorted([name for name in WHICH if name.isascii()])}) \Z")
LUNAR_AFTER: Final = re.compile(rf" ({_sorted(list(LUNAR))})(?: (?:المبارك|الفضيل|الكريم|الحرام))?(?!{LETTER})")
WORDS_AFTER: Final = re.compile(rf"(?: {LETTER}+){{1,3}}")
_LAST_WORD: Final = re.compile(rf"{LETTER}+(?= ?[(]?\Z)")
_FUTURE_SIGNS: Final = ("سي", "ست", "سوف", "will")  # one of them is in all that is of the future
_FUTURE: Final = re.compile(
    rf"(?<!{LETTER})[وف]?(?:س[يت](?:{_sorted(list(_words('coming')))})(?:ون|ان|وا|ا)?|سوف|will)(?!{LETTER})"
)
YEAR_RANGE: Final = re.compile(r"((?:19|20)[0-9]{2}) ?[-/–—] ?((?:19|20)?[0-9]{2})\Z")
YEAR_PAIR: Final = re.compile(rf" (?:و|الي |and |to |- ?)(?:عام |العام )?{_YEAR}")
DAY_RANGE: Final = re.compile(r"(?<![0-9.,/:-])([0-9]{1,2}) ?(?:و|-|–|إلى|الى|حتى|and|to) ?\Z")
"""In the published text, before a date that begins with its day: the first of several days."""


def last_word(text: str, place: int) -> tuple[str, int] | None:
    """The word before a place, with a space or a parenthesis between them at most, and where it begins."""
    before = text[max(0, place - 16) : place]
    last = before.removesuffix("(").removesuffix(" ")
    word = last.rpartition(" ")[2]
    if word.isalpha():  # nearly always, and sooner than by the pattern
        return word, place - len(before) + len(last) - len(word)
    match = _LAST_WORD.search(before)
    return (match[0], place - len(before) + match.start()) if match else None


def is_future(text: str, start: int, end: int) -> bool:
    """Whether a part of a text speaks of what will be."""
    part = text[max(0, start - 1) : end]
    return any(sign in part for sign in _FUTURE_SIGNS) and _FUTURE.search(text, start, end) is not None
