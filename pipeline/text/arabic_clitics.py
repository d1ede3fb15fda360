"""Decides which particles are written at the head of an Arabic word (و ف ب ل ك س and the article ال) and which word is left; it
does not see the sentence, so that a form with two readings gets the one that news has more often.

A particle is split off when the counts of news words say that what is left is a word, and that the whole is not: a form that takes
the article (الوزير), or و before its own و or ف, cannot begin with a particle. Accepted gap: particles inside names (بشار).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

CLITICS_VERSION: Final = "1"

_FOLDER: Final = Path(__file__).parent
_CONJUNCTIONS: Final = "وف"
_IMPERFECT: Final = "يتنا"
"""Letters that begin the verb after س; ا also begins nouns, and so must be the far more frequent word."""

# By particle: how often what is left must have been seen, and how often in relation to the whole. Calibrated on the tuned half
# of tests/eval/clitics.tsv and the 300 most frequent splits of each particle in the ANT corpus. ك is rare and begins names.
_LEAST: Final = {"و": 10, "ف": 20, "ب": 10, "ل": 10, "ك": 50, "س": 10}
_SHARE: Final = {"و": 0.02, "ف": 0.3, "ب": 0.03, "ل": 0.2, "ك": 3, "س": 0.5}
_LEAST_OF_TWO_LETTERS: Final = 50
_MORE_THAN_NOUNS: Final = 20
_ENOUGH_LETTERS: Final = 4  # of what is left, where nothing was ever seen


class Vocabulary(NamedTuple):
    """Words of news, folded, without the article: how often each was seen, and which cannot begin with a particle."""

    counts: dict[str, int]
    lexemes: frozenset[str]
    whole: frozenset[str]
    split: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words of `arabic_words.tsv` and the lists of `arabic_clitics.toml`."""
    lines = (_FOLDER / "arabic_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    lists = tomllib.loads((_FOLDER / "arabic_clitics.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        {word: int(count) for word, count, _ in rows},
        frozenset(word for word, _, lexeme in rows if lexeme == "1"),
        frozenset(lists["whole"].split()),
        frozenset(lists["split"].split()),
    )


def segment(word: str) -> tuple[str, ...]:
    """The particles of a word and, last, the word that is left.

    Args:
        word: in the match fold.

    >>> segment("وبالمدينه"), segment("للحكومه"), segment("وزير"), segment("سيكون")
    (('و', 'ب', 'ال', 'مدينه'), ('ل', 'ال', 'حكومه'), ('وزير',), ('س', 'يكون'))
    """
    return split_word(word, vocabulary())


def normal_form(word: str) -> str:
    """A word without its particles."""
    return segment(word)[-1] if word[0] in _HEADS else word


_HEADS: Final = frozenset("ا" + "".join(_LEAST))


def split_word(word: str, known: Vocabulary, after_conjunction: bool = False) -> tuple[str, ...]:
    """As `segment`, by the given vocabulary; after a conjunction there is no other."""
    head, rest = word[:1], word[1:]
    if len(word) < 3 or head not in _HEADS or word in known.whole:
        return (word,)
    if word == "لله":
        return ("ل", "الله")
    is_conjunction = head in _CONJUNCTIONS
    if is_conjunction and after_conjunction:
        return (word,)
    if word in known.split:
        return (head, *split_word(rest, known, True))
    if word in known.lexemes:
        return (word,)
    if head == "ا":
        return _without_article(word, known)
    if head == "ل" and rest[0] == "ل":
        return _after_double_lam(word, known)
    if rest.startswith("ال") and head not in "لس" and len(word) > 5:
        return (head, *split_word(rest, known, True))
    if head == "س" and rest[0] not in _IMPERFECT:
        return (word,)
    left = split_word(rest, known, True) if is_conjunction else (rest,)
    if len(left) > 1 or _is_word(head, word, rest, known):
        return (head, *left)
    return (word,)


def _without_article(word: str, known: Vocabulary) -> tuple[str, ...]:
    rest = word[2:]
    if word.startswith("ال") and (len(rest) > 2 or known.counts.get(rest, 0) >= _LEAST_OF_TWO_LETTERS):
        return ("ال", rest)
    return (word,)


def _after_double_lam(word: str, known: Vocabulary) -> tuple[str, ...]:
    """ل before the article, whose alef is not written; nor is a third ل (للجنة is ل, ال and لجنة)."""
    rest = word[2:]
    counts = known.counts
    if "ل" + rest in known.lexemes and counts.get("ل" + rest, 0) > counts.get(rest, 0):
        return ("ل", "ال", "ل" + rest)
    if len(rest) > 2 or counts.get(rest, 0) >= _LEAST_OF_TWO_LETTERS:
        return ("ل", "ال", rest)
    return (word,)


def _is_word(head: str, word: str, rest: str, known: Vocabulary) -> bool:
    """Whether what is left of a word was seen often enough, or could never have been seen."""
    seen, seen_whole = known.counts.get(rest, 0), known.counts.get(word, 0)
    if head == "س" and rest[0] == "ا":
        return seen >= _MORE_THAN_NOUNS * seen_whole + _LEAST[head]
    least = _LEAST[head] if len(rest) > 2 else _LEAST_OF_TWO_LETTERS
    if seen >= max(least, _SHARE[head] * seen_whole):
        return True
    if seen_whole or len(rest) < _ENOUGH_LETTERS:
        return False
    return rest[0] != "و" if head == "و" else head in "لس" and rest[0] in "يت"
