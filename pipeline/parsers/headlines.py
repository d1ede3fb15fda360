"""Decides which line before a run of prose heads it, and how sure that is; it does not decide where stories begin and end."""

from dataclasses import dataclass
from typing import Final

from pipeline.parsers.labels import CUE, DATE, PROSE, SENTENCE, SHARE, SHORT, STAMP, TICKER, TIME, Mark
from pipeline.parsers.similarity import ABOUT, shared

MAX_HEADLINE_WORDS: Final = 30
MAX_STEPS: Final = 60  # blocks that are looked at above the prose, dates aside
# The weights and thresholds below were set by hand and then moved one at a time, as those of `stories`.
CLUSTER: Final = 8  # blocks
ENOUGH: Final = 0.8  # more agreement says nothing: the median headline has 0.77, a standfirst copied from the text 1
COPIED_CHARS: Final = 30  # a line that begins as the text does is its standfirst or teaser
FIRST_BONUS: Final = 0.4
TOP_BONUS: Final = 0.7
FAR_MALUS: Final = 0.3  # of lines far above such a head: the name of the site beside the date of the day
MAX_NAME_WORDS: Final = 6
MIN_NAME_SHARE: Final = 0.6
SITE_MALUS: Final = 0.8
MAX_HEAD_LINES: Final = 4  # headline, standfirst, name, place
META: Final = frozenset((DATE, TIME, STAMP))
_CANDIDATES: Final = frozenset((SHORT, SENTENCE, TICKER, CUE, PROSE))
_SIGNED: Final = frozenset(("byline", "published", "updated"))


@dataclass(slots=True)
class Candidate:
    """A line that may be a headline: its index, how likely, and how much of it stands in the text after it."""

    index: int
    score: float
    agreement: float
    introduces: bool = False  # ends with a colon: a kicker above the headline


def count_repeats(marks: list[Mark]) -> dict[str, int]:
    """How often each headline-like line of the page is printed, alone or as the start of a line with the site's name."""
    lines = [m.block.folded for m in marks if 3 <= m.block.n_words <= MAX_HEADLINE_WORDS + 8 and m.kind in _CANDIDATES]
    counts: dict[str, int] = {}
    for line in lines:
        counts[line] = counts.get(line, 0) + 1
    ordered = sorted(counts)
    for i, line in enumerate(ordered):  # what starts with a line comes right after it
        for other in ordered[i + 1 :]:
            if not other.startswith(line):
                break
            counts[line] += not other[len(line) :].strip()[:1].isalnum()
    return counts


def best_headline(
    marks: list[Mark], between: range, body: int, following: str, repeats: dict[str, int]
) -> tuple[Candidate | None, int]:
    """The likeliest headline among blocks before a run of prose, and how many others come close."""
    candidates: list[Candidate] = []
    steps = 0
    in_list = _list_lines(marks, between)
    for i in reversed(between):
        mark = marks[i]
        if mark.kind in _CANDIDATES and _may_head(mark):
            candidates.append(_candidate(marks, i, steps, between, following, repeats, i in in_list))
        steps += mark.kind not in META
        if steps > MAX_STEPS:
            break
    if not candidates:
        return None, 0
    _favour_first(candidates)
    _favour_top(marks, candidates)
    _lower_site_names(marks, candidates)
    candidates.sort(key=lambda c: (-c.score, c.index))
    best = candidates[0]
    if best.score < 0.3:
        return None, 0
    texts = {marks[best.index].block.folded}
    rivals = 0
    for other in candidates[1:]:
        folded = marks[other.index].block.folded
        same = any(folded.startswith(text) or text.startswith(folded) for text in texts)
        rivals += not same and other.score > best.score - 0.25 and other.agreement >= best.agreement
    return best, rivals


def _favour_first(candidates: list[Candidate]) -> None:
    """Raise the first of neighbouring lines about the story: standfirsts, captions and links come under the headline."""
    for candidate in candidates:
        above = [
            c
            for c in candidates
            if 0 < candidate.index - c.index <= CLUSTER and c.agreement >= ABOUT and not c.introduces
        ]
        if not above and candidate.agreement >= ABOUT and not candidate.introduces:
            candidate.score += FIRST_BONUS


def _favour_top(marks: list[Mark], candidates: list[Candidate]) -> None:
    """Raise the line that opens the last short run of lines beside a date or byline: what follows is standfirst and caption."""
    for candidate in sorted(candidates, key=lambda c: -c.index):
        top = candidate.index
        if candidate.introduces or not _opens_head(marks, top):
            continue
        end = top + 1
        while end < len(marks) and _is_line(marks[end]):
            end += 1
        beside = [marks[i] for i in (top - 1, end) if 0 <= i < len(marks)]
        if end - top <= MAX_HEAD_LINES and any(m.kind in META or m.cue_kind in _SIGNED for m in beside):
            candidate.score += TOP_BONUS
            for other in candidates:
                if other.index > top:
                    other.score -= TOP_BONUS
                elif top - other.index > CLUSTER:
                    other.score -= FAR_MALUS
            return


