"""Decides what the words of the language tables stand for in a date; it does not decide which words make a date together.

The tables are `languages/*.toml`, one per language, and `zones.toml`; adding a language or a name is a change of data. Every
name gets one token class, a letter that the patterns of `grammar` are written in:

    M month   m month, only beside a day or a year   k month, only beside a year   W weekday   R relative day   E era
    e the letter that is both an era and a part of the day   B an era before the first year   p part of the day
    H word before an hour   h hour in words   J word after a time   F fraction of an hour   Z zone   K "corresponding to"
    U unit of time   S the unit month   V word before a year   Y word after a year   A "ago"   L last   X next   C current
    O "of" and the like   Q other words before a month   D words before a weekday   c cardinal   o day of the month in words
    a "about" before a number   G words before days that name things
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

from pipeline.text.dates.spelling import fold_name, unaccented
from schemas.vocab import Calendar

Names = tuple[str, ...]
_PIECE: Final = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")

# When a name has several meanings the first of these classes is its class; its other roles are kept beside it.
_PRIORITY: Final = "ZRMmkWKepEBhopHFALXCVYSUcOQDGJa"

CLITIC_KINDS: Final = frozenset("MmkRWVSUKohE")
TRIGGER_KINDS: Final = frozenset("MmkWRALXCVY")


@dataclass(slots=True)
class Entry:
    """What a name stands for.

    Attributes:
        kind: The token class.
        value: Month names: (calendar, number) pairs; otherwise what `_fill` puts there for the class.
        roles: Further uses of the same name, with the languages in which it has them (`ago_after`, `cue`, `last`…).
        capitalised: A common word unless it is written with a capital.
    """

    kind: str
    value: Any
    roles: dict[str, set[str]] = field(default_factory=dict)
    capitalised: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, merged over the languages.

    Attributes:
        entries: First piece of a name -> (further pieces, entry, length of a clitic), longest name first; names of languages
            that write a clitic together with the next word are there with each clitic too.
        triggers: Word -> the token classes of the names that it gives away: no date is named without one of these words.
        orders: Language or locale in lower case -> "dmy", "mdy", "ymd", or "" where the habit is not one.
        calendars: Language -> the calendar of its all-numeric dates, where it is not the Gregorian one.
        not_after, definite_nouns, not_before: See `languages/ar.toml`, `[relative]`.
    """

    entries: dict[str, list[tuple[Names, Entry, int]]]
    triggers: dict[str, str]
    orders: dict[str, str]
    calendars: dict[str, Calendar]
    ordinal_suffixes: tuple[str, ...]
    not_after: frozenset[str]
    definite_nouns: frozenset[str]
    definites: tuple[str, ...]
    not_before: frozenset[str]


def pieces(name: str) -> Names:
    """A folded name as the lexer cuts it."""
    return tuple(_PIECE.findall(name))


@cache
def languages() -> dict[str, dict[str, Any]]:
    """The language tables as written, by language code."""
    folder = resources.files("pipeline.text.dates") / "languages"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        f.name.removesuffix(".toml"): tomllib.loads(f.read_text("utf-8")) for f in files if f.name.endswith(".toml")
    }


class _Builder:
    def __init__(self) -> None:
        self.names: dict[Names, Entry] = {}
        self.clitics: dict[Names, set[str]] = {}

    def add(self, kind: str, name: str, value: Any, language: str, role: str | None = None) -> Entry:
        folded = fold_name(name)
        entry = None
        for spelling in {folded, unaccented(folded)}:
            entry = self._add(kind, pieces(spelling), value, language, role)
        assert entry is not None
        return entry

    def _add(self, kind: str, name: Names, value: Any, language: str, role: str | None) -> Entry:
        entry = self.names.get(name)
        if entry is None:
            entry = self.names[name] = Entry(kind, value)
        elif {entry.kind, kind} == {"p", "E"} or (entry.kind == "e" and kind in "pE"):
            # م: the Christian era after a year, the afternoon after a time.
            parts = entry.value if entry.kind == "e" else {entry.kind: entry.value}
            entry.kind, entry.value = "e", parts | {kind: value}
        elif kind in "Mmk" and entry.kind in "Mmk":
            # The loosest reading of a month name in any language is not safe in the others.
            entry.kind = max(entry.kind, kind, key="Mmk".index)
            entry.value = tuple(dict.fromkeys((*entry.value, *value)))
        elif _PRIORITY.index(kind) < _PRIORITY.index(entry.kind):
            entry.kind, entry.value = kind, entry.value if value is None else value
        elif entry.value is None:
            entry.value = value
        for mark in (kind, role):
            if mark:
                entry.roles.setdefault(mark, set()).add(language)
        return entry


