"""Decides which ending of an Arabic word is left out when words are compared: the light stem; it looks up no root.

The endings of light10 (Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval", 2007) and the pronouns
on nouns that it leaves out, each at most once, as long as three letters stay.
"""

from typing import Final

STEM_VERSION: Final = "1"

_PRONOUNS: Final = frozenset(["هما", "كما", "ها", "هم", "هن", "نا", "كم"])
_ENDINGS: Final = frozenset(["تين", "تان", "ات", "ان", "ون", "ين", "يه", "يا", "ه", "ي", "ت", "ا"])


def light_stem(word: str) -> str:
    """The light stem of a word without particles, in the match fold.

    >>> [light_stem(word) for word in ("مهندسين", "مهندسه", "مدارسهم", "صحافيا", "عين")]
    ['مهندس', 'مهندس', 'مدارس', 'صحاف', 'عين']
    """
    return _without(_without(word, _PRONOUNS), _ENDINGS)


def _without(word: str, endings: frozenset[str]) -> str:
    """A word without the longest of the endings that leaves three letters."""
    if word[-3:] in endings and len(word) > 5:
        return word[:-3]
    if word[-2:] in endings and len(word) > 4:
        return word[:-2]
    return word[:-1] if word[-1:] in endings and len(word) > 3 else word
