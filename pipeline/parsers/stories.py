"""Decides which stretches of a page are articles, where each begins and ends, and which line heads it; it names no roles.

The prose of a page comes in runs. From top to bottom, each run either goes on with the story before it or begins another one: a
new story has a headline of its own that agrees with it, often a date or byline of its own, comes after what ends a story (credit,
keywords, comments, a list of related headlines), and shares few words with the story before.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

from pipeline.parsers.headlines import Candidate, best_headline, count_repeats
from pipeline.parsers.labels import CUE, DATE, POST, PROSE, SENTENCE, SHORT, SIGNATURE, TIME, Mark
from pipeline.parsers.neighbours import reshape
from pipeline.parsers.similarity import ABOUT, continuity, shared

MAX_FOLLOWING_CHARS: Final = 1600  # of the text that a headline is compared with: about four paragraphs
# The weights and thresholds below were set by hand and then moved one at a time on tests/eval/generic.py (synthetic layouts
# around SaudiNewsNet and ANT Corpus articles, aggregator pages without their layout, and full pages of the HTML kit).
MIN_BREAK: Final = 0.6
MIN_EMBEDDED_WORDS: Final = 15
MAX_TEASER_WORDS: Final = 55
# Share of long words that the story before has too (`continuity`), the second half of an article against the first: 0.10 at the
# 10th percentile and 0.20 at the median; against another article 0.02 at the median and 0.09 at the 95th percentile.
SAME_STORY: Final = 0.11

ENDERS: Final = frozenset(("credit", "keywords", "related", "most_read", "comments", "comment_form", "copyright"))


@dataclass(slots=True)
class Story:
    """A stretch of blocks [first, stop): head lines, then from `body` on the runs of prose of one article.

    `rivals`: headline candidates almost as good as the chosen one.
    """

    first: int
    body: int
    stop: int
    headline: Candidate | None
    prose: list[int] = field(default_factory=list)
    text: str = ""
    n_words: int = 0
    rivals: int = 0
    explicit: bool = False


def find_stories(marks: list[Mark]) -> list[Story]:
    """The stories of a page from top to bottom, comments and chrome left out; the blocks between stories belong to none."""
    repeats = count_repeats(marks)
    reshape(marks, repeats)
    prose = [i for i, mark in enumerate(marks) if mark.kind is PROSE and not _is_notice(mark)]
    if not prose:
        prose = [i for i, m in enumerate(marks) if m.kind is SENTENCE and m.block.n_words >= 6 and not m.soft]
        prose = [i for i in prose if i > 0]
    runs = _runs(prose)
    stories: list[Story] = []
    end = 0
    in_comments = False
    for run in runs:
        between = range(end, run[0])
        following = _following(marks, run[0], prose)
        best, rivals = best_headline(marks, between, run[0], following, repeats)
        in_comments = _in_comments(marks, between, in_comments)
        current = stories[-1] if stories else None
        if in_comments and not (best and best.score >= 2.2 and best.agreement >= 0.5 and current):
            end = run[-1] + 1
            if current is None:  # a comment box above the article
                in_comments = False
            else:
                continue
        if current is None or _breaks(marks, between, run, current, best, following):
            story = Story(_story_start(marks, between, best, current), run[0], run[-1] + 1, best, rivals=rivals)
            story.explicit = any(marks[i].cue_kind == "read_also" for i in between)
            stories.append(story)
            current = story
            in_comments = False
        elif _is_foreign(marks, between, run, current):
            end = run[-1] + 1
            continue  # prose of the site: it neither goes on with the story nor has a headline of its own
        current.prose += run
        current.stop = end = run[-1] + 1
        current.text += "".join([f"\n{marks[i].block.folded}" for i in run])
        current.n_words += sum([marks[i].block.n_words for i in run])
    return stories


def breaks_off(mark: Mark) -> bool:
    """Whether a paragraph is short and ends in the middle, as teasers do."""
    return mark.block.n_words <= MAX_TEASER_WORDS and mark.block.text.endswith(("…", "..."))


def _is_notice(mark: Mark) -> bool:
    return mark.soft and mark.cue_kind in ("chrome", "copyright", "comment_form", "subscribe", "login", "not_found")


def _runs(prose: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for i in prose:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _following(marks: list[Mark], first: int, prose: list[int]) -> str:
    parts, length = [], 0
    for i in prose[bisect_left(prose, first) :]:
        parts.append(marks[i].block.folded)
        length += len(parts[-1])
        if length >= MAX_FOLLOWING_CHARS:
            break
    return "\n".join(parts)


def _in_comments(marks: list[Mark], between: range, before: bool) -> bool:
    state = before
    for i in between:
        kind = marks[i].cue_kind
        if kind in ("comments", "comment_form") and not marks[i].soft:
            state = True
        elif kind in ("read_also", "related", "most_read"):
            state = False
    return state


def _closed(marks: list[Mark], between: range) -> bool:
    return any(marks[i].cue_kind in ENDERS and not marks[i].soft for i in between)


def _is_foreign(marks: list[Mark], between: range, run: list[int], current: Story) -> bool:
    """Whether a run after an interruption has nothing to do with the story: terms, notices, biographies, footers."""
    furniture = sum(marks[i].kind not in (SENTENCE, POST, SIGNATURE) for i in between)
    if _closed(marks, between):
        least = 2.0 * SAME_STORY
    elif furniture >= 6:
        least = 1.5 * SAME_STORY
    elif furniture >= 2:
        least = 0.7 * SAME_STORY
    else:
        return False
    if current.n_words < 60:
        return False
    return continuity("\n".join([marks[i].block.folded for i in run]), current.text) < least


def _breaks(
    marks: list[Mark], between: range, run: list[int], current: Story, best: Candidate | None, following: str
) -> bool:
    """Whether a run of prose begins another story."""
    if best is None:
        return False
    distance = run[0] - best.index
    heads = distance <= 3 or all(
        marks[i].kind is not SHORT or marks[i].block.n_words < 4 for i in range(best.index + 1, run[0])
    )
    if not heads and distance > 6 and current.headline is not None:
        return False
    text = "\n".join([marks[i].block.folded for i in run])
    if len(text) < 300:
        text = following[:800]
    same = continuity(text, current.text)
    own = shared(marks[best.index].block.stems(), text)
    if current.headline:
        same = max(same, 0.35 * shared(marks[current.headline.index].block.stems(), text))
    cues = {marks[i].cue_kind for i in between if not marks[i].soft}
    head = range(max(best.index - 1, between.start), run[0])
    dated = any(marks[i].kind is DATE for i in head)
    signed = any(marks[i].cue_kind == "byline" for i in head)
    opened = _opened_alone(marks, between, best.index)
    novelty = max(-1.5, min(1.0, (SAME_STORY - same) / SAME_STORY))
    evidence = 0.7 * bool(cues & ENDERS) + 0.7 * opened + 1.2 * dated + 0.6 * (signed and not dated)
    evidence += 0.7 * breaks_off(marks[current.prose[-1]])
    score = 2.5 * (own - ABOUT) + 1.5 * novelty + evidence - 0.3
    if current.headline is None or current.headline.agreement < 0.15:
        score += 0.8 + 0.5 * (current.n_words < 60)
    if marks[best.index].block.n_words < 4:
        score -= 0.6
    if not evidence:
        score -= 1.0
    return score >= MIN_BREAK


def _opened_alone(marks: list[Mark], between: range, headline: int) -> bool:
    """Whether a "read also" line of its own stands before the headline."""
    return any(
        marks[i].cue_kind == "read_also" and marks[i].kind is CUE and i < headline and _is_bare(marks[i])
        for i in between
    )


def _is_bare(mark: Mark) -> bool:
    cue = mark.cue
    return cue is not None and (cue.value < 0 or not mark.block.folded[cue.value :].strip())


def _story_start(marks: list[Mark], between: range, best: Candidate | None, current: Story | None) -> int:
    """Where the head of a story begins: at the top of the page, or at its headline with the opener and date above it."""
    if current is None:
        return 0
    if best is None:
        return between.stop
    start = best.index
    while start > between.start:
        above = marks[start - 1]
        if above.kind in (DATE, TIME) or (above.cue_kind == "read_also" and _is_bare(above)):
            start -= 1
        else:
            break
    return start
