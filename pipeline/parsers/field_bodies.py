"""Decides which lines of a body that came without its page are not its text, and how sure a mapped record is; it reads no pages.

Dumps and extractors leave lines of the site in a body: links to other stories, how to write to the author, "more", who holds the
rights, the tags, the agency in brackets, the byline. Only what no text says is taken out: a byline above the text, cues between
paragraphs, and what the body ends with.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from pipeline.parsers.bylines import find_dateline, split_byline
from pipeline.parsers.cues import find_cue, folded_phrases, present_phrases
from pipeline.parsers.page_remains import without_menu, without_script
from pipeline.parsers.similarity import shares_at_least, stems
from pipeline.parsers.site_speech import is_site_speech, site_words
from pipeline.text.agencies import named_agency
from pipeline.text.arabic import fold

FIELD_BODIES_VERSION: Final = "3"

MAX_LINE_WORDS: Final = 40  # of a line of the site
MAX_LINK_WORDS: Final = 16
MAX_CREDIT_WORDS: Final = 8
MAX_ROWS: Final = 6  # short lines under "write to the author": numbers, names of networks
MAX_ROW_WORDS: Final = 4
MAX_CERTAIN_WORDS: Final = 14  # a longer line with a cue may be a sentence that mentions it
MIN_SENTENCE_WORDS: Final = 6
MAX_TAGS_CHARS: Final = 300
MIN_JUDGED_STEMS: Final = 3
MIN_AGREEMENT: Final = 0.12  # as on pages

# The share of mapped records that are right (headline and body as published, nothing missing): of 22 read by hand from each kind
# of doubt in SaudiNewsNet and the ANT corpora, and of 45 drawn from all.
SURE: Final = 0.97
DISAGREEING: Final = 0.85
BRIEF, MIN_WORDS = 0.8, 25
CAPTION, MIN_CAPTION_WORDS = 0.05, 8  # the names under a picture, or "Array"
TRUNCATED: Final = 0.6
MISSING: Final = 0.02

_LINKS: Final = frozenset(("read_also",))
_TAILS: Final = frozenset(
    ("chrome", "copyright", "subscribe", "comment_form", "share", "more", "related", "most_read", "login")
)
_BULLETS: Final = "*•-–—· \t\u00a0()[]"
_SLIDER: Final = re.compile(
    r"(?:(?:Next|Previous|Prev)\s+)+(?=\S)"
)  # buttons of a picture slider, glued to the first line
_BREAKS_OFF: Final = ("...", "…")
_BREAKS_OFF_ANYWHERE: Final = re.compile(r"\.\.\.|…")
_STOP: Final = re.compile(r"[.!?؟…”»\")](?:\s|$)")
_TAG_SEPARATOR: Final = re.compile(r"\s*[،,;؛|#•·]\s*")
_IN_BRACKETS: Final = re.compile(r"\s*(?:المصدر\s*:?\s*)?\((?P<name>[^()\d]{2,30})\)\s*\.?\s*$")
_SOURCE: Final = re.compile(r"^[*•\-–—\s]*نقل(?:ا|اً|ًا)\s+عن\s*:?\s*(?P<value>\S.*)$")


@dataclass(slots=True)
class FieldBody:
    """The own text of a body.

    Attributes:
        text: What is left; None when there was nothing.
        byline: The line above the text that says who wrote it and where.
        credit: Whom the body ended with.
        keywords: The tags under it, where something parts them.
        related: Headlines of other stories that stood in it.
        flags: Quality flags.
    """

    text: str | None
    byline: str | None = None
    credit: str | None = None
    keywords: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def own_text(body: str | None, outlets: Collection[str] = ()) -> FieldBody:
    r"""The paragraphs of a body, a blank line apart, without those of the site; `outlets` are the names of the site itself.

    >>> found = own_text("الرياض - واس\n\nنص الخبر.\n\nللمزيد: خبر آخر\n\nنص ثان.\n\n(رويترز)")
    >>> found.byline, found.text, found.credit, found.related
    ('الرياض - واس', 'نص الخبر.\n\nنص ثان.', 'رويترز', ['خبر آخر'])
    """
    if not body:
        return FieldBody(None)
    found = FieldBody(body)
    if body.startswith(("Next", "Prev")):
        body = _SLIDER.sub("", body, count=1)
    lines = body.split("\n\n")
    if len(lines) > 1 and (opening := find_dateline(body, outlets)) and opening.raw == lines[0].strip():
        found.byline = opening.raw
        del lines[0]
    lines = [own for line in lines if (own := without_script(line))] or lines
    lines = without_menu(lines)
    _cut_tags(lines, found)
    _cut_tail(lines, found)
    if len(lines) > 1:
        lines = _without_links(lines, found)
    _cut_agency(lines, found)
    if lines and lines[-1].endswith(_BREAKS_OFF):
        found.flags.append("body_maybe_truncated")
    found.text = "\n\n".join(lines) or None
    return found


def field_confidence(headline: str | None, found: FieldBody) -> tuple[float, list[str]]:
    """How sure it is that a mapped record has its headline and its whole body, and the flags that say why not."""
    if not headline or not found.text:
        return MISSING, found.flags
    n_words = found.text.count(" ") + found.text.count("\n\n") + 1
    if n_words < MIN_CAPTION_WORDS:
        return CAPTION, found.flags
    sure, flags = SURE if n_words >= MIN_WORDS else BRIEF, list(found.flags)
    words = stems(fold(headline))
    judged = headline.count(" ") >= MIN_JUDGED_STEMS - 1 and len(words) >= MIN_JUDGED_STEMS  # a file name says nothing
    if judged and not shares_at_least(words, fold(found.text), MIN_AGREEMENT):
        flags.append("headline_body_disagree")
        sure = min(sure, DISAGREEING)
    return min(sure, TRUNCATED) if "body_maybe_truncated" in flags else sure, flags


def _cut_agency(lines: list[str], found: FieldBody) -> None:
    """Take the agency in brackets off the last sentence of the text."""
    match = _IN_BRACKETS.search(lines[-1]) if lines else None
    if match and match.start() and named_agency(match["name"]):
        found.credit = found.credit or match["name"].strip()
        lines[-1] = lines[-1][: match.start()].rstrip()


def _without_links(lines: list[str], found: FieldBody) -> list[str]:
    """The lines but those that lead to other stories: a cue and the headline after it, on its line or on the next."""
    kept: list[str] = []
    is_due = False
    for line in lines:
        n_words = line.count(" ") + 1
        cue = find_cue(fold(line), n_words, []) if n_words <= MAX_LINE_WORDS else None
        if cue is not None and cue.kind in _LINKS and (cue.labelled or cue.value < 0):
            value = line.partition(":")[2].strip() if cue.labelled else ""
            found.related += [value] if value else []
            is_due = not value
        elif is_due and n_words <= MAX_LINK_WORDS and not line.endswith((".", "؟", "!", "?")):
            found.related.append(line)
            is_due = False
        else:
            kept.append(line)
            is_due = False
    return kept


@cache
def _tag_labels() -> tuple[str, ...]:
    return tuple(sorted(f"{label}{end}" for label in folded_phrases()["keywords"] for end in (" ", ":", " :")))


def _cut_tags(lines: list[str], found: FieldBody) -> None:
    """Take the tags off the end of the last line: a label for tags, and no sentence after it."""
    line = lines[-1]
    start = 0
    for stop in _STOP.finditer(line, max(0, len(line) - MAX_TAGS_CHARS)):
        start = stop.end()
    tags = line[start:].strip()
    if not tags or (not start and len(lines) == 1) or len(tags) > MAX_TAGS_CHARS:
        return
    folded = fold(tags)
    label = next((label for label in _tag_labels() if folded.startswith(label)), None)
    if label is None:
        return
    parts = _TAG_SEPARATOR.split(tags.partition(":")[2] if ":" in label else " ".join(tags.split()[label.count(" ") :]))
    found.keywords = [part for part in parts if part] if len(parts) > 1 else []
    lines[-1:] = [line[:start].rstrip()] if start else []


def _cut_tail(lines: list[str], found: FieldBody) -> None:
    """Take the lines of the site off the end of a body; short rows go with a line of the site above them."""
    end, rows = len(lines), 0
    while end - rows > 1:
        line = lines[end - 1 - rows]
        kind = _tail_kind(line, lines[: end - 1 - rows], found)
        if kind == "row" and rows < MAX_ROWS:
            rows += 1
            continue
        if kind == "site" and (text := _text_before(line, lines[: end - 1 - rows], found)):
            lines[end - 1 - rows] = text
            end -= rows
            break
        if not kind or kind == "row":
            break
        end -= rows + 1
        rows = 0
    del lines[end:]


def _text_before(line: str, above: list[str], found: FieldBody) -> str | None:
    """The sentences of a last line that only ends with words of the site; None when all of it is the site's."""
    head, stop, _ = line.rpartition(". ")
    if head.count(" ") < MIN_SENTENCE_WORDS or _tail_kind(f"{head}.", above, found):
        return None
    return f"{head}{stop.strip()}"


