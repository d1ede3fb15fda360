"""Decides where an Arabic text names a person: after a title, or where parts of names that are known follow one another."""

from collections.abc import Iterator

import numpy as np

from pipeline.enrichers.mentions.candidates import Candidate, by_rule
from pipeline.enrichers.mentions.cuts import ARTICLE, GAPS, HYPHEN, letters_of
from pipeline.enrichers.mentions.lexicon import function_words
from pipeline.enrichers.mentions.names import Name, read_name, tell_further
from pipeline.enrichers.mentions.scan import NEXT, NISBA, PART, SURE, TITLE, Scan
from pipeline.enrichers.mentions.words import is_common
from pipeline.text.vocabulary import Strings

_RELATIVES, _SAYS, _JOINS = map(function_words, ("relative", "say", "join"))
_DESCRIBED = function_words("described")
_NO_LAST_NAMES = _DESCRIBED | _RELATIVES | function_words("time")
_CLOSES = ("", ",", "،", ".", "\n", ")", "؛", ":")
_VERBAL = frozenset("وفبلكسيتن")  # what verbs and words with particles begin with
_MOST_COMPLEMENT = 9  # words between an office and its holder
_MOST_DESCRIPTION = 4  # words between a title and the name


def find_people(scan: Scan) -> Iterator[Candidate]:
    """Candidates for people, those after a title first."""
    seen: dict[int, int] = {}
    for title in scan.titles:
        last, kind = scan.last[title], scan.kinds.title[scan.kind[title]]
        name = _after_office(scan, last) if kind == "office" else _after_title(scan, last, kind == "direct")
        if name and name.start not in seen:
            seen[name.start] = name.end
            yield _candidate(name, "title_cue", f"title {scan.form(title)}")
    for nisba in scan.nisbas.values():
        name = _of_a_nationality(scan, nisba)
        if name and name.start not in seen:
            seen[name.start] = name.end
            yield _candidate(name, "title_cue", f"nisba {scan.form(nisba)}")
    until = -1
    for start in sorted({*_openings(scan), *(seen.keys() & scan.parts.keys())}):
        if start in seen:
            until = seen[start]
        elif start >= until and (name := _in_a_row(scan, scan.parts[start])):
            until = name.end
            yield _candidate(name, "name_run", "names")


def _openings(scan: Scan) -> Iterator[int]:
    """Places of the parts with which a name may begin that needs no title, cheaply: those beside a word that may be part of it."""
    joined, flags = scan.joined, scan.word_flags
    parts = np.fromiter(scan.parts.values(), np.int64, len(scan.parts))
    first, last, place = (column[parts] for column in scan.hits[:3])
    before, after = first - 1, first + 1
    may_go_on = (joined.of_forms(tell_further, after)[0] > 0) | (flags[after] & (PART | NISBA | HYPHEN) > 0)
    is_given = (joined.of_forms(_tell_given, before)[0] > 0) & (flags[before] & (SURE | TITLE | ARTICLE) == 0)
    is_followed = flags[first] & NEXT == NEXT
    goes_on, is_last = is_followed & (may_go_on | (last > first)), is_given & (place == joined.start[first])
    told = (column.tolist() for column in (parts, place, is_followed, goes_on, is_last))
    for part, start, follows, goes, ends in zip(*told, strict=True):
        kind = scan.part_kind(part)
        if (goes and kind != "surname") or (ends and kind == "sure") or (follows and scan.form(part) in _JOINS):
            yield start


def _in_a_row(scan: Scan, part: int) -> Name | None:
    """The name that begins with a part, or with the word before a last name."""
    first, kind = scan.first[part], scan.part_kind(part)
    is_in_a_row = scan.text[scan.end[part]] in GAPS
    name = read_name(scan, first, scan.place[part] - scan.starts[first]) if is_in_a_row else None
    if kind == "sure" and (name is None or name.n_words == 1):
        given = _given_name_before(scan, first, scan.place[part])
        name = read_name(scan, given) if given >= 0 else None
    return name if name and _stands_alone(name) else None


def _candidate(name: Name, method: str, rule: str) -> Candidate:
    return name.start, name.end, by_rule("PER", method, rule)


def _given_name_before(scan: Scan, number: int, start: int) -> int:
    """The word before a known last name when that is in no list and no common word; else -1."""
    if start > scan.starts[number]:
        return -1
    word = scan.joined.word_before(number)
    if not _may_be_given(word) or scan.flags[number - 1] & (SURE | TITLE | ARTICLE):
        return -1
    first = scan.starts[number - 1]
    has_particle = any(first + n in scan.parts or first + n in scan.sure for n in (1, 2))
    return -1 if has_particle else number - 1


def _may_be_given(word: str) -> bool:
    """Whether a word that is in no list may be a given name: not a common word, nor one with the ending of a verb."""
    if len(word) < 4 or word.startswith(("و", "ف")) or word.endswith(("ت", "ه")) or word[0] < "\u0600":
        return False
    return not is_common(word)


def _tell_given(forms: list[str], _: Strings) -> list[list[int]]:
    return [[_may_be_given(letters_of(form)) for form in forms]]


def _stands_alone(name: Name) -> bool:
    """Whether a name needs no title: at least two parts, of which one is sure, or weak ones that support each other."""
    if name.n_sure:
        return name.n_parts > 1
    return name.n_weak > 0 and name.n_parts > 1 and (name.has_son or name.n_surnames > 0 or name.n_weak > 2)


