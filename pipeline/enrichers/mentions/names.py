"""Decides how far the name of a person goes that begins at a place of an Arabic text, and of what parts it is made."""

from typing import Final, NamedTuple

from pipeline.enrichers.mentions.cuts import ALONE, ARTICLE, HYPHEN, letters_of
from pipeline.enrichers.mentions.lexicon import function_words
from pipeline.enrichers.mentions.scan import NEXT, NISBA, PART, SURE, TITLE, Scan
from pipeline.enrichers.mentions.words import is_common
from pipeline.text.remembered import Remembered
from pipeline.text.vocabulary import Strings

_MOST_WORDS = 6
_TOLD = TITLE | PART | SURE | ARTICLE | HYPHEN  # what makes of a word something else than it is by itself
_JOINS, _SONS = function_words("join"), function_words("son")
_TIMES, _RELATIVES = function_words("time"), function_words("relative")
_FIRST_HALVES = {second: function_words(second) for second in ("الله", "الدين")}
_OPENINGS = ("ال", "عبد", "وعبد", "لعبد")
_PRONOUNS = ("هم", "ها", "هما", "كم", "نا")


class Name(NamedTuple):
    """Words that read as one name: how many are sure parts, weak ones, with the article, in no list at all; `last` is the last of them."""

    start: int
    end: int
    last: int
    n_words: int
    n_sure: int
    n_weak: int
    n_surnames: int
    n_unknown: int
    has_son: bool

    @property
    def n_parts(self) -> int:
        return self.n_sure + self.n_weak + self.n_surnames + self.n_unknown


def read_name(scan: Scan, first: int, n_particles: int = 0) -> Name | None:
    """The name that begins with a word, behind its particles, as far as it goes; None when the word can be in none."""
    number, last = first, -1
    n_words = n_sure = n_weak = n_surnames = n_unknown = 0
    is_waiting = has_son = False  # a joining word waits for the part that it opens
    word, before = scan.word(first)[n_particles:], ""
    while word and n_words < _MOST_WORDS:
        kind = _kind(scan, number, 0 if n_words else n_particles, word, n_words, before)
        if word in _JOINS and (n_words or kind != "sure"):
            has_son |= word in _SONS
            is_waiting = True
        elif kind == "second" and before != "عبد":
            last = number
        elif kind or (is_waiting and _may_be_opened(scan, number, word)):
            if kind == "sure" or before == "عبد":
                n_sure += 1
            elif kind == "surname":
                n_surnames += 1
            elif kind == "unknown":
                n_unknown += 1
            else:
                n_weak += 1
            is_waiting, last = False, number
        else:
            break
        n_words, before = n_words + 1, word
        if scan.flags[number] & NEXT != NEXT:
            word = ""
            break
        number += 1
        word = scan.word(number)
    if last < 0 or word == "الله":  # a blessing: سلمان حفظه الله
        return None
    start, end = scan.starts[first] + n_particles, scan.starts[last] + len(scan.word(last))
    return Name(start, end, last, n_words, n_sure, n_weak, n_surnames, n_unknown, has_son)


def _may_be_opened(scan: Scan, number: int, word: str) -> bool:
    # but آل الشيخ, عبد الملك
    is_title = scan.flags[number] & TITLE and scan.joined.word_before(number) not in _OPENINGS
    return len(word) > 2 and not is_title and word not in _RELATIVES


def _kind(scan: Scan, number: int, n_particles: int, word: str, n_before: int, before: str) -> str | None:
    """What a word is as a part of a name: sure, weak, surname, unknown, or a second half; None when it ends the name."""
    flags = 0 if n_particles else scan.flags[number]
    if not (flags & _TOLD or n_particles):
        kind = _BY_ITSELF[word]
        if n_before and kind == "unknown":
            return None if word[0] == "و" or _is_joined(scan, scan.starts[number], word) else kind
        return kind if kind != "second" or before in _FIRST_HALVES[word] else None
    if flags & TITLE and not flags & PART:
        return None
    if word in _FIRST_HALVES:
        return "second" if before in _FIRST_HALVES[word] else None
    start = scan.starts[number] + n_particles
    part, place = scan.parts.get(start), scan.sure.get(start)
    if part is not None and scan.last[part] == number and scan.flags[number] & ALONE:
        return _known_kind(scan, number, word, scan.part_kind(part))
    if place is not None:
        is_surname = scan.is_nisba(place) and word.startswith("ال") and n_before in (1, 2) and not word.endswith("ه")
        return "surname" if is_surname and _is_last(scan, scan.last[place]) else None
    if flags & ARTICLE or (n_particles and scan.joined.begins_with_article(start)):
        is_surname = n_before > 0 and len(word) > 4 and not word.endswith("ه") and not flags & NISBA
        return "surname" if is_surname and not is_common(word) else None
    if n_before and flags & HYPHEN and "-" in (scan.text[start - 1], scan.text[start + len(word)]):
        return "unknown"  # كيم سي-يون
    if not _BY_ITSELF[word]:
        return None
    return None if n_before and (word[0] == "و" or _is_joined(scan, start, word)) else "unknown"


def may_be_further(word: str) -> bool:
    """Whether a name may go on with a word that is in no list."""
    if word in _JOINS or word in _FIRST_HALVES:
        return True
    if word.startswith("ال"):
        return not is_common(word)
    return _BY_ITSELF[word] == "unknown" and word[0] != "و"


def tell_further(forms: list[str], _: Strings) -> list[list[int]]:
    """The same of many forms, as a vocabulary asks it."""
    return [[may_be_further(letters_of(form)) for form in forms]]


def _kind_by_itself(word: str) -> str | None:
    """What a word is that is in no list, and has no article."""
    if word in _FIRST_HALVES:
        return "second"
    if len(word) < 3 or word[0] < "\u0600" or word.startswith("لل") or word.endswith(_PRONOUNS) or is_common(word):
        return None
    return "unknown"


_BY_ITSELF: Final = Remembered(_kind_by_itself)


def _known_kind(scan: Scan, number: int, word: str, kind: str) -> str | None:
    """The kind of a part in the list, where what follows does not make it something else: صباح أمس, فتح الباب."""
    if kind != "half" and word != "صباح":
        return kind
    after = scan.next_word(number)
    following = scan.word(after) if after >= 0 else ""
    if kind == "half":
        return "sure" if word in _FIRST_HALVES.get(following, ()) else None
    return None if following in _TIMES else kind


def _is_last(scan: Scan, number: int) -> bool:
    """Whether a nisba ends a name: محمد المصري قال, but not محمد المصري الدولي."""
    after = scan.next_to(number)
    return after < 0 or not scan.word(after).startswith("ال")


def _is_joined(scan: Scan, start: int, word: str) -> bool:
    """Whether a word is و, ل, ب… and a name or a place: the next item of a list, not the next part of a name."""
    return word[0] in "وفبلك" and (start + 1 in scan.parts or start + 1 in scan.sure)
