"""Decides which of the lines above a text is its headline, and how likely; it cuts no stories.

Each line is described by a few features: how much of it the text says again, its length, what stands beside it, and its place in the
head of the story. Their weights are data (`headline_weights.toml`), fitted on pages with truth.
"""

import math
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.parsers.labels import CHROME, CUE, DATE, PROSE, SENTENCE, SHARE, SHORT, STAMP, TICKER, TIME, Mark
from pipeline.parsers.similarity import ABOUT, shared, stems

MAX_HEADLINE_WORDS: Final = 30
MIN_SCORE: Final = 0.3
MIN_FIRST_SCORE: Final = -0.5  # above the first text of a page, which hardly ever is without a headline
SHARPNESS: Final = 3.0  # of the softmax that the weights were fitted with
MAX_STEPS: Final = 60  # blocks above the text that are looked at
MAX_RIVAL_DISTANCE: Final = 0.25
CLUSTER: Final = 8  # blocks
ENOUGH: Final = 0.8  # more agreement says nothing: the median headline has 0.77, a standfirst copied from the text 1
COPIED_CHARS: Final = 30  # a line that begins as the text does is its standfirst or teaser
MAX_NAME_WORDS: Final = 6
MIN_NAME_SHARE: Final = 0.6
MAX_HEAD_LINES: Final = 4  # headline, standfirst, name, place
MAX_HEAD_META: Final = 7  # blocks of dates, names and buttons between headline and standfirst
MAX_LESS_ABOUT: Final = 0.5  # by so much may a headline say less of the text's words than its standfirst
MIN_ITEM_WORDS: Final = 3
MIN_SERIES: Final = 3  # items; two lines with numbers may be a headline and its standfirst
MAX_PAIR: Final = 3  # blocks from the date of an item to that of the next
MIN_KICKER_WORDS: Final = 2
MAX_KICKER_WORDS: Final = 4
MAX_KICKED_WORDS: Final = 16  # longer lines are standfirsts under a short headline

_ITEM_START: Final = re.compile(r"\d{1,2}(?::\d{2})?[.)\-–]?\s+\S")
_COMMA: Final = re.compile("[,،] ")
_WEIGHTS: Final = Path(__file__).with_name("headline_weights.toml")
_CANDIDATES: Final = frozenset((SHORT, SENTENCE, TICKER, CUE, PROSE))
_META: Final = frozenset((DATE, TIME, STAMP))
_SIGNED: Final = frozenset(("byline", "published", "updated"))
_CUED: Final = frozenset(("read_also", "caption", "byline"))
_INTRODUCES: Final = frozenset(":؛")
_LISTS: Final = frozenset(("most_read", "related"))
_LENGTHS: Final = ((2, "words_1_2"), (3, "words_3"), (4, "words_4"), (7, "words_5_7"), (MAX_KICKED_WORDS, ""), (22, "words_17_22"))  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """A line that may be a headline: its index, how likely, and how much of it stands in the text after it.

    `introduces`: ends with a colon, as a kicker above the headline does. `features`: what the score is the weighted sum of.
    `chance`: how likely it is the headline if one of the candidates is, 0..1.
    """

    index: int
    agreement: float
    introduces: bool = False
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    chance: float = 1.0


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = tomllib.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return weights


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
    marks: list[Mark], between: range, following: str, repeats: dict[str, int], *, is_first: bool
) -> tuple[Candidate | None, int]:
    """The likeliest headline among the blocks before a run of prose, and how many others come close.

    Args:
        marks: all blocks of the page.
        between: the blocks above the run, up to the story before.
        following: the beginning of the text, folded.
        repeats: what `count_repeats` found.
        is_first: whether no story stands above.
    """
    candidates = headline_candidates(marks, between, following, repeats)
    if not candidates:
        return None, 0
    weights = _weights()
    for candidate in candidates:
        candidate.score = sum(weights[name] * value for name, value in candidate.features.items())
    candidates.sort(key=lambda c: (-c.score, c.index))
    best = candidates[0]
    if best.score < (MIN_FIRST_SCORE if is_first else MIN_SCORE):
        return None, 0
    text = marks[best.index].block.folded
    rivals, others = 0, 0.0
    for other in candidates[1:]:
        folded = marks[other.index].block.folded
        if folded.startswith(text) or text.startswith(folded):
            continue
        others += math.exp(SHARPNESS * (other.score - best.score))
        rivals += other.score > best.score - MAX_RIVAL_DISTANCE and other.agreement >= best.agreement
    best.chance = 1 / (1 + others)
    return best, rivals


