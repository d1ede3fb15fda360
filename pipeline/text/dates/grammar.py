"""Decides which tokens make a date expression and what they state; it does not decide which day that is (`resolution`).

Each form is a pattern over token classes (see `lexicon` and `lexer`), so a form is written once for all languages. Of forms that
overlap the one with the most tokens is read. A weekday, a time of day and a zone beside the date belong to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.text.dates.lexer import Token
from pipeline.text.dates.lexicon import lexicon

_MONTH: Final = r"(?P<m>[Mmk])(?:\.(?=[dy,/-]))?(?:[(/-]?(?P<u>[Mmk])\)?)?"
_PLAIN_MONTH: Final = r"(?P<m>[Mm])(?:\.(?=d))?(?:[(/-]?(?P<u>[Mmk])\)?)?"
_YEAR_GAP: Final = r"(?:\.,?|[,/-]{0,2}[OV,]{0,3})"
_ERA: Final = r"(?:\(?(?P<e>[Ee])(?P<e2>E)?\)?)?(?P<b>B)?"

FORMS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("compact", "(?P<p>P)"),
        ("numeric", rf"(?P<n>N){_ERA}"),
        ("day", rf"(?P<d>[do])[.,/-]?[OS]{{0,2}}{_MONTH}{_YEAR_GAP}(?P<y>y)(?![/-][dy]){_ERA}"),
        ("day", rf"{_MONTH}[-/]?(?P<d>d)[.,/-]{{0,2}}O?(?P<y>y){_ERA}"),
        ("day", rf"(?P<y>y)[.,/-]?{_MONTH}[-/.,]?(?P<d>d)(?!:)"),
        ("day", rf"(?<=[tZz])(?P<y>y)(?P<w>W),?(?P<d>d){_PLAIN_MONTH}(?![.,/-]?[OV]?[yd])"),
        ("day", rf"{_MONTH}(?P<d>d),?(?P<t>t)(?P<z>[Zz])?,?(?P<y>y)"),
        ("day", r"(?P<d>d)-(?P<m>[Mmk])-(?P<y2>d)(?!-)"),
        ("day", r"(?P<w>W),?(?P<d>d)(?P<m>[Mmk])(?P<y2>d)(?=t)"),
        ("month", rf"(?<![Mmk][/(-]){_MONTH}{_YEAR_GAP}(?P<y>y)(?![/-][dy]){_ERA}"),
        ("yearless", rf"(?P<d>[do])[.,/-]?[OS]{{0,2}}{_PLAIN_MONTH}(?:(?:O?(?P<v>V))?(?P<l>[LXC]))?"),
        ("yearless", rf"{_PLAIN_MONTH}(?P<d>d)(?![:.,/-]?[dyntNf])"),
        ("in_month", r"(?P<d>[do])O?(?:(?P<s>S)(?P<l>[LXC])|(?P<l2>C))"),
        ("in_month", r"(?P<d>[do])O?(?P<l>[LXC])(?P<s>S)"),
        ("month_relative", rf"{_PLAIN_MONTH}(?:O?(?P<v>V))?(?P<l>[LXC])"),
        ("month_relative", r"(?P<l>[LXC])(?P<m>[Mm])(?!d)"),
        ("month_relative", r"(?<=[OQSAp])(?P<m>M)(?:[(/-]?(?P<u>[Mmk])\)?)?(?![dy])"),
        ("month_relative", r"(?<=[OQSA])(?P<m>m)[(/-](?P<u>[Mmk])\)?"),
        ("month_relative", r"(?P<m>[Mm])[(/](?P<u>[Mmk])\)?"),
        ("period", r"(?P<s>[SV])(?P<l>[LXC])"),
        ("period", r"(?P<l>[LXC])(?P<s>[SV])"),
        ("year", rf"(?P<v>V)[,(]?(?P<y>y)(?![/-]?[dyn]){_ERA}"),
        ("year", r"(?P<y>y)Y"),
        ("year", r"(?P<y>y)(?P<e>E)"),
        ("ago", r"(?P<a>A)(?P<g>a)?(?P<c>[dcny])?(?P<s>[USVH])(?!O?[yMmk])"),
        ("ago", r"(?P<g>a)?(?P<c>[dcny])?(?P<s>[USVH])(?P<a>[ALMmk])"),
        ("relative", r"p?(?P<r>R)(?:[(,]?[UD]?(?P<w>W)\)?)?"),
        ("weekday", r"(?:U|D|p)(?P<w>W)(?P<l>[LX])?"),
        ("weekday", r"(?P<w>W)(?P<l>[LX])"),
        ("weekday", r"(?P<l>[LX])(?P<w>W)"),
    )
)

_TIME: Final = (
    r"(?:(?:(?P<z3>Z)(?=t))?H{0,2}(?:(?P<t>[tT])J?(?P<p>[pe])?|(?P<f>f)(?P<p1>[pJ]|(?=Z))|(?P<h>[dh])(?P<q>F)?O?(?P<p2>p))"
    r"|H(?P<h3>[dh])(?P<q3>F)?(?P<p3>[pe])?(?![./:-]?[dyMmk])|H(?P<f3>f))"
)
_ZONE: Final = r"[(,-]?(?P<z>[Zz])(?!t)\)?"
_BEFORE: Final = re.compile(rf"(?:{_TIME}(?:{_ZONE})?[,|O(-]{{0,2}})?(?:[UDp]?(?P<w>W)[,.:|()/-]{{0,2}}O{{0,2}})?\Z")
_AFTER: Final = re.compile(
    rf"(?:[,|(/-]{{0,2}}U?(?P<w>W)\)?)?(?:[,|@(.O:x-]{{0,3}}{_TIME})?(?:{_ZONE})?(?:[,(|-]?(?P<w2>W)\)?)?"
)
TIME: Final = re.compile(rf"{_TIME}(?:{_ZONE})?")
BETWEEN_CALENDARS: Final = re.compile(r"[,|(/:)x.=-]{0,3}[KOUDW]{0,3}[,|(/:)x-]{0,2}")


@dataclass(slots=True)
class Clock:
    """A time of day as tokens: `time` is `hh:mm…`, two numbers with a dot, or an hour; `part` is the part of the day."""

    time: Token
    part: str | None
    fraction: int
    zone: Token | None
    has_hour_word: bool


@dataclass(slots=True)
class Reading:
    """A date expression: token indexes `first` to `last` (exclusive), its form and the tokens that fill the form.

    `is_near`: a weekday or a word such as `اليوم` before it says that the day is one of these days.
    """

    form: str
    first: int
    last: int
    parts: dict[str, Token]
    clock: Clock | None = None
    zone: Token | None = None
    weekday: int | None = None
    is_near: bool = False


def clock_of(match: re.Match[str], tokens: list[Token], offset: int) -> Clock | None:
    """The time of day in a match of a pattern that contains the time of day; None when it matched none that is one."""
    found = {name: tokens[offset + match.start(name)] for name, text in match.groupdict().items() if text}
    time = next((found[name] for name in ("t", "f", "h", "h3", "f3") if name in found), None)
    if time is None:
        return None
    part = next((found[name] for name in ("p", "p1", "p2", "p3") if name in found), None)
    part_value = part.value if part else None
    if isinstance(part_value, dict):
        part_value = part_value["p"]
    fraction = found.get("q") or found.get("q3")
    span = match.string[match.start() : match.end()]
    spoken = "H" in span
    return Clock(time, part_value, fraction.value if fraction else 0, found.get("z3") or found.get("z"), spoken)


def readings(classes: str, tokens: list[Token], relative: bool) -> list[Reading]:
    """The date expressions among tokens, in order, without overlaps.

    Args:
        classes: One class a token.
        tokens: The tokens.
        relative: Whether forms that need an anchor are wanted.
    """
    found = [reading for reading in _candidates(classes, tokens) if relative or reading.form not in RELATIVE_FORMS]
    found.sort(key=lambda reading: (reading.first - reading.last, reading.first))
    taken: list[Reading] = []
    used = bytearray(len(classes))
    for reading in found:
        if not any(used[reading.first : reading.last]):
            used[reading.first : reading.last] = b"\1" * (reading.last - reading.first)
            taken.append(reading)
    taken.sort(key=lambda reading: reading.first)
    taken = _led(taken, classes)
    limit = 0
    for index, reading in enumerate(taken):
        following = taken[index + 1].first if index + 1 < len(taken) else len(classes)
        _attach(reading, classes, tokens, limit, following)
        limit = reading.last
    return taken


_LEAD_GAP: Final = re.compile(r"[,.:|()/-]{0,2}[KO]{0,2}")
DAY_FORMS: Final = frozenset({"compact", "numeric", "day", "yearless", "in_month"})
RELATIVE_FORMS: Final = frozenset({"yearless", "in_month", "month_relative", "period", "ago", "relative", "weekday"})


def _led(taken: list[Reading], classes: str) -> list[Reading]:
    """Readings with the weekday or day word that stands before a day joined to it: `اليوم الخميس 2 يناير`."""
    joined: list[Reading] = []
    for reading in taken:
        lead = joined[-1] if joined else None
        if (
            lead is not None
            and lead.form in ("relative", "weekday")
            and "l" not in lead.parts
            and reading.form in DAY_FORMS
            and _LEAD_GAP.fullmatch(classes, lead.last, reading.first)
        ):
            joined.pop()
            reading.first, reading.is_near = lead.first, True
            reading.weekday = lead.weekday if reading.weekday is None else reading.weekday
        joined.append(reading)
    return joined


@lru_cache(maxsize=1 << 12)
def _first_matches(classes: str) -> tuple[tuple[str, re.Pattern[str], re.Match[str]], ...]:
    """The forms that classes hold, with their first matches: lines of one template have the same classes."""
    return tuple((form, pattern, match) for form, pattern in FORMS if (match := pattern.search(classes)))


def _candidates(classes: str, tokens: list[Token]) -> Iterator[Reading]:
    for form, pattern, first in _first_matches(classes):
        match: re.Match[str] | None = first
        while match:
            position = match.start() + 1
            parts = {name: tokens[match.start(name)] for name, text in match.groupdict().items() if text}
            reading = Reading(form, match.start(), match.end(), parts)
            if _accepts(reading, classes, tokens):
                if "w" in parts:
                    reading.weekday = parts["w"].value
                yield reading
                position = match.end()
            match = pattern.search(classes, position)


def _accepts(reading: Reading, classes: str, tokens: list[Token]) -> bool:
    """The conditions of a form that classes alone do not express."""
    parts, first, last = reading.parts, reading.first, reading.last
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if "m" in parts and "u" in parts and not set(parts["m"].value) & set(parts["u"].value):
        return False
    match reading.form:
        case "numeric" | "compact":
            return not _glued(reading, classes, tokens)
        case "yearless":
            if before is not None and before.entry is not None and "names_things" in before.entry.roles:
                return False
            month_first = tokens[first] is parts["m"]
            return not month_first or "en" in _languages(parts["m"])
        case "year":
            return "v" not in parts or parts["v"].entry is None or "year_cue" in parts["v"].entry.roles
        case "ago":
            return _is_ago(parts, after)
        case "period":
            noun = parts["s"].entry
            return noun is not None and "period" in noun.roles and _side_agrees(parts, "s")
        case "month_relative":
            return _side_agrees(parts, "m") if "l" in parts else "u" in parts or _is_cue(before)
        case "weekday":
            cue = tokens[first]
            if "l" in parts:
                return _side_agrees(parts, "w")
            return cue.entry is not None and (bool({"weekday_cue", "p"} & cue.entry.roles.keys()))
        case "relative":
            return _is_day_word(parts, before, after, classes, last)
    return True


def _glued(reading: Reading, classes: str, tokens: list[Token]) -> bool:
    """A number that a sign ties to something else: `v-1.2.2024`, `$10/11/2024`."""
    first = reading.first
    return first > 0 and classes[first - 1] == "@" and tokens[first - 1].end == tokens[first].start


def _languages(token: Token) -> set[str]:
    return set().union(*token.entry.roles.values()) if token.entry else set()


def _is_cue(token: Token | None) -> bool:
    return token is not None and token.entry is not None and bool({"cue", "p"} & token.entry.roles.keys())


def _side_agrees(parts: dict[str, Token], noun: str) -> bool:
    """Whether `last` and its like stand on the side of the noun where the noun's language puts them."""
    modifier, named = parts["l"], parts[noun]
    if modifier.entry is None or named.entry is None:
        return False
    side = "before" if modifier.start < named.start else "after"
    return bool(modifier.entry.roles.get(side, set()) & _languages(named))


