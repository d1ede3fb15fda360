"""Decides which stretches of a page are articles, where each begins and ends, and which line heads it; it names no roles.

The prose of a page comes in runs. From top to bottom, each run either goes on with the story before it or begins another one: a
new story has a headline of its own that agrees with it, often a date or byline of its own, comes after what ends a story (credit,
keywords, comments, a list of related headlines), and shares few words with the story before.
"""

from dataclasses import dataclass, field
from typing import Final

from pipeline.parsers.labels import CUE, DATE, POST, PROSE, SENTENCE, SHARE, SHORT, SIGNATURE, STAMP, TICKER, TIME, Mark
from pipeline.parsers.neighbours import reshape
from pipeline.parsers.similarity import ABOUT, continuity, shared, stems

MAX_FOLLOWING_CHARS: Final = 1600  # of the text that a headline is compared with: about four paragraphs
MAX_HEADLINE_WORDS: Final = 30
# The weights and thresholds below were set by hand and then moved one at a time on tests/eval/generic.py (synthetic layouts
# around SaudiNewsNet and ANT Corpus articles, aggregator pages without their layout, and full pages of the HTML kit).
MIN_BREAK: Final = 0.6
MIN_STORY_WORDS: Final = 18
MIN_SHORT_STORY_AGREEMENT: Final = 0.2
MAX_COUNTED_WORDS: Final = 400
SURE_HEADLINE: Final = 2.0
DATED_HEADLINE: Final = 1.2
MIN_EMBEDDED_WORDS: Final = 15
MIN_TEASERS: Final = 4
MAX_TEASER_WORDS: Final = 55
MIN_TEASER_SHARE: Final = 0.7  # of the words of prose on the page

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
# Share of long words that the story before has too (`continuity`), the second half of an article against the first: 0.10 at the
# 10th percentile and 0.20 at the median; against another article 0.02 at the median and 0.09 at the 95th percentile.
SAME_STORY: Final = 0.11

ENDERS: Final = frozenset(("credit", "keywords", "related", "most_read", "comments", "comment_form", "copyright"))
OPENERS: Final = frozenset(("related", "most_read", "comments", "read_also"))
_CANDIDATES: Final = frozenset((SHORT, SENTENCE, TICKER, CUE, PROSE))
_META: Final = frozenset((DATE, TIME, STAMP))
_SIGNED: Final = frozenset(("byline", "published", "updated"))


@dataclass(slots=True)
class Candidate:
    """A line that may be a headline: its index, how likely, and how much of it stands in the text after it."""

    index: int
    score: float
    agreement: float
    introduces: bool = False  # ends with a colon: a kicker above the headline


@dataclass(slots=True)
class Story:
    """A stretch of blocks [first, stop): head lines, then from `body` on the runs of prose of one article.

    `is_comment`: the prose is readers' comments. `rivals`: headline candidates almost as good as the chosen one.
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
    repeats = _repeats(marks)
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
        for i in run:
            current.text += "\n" + marks[i].block.folded
            current.n_words += marks[i].block.n_words
    return stories


def choose_lead(stories: list[Story], marks: list[Mark]) -> int | None:
    """The index of the page's own article among its stories; None when the page is a list, a notice or a menu."""
    worthy = [i for i, story in enumerate(stories) if _is_article(story)]
    worthy = [i for i in worthy if not _is_teaser(stories[i], marks)] or worthy
    if not worthy:
        return None
    if _is_list_page(marks):
        return None
    teasers = [s for s in stories if s.headline and s.n_words <= MAX_TEASER_WORDS]
    longest = max(stories[i].n_words for i in worthy)
    if len(teasers) >= MIN_TEASERS and longest <= MAX_TEASER_WORDS * 1.5:
        return None
    if longest < 60 and any(m.cue_kind in ("not_found", "login") for m in marks):
        return None
    heaviest = max(_weight(stories[i]) for i in worthy)
    for i in worthy:  # the first one that is not a teaser or a notice above the article
        if _weight(stories[i]) >= (0.08 if _is_surely_headed(stories[i], marks) else 0.35) * heaviest:
            return i
    return worthy[0]


def _weight(story: Story) -> float:
    """How much speaks for a story as the page's own: its length, up to that of a long article, and its headline."""
    return min(story.n_words, MAX_COUNTED_WORDS) * (0.4 + (story.headline.score if story.headline else 0.0))


def _is_teaser(story: Story, marks: list[Mark]) -> bool:
    """Whether every paragraph of a story is short and breaks off, as the summaries beside links do."""
    return all(_breaks_off(marks[i]) for i in story.prose)


def _breaks_off(mark: Mark) -> bool:
    return mark.block.n_words <= MAX_TEASER_WORDS and mark.block.text.endswith(("…", "..."))