def headline_candidates(marks: list[Mark], between: range, following: str, repeats: dict[str, int]) -> list[Candidate]:
    """The lines that may head a text, with their features; from the text upwards."""
    candidates: list[Candidate] = []
    steps = 0
    listed, under_lists = _list_lines(marks, between), _lines_under_lists(marks, between)
    series = _series(marks, between)
    for i in reversed(between):
        mark = marks[i]
        if mark.kind in _CANDIDATES and _may_head(mark):
            candidate = _candidate(marks, i, between, following, repeats.get(mark.block.folded, 1) > 1)
            candidate.features["steps"] = min(steps, 12)
            candidate.features["in_series"] = i in series
            if not candidate.features.get("repeated"):
                candidate.features["listed"] = i in listed
                candidate.features["under_list"] = i in under_lists
            candidates.append(candidate)
        steps += mark.kind not in _META
        if steps > MAX_STEPS:
            break
    if candidates:
        kickers = {c.index for c in candidates if _is_kicker(marks, c.index, following, repeats)}
        for candidate in candidates:
            if candidate.index in kickers:
                candidate.features |= {"over_date": 0, "right_over_date": 0}
        _place_first(candidates, kickers)
        _place_top(marks, candidates, kickers)
        _find_site_names(marks, candidates)
    return candidates


def _may_head(mark: Mark) -> bool:
    n_words = mark.block.n_words
    if n_words > MAX_HEADLINE_WORDS:
        return False
    if mark.kind is CUE:
        return mark.cue_kind in _CUED and n_words >= 4
    if mark.kind in (PROSE, TICKER):
        return True
    return len(mark.block.text) >= 8 and not (mark.soft and n_words <= 3)


def _candidate(marks: list[Mark], index: int, between: range, following: str, repeated: bool) -> Candidate:
    mark = marks[index]
    block = mark.block
    words = stems(block.folded)
    agreement = shared(words, following)
    if len(words) < 3:
        agreement *= len(words) / 3
    features: dict[str, float] = {
        "base": 1,
        "about": min(agreement, ENOUGH),
        "repeated": repeated and block.n_words > MAX_KICKER_WORDS,
    }
    length = next((name for most, name in _LENGTHS if block.n_words <= most), "words_23")
    if length:
        features[length] = 1
    introduces = block.text[-1] in _INTRODUCES
    features |= {
        "bullet": block.bullet and not repeated,
        "clock_first": block.text[0].isdigit() and marks[index].block.text[:6].find(":") > 0,
        "ticker_or_prose": mark.kind in (TICKER, PROSE),
        "cue": mark.kind is CUE,
        "ends_with_stop": block.terminal and block.text[-1] in ".۔",
        "introduces": introduces,
        "soft": mark.soft,
        "names": _is_names(block.text),
        "copied": following.startswith(block.folded[:COPIED_CHARS]),
    }
    _describe_neighbours(marks, index, between, features)
    return Candidate(index, agreement, introduces, features)


def _describe_neighbours(marks: list[Mark], index: int, between: range, features: dict[str, float]) -> None:
    under = marks[index + 1] if index + 1 < between.stop else None
    above = marks[index - 1] if index > between.start else None
    near = [marks[i] for i in range(index + 1, min(index + 3, between.stop))]
    features["beside_meta"] = any(m.kind in (DATE, TIME, SHARE) or m.cue_kind in _SIGNED for m in near) or (
        above is not None and above.kind in (DATE, TIME)
    )
    if under is not None:
        features["over_date"] = _is_over_date(marks, index, between)
        features["right_over_date"] = _is_dated(under)
        features["over_standfirst"] = _is_standfirst_length(under) and not _is_standfirst_length(marks[index])
    if above is not None and _is_line(above) and MAX_KICKER_WORDS < above.block.n_words <= MAX_KICKED_WORDS:
        features["is_standfirst"] = _is_standfirst_length(marks[index])