def _tail_kind(line: str, above: list[str], found: FieldBody) -> str:
    """What a line at the end of a body is: of the `site`, a `credit`, a `row` that belongs to what stands above it, or text ('')."""
    n_words = line.count(" ") + 1
    if n_words > MAX_LINE_WORDS:
        return ""
    if not any(map(str.isalpha, line)):
        return "row" if any(map(str.isdigit, line)) else "site"
    folded = fold(line)
    if n_words <= MAX_CREDIT_WORDS and (credit := _credit(line)):
        found.credit = found.credit or credit
        return "credit"
    pieces = folded.split()
    cue = find_cue(folded, n_words, present_phrases((folded,), pieces))
    words, addressed = site_words(folded, pieces)
    cued = cue is not None and cue.kind in _TAILS and cue.value < 0
    if not cued and not is_site_speech(len(words), addressed, n_words):
        return "row" if n_words <= MAX_ROW_WORDS and any(map(str.isdigit, line)) else ""
    if n_words > MAX_CERTAIN_WORDS and line.endswith(".") and _is_of_text(words, above):
        return ""
    if cue is not None and cue.kind in ("more", "related") and _BREAKS_OFF_ANYWHERE.search(line):
        found.flags.append("body_maybe_truncated")
    return "site"


def _is_of_text(words: set[str], above: list[str]) -> bool:
    """Whether a long line with words of the site is text all the same: the text has those words too, or it has none of them."""
    if not words:
        return True
    folded = fold(" ".join(above))
    return not words.isdisjoint(site_words(folded, folded.split())[0])


def _credit(line: str) -> str | None:
    """Whom a line credits and nothing else: an agency in brackets, `*نقلا عن الأهرام`; None for any other line."""
    if match := _SOURCE.match(line):
        return match["value"].strip(" .*")
    stripped = line.strip(_BULLETS)
    if not stripped or stripped == line:
        return None
    named = split_byline(stripped)
    return stripped if named.agency and not named.authors and not named.place else None


def with_own_text(article: Mapping[str, Any], outlets: Collection[str] = ()) -> dict[str, Any]:
    """The fields of a mapped record with its body cleared, its byline, credit, tags, links and flags, and how sure it is."""
    found = own_text(article.get("body"), outlets)
    sure, flags = field_confidence(article.get("headline"), found)
    return {
        "body": found.text,
        "byline": article.get("byline") or found.byline,
        "dateline": article.get("dateline") or (found.byline if article.get("byline") else None),
        "credit": article.get("credit") or found.credit,
        "keywords": article.get("keywords") or found.keywords or None,
        "related_headlines": found.related,
        "quality_flags": flags,
        "parse_score": sure,
    }