def _lower_site_names(marks: list[Mark], candidates: list[Candidate]) -> None:
    """Lower short lines that say what the copyright line says: the name of the site, which its text mentions too."""
    owner = "\n".join(mark.block.folded for mark in marks if mark.cue_kind == "copyright")
    if not owner:
        return
    for candidate in candidates:
        block = marks[candidate.index].block
        if block.n_words <= MAX_NAME_WORDS and shared(block.stems(), owner) >= MIN_NAME_SHARE:
            candidate.score -= SITE_MALUS


def _opens_head(marks: list[Mark], index: int) -> bool:
    """Whether a line may be a headline with no other such line above it but captions, and is not a name beside a place."""
    text = marks[index].block.text
    if not _is_line(marks[index]) or marks[index].block.n_words < 3 or marks[index].block.bullet:
        return False
    if marks[index].block.n_words <= 6 and " - " in text and all(len(p.split()) <= 3 for p in text.split(" - ")):
        return False
    above = index - 1
    while above >= 0 and (marks[above].cue_kind == "caption" or marks[above].kind is SHARE):
        above -= 1
    return above < 0 or not _is_line(marks[above]) or marks[above].block.n_words < 3


def _is_line(mark: Mark) -> bool:
    return mark.kind in (SHORT, SENTENCE) and not mark.soft


def _may_head(mark: Mark) -> bool:
    n_words = mark.block.n_words
    if mark.kind is CUE:
        return mark.cue_kind in ("read_also", "caption", "byline") and mark.cue is not None and n_words >= 4
    if mark.kind is PROSE:
        return n_words <= MAX_HEADLINE_WORDS
    if mark.kind is TICKER:
        return n_words <= MAX_HEADLINE_WORDS
    return n_words <= MAX_HEADLINE_WORDS and len(mark.block.text) >= 8 and not (mark.soft and n_words <= 3)


def _candidate(
    marks: list[Mark],
    index: int,
    steps: int,
    between: range,
    following: str,
    repeats: dict[str, int],
    listed: bool,
) -> Candidate:
    mark = marks[index]
    block = mark.block
    n_words = block.n_words
    words = block.stems()
    agreement = shared(words, following)
    if len(words) < 3:
        agreement *= len(words) / 3
    repeated = repeats.get(block.folded, 1) > 1
    score = 2.0 * min(agreement, ENOUGH) + 0.6 * repeated - 0.07 * min(steps, 12)
    score += _length_score(n_words)
    score += 0.5 * _beside_meta(marks, index, between)
    score -= 0.5 * (block.bullet and not repeated)
    score -= 0.6 * (listed and not repeated)
    score -= 0.5 * (mark.kind in (TICKER, PROSE))
    score -= 0.8 * (mark.kind is CUE)
    score -= 0.5 * (block.terminal and block.text[-1] == ".")
    introduces = block.text[-1] == ":"
    score -= 0.8 * introduces
    score -= 0.4 * mark.soft
    score -= 1.2 * following.startswith(block.folded[:COPIED_CHARS])
    return Candidate(index, score, agreement, introduces)


def _length_score(n_words: int) -> float:
    if n_words >= 5:
        return 0.5 if n_words <= 22 else 0.1
    return (0.0, -0.6, -0.4, 0.0, 0.35)[n_words]


def _beside_meta(marks: list[Mark], index: int, between: range) -> bool:
    """Whether a date, byline or share bar follows within two blocks, with nothing else between but one line."""
    for i in range(index + 1, min(index + 3, between.stop)):
        if marks[i].kind in (DATE, TIME, SHARE) or marks[i].cue_kind in (
            "byline",
            "published",
            "updated",
        ):
            return True
    return index > between.start and marks[index - 1].kind in (DATE, TIME)


def _list_lines(marks: list[Mark], between: range) -> set[int]:
    """Lines in runs of three or more of one shape: lists of headlines and menus."""
    listed: set[int] = set()
    run: list[int] = []
    for i in between:
        mark = marks[i]
        if mark.kind in (SHORT, SENTENCE) and mark.block.n_words >= 2:
            run.append(i)
            continue
        if len(run) >= 4:
            listed.update(run)
        run = []
    if len(run) >= 6:
        listed.update(run[:-2])
    return listed
