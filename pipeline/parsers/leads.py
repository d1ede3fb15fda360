"""Decides which story of a page is the page's own article, and that none is on a list, a notice or a menu."""

from typing import Final

from pipeline.parsers.headlines import META
from pipeline.parsers.labels import DATE, PROSE, SENTENCE, SHORT, Mark
from pipeline.parsers.similarity import ABOUT, continuity, shared
from pipeline.parsers.stories import MAX_TEASER_WORDS, SAME_STORY, Story, breaks_off

# Set as the weights of `stories`.
MIN_STORY_WORDS: Final = 18
MIN_SHORT_STORY_AGREEMENT: Final = 0.2
MAX_COUNTED_WORDS: Final = 400
SURE_HEADLINE: Final = 2.0
DATED_HEADLINE: Final = 1.2
MIN_TEASERS: Final = 4
MIN_TEASER_SHARE: Final = 0.7  # of the words of prose on the page


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
    return all(breaks_off(marks[i]) for i in story.prose)


def _is_surely_headed(story: Story, marks: list[Mark]) -> bool:
    """Whether even a short story is the page's own, and no teaser: a likely headline with a date or byline, or a longer text."""
    if story.headline is None:
        return False
    head = range(max(story.headline.index - 1, 0), story.body)
    dated = any(marks[i].kind in META or marks[i].cue_kind == "byline" for i in head)
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
        while above >= 0 and marks[above].kind in META:
            above -= 1
        dated = above < i - 1 and marks[i - 1].kind is DATE
        heads = above >= 0 and marks[above].block.n_words >= 4
        heads = heads and (marks[above].kind is SHORT or (dated and marks[above].kind is SENTENCE))
        if not heads or mark.block.n_words > MAX_TEASER_WORDS:
            continue
        about = shared(marks[above].block.stems(), mark.block.folded) >= ABOUT
        if about or dated or breaks_off(mark):
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
