"""Decides which stories below the page's own are articles of their own, and which are teasers of other pages; it cuts no stories."""

from typing import Final

from pipeline.parsers.labels import DATE, Mark
from pipeline.parsers.list_pages import breaks_off
from pipeline.parsers.stories import Story, is_listed

MIN_WORDS: Final = 15
MIN_TEXT_WORDS: Final = 90  # of a single paragraph that no list is likely to print
MAX_ITEM_WORDS: Final = 30  # of a line without final punctuation: a headline or a summary
MIN_TEASERS: Final = 2


def embedded_stories(stories: list[Story], lead: int, marks: list[Mark]) -> list[Story]:
    """The stories after the lead that are articles inside the page."""
    later = [story for story in stories[lead + 1 :] if story.headline and story.n_words >= MIN_WORDS]
    short = [story for story in later if _is_single(story)]
    return [story for story in later if not _is_teaser(story, marks, is_one_of_many=len(short) >= MIN_TEASERS)]


def _is_single(story: Story) -> bool:
    return len(story.prose) == 1 and story.n_words < MIN_TEXT_WORDS


def _is_teaser(story: Story, marks: list[Mark], *, is_one_of_many: bool) -> bool:
    """Whether a story is a link with a summary, or several: what it says breaks off, leads on, or stands in a list."""
    if all(_is_item(marks[i]) for i in story.prose):
        return True
    if not _is_single(story):
        return False
    under = marks[story.stop] if story.stop < len(marks) else None
    # the date under a summary is that of the page it leads to; an article's own stands in its head
    leads_on = under is not None and (under.kind is DATE or under.cue_kind in ("more", "login"))
    return is_one_of_many or leads_on or is_listed(story, marks)


def _is_item(mark: Mark) -> bool:
    return breaks_off(mark) or (not mark.block.terminal and mark.block.n_words <= MAX_ITEM_WORDS)
