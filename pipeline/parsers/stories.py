"""Decides which stretches of a page are articles, where each begins and ends, and which line heads it; it names no roles.

The prose of a page comes in runs. From top to bottom, each run either goes on with the story before it or begins another one: a
new story has a headline of its own that agrees with it, often a date or byline of its own, comes after what ends a story (credit,
keywords, comments, a list of related headlines), and shares few words with the story before.
"""

from dataclasses import dataclass, field
from typing import Final

from pipeline.parsers.endings import before_author, last_paragraph
from pipeline.parsers.headlines import MIN_SCORE, best_headline, count_repeats
from pipeline.parsers.heads import Candidate
from pipeline.parsers.labels import (
    CUE,
    DATE,
    ENDERS,
    META,
    POST,
    PROSE,
    SENTENCE,
    SHORT,
    SIGNATURE,
    TIME,
    Mark,
)
from pipeline.parsers.list_items import LISTS, ends_with_stop
from pipeline.parsers.list_pages import MAX_TEASER_WORDS, breaks_off, is_list_page
from pipeline.parsers.neighbours import reshape
from pipeline.parsers.similarity import ABOUT, SAME_STORY, continuity, shared

MAX_FOLLOWING_CHARS: Final = 1600  # of the text that a headline is compared with: about four paragraphs
# The weights and thresholds below were set by hand and then moved one at a time on tests/eval/generic.py (synthetic layouts
# around SaudiNewsNet and ANT Corpus articles, aggregator pages without their layout, and full pages of the HTML kit).
MIN_BREAK: Final = 0.6
MIN_NOVELTY: Final = -1.5
MAX_NOVELTY: Final = 1.0
MIN_OWN: Final = 0.1
MIN_STORY_WORDS: Final = 18
MIN_SHORT_STORY_AGREEMENT: Final = 0.2
MIN_BRIEF_WORDS: Final = 10  # of a dated line that its headline sums up
MIN_BRIEF_AGREEMENT: Final = 0.5
MAX_COUNTED_WORDS: Final = 400
SURE_HEADLINE: Final = 2.0
DATED_HEADLINE: Final = 1.2
SURE_DATED_HEADLINE: Final = 1.6  # that may share no word with its text
MIN_WALLED_WORDS: Final = 60  # of a text that a notice or a wall leaves to the page
MIN_TEASERS: Final = 4
MIN_ANNOUNCED_WORDS: Final = 2
MAX_FOREIGN: Final = 0.02  # of the words of a text, in another story before it
OPENERS: Final = frozenset(("related", "most_read", "comments", "read_also"))
_TEXT_ENDS: Final = ENDERS - {"copyright"}


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
    repeats = count_repeats(marks)
    reshape(marks, repeats)
    prose = [i for i, mark in enumerate(marks) if mark.kind is PROSE and not _is_notice(mark)]
    if not prose:
        prose = [i for i, m in enumerate(marks) if m.kind is SENTENCE and m.block.n_words >= 6 and not m.soft]
        prose = [i for i in prose if i > 0]
        if not any(ends_with_stop(marks[i].block.text) for i in prose):
            prose = []  # questions and calls alone are headlines
    runs = _runs(prose)
    stories: list[Story] = []
    end = 0
    in_comments = False
    for run in runs:
        between = range(end, run[0])
        following = _following(marks, run[0], prose)
        best, rivals = best_headline(marks, between, following, repeats, is_first=not stories)
        announced = _announced(marks, between, run, stories[-1]) if stories else None
        if announced is not None and (best is None or best.index != announced.index):
            best = announced
        in_comments = _in_comments(marks, between, in_comments)
        current = stories[-1] if stories else None
        if in_comments and not (best and best.score >= 2.2 and best.agreement >= 0.5 and current):
            end = run[-1] + 1
            if current is None:  # a comment box above the article
                in_comments = False
            else:
                continue
        if current is None or announced or _breaks(marks, between, run, current, best, following):
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
    for story in stories:
        _end(story, marks)
    return stories


