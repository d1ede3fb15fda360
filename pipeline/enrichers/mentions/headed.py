"""Decides where the name of an organisation or a place begins with a noun that says what it is, and how far it goes."""

import re
from collections.abc import Iterator

import numpy as np

from pipeline.enrichers.mentions.candidates import Candidate, by_rule
from pipeline.enrichers.mentions.cuts import ARTICLE
from pipeline.enrichers.mentions.lexicon import function_words
from pipeline.enrichers.mentions.names import Name, names_at
from pipeline.enrichers.mentions.roles import CROWN, CROWNS
from pipeline.enrichers.mentions.scan import NISBA, TITLE, Scan
from pipeline.enrichers.mentions.words import is_common

_QUOTED = re.compile(r' ?(?:"[^"\n]{2,40}"|«[^»\n]{2,40}»|“[^”\n]{2,40}”)')
_STOPS = function_words("relative") | function_words("time")
_GENERAL, _HIGH = map(function_words, ("general", "high"))
_MINISTER, _ANNOUNCED = map(function_words, ("minister", "announced"))
_LATIN = re.compile(r" [a-z][a-z.&'-]*(?: [a-z][a-z.&'-]*){0,3}")


def find_headed(scan: Scan) -> Iterator[Candidate]:
    """Candidates for organisations and places that no gazetteer need know."""
    names = _names_behind(scan)
    for hit in scan.heads:
        start, end, word, head = scan.place[hit], scan.end[hit], scan.last[hit], scan.kinds.head[scan.kind[hit]]
        known = int(scan.sure_at[start - scan.starts[scan.first[hit]], scan.first[hit]])
        if not head or (known >= 0 and scan.end[known] > end):  # known whole: حزب العمال الكردستاني
            continue
        is_ministry = head.follows == "nisba"
        last = _ministry(scan, hit) if is_ministry else _END_OF[head.follows](scan, names, word, end, head.most)
        if last > end or (last == end and is_ministry):
            method = "org_cue" if head.entity_type == "ORG" else "place_cue"
            rule = f"{method} {scan.text[start:end]}"
            yield start, last, by_rule(head.entity_type, method, rule)


def _names_behind(scan: Scan) -> dict[int, Name]:
    """The names that begin right after the nouns, or after the title of a king between."""
    words = scan.next_words(scan.hits.last[scan.heads])
    words = words[words >= 0]
    after = scan.next_words(words[scan.roles(words) & CROWN > 0])
    return names_at(scan, np.concatenate((words, after[after >= 0])))


def _with_the(scan: Scan, names: dict[int, Name], word: int, end: int, most: int) -> int:
    """Over words with the article, to the first adjective of a country."""
    number = word
    for _ in range(most):
        number = scan.next_word(number)
        if number < 0:
            break
        following, flags = scan.word(number), scan.flags[number]
        is_next = following.startswith(("ال", "وال", "لل")) and not flags & TITLE
        if not is_next or following in _STOPS:
            break
        start = scan.starts[number]
        if flags & NISBA:
            return scan.end[scan.nisbas[number]]
        end = start + len(following)
    return end


def _named(scan: Scan, names: dict[int, Name], word: int, end: int, most: int) -> int:
    """Over quoted or foreign words, a place, the name of a person or words of no list."""
    for pattern in (_QUOTED, _LATIN):
        if match := pattern.match(scan.text, end):
            return match.end()
    number = scan.next_word(word)
    if number < 0:
        return end
    start = scan.starts[number]
    sure = scan.sure[number]
    if sure >= 0 and not scan.is_nisba(sure):
        return scan.end[sure]
    following = scan.word(number)
    if following in CROWNS:
        run = names.get(scan.next_word(number))
        return run.end if run else end
    run = names.get(number)
    if run and run.n_surnames and not run.n_listed:  # an adjective, not a last name: حي قيار التطوعي
        return start + len(following)
    if run and (run.n_sure or run.n_parts > 1 or (run.n_unknown and _is_foreign(scan, run))):
        return run.end
    return end


def _is_foreign(scan: Scan, name: Name) -> bool:
    """Whether a word that is in no list may be the name of a company: no adjective (حركة دؤوبة) and no verb (جمعية ترعى الحرفيين)."""
    after = scan.next_word(name.last)
    has_object = after >= 0 and scan.flags[after] & (ARTICLE | NISBA) == ARTICLE
    return name.end - name.start > 3 and scan.text[name.end - 1] != "ه" and not has_object


def _named_or_with_the(scan: Scan, names: dict[int, Name], word: int, end: int, most: int) -> int:
    last = _named(scan, names, word, end, most)
    return last if last > end else _with_the(scan, names, word, end, most)


def _for_something(scan: Scan, names: dict[int, Name], word: int, end: int, most: int) -> int:
    """الهيئة العامة للرياضة, الاتحاد السعودي لكرة القدم; without what it is for only الاتحاد السعودي, البنك المركزي."""
    last, is_known = word, False
    for _ in range(3):
        number = scan.next_word(last)
        following = scan.word(number) if number >= 0 else ""
        if not following.startswith(("ال", "وال")) or following in _STOPS:
            break
        is_nisba = bool(scan.flags[number] & NISBA)
        if last == word and not (is_nisba or following.endswith(("ي", "يه")) or following in _GENERAL):
            break
        is_known |= is_nisba or following in _HIGH
        last = scan.last[scan.nisbas[number]] if is_nisba else number
    if last == word:
        return end
    described = scan.starts[last] + len(scan.word(last))
    number = scan.next_word(last)
    following = scan.word(number) if number >= 0 else ""
    if following.startswith("لل"):
        return _with_the(scan, names, number, scan.starts[number] + len(following), 2)
    if following.startswith("ل") and len(following) > 3:
        after = scan.next_word(number)
        if after >= 0 and scan.word(after).startswith("ال") and is_common(following):
            return scan.starts[after] + len(scan.word(after))
    return described if is_known else end


def _ministry(scan: Scan, head: int) -> int:
    """الخارجية الروسية, and أعلنت الداخلية: where the adjective stands for the ministry."""
    before = scan.joined.word_before(scan.first[head])
    if before in _MINISTER or before.startswith("ال"):
        return 0
    number = scan.next_word(scan.last[head])
    if number >= 0 and scan.flags[number] & NISBA and scan.word(number).startswith("ال"):
        return scan.end[scan.nisbas[number]]
    return scan.end[head] if before.removeprefix("و") in _ANNOUNCED else 0


def _named_or_odd(scan: Scan, names: dict[int, Name], word: int, end: int, most: int) -> int:
    """قاعدة العند الجوية: over a word with the article that is no common one, and a further word with it."""
    last = _named(scan, names, word, end, most)
    number = scan.next_word(word)
    following = scan.word(number) if number >= 0 else ""
    if last > end or not following.startswith("ال") or scan.flags[number] & TITLE or is_common(following):
        return last
    return scan.starts[number] + len(following)


_END_OF = {
    "the": _with_the,
    "name": _named,
    "any": _named_or_with_the,
    "for": _for_something,
    "odd": _named_or_odd,
}