def _list(table: dict[str, Any], section: str, key: str) -> list[Any]:
    found = table.get(section, {}).get(key, [])
    return found if isinstance(found, list) else []


def _fill(builder: _Builder, code: str, table: dict[str, Any]) -> None:
    months = table["months"]
    grade = {fold_name(n): "m" for n in months.get("partnered", ())} | {
        fold_name(n): "k" for n in months.get("dated", ())
    }
    capitals = {fold_name(name) for name in months.get("capitalised", ())}
    for calendar in Calendar:
        for number, names in enumerate(months.get(calendar.value, ()), 1):
            for name in [*names, *(name + end for name in names for end in table.get("izafe", ()))]:
                folded = fold_name(name)
                entry = builder.add(grade.get(folded, "M"), name, ((calendar, number),), code)
                entry.capitalised = entry.capitalised or folded in capitals
    for number, names in enumerate(table["weekdays"]["names"]):
        for name in names:
            builder.add("W", name, number, code)
    relative, units, clock, words = (table.get(key, {}) for key in ("relative", "units", "clock", "words"))
    for shift, names in relative.get("days", {}).items():
        for name in names:
            builder.add("R", name, int(shift), code)
    for unit in ("second", "minute", "hour", "day", "week", "month", "year"):
        kind = {"month": "S", "year": "V"}.get(unit, "U")
        singular = units.get(unit, [""])[0]
        periods = units.get("periods", [singular]) if kind in "SV" else []
        for name in units.get(unit, ()):
            cue = kind != "V" or name in units.get("year_cues", ())
            entry = builder.add(
                kind, name, (unit, 1 if name == singular else None), code, "unit" if cue else "unit_only"
            )
            if name in periods:
                entry.roles.setdefault("period", set()).add(code)
        for name in units.get("two", {}).get(unit, ()):
            builder.add("U", name, (unit, 2), code)
        for name in units.get("one", {}).get(unit, ()):
            builder.add("U", name, (unit, 1), code, "with_article")
    simple: tuple[tuple[str, list[str], Any, str | None], ...] = (
        ("V", units.get("year_cues", []), ("year", None), "year_cue"),
        ("Y", units.get("year_cues_after", []), None, None),
        ("Q", months.get("cues", []), None, "cue"),
        ("D", _list(table, "weekdays", "cues"), None, "weekday_cue"),
        ("A", relative.get("ago_before", []), None, "ago_before"),
        ("A", relative.get("ago_after", []), None, "ago_after"),
        ("L", relative.get("last", []), -1, "before" if relative.get("before") else "after"),
        ("X", relative.get("next", []), 1, "before" if relative.get("before") else "after"),
        ("C", relative.get("current", []), 0, "before" if relative.get("before") else "after"),
        ("H", clock.get("hour_words", []), None, "hour_word"),
        ("O", clock.get("prepositions", []), None, "time"),
        ("J", clock.get("after_time", []), None, None),
        *(("p", clock.get(part, []), part, None) for part in ("am", "pm", "noon", "night")),
        ("O", words.get("of", []), None, "of"),
        ("K", words.get("equals", []), None, None),
        ("E", words.get("hijri_era", []), Calendar.HIJRI, None),
        ("E", words.get("jalali_era", []), Calendar.JALALI, None),
        ("E", words.get("gregorian_era", []), Calendar.GREGORIAN, None),
        ("a", words.get("about", []), None, None),
        ("B", words.get("before_era", []), None, None),
        ("G", words.get("names_things", []), None, "names_things"),
    )
    for kind, names, value, role in simple:
        for name in names:
            builder.add(kind, name, value, code, role)
    for minutes, names in clock.get("fractions", {}).items():
        for name in names:
            builder.add("F", name, int(minutes), code)
    for kind, lists in (
        ("h", clock.get("hours", ())),
        ("c", words.get("numbers", ())),
        ("o", words.get("ordinals", ())),
    ):
        for number, names in enumerate(lists, 1):
            for name in names:
                builder.add(kind, name, number, code)


