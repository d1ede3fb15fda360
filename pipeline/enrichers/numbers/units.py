"""Decides which unit or currency stands after a number, or before it as a sign; it does not read the number.

Currencies of one name are told apart by the adjective beside it, else by the one country that the text speaks of; a name that
both leave open has no code.
"""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipeline.enrichers.numbers.tables import table
from pipeline.text.arabic import fold

_WORD: Final = r"[^\W\d_]+[0-9/]?[^\W\d_]*"
_WORDS: Final = re.compile(_WORD)
_AFTER: Final = re.compile(rf"(?: ?[)\]»”\"'’]){{0,2}}(?: |-(?=[a-z]))?(?:ال(?=[^\W\d_]))?({_WORD})?")
_NEXT_WORD: Final = re.compile(r" ?-?([^\W\d_]+(?:\.[^\W\d_]\.?)?)")
_SIGN_BEFORE: Final = re.compile(r"(us\$|a\$|c\$|[$€£₪₽₹₺₩﷼¥]) ?\Z")
_CODE_BEFORE: Final = re.compile(r"(?<![^\W\d_])([a-z]{3}) ?\Z")
_DEGREES: Final = re.compile(r" ?°([cf])(?!\w)")


class Unit(NamedTuple):
    """A unit after a number: `kind` is percent, money or measure; `code` is None for a currency that is left open."""

    kind: str
    code: str | None
    end: int


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    kind: str
    code: str | None
    currency: int


@cache
def _entries() -> dict[str, list[_Entry]]:
    """First word of a name -> the names that begin with it, longest first."""
    found: dict[str, list[_Entry]] = {}

    def add(name: str, kind: str, code: str | None, currency: int = -1) -> None:
        first, *rest = _pieces(fold(name))
        found.setdefault(first, []).append(_Entry(tuple(rest), kind, code, currency))

    for unit in table("units")["unit"]:
        for name in unit["names"]:
            add(name, "measure", unit["code"])
    for number, currency in enumerate(table("currencies")["currency"]):
        for name in currency["names"]:
            add(name, "money", currency.get("alone"), number)
    for code in table("currencies")["codes"]["list"]:
        add(code, "money", code)
    for name in table("context")["percent"]:
        add(name, "percent", "percent")
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry.rest))
    return found


def _pieces(name: str) -> list[str]:
    return _WORDS.findall(name)


@cache
def _kinds() -> list[dict[str, str]]:
    """For each currency: adjective in the match fold -> code."""
    return [
        {fold(name): code for code, names in currency.get("kinds", {}).items() for name in names}
        for currency in table("currencies")["currency"]
    ]


@cache
def _adjectives() -> dict[str, str]:
    """Adjective before an English name -> code; of currencies with the same adjective the name decides."""
    return {word: code for kinds in _kinds() for word, code in kinds.items() if word.isascii()}


@cache
def dual_words() -> frozenset[str]:
    """Duals of units, with clitics: a number and a unit in one word."""
    return frozenset(_duals())


@cache
def _duals() -> dict[str, tuple[str, int]]:
    clitics = table("numerals")["ar"]["clitics"]
    return {
        clitic + fold(name): (unit["code"], len(clitic))
        for unit in table("units")["unit"]
        for name in unit.get("two", ())
        for clitic in clitics
    }


