"""Decides where a text cites an agency or an outlet as its source, and by which cue.

A name alone is no citation: `رويترز` may be what an article is about. It becomes one in brackets, in a dateline or credit line,
after a verb or source cue (`ذكرت`, `بحسب`), or as the one that somebody spoke to (`لوكالة …`). After `وكالة` a name counts even
without a cue, and one that is in no list is kept without an id, unless the agency is of another kind (`وكالة الفضاء`).
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.enrichers.quotes.cues import folded_words, reporting_words
from pipeline.enrichers.sources.names import Hit, words
from pipeline.text.agencies import AGENCIES

_SAYS: Final = reporting_words() | words("more_cues")
_BETWEEN: Final = words("between")
_OCCASIONS: Final = words("occasions")
_PRESS: Final = words("press")
_NOT_PRESS: Final = words("not_press")
_ADJUNCTS: Final = folded_words("adjuncts")
_CREDITS: Final = words("credits")
_OPENING: Final = "([\"«“”„'"
_CLOSING: Final = ")]\"»”“'"
_SPACE: Final = " \t\n"
_DATELINE_CHARS: Final = 90
_CREDIT_CHARS: Final = 60
_SEPARATORS: Final = "-–—:/،,ـ"
_AFTER: Final = re.compile(r"[\"»”“)\]]?(?:\s(?:ال\w+(?:يه|ي)|للانباء|الاخباريه|للاعلام)(?!\w))*")
_UNKNOWN: Final = re.compile(
    r"\s+(?:(?:انباء|اخبار)\s+)?(?:[\"«“”(]\s*(?P<marked>[^\s\"»”“)][^\"»”“)\n]{1,39})[\"»”“)]|(?P<plain>[^\s،.:\"«»“”()]+))"
)
_FOLLOWING: Final = re.compile(r"\s(?:ال\w{3,}|للانباء)(?!\w)")
_ADDRESSED: Final = re.compile(r"(?<!\w)ل\s?[(\"«“]\s?$")
_COMPLEMENT: Final = re.compile(r"[بل]?ان(?:ه|ها|هم)?")
_WORD: Final = re.compile(r"\w+")


class Citation(NamedTuple):
    """A cited source in the folded text; `cue` is the span of the word that makes it one, None for brackets and datelines."""

    start: int
    end: int
    agency_id: str | None
    kind: str
    cue: tuple[int, int] | None
    rule: str


def find_citations(text: str, hits: Sequence[Hit], is_body: bool) -> list[Citation]:
    """The citations of a folded text in order; datelines and credit lines only in bodies.

    Args:
        hits: its names and head nouns (`names.find_names`).
    """
    found: list[Citation] = []
    for number, hit in enumerate(hits):
        if found and hit.start < found[-1].end:
            continue
        citation = _named(text, hit, is_body) if hit.agency_id else _headed(text, hits, number)
        if citation is None:
            continue
        if found and _repeats(text, found[-1], citation):
            end = citation.end + (text[citation.end : citation.end + 1] in _CLOSING and citation.end < len(text))
            found[-1] = found[-1]._replace(end=end, agency_id=found[-1].agency_id or citation.agency_id)
        else:
            found.append(citation)
    return found


def _named(text: str, hit: Hit, is_body: bool) -> Citation | None:
    """A name without a head noun before it."""
    place = hit.start - len(hit.prefix)
    before = _edge(text, place, -1)
    is_near_an_end = is_body and (hit.start < _DATELINE_CHARS or len(text) - hit.end < _CREDIT_CHARS)
    if hit.kind == "short" and before not in _OPENING and not is_near_an_end:
        return None  # most are ordinary words
    after = _edge(text, hit.end, 1)
    agency = AGENCIES[hit.agency_id or ""]
    prefix = hit.prefix
    is_enclosed = before in _OPENING and after in _CLOSING
    if is_enclosed and (addressed := _ADDRESSED.search(text, max(0, place - 6), place)):  # لـ«الوطن»
        place, prefix = addressed.start(), "ل"
    bracketed = before in "([" and after in ")]" and not prefix
    if is_near_an_end and (spot := _spot(text, hit, agency.is_agency, bracketed)):
        return Citation(hit.start, hit.end, hit.agency_id, spot, None, f"{spot}_name")
    if bracketed:
        if hit.kind == "name" or (agency.is_agency and not text.startswith("ال", hit.start)):
            return Citation(hit.start, hit.end, hit.agency_id, "parenthesis", None, "brackets")
        return None
    if hit.kind == "short" and not is_enclosed:
        return None
    end = hit.end if is_enclosed else _after(text, hit.end)
    if cue := _cue_before(text, place, prefix):
        return Citation(hit.start, end, hit.agency_id, "attribution", cue, "cue_before")
    first = text[hit.start : hit.end].split(" ", 1)[0]
    if agency.is_agency and first in _HEADS:
        return Citation(hit.start, end, hit.agency_id, "attribution", None, "press_agency")
    return None


def _headed(text: str, hits: Sequence[Hit], number: int) -> Citation | None:
    """A head noun and the name after it."""
    head = hits[number]
    follower = hits[number + 1] if number + 1 < len(hits) else None
    agency_id: str | None = None
    is_press = False
    if follower and follower.agency_id and not follower.prefix and _is_gap(text, head.end, follower):
        agency_id, end = follower.agency_id, follower.end
        is_press = head.kind == "agency"
    else:
        unknown = _UNKNOWN.match(text, head.end)
        if unknown is None:
            return None
        first = (unknown["marked"] or unknown["plain"]).split()[0]
        if head.kind == "agency" and first in _NOT_PRESS:
            return None
        if not unknown["marked"] and (head.kind == "place" or (first.endswith("يه") and not first.startswith("ال"))):
            return None  # صحيفة محلية: no name
        end = unknown.end()
        if unknown["plain"]:
            for _ in range(3):
                more = _FOLLOWING.match(text, end)
                if more is None or more[0].strip() in _ADJUNCTS:
                    break
                end = more.end()
        is_press = head.kind == "agency" and not _PRESS.isdisjoint(text[head.end : end].replace('"', " ").split())
    cue = _cue_before(text, head.start - len(head.prefix), head.prefix)
    if cue is None and not is_press:
        return None
    rule = "head_name" if agency_id else "head_unknown"
    return Citation(head.start, _after(text, end), agency_id, "attribution", cue, rule)


def _is_gap(text: str, start: int, name: Hit) -> bool:
    """Whether a name belongs to the head noun before it, and is all of what marks hold."""
    gap = text[start : name.start]
    words = gap.strip(_OPENING + " ").split()
    if len(gap) > 12 or any(word not in ("انباء", "اخبار", "الانباء") for word in words):
        return False
    return not gap.rstrip().endswith(tuple(_OPENING)) or _edge(text, name.end, 1) in _CLOSING


def _spot(text: str, hit: Hit, is_agency: bool, bracketed: bool) -> str | None:
    """`dateline`, `byline` or `credit` when the name stands where a body says who it is from; None elsewhere."""
    before, after = text[: hit.start].rstrip(' (["«“'), text[hit.end : hit.end + 8].lstrip(' )]"»”')
    parted = not before or before[-1] in _SEPARATORS + "\n"
    if hit.start < _DATELINE_CHARS and "\n" not in text[: hit.start]:
        if bracketed and after[:1] in ("-", "–", "—", ":", "ـ") and "." not in before:
            return "dateline"
        if is_agency and not hit.prefix and parted and after[:1] and after[0] in _SEPARATORS + "\n":
            return "byline" if after[0] == "\n" or text.find("\n", hit.end, hit.end + 60) >= 0 else "dateline"
    if is_agency and len(text) - hit.end < _CREDIT_CHARS and not hit.prefix:
        line = text[text.rfind("\n", 0, hit.start) + 1 : hit.start]
        lead = line.strip(' -–—:(["«“/،,')
        if not _WORD.search(after) and (lead in _CREDITS or (not lead and "\n" in text[: hit.start])):
            return "credit"
        if bracketed and not after.strip(" ."):
            return "credit"
    return None


def _cue_before(text: str, place: int, prefix: str) -> tuple[int, int] | None:
    """The word that makes what stands at place a source: a verb or source cue shortly before it, or `ل` after an occasion."""
    start = max(0, text.rfind("\n", 0, place), place - 110)
    found = [m.span() for m in _WORD.finditer(text, start, place)]
    if prefix.endswith("ل"):
        for first, last in reversed(found[-14:]):
            if _COMPLEMENT.fullmatch(text, first, last):
                return None
            if text[first:last] in _SAYS or text[first:last] in _OCCASIONS:
                return place, place + len(prefix)
        return None
    for back, (first, last) in enumerate(reversed(found[-4:])):
        word = text[first:last]
        if back + 1 < len(found) and text[found[-back - 2][0] : last] in _SAYS:
            return found[-back - 2][0], last
        if word in _SAYS:
            return first, last
        if word not in _BETWEEN and not (back == 1 and text[slice(*found[-1])] in ("في", "علي")):
            return None
        if "." in text[last:place] or "،" in text[last:place]:
            return None
    return None


def _after(text: str, end: int) -> int:
    match = _AFTER.match(text, end)
    return match.end() if match else end


def _repeats(text: str, last: Citation, citation: Citation) -> bool:
    """Whether a citation only repeats, in brackets or marks, the one right before it."""
    same = last.agency_id == citation.agency_id or last.agency_id is None
    return same and last.kind == "attribution" and not text[last.end : citation.start].strip(' ("«“')


def _edge(text: str, place: int, step: int) -> str:
    """The sign beside a name, spaces aside; ' ' at the ends of the text."""
    at = place - 1 if step < 0 else place
    while 0 <= at < len(text) and text[at] == " ":
        at += step
    return text[at] if 0 <= at < len(text) else " "


_HEADS: Final = words("heads", "agency") | {"الوكاله"}
