"""Decides where an Arabic text names a person: after a title, or where parts of names that are known follow one another."""

from collections.abc import Iterator

from pipeline.enrichers.mentions.candidates import SCORES, Candidate
from pipeline.enrichers.mentions.lexicon import function_words
from pipeline.enrichers.mentions.names import Name, read_name
from pipeline.enrichers.mentions.scan import Scan
from pipeline.enrichers.mentions.words import is_common

_RELATIVES, _SAYS = function_words("relative"), function_words("say")
_DESCRIBED = function_words("described")
_NO_LAST_NAMES = _DESCRIBED | _RELATIVES | function_words("time")
_GAPS = (" ", "-", "_")
_CLOSES = ("", ",", "،", ".", "\n", ")", "؛", ":")
_VERBAL = frozenset("وفبلكسيتن")  # what verbs and words with particles begin with
_MOST_COMPLEMENT = 9  # words between an office and its holder
_MOST_DESCRIPTION = 4  # words between a title and the name


def find_people(scan: Scan) -> Iterator[Candidate]:
    """Candidates for people, those after a title first."""
    seen: dict[int, int] = {}
    for start, end, kind in scan.titles:
        name = _after_office(scan, end) if kind == "office" else _after_title(scan, end, kind == "direct")
        if name and name.start not in seen:
            seen[name.start] = name.end
            yield _candidate(name, "title_cue", f"title {scan.text[start:end]}")
    for start, end in scan.nisbas.items():
        name = _of_a_nationality(scan, start, end)
        if name and name.start not in seen:
            seen[name.start] = name.end
            yield _candidate(name, "title_cue", f"nisba {scan.text[start:end]}")
    until = -1
    for start in sorted(scan.parts):
        end, kind = scan.parts[start]
        if start in seen:
            until = seen[start]
        elif start >= until and kind != "surname" and (kind == "sure" or scan.text[end : end + 1] in _GAPS):
            name = read_name(scan, start) if scan.text[end : end + 1] in _GAPS else None
            if kind == "sure" and (name is None or name.n_words == 1):
                first = _given_name_before(scan, start)
                name = read_name(scan, first) if first >= 0 else None
            if name and _stands_alone(name):
                until = name.end
                yield _candidate(name, "name_run", "names")


def _candidate(name: Name, method: str, rule: str) -> Candidate:
    return Candidate(name.start, name.end, "PER", None, None, method, SCORES[method], rule)


def _given_name_before(scan: Scan, start: int) -> int:
    """Where the word before a known last name begins when that is in no list and no common word; else -1."""
    word = scan.word_before(start)
    if len(word) < 4 or word.startswith(("و", "ف")) or word.endswith(("ت", "ه")) or word[0] < "\u0600":
        return -1
    first = start - 1 - len(word)
    has_particle = any(first + n in scan.parts or first + n in scan.sure for n in (1, 2))
    is_other = has_particle or first in scan.sure or first in scan.title_starts or scan.has_article(first)
    return -1 if is_other or is_common(word) else first


def _stands_alone(name: Name) -> bool:
    """Whether a name needs no title: at least two parts, of which one is sure, or weak ones that support each other."""
    if name.n_sure:
        return name.n_parts > 1
    return name.n_weak > 0 and name.n_parts > 1 and (name.has_son or name.n_surnames > 0 or name.n_weak > 2)


def _after_title(scan: Scan, end: int, is_direct: bool) -> Name | None:
    """The name after a title, over adjectives of countries and the like; of one word only after a direct one."""
    first = position = scan.next_word(end)
    for _ in range(_MOST_DESCRIPTION):
        if position < 0:
            return None
        word = scan.word(position)
        if position in scan.nisbas and position not in scan.parts:
            position = scan.next_word(scan.nisbas[position])
        elif word in _DESCRIBED or (scan.has_article(position) and _is_before_a_name(scan, position)):
            position = scan.next_word(position + len(word))
        else:
            break
    if position < 0 or (position in scan.title_starts and position not in scan.parts):
        return None
    name = read_name(scan, position)
    if name is None:
        return _last_name(scan, position) if is_direct and position == first else None
    if name.n_parts > 1:
        return name if is_direct or name.n_parts > name.n_unknown or name.n_unknown > 1 else None
    return _with_last_name(scan, name) or (name if is_direct else None)