def _end(story: Story, marks: list[Mark]) -> None:
    """Give back the paragraphs after the end of a story."""
    n = last_paragraph(marks, story.prose)
    if story.headline:
        n = min(n, before_author(marks, range(story.headline.index + 1, story.body), story.prose))
    if n < len(story.prose):
        story.prose = story.prose[:n]
        story.stop = story.prose[-1] + 1
        story.text = "".join(f"\n{marks[i].block.folded}" for i in story.prose)
        story.n_words = sum(marks[i].block.n_words for i in story.prose)


def choose_lead(stories: list[Story], marks: list[Mark]) -> int | None:
    """The index of the page's own article among its stories; None when the page is a list, a notice or a menu."""
    worthy = [i for i, story in enumerate(stories) if _is_article(story)]
    worthy = [i for i in worthy if not _is_teaser(stories[i], marks)] or worthy
    if not worthy:
        return None
    if is_list_page(marks):
        return None
    own = stories[worthy[0]]
    is_headed = len(own.prose) > 1 and _is_surely_headed(
        own, marks
    )  # then lists under it are those of any article page
    teasers = [s for s in stories if s.headline and s.n_words <= MAX_TEASER_WORDS]
    teasers = [s for s in teasers if not (is_headed and (s is own or is_listed(s, marks)))]
    longest = max(stories[i].n_words for i in worthy)
    if len(teasers) >= MIN_TEASERS and longest <= MAX_TEASER_WORDS * 1.5:
        return None
    head = own.headline.index if own.headline else own.body
    if longest < MIN_WALLED_WORDS and any(
        m.cue_kind == "not_found" or (m.cue_kind == "login" and i > head and _is_wall(marks, i))
        for i, m in enumerate(marks)
    ):
        return None
    heaviest = max(_weight(stories[i]) for i in worthy)
    for i in worthy:  # the first one that is not a teaser or a notice above the article
        if _weight(stories[i]) >= (0.08 if _is_surely_headed(stories[i], marks) else 0.35) * heaviest:
            return i
    return worthy[0]


def _is_wall(marks: list[Mark], index: int) -> bool:
    """Whether a line about signing in stands above the lists of the page: to read on, and not to comment."""
    return all(mark.cue_kind not in ENDERS or mark.soft for mark in marks[:index])


def _weight(story: Story) -> float:
    """How much speaks for a story as the page's own: its length, up to that of a long article, and its headline."""
    return min(story.n_words, MAX_COUNTED_WORDS) * (0.4 + (story.headline.score if story.headline else 0.0))


def _is_teaser(story: Story, marks: list[Mark]) -> bool:
    """Whether every paragraph of a story is short and breaks off, as the summaries beside links do."""
    return all(breaks_off(marks[i]) for i in story.prose)


def is_listed(story: Story, marks: list[Mark]) -> bool:
    """Whether the title of a list stands over the headline of a story, and no link to a whole story does."""
    if story.explicit or story.headline is None:
        return False
    above = story.headline.index - 1
    while above >= 0 and marks[above].kind is not PROSE:
        if marks[above].kind is CUE and marks[above].cue_kind in LISTS:
            return True
        above -= 1
    return False


def _is_surely_headed(story: Story, marks: list[Mark]) -> bool:
    """Whether even a short story is the page's own, and no teaser: a likely headline with a date or byline, or a longer text."""
    if story.headline is None:
        return False
    head = range(max(story.headline.index - 1, 0), story.body)
    dated = any(marks[i].kind in META or marks[i].cue_kind == "byline" for i in head)
    return story.headline.score >= (DATED_HEADLINE if dated else SURE_HEADLINE) and (
        dated or story.n_words > MAX_TEASER_WORDS
    )


