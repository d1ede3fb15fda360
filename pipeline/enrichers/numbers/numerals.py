"""Decides which value digits and number words have, in Arabic and English; not what is counted with them.

Arabic numbers are read as written (`مليار و200 مليون`, `خمسة وعشرين`, `ثلاثة عشر`), plurals of scales as lower bounds
(`عشرات الآلاف`: at least 10,000).
"""

import re
from functools import cache
from typing import Final, NamedTuple

from pipeline.enrichers.numbers.tables import table
from pipeline.enrichers.numbers.units import unit_at
from pipeline.text.arabic import fold

_LANGUAGES: Final = ("ar", "en")
_LONGEST: Final = 15  # digits: a double holds them exactly
_NEXT: Final = re.compile(r"[ -]?(و ?|and )?(?:([0-9][0-9.,٫٬]*)|([^\W\d_]+))")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:([.,٬'])[0-9]{3})(?:\1[0-9]{3})*(?:[.,٫][0-9]{1,2})?")
_RUN: Final = re.compile(r"[0-9]+(?:[.,٫٬'][0-9]+)*")
_TWO_WORDS: Final = re.compile(r"([^\W\d_]+)(?: [^\W\d_]+)?")
_DEFINITE_SCALE: Final = re.compile(r" ال(?:الف|مليون|مليار)(?![^\W\d_])")
_SIMPLE: Final = re.compile(r"[0-9]+(?:[.,٫][0-9]+)?")


class Word(NamedTuple):
    """What a number word is: `kind` as in `numerals.toml`, with an article or not, and how much of it are other clitics."""

    kind: str
    value: float
    is_definite: bool
    prefix: int


class Numeral(NamedTuple):
    """A number in a text; `is_definite`: with an article; `is_scaled`: with a scale word; `is_word`: begins with a word."""

    start: int
    end: int
    value: float
    is_vague: bool = False
    is_definite: bool = False
    is_scaled: bool = False
    is_word: bool = False


@cache
def words() -> dict[str, Word]:
    """Number words in the match fold, with and without clitics and article; names of two words have both."""
    found: dict[str, Word] = {}
    for language in _LANGUAGES:
        rows = table("numerals")[language]
        for kind in ("cardinals", "scales", "duals", "vague", "parts", "fractions"):
            for number, names in rows.get(kind, {}).items():
                for name in names:
                    _add(found, kind, float(number), fold(name), rows)
    return found


def _add(found: dict[str, Word], kind: str, value: float, name: str, rows: dict[str, list[str]]) -> None:
    for clitic in rows["clitics"] if kind != "fractions" else [""]:
        known = found.get(clitic + name)
        if known is None or (kind == "scales" and known.kind == "vague"):
            found[clitic + name] = Word(kind, value, False, len(clitic))
    for article in map(fold, rows["articles"]):
        found.setdefault(article + name, Word(kind, value, True, len(article) - (2 if article.endswith("ال") else 0)))


@cache
def ordinals() -> dict[str, int]:
    """Ordinal words in the match fold; Arabic ones with their article."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        rows = table("numerals")[language]
        for number, names in rows["ordinals"].items():
            for name in names:
                for article in map(fold, rows["articles"] or [""]):
                    found[article + fold(name)] = int(number)
    return found


@cache
def start_words() -> frozenset[str]:
    """The first words of numbers and ordinals."""
    return frozenset([*(w for w, word in words().items() if word.kind != "fractions"), *ordinals()])


@cache
def _vague() -> dict[str, float]:
    """Plurals of scales, with article: they are multiplied (`عشرات الآلاف`)."""
    found: dict[str, float] = {}
    for language in _LANGUAGES:
        for number, names in table("numerals")[language]["vague"].items():
            found |= {prefix + fold(name): float(number) for name in names for prefix in ("", "ال")}
    return found


def digits_value(text: str, is_measured: bool) -> tuple[float, int] | None:
    """The value of a run of digits and how much of the run it is; None when it is no number.

    Args:
        text: Digits with `.`, `,`, `٫`, `٬` between them.
        is_measured: A scale, sign or unit follows, so one separator before three digits may begin decimals.

    >>> digits_value("20,000", False), digits_value("1.6", True), digits_value("4,8", False), digits_value("1.250", True)
    ((20000.0, 6), (1.6, 3), (4.0, 1), (1.25, 5))
    """
    if text.isdigit():
        is_number = len(text) <= _LONGEST and not (text[0] == "0" and len(text) > 1)
        return (float(text), len(text)) if is_number else None
    match = _GROUPED.match(text)
    if match and not text.startswith("0") and not (match.end() < len(text) and text[match.end()].isdigit()):
        separator = match[1]
        is_group = separator != "." or match[0].count(".") > 1 or not is_measured
        if is_group:
            whole, decimals = match[0], ""
            tail = re.search(rf"[^0-9{re.escape(separator)}][0-9]+$", whole)
            if tail:
                whole, decimals = whole[: tail.start()], "." + whole[tail.start() + 1 :]
            return float(re.sub(r"[^0-9]", "", whole) + decimals), match.end()
    match = _SIMPLE.match(text)
    if match is None or len(match[0]) > _LONGEST:
        return None
    number = match[0]
    if "," in number and not is_measured:
        number = number[: number.index(",")]
    if number.startswith("0") and len(number) > 1 and number[1].isdigit():
        return None
    return float(number.replace(",", ".").replace("٫", ".")), len(number)


def read_numeral(text: str, start: int, limit: int) -> Numeral | None:
    """The number that begins at a place of a folded text with a digit or a number word; None when none does.

    Args:
        text: Folded.
        start: Where a run of digits or a word of `start_words` begins.
        limit: Where it must end at the latest: the next date, or the end of the text.
    """
    numeral = _read_digits(text, start, limit) if text[start].isdigit() else _read_words(text, start, limit)
    if numeral is not None and text.startswith(" and a half", numeral.end, limit) and not numeral.is_scaled:
        return numeral._replace(end=numeral.end + len(" and a half"), value=numeral.value + 0.5)
    return numeral


def _read_words(text: str, start: int, limit: int) -> Numeral | None:
    known, end = _word_at(text, start, limit)
    if known is None:
        return None
    if known.kind == "scales" and text[max(0, start - 2) : start - 1].isdigit():
        return None  # what is before it was no number (`3ر42 مليون`)
    start += known.prefix
    if known.kind == "vague" or text[start:end] in _vague():
        return _read_vague(text, start, end, limit, known)
    if known.kind == "parts":
        scale, scale_end = _following_scale(text, end, limit)
        return Numeral(start, scale_end, known.value * scale, is_scaled=True, is_word=True) if scale else None
    if known.kind in ("duals", "scales"):
        return _sum(text, start, end, limit, known.value, 0, known.is_definite, True)
    return _sum(text, start, end, limit, 0, known.value, known.is_definite, False)


def _read_digits(text: str, start: int, limit: int) -> Numeral | None:
    run = _RUN.match(text, start, limit)
    if run is None:
        return None
    end = run.end()
    scale, _ = _following_scale(text, end, limit)
    is_measured = bool(scale) or (not run[0].isdigit() and unit_at(text, end) is not None)
    read = digits_value(run[0], is_measured)
    if read is None:
        return None
    value, size = read
    if start + size < end:
        return Numeral(start, start + size, value)
    if not scale:
        return Numeral(start, end, value)
    return _sum(text, start, end, limit, 0, value, False, False)


def _word_at(text: str, start: int, limit: int) -> tuple[Word | None, int]:
    """The longest number word that begins at a place, and its end."""
    match = _TWO_WORDS.match(text, start, limit)
    if match is None:
        return None, start
    double = words().get(match[0])
    return (double, match.end()) if double else (words().get(match[1]), match.end(1))


def _following_scale(text: str, end: int, limit: int) -> tuple[float, int]:
    match = _NEXT.match(text, end, limit)
    if match is None or match[1] or not match[3]:
        return 0.0, end
    known = words().get(match[3])
    is_scale = known is not None and known.kind == "scales" and not known.prefix
    return (known.value, match.end()) if known and is_scale else (0.0, end)


def scale_at(text: str, end: int) -> tuple[float, int]:
    """The value of the scale word that stands at a place after a number, and its end; 0 when none does."""
    return _following_scale(text, end, len(text))


def _read_vague(text: str, start: int, end: int, limit: int, known: Word) -> Numeral:
    value = known.value
    while match := _NEXT.match(text, end, limit):
        word = match[3] or ""
        if word == "of" and (deeper := _NEXT.match(text, match.end(), limit)) and (deeper[3] or "") in _vague():
            match, word = deeper, deeper[3]
        if match[1] or word not in _vague() or _vague()[word] < 1000:
            break
        value *= _vague()[word]
        end = match.end()
    return Numeral(start, end, value, is_vague=True, is_definite=False, is_scaled=True, is_word=True)


def _sum(
    text: str, start: int, end: int, limit: int, total: float, current: float, definite: bool, scaled: bool
) -> Numeral:
    """The number that goes on after its first word: scales multiply what is before them, joined numbers are added."""
    scale = total
    while match := _NEXT.match(text, end, limit):
        joined, digits, word = match.groups()
        if digits:
            if not joined or (read := digits_value(digits, True)) is None:
                break
            factor, factor_end = _following_scale(text, match.start(2) + read[1], limit)
            if not total or not factor or factor >= scale:
                break
            total, scale, end, scaled = total + current + _times(read[0], factor), factor, factor_end, True
            current = 0
            continue
        known = words().get(word) or (words().get("و" + word) if joined else None)
        if known is None or (known.is_definite and not definite):
            break
        if known.kind == "fractions" or (joined and word == "نصف"):
            if not total or current:
                break
            total, end = total + scale * known.value, match.end()
            repeated = _DEFINITE_SCALE.match(text, end, limit)  # `مليون ونصف المليون`
            end = repeated.end() if repeated else end
            break
        is_joined = bool(joined) or (known.prefix == 1 and word[0] == "و") or match[0][0] == "-"
        if known.prefix > 0 and not is_joined:
            break
        if known.kind == "scales" and not is_joined and current:
            if total and known.value >= scale:
                break
            total, scale, current, scaled = total + _times(current, known.value), known.value, 0, True
        elif known.kind in ("duals", "scales") and is_joined and total and known.value < scale:
            total, scale, scaled = total + current + known.value, known.value, True
            current = 0
        elif known.kind == "cardinals" and (added := _joined(current, known.value, is_joined, word)) is not None:
            current = added
        else:
            break
        end = match.end()
    is_word = not text[start].isdigit()
    return Numeral(start, end, total + current, is_definite=definite, is_scaled=scaled, is_word=is_word)


def _times(number: float, scale: float) -> float:
    """The product as it is printed: 32.01 million is 32,010,000 and no part less."""
    return round(number * scale, 6)


def _joined(current: float, value: float, is_joined: bool, word: str) -> float | None:
    """A number below 1,000 with a further word, or None when they are no number together."""
    is_latin = word.isascii()
    if value == 100 and not is_joined and 2 <= current <= 9:
        return current * 100
    if value == 10 and not is_joined and not is_latin and 3 <= current % 100 <= 9:
        return current + 10
    if not (is_joined or is_latin):
        return None
    rest = current % 100
    if value >= 100:
        return current + value if current == 0 else None
    if value >= 20:
        fits = rest == 0 or (rest <= 9 and not is_latin)
    elif value >= 10:
        fits = rest == 0
    else:
        fits = current % 10 == 0 and rest != 10
    return current + value if fits else None