def _of_a_nationality(scan: Scan, start: int, end: int) -> Name | None:
    """البوسني إدين دزيكو: two words in a row that are no words, after an adjective of a country."""
    position = scan.next_word(end)
    if position < 0 or not scan.has_article(start) or position in scan.parts or scan.has_article(position):
        return None
    if scan.text[position] in _VERBAL or position in scan.sure or is_common(scan.word(position)):
        return None
    name = read_name(scan, position)
    return name if name and name.n_sure + name.n_unknown > 1 and not name.n_weak else None


def _is_before_a_name(scan: Scan, position: int) -> bool:
    after = scan.next_word(position + len(scan.word(position)))
    return after >= 0 and scan.parts.get(after, (0, ""))[1] == "sure"


def _after_office(scan: Scan, end: int) -> Name | None:
    """The name after an office and what it is of: وزير الدفاع الروسي أندريه بيلوسوف; over one comma when the name is sure."""
    position = scan.next_word(end)
    for n in range(_MOST_COMPLEMENT):
        if position < 0 or (n and position in scan.title_starts and position not in scan.parts):
            return None
        word = scan.word(position)
        if word[0] == "و" and position + 1 in scan.parts and position not in scan.parts:
            position, word = position + 1, word[1:]
        known = scan.sure.get(position) or (scan.sure.get(position + 1) if word[0] in "لبو" else None)
        if position in scan.parts or not (known or scan.has_article(position) or is_common(word)):
            name = read_name(scan, position)
            if name and (found := _with_last_name(scan, name) or _holder(scan, name, is_adjacent=not n)):
                return found
        if word in _RELATIVES or word in _SAYS:
            return None
        after = known[0] if known else position + len(word)
        position = scan.next_word(after)
        if position < 0 and scan.text[after : after + 2] in ("، ", ", "):
            name = read_name(scan, after + 2)
            is_sure = (
                name and name.n_parts > 1 and name.n_sure + name.n_weak and scan.text[name.end : name.end + 1] in "،, "
            )
            return name if is_sure else None
    return None


def _holder(scan: Scan, name: Name, *, is_adjacent: bool) -> Name | None:
    """A name of two parts; when no list has them, only right after the office or after an adjective of a country."""
    if name.n_parts < 2:
        return None
    is_near = is_adjacent or scan.word_before(name.start).endswith("ي")
    return name if name.n_sure + name.n_weak or (name.n_unknown > 1 and is_near) else None


def _with_last_name(scan: Scan, name: Name) -> Name | None:
    """A given name and a last name that is a common word or a title too, after a title: عصمت المهندس, سهير الجوهري."""
    position = scan.next_word(name.end) if name.n_words == 1 and not name.n_unknown else -1
    word = scan.word(position) if position >= 0 else ""
    if not word.startswith("ال") or len(word) < 5 or word.endswith("ه"):
        return None
    if position in scan.sure or word in _NO_LAST_NAMES:
        return None
    end = position + len(word)
    is_surname = word.endswith("ي") or position in scan.title_starts or scan.text[end : end + 1] in _CLOSES
    return name._replace(end=end, n_words=2, n_surnames=1) if is_surname else None


def _last_name(scan: Scan, position: int) -> Name | None:
    """السفير الجبير: a word with the article that is none of the language's."""
    word = scan.word(position)
    is_other = position in scan.sure or position in scan.nisbas or word.endswith("ه") or len(word) < 5
    if scan.has_article(position) and not is_other and not is_common(word):
        return Name(position, position + len(word), 1, 0, 0, 1, 0, has_son=False)
    return None
