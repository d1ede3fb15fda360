"""Decides whether a folded Arabic word is a common word, under the particles, endings and prefixes that Arabic writes onto words."""

from functools import lru_cache

from pipeline.enrichers.mentions.lexicon import common_words, function_words

_PARTICLES = ("و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وس", "فل", "لل", "ولل", "بال", "وال", "كال", "فال", "ال")
_ENDINGS = ("ها", "هم", "هما", "هن", "ه", "نا", "ي", "ات", "ين", "ون", "ان", "وا", "ت", "تها", "ته", "تهم", "ا", "ية")
_FUNCTION_WORDS = function_words("relative") | function_words("time")
_SHORTEST = 3


@lru_cache(maxsize=100_000)
def is_common(word: str) -> bool:
    """Whether a word, or what is left of it without what is written onto it, is a common word.

    >>> is_common("وبالحكومه"), is_common("زاخاروفا")
    (True, False)
    """
    known = common_words()
    if word in known or word in _FUNCTION_WORDS:
        return True
    if any(
        word.startswith(particle) and len(word) - len(particle) >= 2 and word[len(particle) :] in known
        for particle in _PARTICLES
    ):
        return True
    for ending in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST and (stem in known or stem + "ه" in known):
            return True
    return False
