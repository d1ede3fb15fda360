"""Decides what counts as a word, a sentence and a paragraph; it does not say what they mean."""

import re
from collections.abc import Iterable

import regex

TOKENIZER = "warraq-words-1"


def _word_pattern() -> re.Pattern[str]:
    """Runs of letters, marks and digits, with single apostrophes and tatweels inside.

    Python's \\w leaves out combining marks. The set comes from the Unicode tables of `regex`; as a plain set of characters in
    `re` it matches three times faster, as long as it does not leave the Basic Multilingual Plane. Accepted gap: letters beyond.
    """
    plane = "".join(map(chr, range(0x10000)))
    runs = regex.findall(r"[\p{L}\p{M}\p{N}]+", plane)
    letters = "[" + "".join(f"{run[0]}-{run[-1]}" for run in runs) + "]+"
    return re.compile(f"{letters}(?:['’ـ]{letters})*")


WORD = _word_pattern()
_SENTENCE_END = regex.compile(r"[.!?؟۔…]+[\"'»”’)\]]*(?=\s|$)|\n+")
_NOT_AN_END = regex.compile(r"(?:^|[\s(])(?:\p{L}|أ\.د|Mr|Mrs|Dr|St|No|U\.S|U\.N)\.$")


def count_words(text: str) -> int:
    """Number of maximal runs of letters, marks and digits.

    >>> count_words("توافق مُرض، 10 آلاف")
    4
    """
    return len(WORD.findall(text))


def words(text: str) -> list[str]:
    """Those runs.

    >>> words("قال: نعم")
    ['قال', 'نعم']
    """
    return list(WORD.findall(text))


def word_spans(text: str) -> list[tuple[int, int]]:
    """The spans of those runs.

    >>> word_spans("قال: نعم")
    [(0, 3), (5, 8)]
    """
    return [match.span() for match in WORD.finditer(text)]


# `1,200`, `10/11/2024`, `2 - 1`, `10:30`: signs without space join, of `-` and `/` also with one.
_DIGITS = re.compile(r"[0-9]+(?:(?:[.,:٫٬']| ?[-/–—] ?)[0-9]+)*")


def digit_runs(text: str) -> list[tuple[int, int]]:
    """The spans of the runs of digits of a folded text, with the signs that join them.

    >>> digit_runs("من 1,200 الى 2 - 1")
    [(3, 8), (13, 18)]
    """
    # Looking for each digit by itself costs a third of one search for all of them: most letters are none.
    places = []
    for digit in "0123456789":
        place = text.find(digit)
        while place >= 0:
            places.append(place)
            place = text.find(digit, place + 1)
    places.sort()
    return runs_from(text, places)


def runs_from(text: str, places: Iterable[int]) -> list[tuple[int, int]]:
    """The same, of a text of which the places of the digits are known, in order: of each of them or of the first of several together."""
    runs = []
    end = 0
    for place in places:
        if place >= end and (run := _DIGITS.match(text, place)):
            runs.append(run.span())
            end = run.end()
    return runs


def count_sentences(text: str) -> int:
    """Number of sentences: a line break always ends one; an initial or an abbreviation never does."""
    count, start = 0, 0
    for match in _SENTENCE_END.finditer(text):
        chunk = text[start : match.end()]
        if "\n" not in match[0] and _NOT_AN_END.search(chunk):
            continue
        count += bool(chunk.strip())
        start = match.end()
    return count + bool(text[start:].strip())


def count_paragraphs(text: str) -> int:
    """Number of non-blank lines."""
    return sum(1 for line in text.split("\n") if line.strip())