def dual_at(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The unit that a dual word counts two of, and the length of its clitic."""
    return _duals().get(text[start:end])


def unit_at(text: str, end: int) -> Unit | None:
    """The unit that stands at a place after a number.

    >>> unit_at("5 في المئه", 1)
    Unit(kind='percent', code='percent', end=10)
    """
    if end >= len(text):
        return None
    after = _AFTER.match(text, end)
    word = after[1] if after else None
    if after is not None and word is not None:
        entries = _entries().get(word)
        if entries is None:
            return _after_adjective(text, after.start(1)) if word.isascii() else None
        return _unit_of(text, after.end(), entries)
    place = after.end() if after else end
    if text[place : place + 1] in ("%", "٪"):
        return Unit("percent", "percent", place + 1)
    if degrees := _DEGREES.match(text, end):
        return Unit("measure", "Cel" if degrees[1] == "c" else "degF", degrees.end())
    sign = table("currencies")["signs"].get(text[place : place + 1])
    return Unit("money", sign or None, place + 1) if sign is not None else None


def _unit_of(text: str, end: int, entries: list[_Entry]) -> Unit | None:
    for entry in entries:
        last = _rest(text, end, entry.rest)
        if last is not None:
            if entry.currency >= 0:
                code, last = _currency(text, entry, last)
                return Unit("money", code, last)
            return Unit(entry.kind, entry.code, last)
    return None


def _rest(text: str, end: int, rest: tuple[str, ...]) -> int | None:
    for wanted in rest:
        following = _NEXT_WORD.match(text, end)
        if following is None or following[1] != wanted:
            return None
        end = following.end()
    return end


def _currency(text: str, entry: _Entry, end: int) -> tuple[str | None, int]:
    """The code of a currency name, and the end with the adjective after it."""
    following = _NEXT_WORD.match(text, end)
    if following is not None:
        kinds = _kinds()[entry.currency]
        code = kinds.get(following[1]) or kinds.get(following[1].removeprefix("ال"))
        if code:
            return code, following.end()
    return entry.code or _told_by_text(text, entry.currency), end


def _after_adjective(text: str, place: int) -> Unit | None:
    """`saudi riyals`, `us dollars`."""
    first = _NEXT_WORD.match(text, place)
    if first is None or first[1] not in _adjectives():
        return None
    name = _NEXT_WORD.match(text, first.end())
    for entry in _entries().get(name[1], ()) if name else ():
        code = _kinds()[entry.currency].get(first[1]) if entry.currency >= 0 else None
        if name and code:
            return Unit("money", code, name.end())
    return None


@cache
def _countries(currency: int) -> list[tuple[str, list[str], re.Pattern[str]]]:
    named = table("currencies")["countries"]

    def pattern(names: list[str]) -> re.Pattern[str]:
        # Short names are whole words: `مصر` begins `مصرع` too.
        words = (re.escape(name) + ("" if len(name) > 3 else r"(?![^\W\d_])") for name in map(fold, names))
        return re.compile(rf"(?<![^\W\d_])[وبلفك]?(?:ال|لل)?(?:{'|'.join(words)})")

    kinds = table("currencies")["currency"][currency].get("kinds", {})
    return [(code, [fold(name) for name in named[code]], pattern(named[code])) for code in kinds if code in named]


@lru_cache(maxsize=8)  # an article names one currency many times
def _told_by_text(text: str, currency: int) -> str | None:
    codes = [
        code
        for code, names, pattern in _countries(currency)
        if any(name in text for name in names) and pattern.search(text)
    ]
    return codes[0] if len(codes) == 1 else None


def sign_before(text: str, start: int) -> tuple[str, str | None, int] | None:
    """Kind, code and place of a currency sign, code or percent sign that stands before a number."""
    if not start:
        return None
    before = text[max(0, start - 4) : start]
    last = before.rstrip()[-1:]
    if not last or not (last in "$€£₪₽₹₺₩﷼¥%٪" or last.isascii()):
        return None
    if last in "%٪" and before[-1] != " ":
        return "percent", "percent", start - 1
    if last.isascii() and not (last.isalpha() or last == "$"):
        return None
    sign = _SIGN_BEFORE.search(before)
    if sign:
        return "money", table("currencies")["signs"][sign[1]] or None, start - len(sign[0])
    code = _CODE_BEFORE.search(before)
    if code and code[1].upper() in table("currencies")["codes"]["list"]:
        return "money", code[1].upper(), start - len(code[0])
    return None


def unit_named(word: str) -> str | None:
    """The measure that a single word names, with or without its article: `السنوات`."""
    entries = (*_entries().get(word, ()), *_entries().get(word.removeprefix("ال"), ()))
    codes: list[str | None] = [entry.code for entry in entries if entry.kind == "measure" and not entry.rest]
    return codes[0] if codes else None
