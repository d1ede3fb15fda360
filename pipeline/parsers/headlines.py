"""Decides which of the lines above a text is its headline, and how likely; it cuts no stories.

Each line is described by a few features: how much of it the text says again, its length, what stands beside it, and its place in the
head of the story. Their weights are data (`headline_weights.toml`), fitted on pages with truth.
"""

import math
import re
import tomllib
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.parsers import list_items
from pipeline.parsers.blocks import Block
from pipeline.parsers.heads import (
    MAX_NAME_WORDS,
    Candidate,
    describe_places,
    is_count,
    is_dated,
    is_names,
    is_post_of_author,
)
from pipeline.parsers.kickers import COPIED_CHARS
from pipeline.parsers.labels import (
    CUE,
    DATE,
    MENU,
    META,
    PROSE,
    SENTENCE,
    SHARE,
    SHORT,
    SIGNED,
    TICKER,
    TIME,
    Mark,
)
from pipeline.parsers.list_items import INTRODUCERS, ends_with_stop, find_items, has_standfirst_length, is_line
from pipeline.parsers.similarity import shared, stems
from pipeline.text import function_words

MAX_HEADLINE_WORDS: Final = 30
MIN_SCORE: Final = 0.3
MIN_FIRST_SCORE: Final = -0.5  # above the first text of a page, which hardly ever is without a headline
SHARPNESS: Final = 3.0  # of the softmax that the weights were fitted with
MAX_PATH_WORDS: Final = 45
MIN_CUT_WORDS: Final = 3
MIN_CUED_WORDS: Final = 3
PATH: Final = 0  # see `count_repeats`
MAX_STEPS: Final = 60  # blocks above the text that are looked at
MAX_RIVAL_DISTANCE: Final = 0.25
ENOUGH: Final = 0.8  # more agreement says nothing: the median headline has 0.77, a standfirst copied from the text 1
MIN_NAME_SHARE: Final = 0.6
MIN_NAME_CHARS: Final = 3
MAX_TELLER_CHARS: Final = 25  # of a text before the name of the site

_SIGN: Final = re.compile(r"[>»›/|→←«–—-]\s\S")  # in every path, and sooner looked for
_AFTER_NAME: Final = (":", "،", ",")
_AFTER_FIRST_NAME: Final = (":", "-", "–", "—")
_CUT_OFF: Final = ("…", "...")
_LAST_PART: Final = re.compile(r".*\S\s?[>»›/|→←«–—-]\s(?=\S)")
_WEIGHTS: Final = Path(__file__).with_name("headline_weights.toml")
_CANDIDATES: Final = frozenset((SHORT, SENTENCE, TICKER, CUE, PROSE))
_PATHS: Final = frozenset((SHORT, SENTENCE, TICKER, CUE, MENU))
_CUED: Final = frozenset(("read_also", "caption", "byline"))
_LENGTHS: Final = ((2, "words_1_2"), (3, "words_3"), (4, "words_4"), (7, "words_5_7"), (16, ""), (22, "words_17_22"))


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = tomllib.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return weights


@cache
def _common_stems() -> frozenset[str]:
    """The stems of function words: any text has them."""
    return frozenset(
        stem
        for language in function_words.languages()
        for word in function_words.folded(language)
        for stem in stems(word)
    )


def count_repeats(marks: list[Mark]) -> dict[str, int]:
    """How often each headline-like line of the page is printed: alone, before the site's name, or at the end of a path or title.

    A line that itself is such a path, the headline whole or cut at its end, counts as printed PATH times.
    """
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
    paths: list[str] = []
    for mark in marks:
        if (
            mark.kind in _PATHS
            and mark.block.n_words <= MAX_PATH_WORDS
            and _SIGN.search(mark.block.folded)
            and (sign := _LAST_PART.match(mark.block.folded))
        ):
            last = mark.block.folded[sign.end() :].rstrip(".… ")
            whole = last if last in counts else _begun(ordered, last)
            if whole:
                counts[whole] += 1
                paths.append(mark.block.folded)
    counts.update(dict.fromkeys(paths, PATH))
    return counts


def _begun(ordered: list[str], start: str) -> str | None:
    """The line that a cut line begins."""
    if start.count(" ") < MIN_CUT_WORDS - 1:
        return None
    at = bisect_left(ordered, start)
    return ordered[at] if at < len(ordered) and ordered[at].startswith(f"{start} ") else None


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
    items = find_items(marks, between)
    for i in reversed(between):
        mark = marks[i]
        if (
            mark.kind in _CANDIDATES
            and _may_head(mark)
            and repeats.get(mark.block.folded, 1) != PATH
            and not _is_teller(mark.block, following)
        ):
            candidate = _candidate(marks, i, between, following, repeats.get(mark.block.folded, 1) > 1)
            candidate.features["steps"] = min(steps, 12)
            candidate.features["in_series"] = i in items.series
            if candidate.features.get("repeated"):
                items.discard(i)
            else:
                candidate.features["listed"] = i in items.listed
                candidate.features["under_list"] = i in items.under_list
                candidate.features["list_end"] = i in items.list_end
            candidates.append(candidate)
        steps += mark.kind not in META
        if steps > MAX_STEPS:
            break
    if candidates:
        describe_places(marks, candidates, items, following, repeats)
        _find_site_names(marks, candidates)
        _find_opening_captions(marks, candidates)
    return candidates


