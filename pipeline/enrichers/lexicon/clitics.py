"""Decides which shorter words an Arabic word may be, once its particles, article and pronouns are taken off; not which it is."""

import re
from collections.abc import Iterator

ARTICLES = ("وبال", "وكال", "فبال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال")
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك", "س")
SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ات", "ون", "ين", "ان", "يه", "ه", "ي", "ا", "ت")
MIN_LETTERS = 3
"""What is left of a word has at least this many letters: shorter ones are mostly letters of the root."""

_ARTICLE = re.compile("|".join(ARTICLES)).match
_SUFFIXES_BY_END = {last: tuple(suffix for suffix in SUFFIXES if suffix[-1] == last) for last in set("".join(SUFFIXES))}


def article(word: str) -> str:
    """The particles and the article that a folded word begins with; '' when it has no article.

    >>> article("والاقتصاد"), article("والد")
    ('وال', '')
    """
    found = _ARTICLE(word)
    return found[0] if found and len(word) - found.end() >= MIN_LETTERS else ""


def bare_forms(word: str) -> Iterator[tuple[int, str]]:
    """What a folded word may be without particles, surest first, with the number of letters taken off its front.

    >>> list(bare_forms("وبسوريا"))
    [(1, 'بسوريا'), (2, 'سوريا'), (2, 'سوري')]
    """
    if not "\u0621" <= word[:1] <= "\u06d3":
        return
    starts = [len(article(word))]
    if not starts[0]:
        starts = [0]
        if word.startswith(CONJUNCTIONS) and len(word) > MIN_LETTERS:
            starts.append(1)
        last = starts[-1]
        if word[last:].startswith(PREPOSITIONS) and len(word) - last > MIN_LETTERS:
            starts.append(last + 1)
    for start in starts:
        if start:
            yield start, word[start:]
    rest = word[starts[-1] :]
    for suffix in _SUFFIXES_BY_END.get(rest[-1:], ()):
        if rest.endswith(suffix) and len(rest) - len(suffix) >= MIN_LETTERS:
            yield starts[-1], rest.removesuffix(suffix)
            return
