"""Decides where the tokens of a folded text begin and end and which class each has; not which tokens make a date.

Classes of names are those of `lexicon`. Classes of the rest:

    N all-numeric date   P compact date and time   t time of day   f two numbers with a dot, perhaps a time   z offset
    d number of one or two digits   y number of four digits   n other number   w other word   x other sign   ; new line
    and each of / - , . : ( ) | @ stands for itself
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pipeline.text.dates.lexicon import Entry, lexicon
from pipeline.text.dates.spelling import Spelled

# Words of these letters need no look at what they are glued to, and are most tokens: they come first.
_RIGHT_TO_LEFT: Final = "[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f]"
_PUNCTUATION: Final = frozenset("/-,.:()|@")


@dataclass(slots=True)
class Token:
    """A token: `start` and `end` in the folded text; `value` by class; `entry` for names; `word` as folded."""

    start: int
    end: int
    word: str
    value: Any = None
    entry: Entry | None = None


@cache
def _pattern() -> re.Pattern[str]:
    suffixes = "|".join(map(re.escape, lexicon().ordinal_suffixes))
    return re.compile(
        rf"""\ *(?:
        (?P<w>{_RIGHT_TO_LEFT}+)
        |(?P<N>(?<!\d)(?<!\d[./-])(?<![\w.]/)(?<![a-z])
            (?:\d{{4}}(?:-\d{{1,2}}-|/\d{{1,2}}/|\.\d{{1,2}}\.|\ ?/\ ?\d{{1,2}}\ ?/\ ?|\ ?-\ ?\d{{1,2}}\ ?-\ ?)\d{{1,2}}
              |\d{{1,2}}(?:-\d{{1,2}}-|/\d{{1,2}}/|\.\d{{1,2}}\.)(?:\d{{4}}|\d{{2}})
              |\d{{1,2}}(?:\ ?/\ ?\d{{1,2}}\ ?/\ ?|\ ?-\ ?\d{{1,2}}\ ?-\ ?)\d{{4}}
            )(?!\d|[./-]\d|/\w|(?!t\d)[a-z_]))
        |(?P<P>(?<![\w.])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:t?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:z(?!\w))?)?(?![\w.]))
        |(?P<T>(?<=\d)[t@]\d{{2}}:?\d{{2}}(?::?\d{{2}}(?:[.,]\d+)?)?(?!\d))
        |(?P<t>(?<!\d)(?<!\d[:.])\d{{1,2}}(?::\d{{1,2}}(?::\d{{2}}(?:[.,]\d{{1,9}})?)?(?![\d:])|\ ?[hس]\ ?\d{{2}}(?!\w)|h(?!\w)))
        |(?P<z>(?:gmt|utc)\ ?[+-]\ ?\d{{1,2}}(?::?\d{{2}})?(?!\d)|(?<=[\d\ (])(?:\+(?:0\d|1[0-4])|-(?:0\d|1[0-2])):?(?:00|15|30|45)(?!\d)|(?<=\d)z(?!\w))
        |(?P<n>[$€£\#]\ ?\d[\d.,]*|\d+(?:[.,]\d+)?\ ?[%٪]|\d{{1,3}}(?:[.,]\d{{3}})+(?!\d))
        |(?P<f>(?<![\d.,])\d{{1,2}}\.\d{{2}}(?![\d.]))
        |(?P<r>\d+[.,]\d{{1,2}}(?!\d)|\d+\.\d+)
        |(?P<o>(?<![\d.])\d{{1,2}}(?:{suffixes})(?!\w))
        |(?P<j>\d+(?!(?:am|pm|a\.m|p\.m|gmt|utc)\b)[a-z_]\w*|[a-z_]+\d\w*)
        |(?P<i>\d+)
        |(?P<v>[^\W\d_]+)
        |(?P<s>[^\s\w]|_|\n)
        )""",
        re.VERBOSE,
    )


def lex(spelled: Spelled, spans: Iterable[tuple[int, int]]) -> tuple[str, list[Token]]:
    """The tokens inside the spans of a folded text, in order, and their classes, one character a token.

    A new-line token stands between two spans, so that nothing is read across them.
    """
    text = spelled.text
    classes: list[str] = []
    tokens: list[Token] = []
    pattern = _pattern()
    names = ["", *pattern.groupindex]
    for first, last in spans:
        if tokens:
            classes.append(";")
            tokens.append(Token(first, first, "\n"))
        raw = [(names[at := m.lastindex or 0], *m.span(at)) for m in pattern.finditer(text, first, last)]
        _classify(spelled, raw, classes, tokens)
    return "".join(classes), tokens


def _classify(spelled: Spelled, raw: list[tuple[str, int, int]], classes: list[str], tokens: list[Token]) -> None:
    text, index, count = spelled.text, 0, len(raw)
    entries = lexicon().entries
    add_class, add = classes.append, tokens.append  # most tokens are words without a meaning here
    while index < count:
        group, start, end = raw[index]
        word = text[start:end]
        index += 1
        if group in ("w", "v"):
            named = entries.get(word)
            found = _longest(text, raw, index, named) if named is not None else None
            if found is None:
                add_class("w")
                add(Token(start, end, word))
                continue
            entry, used, clitic = found
            start += clitic
            index += used
            kind = entry.kind
            if kind in "Mmk" and entry.capitalised and not spelled.is_capitalised(start):
                kind = "k"
            elif kind == "Z" and group == "v" and used == 0 and not _is_abbreviation(spelled, start, end):
                kind = "w"  # et, tu, ist
            classes.append(kind)
            tokens.append(Token(start, raw[index - 1][2], text[start : raw[index - 1][2]], entry.value, entry))
        elif group == "i":
            size = end - start
            classes.append("d" if size <= 2 else "y" if size == 4 else "n")
            tokens.append(Token(start, end, word, int(word) if size <= 4 else None))
        elif group == "o":
            classes.append("d")
            tokens.append(Token(start, end, word, int(word[:2] if word[1:2].isdigit() else word[0])))
        elif group == "s":
            sign = ";" if word == "\n" else word if word in _PUNCTUATION else "x"
            if sign == "x" and word in entries:  # the Urdu sign of the year
                sign = entries[word][-1][1].kind
            classes.append(sign)
            tokens.append(Token(start, end, word, None, entries[word][-1][1] if word in entries else None))
        else:
            classes.append({"T": "t", "r": "n", "j": "x"}.get(group, group))
            tokens.append(Token(start, end, word))


def _is_abbreviation(spelled: Spelled, start: int, end: int) -> bool:
    return spelled.is_capitalised(start) and spelled.is_capitalised(end - 1)


def _longest(
    text: str, raw: list[tuple[str, int, int]], index: int, named: list[tuple[tuple[str, ...], Entry, int]]
) -> tuple[Entry, int, int] | None:
    """The longest name that begins with a word: its entry, the further tokens it takes, the length of its clitic."""
    if not named[0][0]:
        return named[0][1], 0, named[0][2]
    following = [text[first:last] for _, first, last in raw[index : index + len(named[0][0])]]
    for rest, entry, clitic in named:
        if list(rest) == following[: len(rest)]:
            return entry, len(rest), clitic
    return None