def _is_over_date(marks: list[Mark], index: int, between: range) -> bool:
    """Whether a date follows a line at once, or after the standfirst under it."""
    under = index + 1
    if under < between.stop and _is_line(marks[under]):
        under += 1
    return under < between.stop and _is_dated(marks[under])


def _is_standfirst_length(mark: Mark) -> bool:
    """Whether a line is too long for most headlines, or ends as none does."""
    return _is_line(mark) and (mark.block.n_words > MAX_KICKED_WORDS or mark.block.text[-1] in ".۔")


def _list_lines(marks: list[Mark], between: range) -> set[int]:
    """Lines of runs of lines, less those at its end that may be the head of the story: lists of headlines and menus."""
    listed: set[int] = set()
    run: list[int] = []
    for i in between:
        if marks[i].kind in (SHORT, SENTENCE) and marks[i].block.n_words >= 2:
            run.append(i)
            continue
        listed.update(run[:-MAX_HEAD_LINES])
        run = []
    listed.update(run[:-MAX_HEAD_LINES])
    return listed


def _series(marks: list[Mark], between: range) -> set[int]:
    """Lines that say themselves that they are items: with a number or a time before each, or a date under each but the last."""
    items: set[int] = set()
    numbered: list[int] = []
    dated: list[int] = []
    for i in between:
        mark = marks[i]
        if mark.kind is TIME or mark.block.n_words < MIN_ITEM_WORDS:
            continue
        if mark.kind is DATE:
            if i == between.start or not _is_line(marks[i - 1]):
                continue
            if dated and i - dated[-1] > MAX_PAIR:  # a date under a line below the series: its last line is an item too
                items.update(j - 1 for j in dated if len(dated) >= MIN_SERIES)
                dated = []
            dated.append(i)
            items.update(j - 1 for j in dated[:-1] if len(dated) >= MIN_SERIES)
        elif _ITEM_START.match(mark.block.text):
            numbered.append(i)
        else:
            items.update(numbered if len(numbered) >= MIN_SERIES else ())
            numbered = []
    items.update(numbered if len(numbered) >= MIN_SERIES else ())
    return items


def _lines_under_lists(marks: list[Mark], between: range) -> set[int]:
    """Lines right under the title of a list, with nothing but lines, numbers and dates between; the last may be the headline."""
    found: set[int] = set()
    run: list[int] | None = None
    for i in between:
        mark = marks[i]
        if mark.cue_kind in _LISTS and mark.kind is CUE:
            found.update((run or [])[:-1])
            run = []
        elif run is not None:
            if mark.kind in (SHORT, SENTENCE, TICKER):
                if mark.block.n_words >= 3:
                    run.append(i)
            elif mark.kind not in _META and mark.kind is not CHROME:
                found.update(run[:-1])
                run = None
    found.update((run or [])[:-2])
    return found


def _is_kicker(marks: list[Mark], index: int, following: str, repeats: dict[str, int]) -> bool:
    """Whether a line names the subject above the headline: few words, with a line of a headline's length right under it."""
    block = marks[index].block
    if not MIN_KICKER_WORDS <= block.n_words <= MAX_KICKER_WORDS or not _is_line(marks[index]) or block.bullet:
        return False
    if index + 1 >= len(marks) or not _is_line(marks[index + 1]) or repeats.get(block.folded, 1) > 1:
        return False
    under = marks[index + 1].block
    if under.text.endswith((".", "۔", ":")) or following.startswith(under.folded[:COPIED_CHARS]):
        return False
    return MAX_KICKER_WORDS < under.n_words <= MAX_KICKED_WORDS


def _place_first(candidates: list[Candidate], kickers: set[int]) -> None:
    """Mark the first of neighbouring lines about the story: standfirsts, captions and links come under the headline."""
    candidates = [c for c in candidates if c.index not in kickers and not c.introduces and c.agreement >= ABOUT]
    for candidate in candidates:
        candidate.features["first"] = not any(0 < candidate.index - c.index <= CLUSTER for c in candidates)