def _after_title(scan: Scan, title: int, is_direct: bool) -> Name | None:
    """The name after the last word of a title, over adjectives of countries and the like; of one word only after a direct one."""
    first = number = scan.next_to(title)
    for _ in range(_MOST_DESCRIPTION):
        if number < 0:
            return None
        flags = scan.flags[number]
        if flags & NISBA and not flags & PART:
            number = scan.next_to(scan.last[scan.nisbas[scan.starts[number]]])
        elif scan.word(number) in _DESCRIBED or (flags & ARTICLE and _is_before_a_name(scan, number)):
            number = scan.next_word(number)
        else:
            break
    if number < 0 or scan.flags[number] & (TITLE | PART) == TITLE:
        return None
    name = read_name(scan, number)
    if name is None:
        return _last_name(scan, number) if is_direct and number == first else None
    if name.n_parts > 1:
        return name if is_direct or name.n_parts > name.n_unknown or name.n_unknown > 1 else None
    return _with_last_name(scan, name) or (name if is_direct else None)


def _of_a_nationality(scan: Scan, nisba: int) -> Name | None:
    """البوسني إدين دزيكو: two words in a row that are no words, after an adjective of a country."""
    number = scan.next_to(scan.last[nisba])
    if number < 0 or scan.flags[number] & (PART | ARTICLE | SURE):
        return None
    word = scan.word(number)
    if word[0] in _VERBAL or is_common(word) or not scan.joined.begins_with_article(scan.place[nisba]):
        return None
    name = read_name(scan, number)
    return name if name and name.n_sure + name.n_unknown > 1 and not name.n_weak else None


def _is_before_a_name(scan: Scan, number: int) -> bool:
    after = scan.next_word(number)
    return after >= 0 and scan.flags[after] & PART and scan.part_kind(scan.parts[scan.starts[after]]) == "sure"


def _after_office(scan: Scan, office: int) -> Name | None:
    """The name after the last word of an office and what it is of: وزير الدفاع الروسي أندريه بيلوسوف; over one comma when the name is sure."""
    joined, parts = scan.joined, scan.parts
    number = scan.next_to(office)
    for n in range(_MOST_COMPLEMENT):
        if number < 0 or (n and scan.flags[number] & (TITLE | PART) == TITLE):
            return None
        flags, word, start, n_particles = scan.flags[number], scan.word(number), scan.starts[number], 0
        if word[0] == "و" and start + 1 in parts and not flags & PART:
            flags, word, start, n_particles = PART, word[1:], start + 1, 1
        known = scan.sure.get(start, scan.sure.get(start + 1, -1) if word[0] in "لبو" else -1)
        if flags & PART or not (known >= 0 or flags & ARTICLE or is_common(word)):
            name = read_name(scan, number, n_particles)
            is_near = not n or (not n_particles and joined.word_before(number).endswith("ي"))
            if name and (found := _with_last_name(scan, name) or _holder(name, is_near=is_near)):
                return found
        if word in _RELATIVES or word in _SAYS:
            return None
        last = scan.last[known] if known >= 0 else number
        number = scan.next_to(last) if known >= 0 else scan.next_word(number)
        if number < 0:
            return _after_a_comma(scan, last, scan.end[known] if known >= 0 else start + len(word))
    return None


def _after_a_comma(scan: Scan, last: int, end: int) -> Name | None:
    """A sure name after a comma at the end of a word."""
    if scan.text[end : end + 2] not in ("، ", ", "):
        return None
    name = read_name(scan, last + 2)
    is_sure = name and name.n_parts > 1 and name.n_sure + name.n_weak and scan.joined.is_before(name.end, "،, ")
    return name if is_sure else None


def _holder(name: Name, *, is_near: bool) -> Name | None:
    """A name of two parts; when no list has them, only right after the office or after an adjective of a country."""
    if name.n_parts < 2:
        return None
    return name if name.n_sure + name.n_weak or (name.n_unknown > 1 and is_near) else None


def _with_last_name(scan: Scan, name: Name) -> Name | None:
    """A given name and a last name that is a common word or a title too, after a title: عصمت المهندس, سهير الجوهري."""
    number = scan.next_word(name.last) if name.n_words == 1 and not name.n_unknown else -1
    word = scan.word(number) if number >= 0 else ""
    if not word.startswith("ال") or len(word) < 5 or word.endswith("ه"):
        return None
    if scan.flags[number] & SURE or word in _NO_LAST_NAMES:
        return None
    end = scan.starts[number] + len(word)
    is_surname = word.endswith("ي") or scan.flags[number] & TITLE or scan.text[end] in _CLOSES
    return name._replace(end=end, last=number, n_words=2, n_surnames=1) if is_surname else None


def _last_name(scan: Scan, number: int) -> Name | None:
    """السفير الجبير: a word with the article that is none of the language's."""
    word, flags = scan.word(number), scan.flags[number]
    if not flags & ARTICLE or flags & (SURE | NISBA) or word.endswith("ه") or len(word) < 5 or is_common(word):
        return None
    start = scan.starts[number]
    return Name(start, start + len(word), number, 1, 0, 0, 1, 0, has_son=False)