def _is_surely_headed(story: Story, marks: list[Mark]) -> bool:
    """Whether even a short story is the page's own, and no teaser: a likely headline with a date or byline, or a longer text."""
    if story.headline is None:
        return False
    head = range(max(story.headline.index - 1, 0), story.body)
    dated = any(marks[i].kind in _META or marks[i].cue_kind == "byline" for i in head)
    return story.headline.score >= (DATED_HEADLINE if dated else SURE_HEADLINE) and (
        dated or story.n_words > MAX_TEASER_WORDS
    )


def _is_list_page(marks: list[Mark]) -> bool:
    """Whether most prose of a page is teasers: single short paragraphs under headlines with dates of their own, or under
    headlines that they agree with, each about another thing."""
    teasers: list[str] = []
    n_teaser_words = n_words = n_dated = 0
    for i, mark in enumerate(marks):
        if mark.kind is not PROSE:
            continue
        n_words += mark.block.n_words
        above = i - 1
        while above >= 0 and marks[above].kind in _META:
            above -= 1
        dated = above < i - 1 and marks[i - 1].kind is DATE
        heads = above >= 0 and marks[above].block.n_words >= 4
        heads = heads and (marks[above].kind is SHORT or (dated and marks[above].kind is SENTENCE))
        if not heads or mark.block.n_words > MAX_TEASER_WORDS:
            continue
        about = shared(stems(marks[above].block.folded), mark.block.folded) >= ABOUT
        if about or dated or _breaks_off(mark):
            teasers.append(mark.block.folded)
            n_dated += dated
            n_teaser_words += mark.block.n_words
    if len(teasers) < MIN_TEASERS or n_teaser_words < MIN_TEASER_SHARE * n_words:
        return False
    if n_dated == len(teasers):
        return True
    apart = [continuity(teaser, "\n".join(teasers[:i])) for i, teaser in enumerate(teasers) if i]
    return sum(apart) / len(apart) < SAME_STORY


def _is_article(story: Story) -> bool:
    if story.headline is None:
        return story.n_words >= 2 * MIN_STORY_WORDS
    if story.n_words >= 2 * MIN_STORY_WORDS:
        return True
    return story.n_words >= MIN_STORY_WORDS and story.headline.agreement >= MIN_SHORT_STORY_AGREEMENT


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
    for i in prose:
        if i >= first:
            parts.append(marks[i].block.folded)
            length += len(parts[-1])
            if length >= MAX_FOLLOWING_CHARS:
                break
    return "\n".join(parts)


def _repeats(marks: list[Mark]) -> dict[str, int]:
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
        steps += mark.kind not in _META
        if steps > 60:
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
        if end - top <= MAX_HEAD_LINES and any(m.kind in _META or m.cue_kind in _SIGNED for m in beside):
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
        if block.n_words <= MAX_NAME_WORDS and shared(stems(block.folded), owner) >= MIN_NAME_SHARE:
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
    words = stems(block.folded)
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
    text = "\n".join(marks[i].block.folded for i in run)
    furniture = sum(marks[i].kind not in (SENTENCE, POST, SIGNATURE) for i in between)
    least = 0.0
    if _closed(marks, between):
        least = 2.0 * SAME_STORY
    elif furniture >= 6:
        least = 1.5 * SAME_STORY
    elif furniture >= 2:
        least = 0.7 * SAME_STORY
    return current.n_words >= 60 and continuity(text, current.text) < least


def _breaks(
    marks: list[Mark], between: range, run: list[int], current: Story, best: Candidate | None, following: str
) -> bool:
    """Whether a run of prose begins another story."""
    if best is None:
        return False
    text = "\n".join(marks[i].block.folded for i in run)
    if len(text) < 300:
        text = following[:800]
    same = continuity(text, current.text)
    own = shared(stems(marks[best.index].block.folded), text)
    if current.headline:
        same = max(same, 0.35 * shared(stems(marks[current.headline.index].block.folded), text))
    distance = run[0] - best.index
    heads = distance <= 3 or all(
        marks[i].kind is not SHORT or marks[i].block.n_words < 4 for i in range(best.index + 1, run[0])
    )
    if not heads and distance > 6 and current.headline is not None:
        return False
    cues = {marks[i].cue_kind for i in between if not marks[i].soft}
    head = range(max(best.index - 1, between.start), run[0])
    dated = any(marks[i].kind is DATE for i in head)
    signed = any(marks[i].cue_kind == "byline" for i in head)
    opened = _opened_alone(marks, between, best.index)
    novelty = max(-1.5, min(1.0, (SAME_STORY - same) / SAME_STORY))
    evidence = 0.7 * bool(cues & ENDERS) + 0.7 * opened + 1.2 * dated + 0.6 * (signed and not dated)
    evidence += 0.7 * _breaks_off(marks[current.prose[-1]])
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
