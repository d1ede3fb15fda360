"""Decides where the name of an organisation or a place begins with a noun that says what it is, and how far it goes."""

import re
from collections.abc import Iterator

from pipeline.enrichers.mentions.candidates import SCORES, Candidate
from pipeline.enrichers.mentions.lexicon import NISBAS, function_words
from pipeline.enrichers.mentions.names import read_name
from pipeline.enrichers.mentions.scan import Scan
from pipeline.enrichers.mentions.words import is_common

_QUOTED = re.compile(r' ?(?:"[^"\n]{2,40}"|«[^»\n]{2,40}»|“[^”\n]{2,40}”)')
_STOPS = function_words("relative") | function_words("time")
_LATIN = re.compile(r" [a-z][a-z.&'-]*(?: [a-z][a-z.&'-]*){0,3}")


def find_headed(scan: Scan) -> Iterator[Candidate]:
    """Candidates for organisations and places that no gazetteer need know."""
    for start, end, head in scan.heads:
        if scan.sure.get(start, (0, ""))[0] > end:  # a gazetteer knows it whole: حزب العمال الكردستاني
            continue
        last = _END_OF[head.follows](scan, start, end, head.most)
        if last > end or (last == end and head.follows == "nisba"):
            method = "org_cue" if head.entity_type == "ORG" else "place_cue"
            rule = f"{method} {scan.text[start:end]}"
            yield Candidate(start, last, head.entity_type, None, None, method, SCORES[method], rule)


def _with_the(scan: Scan, start: int, end: int, most: int) -> int:
    """Over words with the article, to the first adjective of a country."""
    for _ in range(most):
        position = scan.next_word(end)
        if position < 0:
            break
        word = scan.word(position)
        is_next = word.startswith(("ال", "وال", "لل")) and position not in scan.title_starts
        if not is_next or word in _STOPS:
            break
        if position in scan.nisbas:
            return scan.nisbas[position]
        end = position + len(word)
    return end


def _named(scan: Scan, start: int, end: int, most: int) -> int:
    """Over quoted or foreign words, a place, the name of a person or words of no list."""
    for pattern in (_QUOTED, _LATIN):
        if match := pattern.match(scan.text, end):
            return match.end()
    position = scan.next_word(end)
    if position < 0:
        return end
    sure = scan.sure.get(position)
    if sure and sure[1] != NISBAS:
        return sure[0]
    if scan.word(position) in function_words("crown"):
        position = scan.next_word(position + len(scan.word(position)))
        run = read_name(scan, position) if position >= 0 else None
        return run.end if run else end
    run = read_name(scan, position)
    if run and run.n_surnames and not run.n_sure + run.n_weak:  # an adjective, not a last name: حي قيار التطوعي
        return position + len(scan.word(position))
    if run and (run.n_sure or run.n_parts > 1 or (run.n_unknown and _is_foreign(scan, position, run.end))):
        return run.end
    return end


def _is_foreign(scan: Scan, position: int, end: int) -> bool:
    """Whether a word that is in no list may be the name of a company: no adjective (حركة دؤوبة) and no verb (جمعية ترعى الحرفيين)."""
    after = scan.next_word(end)
    has_object = after >= 0 and scan.has_article(after) and after not in scan.nisbas
    return end - position > 3 and scan.text[end - 1] != "ه" and not has_object


def _named_or_with_the(scan: Scan, start: int, end: int, most: int) -> int:
    last = _named(scan, start, end, most)
    return last if last > end else _with_the(scan, start, end, most)


def _for_something(scan: Scan, start: int, end: int, most: int) -> int:
    """الهيئة العامة للرياضة, الاتحاد السعودي لكرة القدم; without what it is for only الاتحاد السعودي, البنك المركزي."""
    described, is_known = end, False
    for _ in range(3):
        position = scan.next_word(described)
        word = scan.word(position) if position >= 0 else ""
        if not word.startswith(("ال", "وال")) or word in _STOPS:
            break
        if described == end and not (
            word.endswith(("ي", "يه")) or word in function_words("general") or position in scan.nisbas
        ):
            break
        is_known |= position in scan.nisbas or word in function_words("high")
        described = scan.nisbas.get(position, position + len(word))
    if described == end:
        return end
    position = scan.next_word(described)
    word = scan.word(position) if position >= 0 else ""
    if word.startswith("لل"):
        return _with_the(scan, start, position + len(word), 2)
    if word.startswith("ل") and len(word) > 3:
        after = scan.next_word(position + len(word))
        if after >= 0 and scan.word(after).startswith("ال") and is_common(word):
            return after + len(scan.word(after))
    return described if is_known else end


def _ministry(scan: Scan, start: int, end: int, most: int) -> int:
    """الخارجية الروسية, and أعلنت الداخلية: where the adjective stands for the ministry."""
    before = scan.word_before(scan.particle_start(start))
    if before in function_words("minister") or before.startswith("ال"):
        return 0
    position = scan.next_word(end)
    if position in scan.nisbas and scan.word(position).startswith("ال"):
        return scan.nisbas[position]
    return end if before.removeprefix("و") in function_words("announced") else 0


def _named_or_odd(scan: Scan, start: int, end: int, most: int) -> int:
    """قاعدة العند الجوية: over a word with the article that is no common one, and a further word with it."""
    last = _named(scan, start, end, most)
    position = scan.next_word(end)
    word = scan.word(position) if position >= 0 else ""
    if last > end or not word.startswith("ال") or is_common(word) or position in scan.title_starts:
        return last
    return position + len(word)


_END_OF = {
    "the": _with_the,
    "name": _named,
    "any": _named_or_with_the,
    "for": _for_something,
    "nisba": _ministry,
    "odd": _named_or_odd,
}