def _is_ago(parts: dict[str, Token], after: Token | None) -> bool:
    ago, unit, count = parts["a"], parts["s"], parts.get("c")
    if ago.entry is None or unit.entry is None:
        return False
    role = "ago_before" if ago.start < unit.start else "ago_after"
    if not isinstance(unit.value, tuple):
        return False
    if not ago.entry.roles.get(role, set()) & _languages(unit):
        return False
    if count is None and role == "ago_after" and "with_article" not in unit.entry.roles:
        return False
    if count is None and unit.word.startswith(lexicon().definites):
        return False
    return not (role == "ago_before" and after is not None and after.word in lexicon().not_before)


def _is_day_word(parts: dict[str, Token], before: Token | None, after: Token | None, classes: str, last: int) -> bool:
    """Whether a word such as `اليوم` means the day itself, and is no noun (`اليوم العالمي`, `في ذلك اليوم`)."""
    known, word = lexicon(), parts["r"].word
    if "w" in parts or word not in known.definite_nouns:
        return True
    if before is not None and before.word in known.not_after:
        return False
    return not (after is not None and classes[last] in "woEhc" and after.word.startswith(known.definites))


def _attach(reading: Reading, classes: str, tokens: list[Token], limit: int, following: int) -> None:
    """Widen a reading by the weekday, time and zone that stand beside it."""
    if reading.form in ("period", "ago", "year", "month", "month_relative"):
        return
    if after := _AFTER.match(classes, reading.last, following):
        _take(reading, after, tokens, 0)
    start = max(limit, reading.first - 14)
    if before := _BEFORE.search(classes[start : reading.first]):
        _take(reading, before, tokens, start)


def _take(reading: Reading, match: re.Match[str], tokens: list[Token], offset: int) -> None:
    groups = match.groupdict()
    clock = clock_of(match, tokens, offset)
    names = [name for name in ("w", "w2", "z") if groups.get(name)]
    if not names and clock is None:
        return
    if reading.form in ("relative", "weekday") and clock is None and offset == 0 and reading.weekday is not None:
        return
    first, last = offset + match.start(), offset + match.end()
    reading.first, reading.last = min(reading.first, first), max(reading.last, last)
    if clock is not None and reading.clock is None:
        reading.clock = clock
    if groups.get("z") and reading.zone is None:
        reading.zone = tokens[offset + match.start("z")]
    for name in ("w", "w2"):
        if groups.get(name) and reading.weekday is None:
            reading.weekday = tokens[offset + match.start(name)].value
