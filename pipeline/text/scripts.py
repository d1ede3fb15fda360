"""Decides which scripts a text is written in; it does not decide in which language."""

import re
from functools import cache
from typing import Final

import regex

OTHER_SCRIPT: Final = "Zzzz"

# ISO 15924 code -> Unicode script name. Arabic and Latin lead because what is matched first need not be scanned again.
_SCRIPTS: Final = {
    "Arab": "Arabic",
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Hebr": "Hebrew",
    "Grek": "Greek",
    "Deva": "Devanagari",
    "Hani": "Han",
    "Hira": "Hiragana",
    "Kana": "Katakana",
    "Hang": "Hangul",
    "Armn": "Armenian",
    "Beng": "Bengali",
    "Ethi": "Ethiopic",
    "Geor": "Georgian",
    "Syrc": "Syriac",
    "Taml": "Tamil",
    "Tfng": "Tifinagh",
    "Thaa": "Thaana",
    "Thai": "Thai",
}
_LETTER: Final = re.compile(r"[^\W\d_]")


@cache
def script_letters() -> dict[str, re.Pattern[str]]:
    """Compile, for each script, a pattern of its runs of letters.

    The sets come from the Unicode tables of ``regex``; the patterns are those of ``re``, which matches them three times faster
    as long as no set leaves the Basic Multilingual Plane.
    """
    plane = "".join(map(chr, range(0x10000)))
    named = "".join(rf"\p{{{name}}}" for name in _SCRIPTS.values())
    sets = {code: rf"[\p{{{name}}}&&\p{{L}}]+" for code, name in _SCRIPTS.items()} | {
        OTHER_SCRIPT: rf"[\p{{L}}--[{named}]]+"
    }
    return {
        code: re.compile(f"[{''.join(f'{run[0]}-{run[-1]}' for run in regex.findall(letters, plane, regex.V1))}]+")
        for code, letters in sets.items()
    }


def script_shares(text: str) -> dict[str, float]:
    """Measure which scripts the letters of a text belong to.

    Args:
        text: Any text. Marks, digits, punctuation and symbols do not count. Accepted gap: nor do letters beyond the Basic
            Multilingual Plane (rare Han, historic scripts, mathematical alphabets).

    Returns:
        Share of the letters (0 < share <= 1, summing to 1) by ISO 15924 code, largest first; ``Zzzz`` gathers the scripts that
        are not in the table. Empty when the text has no letters.

    >>> script_shares("خبر CNN")
    {'Arab': 0.5, 'Latn': 0.5}
    """
    counts: dict[str, int] = {}
    for code, letters in script_letters().items():
        rest = letters.sub("", text)
        if len(rest) < len(text):
            counts[code] = len(text) - len(rest)
            text = rest
            if not _LETTER.search(text):
                break
    total = sum(counts.values())
    return {code: count / total for code, count in sorted(counts.items(), key=lambda item: -item[1])}