def _fill_zones(builder: _Builder) -> None:
    zones = tomllib.loads((resources.files("pipeline.text.dates") / "zones.toml").read_text("utf-8"))
    for zone, names in zones["before"].items():
        for name in names:
            for before in zones["words_before"]:
                builder.add("Z", f"{before} {name}", zone.strip(), "")
    for zone, names in zones["alone"].items():
        for name in names:
            builder.add("Z", name, zone.strip(), "")


@cache
def lexicon() -> Lexicon:
    """The merged tables; built once."""
    builder = _Builder()
    tables = languages()
    for code, table in tables.items():
        _fill(builder, code, table)
    _fill_zones(builder)
    entries: dict[str, list[tuple[Names, Entry, int]]] = {}
    for name, entry in builder.names.items():
        entries.setdefault(name[0], []).append((name[1:], entry, 0))
    for name, entry in builder.names.items():
        if entry.kind in CLITIC_KINDS and len(name[0]) > 1:
            for word, clitic in _with_clitics(name[0], entry, tables):
                known = entries.setdefault(word, [])
                if all(rest != name[1:] for rest, _, _ in known):
                    known.append((name[1:], entry, clitic))
    for named in entries.values():
        named.sort(key=lambda item: -len(item[0]))
    relative = [table.get("relative", {}) for table in tables.values()]

    return Lexicon(
        entries=entries,
        triggers=_triggers(builder.names, tables),
        orders={code: order for code, table in tables.items() for code, order in _orders(code, table)},
        calendars={code: Calendar(table["calendar"]) for code, table in tables.items() if "calendar" in table},
        ordinal_suffixes=tuple(sorted({fold_name(s) for t in tables.values() for s in t.get("ordinal_suffixes", ())})),
        not_after=frozenset(fold_name(name) for table in relative for name in table.get("not_after", ())),
        definite_nouns=frozenset(
            fold_name(n) for table in relative for n in table.get("noun_when_definite_follows", ())
        ),
        definites=tuple(table["definite"] for table in relative if "definite" in table),
        not_before=frozenset(fold_name(name) for table in relative for name in table.get("not_before", ())),
    )


def _with_clitics(word: str, entry: Entry, tables: dict[str, dict[str, Any]]) -> list[tuple[str, int]]:
    """A word with each clitic of its languages, and how much of it the clitic is (none of a contraction)."""
    written: list[tuple[str, int]] = []
    for code in sorted(set().union(*entry.roles.values())):
        table = tables.get(code, {})
        written += [(clitic + word, len(clitic)) for clitic in table.get("clitics", ())]
        for short, full in table.get("contractions", {}).items():
            if word.startswith(full):
                written.append((short + word[len(full) :], 0))
    return written


def _triggers(names: dict[Names, Entry], tables: dict[str, dict[str, Any]]) -> dict[str, str]:
    common = {name[0] for name, entry in names.items() if len(name) == 1 and entry.kind in "OQAoch"}
    found: dict[str, set[str]] = {}
    for name, entry in names.items():
        telling = [piece for piece in name if len(piece) > 1 and piece.isalpha() and piece not in common]
        kinds = {kind for kind in (entry.kind, *entry.roles) if kind in TRIGGER_KINDS}
        word = (telling or name)[0]
        for written in (word, *(other for other, _ in _with_clitics(word, entry, tables))):
            found.setdefault(written, set()).update(kinds)
    return {word: "".join(sorted(kinds)) for word, kinds in found.items() if kinds}


def _orders(code: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    return [(code, table.get("order", "")), *table.get("orders", {}).items()]
