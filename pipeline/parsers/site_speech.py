"""Decides whether a paragraph is the site speaking to its reader (subscribe, sign in, rules, cookies); it does not decide where it stands.

Its words are data: `site` in `cues/*.toml` names what a site deals in with its readers, `reader` how it addresses them. News uses
each of these words too; it is their number in one short paragraph that tells.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.parsers.cues import folded_phrases

MAX_WORDS: Final = 120
_KEY: Final = 3  # letters by which stems are looked up
_STRIP: Final = ".,;:!?،؛؟…()[]{}«»\"'“”‘’–—-•*۔"


@dataclass(frozen=True, slots=True)
class _Words:
    words: frozenset[str]
    stems: dict[str, tuple[str, ...]]  # by their first letters
    phrases: dict[str, tuple[str, ...]]  # of several words, by the first
    reader: frozenset[str]
    keys: frozenset[str]  # the first letters of all of them


@cache
def _words() -> _Words:
    words: set[str] = set()
    stems: dict[str, set[str]] = {}
    phrases: dict[str, set[str]] = {}
    for entry in folded_phrases()["site"]:
        stem = entry.rstrip("*")
        if " " in stem:
            phrases.setdefault(stem.partition(" ")[0], set()).add(stem)
        elif stem != entry:
            stems.setdefault(stem[:_KEY], set()).add(stem)
        else:
            words.add(entry)
    by_stem, by_phrase = ({key: tuple(sorted(found)) for key, found in table.items()} for table in (stems, phrases))
    reader = frozenset(folded_phrases()["reader"])
    keys = frozenset(word[:_KEY] for word in (*words, *stems, *phrases, *reader))
    return _Words(frozenset(words), by_stem, by_phrase, reader, keys)


def site_words(folded: str, pieces: list[str]) -> tuple[set[str], int]:
    """The distinct words of a folded text that a site uses of its own dealings, and how often it addresses its reader.

    Args:
        folded: the text in the match fold.
        pieces: what stands between its spaces.
    """
    table = _words()
    keys = table.keys
    found: set[str] = set()
    addressed = 0
    # nearly all words begin with other letters
    for raw in [raw for raw in pieces if (key := raw[:_KEY]) in keys or not key.isalnum()]:
        word = raw.strip(_STRIP)
        addressed += word in table.reader
        if word in table.words:
            found.add(word)
        elif (stems := table.stems.get(word[:_KEY])) and (stem := next(filter(word.startswith, stems), None)):
            found.add(stem)
        if (phrases := table.phrases.get(word)) and (phrase := next((p for p in phrases if p in folded), None)):
            found.add(phrase)
    return found, addressed


MIN_SHARE: Final = (
    0.1  # of a line's words that are the site's own; no paragraph of 31,000 of SaudiNewsNet and ANT Corpus has it
)
MIN_ADDRESSED_SHARE: Final = 0.2
MIN_WORDS: Final = 4


def is_site_speech(n_site: int, n_reader: int, n_words: int) -> bool:
    """Whether so many words of the site and of address make a line of this length the site's.

    >>> is_site_speech(2, 1, 14), is_site_speech(1, 1, 14), is_site_speech(1, 2, 9)
    (True, False, True)
    """
    share = (n_site + n_reader) / n_words
    if n_site >= 2:
        return share >= MIN_SHARE
    return n_site == 1 and n_reader >= 1 and n_words >= MIN_WORDS and share >= MIN_ADDRESSED_SHARE