def _place_top(marks: list[Mark], candidates: list[Candidate], kickers: set[int]) -> None:
    """Mark the line that opens the last short run of lines beside a date or byline: what follows is standfirst and caption."""
    by_index = {candidate.index: candidate for candidate in candidates}
    for candidate in sorted(candidates, key=lambda c: -c.index):
        top = candidate.index
        if candidate.introduces or not _opens_head(marks, top):
            continue
        end = top + 1
        while end < len(marks) and _is_line(marks[end]):
            end += 1
        if end - top <= MAX_HEAD_LINES and ((top and _is_meta(marks[top - 1])) or _meets_meta(marks, end)):
            top += top in kickers and top + 1 in by_index
            if not (end < len(marks) and _is_dated(marks[end])):
                top = _above_date(marks, top, by_index)
            by_index[top].features["top"] = 1
            for other in candidates:
                other.features["under_top"] = other.index > top
                other.features["far_above_top"] = top - other.index > CLUSTER
            return


def _meets_meta(marks: list[Mark], index: int) -> bool:
    """Whether a date or byline comes next, a caption, buttons and names aside."""
    for mark in marks[index : index + MAX_HEAD_LINES]:
        if _is_meta(mark):
            return True
        aside = mark.cue_kind == "caption" or mark.kind is SHARE
        if not aside and not (mark.kind is SHORT and mark.block.n_words <= MAX_KICKER_WORDS):
            return False
    return False


def _above_date(marks: list[Mark], top: int, candidates: dict[int, Candidate]) -> int:
    """The headline of a head whose date stands between headline and standfirst; `top` itself where the head is not so.

    The line above the date heads the text too, and no other dated line above it makes both items of a list.
    """
    above, dated = top - 1, False
    while above >= 0 and top - above <= MAX_HEAD_META and not _is_line(marks[above]):
        if not (_is_meta(marks[above]) or marks[above].kind is SHARE or marks[above].cue_kind == "caption"):
            return top
        dated = dated or _is_dated(marks[above])
        above -= 1
    candidate = candidates.get(above)
    if not dated or candidate is None or marks[above].block.n_words <= MAX_KICKER_WORDS:
        return top
    if candidate.agreement < max(ABOUT / 2, candidates[top].agreement - MAX_LESS_ABOUT):
        return top
    lines = above
    while lines >= 0 and _is_line(marks[lines]):
        lines -= 1
    return top if lines > 0 and _is_dated(marks[lines]) and _is_line(marks[lines - 1]) else above


def _opens_head(marks: list[Mark], index: int) -> bool:
    """Whether a line may be a headline with no other such line above it but captions, and is not a name beside a place."""
    text = marks[index].block.text
    if not _is_line(marks[index]) or marks[index].block.n_words < 3 or marks[index].block.bullet:
        return False
    if _is_names(text):
        return False
    above = index - 1
    while above >= 0 and (marks[above].cue_kind == "caption" or marks[above].kind is SHARE):
        above -= 1
    return above < 0 or not _is_line(marks[above]) or marks[above].block.n_words < 3


def _is_names(text: str) -> bool:
    """Whether a line is a name on each side of a dash or comma: an outlet, an author, a place."""
    n_words = len(text.split())
    for separator in (" - ", " – ", " | "):
        parts = text.split(separator)
        if len(parts) > 1 and n_words <= MAX_NAME_WORDS + 1 and all(len(p.split()) <= 3 for p in parts):
            return True
    parts = _COMMA.split(text)
    capital = all(not word[0].islower() and not word[0].isdigit() for word in text.split())
    return len(parts) == 2 and n_words < MAX_NAME_WORDS and capital and all(1 <= len(p.split()) <= 3 for p in parts)


def _find_site_names(marks: list[Mark], candidates: list[Candidate]) -> None:
    """Mark short lines that say what the copyright line says: the name of the site, which its text mentions too."""
    owner = "\n".join(mark.block.folded for mark in marks if mark.cue_kind == "copyright")
    for candidate in candidates if owner else ():
        block = marks[candidate.index].block
        short = block.n_words <= MAX_NAME_WORDS
        candidate.features["site_name"] = short and shared(stems(block.folded), owner) >= MIN_NAME_SHARE


def _is_line(mark: Mark) -> bool:
    return mark.kind in (SHORT, SENTENCE) and not mark.soft


def _is_meta(mark: Mark) -> bool:
    return mark.kind in _META or mark.cue_kind in _SIGNED


def _is_dated(mark: Mark) -> bool:
    return mark.kind is DATE or mark.cue_kind in ("published", "updated")
