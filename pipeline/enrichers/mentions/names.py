"""Decides how far the name of a person goes that begins at a place of an Arabic text, and of what parts it is made."""

from typing import NamedTuple

from pipeline.enrichers.mentions.lexicon import NISBAS, function_words
from pipeline.enrichers.mentions.scan import Scan
from pipeline.enrichers.mentions.words import is_common

_MOST_WORDS = 6
_JOINS, _SONS = function_words("join"), function_words("son")
_TIMES, _RELATIVES = function_words("time"), function_words("relative")
_FIRST_HALVES = {second: function_words(second) for second in ("الله", "الدين")}
_PRONOUNS = ("هم", "ها", "هما", "كم", "نا")


class Name(NamedTuple):
    """Words that read as one name: how many are sure parts, weak ones, with the article, in no list at all."""

    start: int
    end: int
    n_words: int
    n_sure: int
    n_weak: int
    n_surnames: int
    n_unknown: int
    has_son: bool

    @property
    def n_parts(self) -> int:
        return self.n_sure + self.n_weak + self.n_surnames + self.n_unknown


def read_name(scan: Scan, start: int) -> Name | None:
    """The name that begins at a place, as far as it goes; None when the word there can be none."""
    position, end = start, start
    n_words, before = 0, ""
    counts = {"sure": 0, "weak": 0, "surname": 0, "unknown": 0}
    is_waiting = has_son = False  # a joining word waits for the part that it opens
    word = scan.word(position)
    while word and n_words < _MOST_WORDS:
        kind = _kind(scan, position, word, n_words, before)
        if word in _JOINS and (n_words or kind != "sure"):
            has_son |= word in _SONS
            is_waiting = True
        elif kind == "second" and before != "عبد":
            end = position + len(word)
        elif kind or (is_waiting and _may_be_opened(scan, position, word)):
            counts["sure" if before == "عبد" else kind or "weak"] += 1
            is_waiting, end = False, position + len(word)
        else:
            break
        n_words, before = n_words + 1, word
        position = scan.next_word(position + len(word))
        word = scan.word(position) if position >= 0 else ""
    if end == start or word == "الله":  # a blessing: سلمان حفظه الله
        return None
    n_sure, n_weak, n_surnames, n_unknown = counts.values()
    return Name(start, end, n_words, n_sure, n_weak, n_surnames, n_unknown, has_son)


def _may_be_opened(scan: Scan, position: int, word: str) -> bool:
    # but آل الشيخ, عبد الملك
    is_title = position in scan.title_starts and scan.word_before(position) not in ("ال", "عبد", "وعبد", "لعبد")
    return len(word) > 2 and not is_title and word not in _RELATIVES


def _kind(scan: Scan, position: int, word: str, n_before: int, before: str) -> str | None:
    """What a word is as a part of a name: sure, weak, surname, unknown, or a second half; None when it ends the name."""
    if position in scan.title_starts and position not in scan.parts:
        return None
    if word in _FIRST_HALVES:
        return "second" if before in _FIRST_HALVES[word] else None
    end = position + len(word)
    place, part = scan.sure.get(position), scan.parts.get(position)
    if part and part[0] == end:
        return _known_kind(scan, end, word, part[1])
    if place and place[0] >= end:
        is_surname = place[1] == NISBAS and word.startswith("ال") and n_before in (1, 2) and not word.endswith("ه")
        return "surname" if is_surname and _is_last(scan, place[0]) else None
    if scan.has_article(position):
        is_surname = n_before > 0 and len(word) > 4 and not word.endswith("ه") and position not in scan.nisbas
        return "surname" if is_surname and not is_common(word) else None
    if n_before and "-" in (scan.text[position - 1], scan.text[end : end + 1]):
        return "unknown"  # كيم سي-يون
    if len(word) < 3 or word[0] < "\u0600" or word.startswith("لل") or word.endswith(_PRONOUNS) or is_common(word):
        return None
    return None if n_before and (word[0] == "و" or _is_joined(scan, position, word)) else "unknown"


def _known_kind(scan: Scan, end: int, word: str, kind: str) -> str | None:
    """The kind of a part in the list, where what follows does not make it something else: صباح أمس, فتح الباب."""
    if kind == "half":
        after = scan.next_word(end)
        return "sure" if after >= 0 and word in _FIRST_HALVES.get(scan.word(after), ()) else None
    if word == "صباح":
        after = scan.next_word(end)
        return None if after >= 0 and scan.word(after) in _TIMES else kind
    return kind


def _is_last(scan: Scan, end: int) -> bool:
    """Whether a nisba ends a name: محمد المصري قال, but not محمد المصري الدولي."""
    position = scan.next_word(end)
    return position < 0 or not scan.word(position).startswith("ال")


def _is_joined(scan: Scan, position: int, word: str) -> bool:
    """Whether a word is و, ل, ب… and a name or a place: the next item of a list, not the next part of a name."""
    return word[0] in "وفبلك" and (position + 1 in scan.parts or position + 1 in scan.sure)