def _is_article(story: Story) -> bool:
    if story.headline is None:
        return story.n_words >= 2 * MIN_STORY_WORDS
    if story.n_words >= 2 * MIN_STORY_WORDS:
        return True
    if story.headline.features.get("over_date") and story.headline.agreement >= MIN_BRIEF_AGREEMENT:
        return story.n_words >= MIN_BRIEF_WORDS
    if story.n_words < MIN_STORY_WORDS:
        return False
    if story.headline.features.get("right_over_date") and story.headline.score >= SURE_DATED_HEADLINE:
        return True
    return story.headline.agreement >= MIN_SHORT_STORY_AGREEMENT


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


def _is_closed_by(marks: list[Mark], index: int) -> bool:
    """Whether what ends an article stands at a place."""
    return index < len(marks) and marks[index].cue_kind in _TEXT_ENDS and not marks[index].soft


def _is_foreign(marks: list[Mark], between: range, run: list[int], current: Story) -> bool:
    """Whether a run after an interruption has nothing to do with the story: terms, notices, biographies, footers.

    They stand after what ends the article, so that a run that such an end follows goes on with it.
    """
    if _is_closed_by(marks, run[-1] + 1):
        return False
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
    own = shared(marks[best.index].block.stems(), text)
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
    if own < MIN_OWN and not (dated or signed or opened):
        return False  # the last of a list of links above the text, which goes on
    evidence = 0.7 * bool(cues & ENDERS) + 0.7 * opened + 1.2 * dated + 0.6 * (signed and not dated)
    evidence += 0.7 * breaks_off(marks[current.prose[-1]])
    block = marks[best.index].block

    def is_enough(novelty: float) -> bool:
        score = 2.5 * (own - ABOUT) + 1.5 * novelty + evidence - 0.3
        if current.headline is None or current.headline.agreement < 0.15 or current.headline.score < MIN_SCORE:
            score += 0.8 + 0.5 * (current.n_words < 60)
        if block.n_words - block.bullet < 4:
            score -= 0.6 + 0.6 * block.bullet
        if not evidence:
            score -= 1.0
        return score >= MIN_BREAK

    if is_enough(MIN_NOVELTY) or not is_enough(MAX_NOVELTY):  # the texts are compared only where that decides
        return is_enough(MIN_NOVELTY)
    same = continuity(text, current.text)
    if current.headline:
        same = max(same, 0.35 * shared(marks[current.headline.index].block.stems(), text))
    return is_enough(max(MIN_NOVELTY, min(MAX_NOVELTY, (SAME_STORY - same) / SAME_STORY)))


def _announced(marks: list[Mark], between: range, run: list[int], current: Story) -> Candidate | None:
    """The line under a bare "read also" that heads a text of some length, another story; None when the text may go on with the story.

    It is another one after the credit of the story, and where no word of it was said before: a headline that plays with words shares
    none with its text, and a link inside a story has the same story on both sides.
    """
    over = next((i for i in reversed(between) if marks[i].cue_kind == "read_also"), None)
    if over is None or marks[over].kind is not CUE or not _is_bare(marks[over]):
        return None
    title = over + 1
    is_closed = any(marks[i].cue_kind == "credit" and not marks[i].soft for i in range(between.start, over))
    lede = range(title + 1, run[0])
    if title >= run[0] or len(lede) > is_closed or not all(ends_with_stop(marks[i].block.text) for i in lede):
        return None
    if marks[title].kind not in (SHORT, SENTENCE) or marks[title].block.n_words < MIN_ANNOUNCED_WORDS:
        return None
    if sum(marks[i].block.n_words for i in run) < MIN_WALLED_WORDS:
        return None
    text = "\n".join(marks[i].block.folded for i in run)
    if not is_closed and (current.n_words < MIN_WALLED_WORDS or continuity(text, current.text) > MAX_FOREIGN):
        return None
    return Candidate(title, shared(marks[title].block.stems(), text), score=MIN_SCORE)


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