def _may_head(mark: Mark) -> bool:
    n_words = mark.block.n_words
    if n_words > MAX_HEADLINE_WORDS:
        return False
    if mark.kind is CUE:
        return mark.cue_kind in _CUED and n_words >= MIN_CUED_WORDS
    if mark.kind in (PROSE, TICKER):
        return True
    return len(mark.block.text) >= 8 and not (mark.soft and n_words <= 3)


def _candidate(marks: list[Mark], index: int, between: range, following: str, repeated: bool) -> Candidate:
    mark = marks[index]
    block = mark.block
    words = block.stems()
    words = [word for word in words if word not in _common_stems()] or words
    agreement = shared(words, following)
    if len(words) < 3:
        agreement *= len(words) / 3
    features: dict[str, float] = {
        "base": 1,
        "about": min(agreement, ENOUGH),
        "repeated": repeated and block.n_words - block.bullet > list_items.MAX_KICKER_WORDS,
    }
    length = next((name for most, name in _LENGTHS if block.n_words - block.bullet <= most), "words_23")
    if length:
        features[length] = 1
    introduces = block.text[-1] in INTRODUCERS
    features |= {
        "bullet": block.bullet and not features["repeated"],
        "clock_first": block.text[0].isdigit() and block.text[:6].find(":") > 0,
        "ticker_or_prose": mark.kind in (TICKER, PROSE),
        "cue": mark.kind is CUE,
        "ends_with_stop": block.terminal and ends_with_stop(block.text),
        "introduces": introduces,
        "soft": mark.soft,
        "names": is_names(mark) or is_post_of_author(marks, index),
        "count": is_count(mark),
        "copied": following.startswith(block.folded[:COPIED_CHARS]),
    }
    _describe_neighbours(marks, index, between, features)
    return Candidate(index, agreement, introduces, features)


def _describe_neighbours(marks: list[Mark], index: int, between: range, features: dict[str, float]) -> None:
    under = marks[index + 1] if index + 1 < between.stop else None
    above = marks[index - 1] if index > between.start else None
    first = index + 1 + (under is not None and has_standfirst_length(under))
    near = [marks[i] for i in range(first, min(first + 2, between.stop))]
    features["beside_meta"] = any(m.kind in (DATE, TIME, SHARE) or m.cue_kind in SIGNED for m in near) or (
        above is not None and above.kind in (DATE, TIME)
    )
    if under is not None:
        features["over_date"] = _is_over_date(marks, index, between)
        features["right_over_date"] = is_dated(under)
        features["over_standfirst"] = has_standfirst_length(under) and not has_standfirst_length(marks[index])
    if (
        above is not None
        and is_line(above)
        and list_items.MAX_KICKER_WORDS < above.block.n_words <= list_items.MAX_HEADLINE_WORDS
    ):
        features["is_standfirst"] = has_standfirst_length(marks[index])
        text = marks[index].block.text
        if ends_with_stop(text) or (features["is_standfirst"] and text.endswith(_CUT_OFF)):
            # the date under it is of the headline
            features |= {"beside_meta": 0, "over_date": 0, "right_over_date": 0}


def _is_over_date(marks: list[Mark], index: int, between: range) -> bool:
    """Whether a date follows a line at once, or after the standfirst under it."""
    under = index + 1
    if under < between.stop and is_line(marks[under]):
        under += 1
    return under < between.stop and is_dated(marks[under])


def _find_site_names(marks: list[Mark], candidates: list[Candidate]) -> None:
    """Mark short lines that say what the copyright line says: the name of the site, which its text mentions too."""
    owner = "\n".join(mark.block.folded for mark in marks if mark.cue_kind == "copyright")
    for candidate in candidates if owner else ():
        block = marks[candidate.index].block
        short = block.n_words <= MAX_NAME_WORDS
        candidate.features["site_name"] = short and shared(block.stems(), owner) >= MIN_NAME_SHARE


def _is_teller(block: Block, following: str) -> bool:
    """Whether a text begins with a line as the name of who tells it: `according to NAME,`, `NAME: `, `NAME - `."""
    name = block.folded
    if block.n_words > list_items.MAX_KICKER_WORDS or len(name) < MIN_NAME_CHARS:
        return False
    at = following.find(name, 0, MAX_TELLER_CHARS + len(name))
    if at < 0:
        return False
    return following[at + len(name) :].lstrip(" »)").startswith(_AFTER_NAME if at else _AFTER_FIRST_NAME)


def _find_opening_captions(marks: list[Mark], candidates: list[Candidate]) -> None:
    """Let a line that begins as captions do be like any other where no line above it may head the text: captions come later."""
    first = min((c.index for c in candidates if marks[c.index].block.n_words > list_items.MAX_KICKER_WORDS), default=-1)
    for candidate in candidates:
        cue = marks[candidate.index].cue
        if candidate.index == first and cue is not None and cue.kind == "caption" and not cue.labelled:
            candidate.features["cue"] = False
