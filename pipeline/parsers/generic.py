"""Decides the role of every block of a page of an unknown layout but those of a head (`head_roles`); it does not read dates, names or posts.

First each block is labelled by its own shape and cue words (`labels`), then the page is cut into stories (`stories`), and here
the blocks get their roles by where they stand: head, body, inside the body, between and after the stories.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from pipeline.parsers.assignments import BY_CUE, BY_KIND
from pipeline.parsers.blocks import split_blocks
from pipeline.parsers.confidence import DISAGREEING, confidence, describe
from pipeline.parsers.cues import CUES_VERSION
from pipeline.parsers.embedded import embedded_stories
from pipeline.parsers.head_dates import date_above
from pipeline.parsers.head_roles import HeadRoles
from pipeline.parsers.inserts import are_links
from pipeline.parsers.labels import (
    CUE,
    DATE,
    PROSE,
    SENTENCE,
    SHORT,
    SIGNATURE,
    TIME,
    Mark,
    label,
)
from pipeline.parsers.segments import Page, Segment
from pipeline.parsers.similarity import continuity, shared
from pipeline.parsers.stories import Story, choose_lead, find_stories
from pipeline.parsers.tags import begins_list, find_tags
from schemas.vocab import BlockRole

GENERIC_VERSION: Final = f"7+cues.{CUES_VERSION}"
PARSER: Final = "generic"

# Share of the headline's stems in the body: 0.33 at the 2nd percentile of SaudiNewsNet and ANT Corpus articles, 0.11 at the median
# and 0.33 at the 95th percentile when headlines and bodies are shuffled. Below the threshold hardly any true pair is left.
MIN_AGREEMENT: Final = 0.12
AGREEING: Final = 0.5  # more of it raises the score no further
MIN_RELATED_WORDS: Final = 4
MAX_STANDFIRST_WORDS: Final = 40
MAX_UNDER_STANDFIRST: Final = 3  # blocks: a button or two between the standfirst and its date
MIN_UNENDED_WORDS: Final = 14  # a last paragraph without final punctuation; 5 % of headlines are as long
TRUNCATED: Final = ("…", "...", "[…]", "[...]")

_SCOPES: Final = {
    "related": BlockRole.RELATED,
    "read_also": BlockRole.RELATED,
    "most_read": BlockRole.MOST_READ,
    "comments": BlockRole.COMMENT,
    "comment_form": BlockRole.COMMENT_FORM,
}
_TEXT: Final = (PROSE, SENTENCE)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[34]|19|20)\d{2}(?!\d)")
_DECIMAL: Final = re.compile(r"\d+\.\d+")  # a cell of a table, which may be a time as well


def segment_generic(text: str, is_boilerplate: Callable[[str], bool] | None = None) -> Page | None:
    """The segments of a page by its shape, or None when no article is on it.

    Args:
        text: page text.
        is_boilerplate: says whether a folded line repeats across the pages of the source (`boilerplate.Boilerplate`).
    """
    marks = label(split_blocks(text), is_boilerplate)
    stories = find_stories(marks)
    lead = choose_lead(stories, marks)
    if lead is None:
        return None
    return _Reader(text, marks, stories, lead).page()


class _Reader(HeadRoles):
    """Gives each block of one page its role."""

    def __init__(self, text: str, marks: list[Mark], stories: list[Story], lead: int) -> None:
        super().__init__(text, marks)
        self.lead = stories[lead]
        self.embedded = embedded_stories(stories, lead, marks)
        self.scores: dict[int, float] = {}
        self.flags: dict[int, list[str]] = {}

    def page(self) -> Page:
        """All segments of the page."""
        position = 0
        for number, story in enumerate([self.lead, *self.embedded]):
            self._outside(range(position, story.first), max(number - 1, 0), tail=number > 0)
            stop = self._extended(story)
            self._head(story, number)
            self._body(story, stop, number)
            for i in find_tags(self.marks, stop, self._said(story)):
                self.give(i, BlockRole.KEYWORDS, number, "tags under the text", 0.6)
            position = stop
        self._outside(range(position, len(self.marks)), 0, tail=True)
        self._date_of_lead()
        for number, story in enumerate([self.lead, *self.embedded]):
            self._judge(story, number)
        return Page(self.ordered(), PARSER, GENERIC_VERSION, self.scores, self.flags)

    def _said(self, story: Story) -> str:
        """Headline and text of a story, folded."""
        return f"{self.marks[story.headline.index].block.folded}\n{story.text}" if story.headline else story.text

    # -- the head of a story: from its first block to its prose

    def _head(self, story: Story, number: int) -> None:
        headline = story.headline.index if story.headline else story.first - 1
        self._outside(range(story.first, max(headline, story.first)), number, tail=False)
        if story.headline:
            self.give_headline(story, number)
        self.give_head(story, headline, number)

    # -- the body

    def _extended(self, story: Story) -> int:
        """Where the body ends: after its last prose and the lines that clearly go on with it."""
        stop = story.stop
        while stop < len(self.marks):
            mark = self.marks[stop]
            previous = self.marks[stop - 1]
            lone = stop + 1 >= len(self.marks) or self.marks[stop + 1].kind is not SHORT
            if mark.soft or mark.kind not in (SENTENCE, SHORT):
                break
            if (
                (mark.kind is SENTENCE and self._goes_on(stop, story))
                or previous.block.text.endswith(":")
                or (mark.block.bullet and previous.block.bullet and stop > story.stop)
                or (stop == story.stop and mark.block.n_words >= MIN_UNENDED_WORDS and not self._heads_list(stop))
                or (mark.block.n_words >= 9 and lone and continuity(mark.block.folded, story.text) >= 0.3)
            ):
                stop += 1
            else:
                break
        return stop

    def _heads_list(self, index: int) -> bool:
        """Whether the next line is as long as this one, as in a list of headlines."""
        following = self.marks[index + 1] if index + 1 < len(self.marks) else None
        return following is not None and following.kind is SHORT and following.block.n_words >= 6

    def _goes_on(self, index: int, story: Story) -> bool:
        """Whether a short sentence after the last prose is still the article's: next to it, or with words of it."""
        block = self.marks[index].block
        if block.n_words < 3 or block.text.endswith(TRUNCATED):
            return False
        return index == story.stop or continuity(block.folded, story.text) >= 0.25

    def _body(self, story: Story, stop: int, number: int) -> None:
        index = story.body
        scope: BlockRole | None = None
        while index < stop:
            mark = self.marks[index]
            if mark.kind in _TEXT and not (mark.kind is SENTENCE and scope is not None and mark.block.n_words < 12):
                scope = None
                self.paragraph(index, number)
            elif mark.kind is SHORT:
                end = index
                while end < stop and self.marks[end].kind is SHORT:
                    end += 1
                self._short_lines(range(index, end), story, number, scope)
                index = end
                continue
            elif mark.kind is SIGNATURE:
                self._claim_post(index, number)
                self.give(index, BlockRole.SOCIAL, number, "signature of a post")
                scope = None
            elif mark.kind in (DATE, TIME):
                self._date_inside(index, number)
            else:
                if mark.cue_kind in _SCOPES and not mark.soft:
                    scope = _SCOPES[mark.cue_kind]
                self.give_cued(index, number)
                if self.segments[index][0].role != BlockRole.MARKER and mark.cue_kind in _SCOPES:
                    scope = None
            index += 1

    def _short_lines(self, lines: range, story: Story, number: int, scope: BlockRole | None) -> None:
        """Lines without final punctuation inside the body: sub-headings, verses, items of a list; or related headlines."""
        if scope is None and are_links(self.marks, lines, story.text):
            scope = BlockRole.RELATED
        for i in lines:
            if scope is not None:
                self.give(i, scope, 0 if scope is BlockRole.RELATED else number, "list inside the text", 0.6)
            else:
                self.paragraph(i, number, 0.6)

    def _date_inside(self, index: int, number: int) -> None:
        """A date inside the body: one that stands alone may be a heading; a time is of an entry, a date under a link of the link."""
        mark, above = self.marks[index], self.segments.get(index - 1)
        if mark.cue_kind in ("published", "updated") or self._is_under_standfirst(index, number):
            self.give_parts(index, number)
        elif (mark.kind is TIME and not _DECIMAL.fullmatch(mark.block.text)) or (
            above and above[0].role in (BlockRole.RELATED, BlockRole.MOST_READ)
        ):
            self.give(index, BlockRole.PAGE_DATE, number, "date inside the text", 0.6)
        else:
            self.paragraph(index, number, 0.4)

    def _is_under_standfirst(self, index: int, number: int) -> bool:
        """Whether a date with its year stands under the first paragraph, of a standfirst's length, and no other does above it."""
        story = [self.lead, *self.embedded][number]
        first = story.body
        if (
            self.marks[index].kind is not DATE
            or not first < index <= first + MAX_UNDER_STANDFIRST
            or story.headline is None
        ):
            return False
        if story.headline.index != first - 1 or self.marks[first].block.n_words > MAX_STANDFIRST_WORDS:
            return False
        if any(mark.kind in _TEXT or mark.kind is SHORT for mark in self.marks[first + 1 : index]):
            return False
        has_date = any(
            s.role == BlockRole.PUBLISHED_RAW and s.article == number for many in self.segments.values() for s in many
        )
        return not has_date and _YEAR.search(self.marks[index].block.folded) is not None

    def _claim_post(self, index: int, number: int) -> None:
        """The paragraph before the signature of a post is the post's text."""
        above = self.segments.get(index - 1)
        if above and above[0].role in (BlockRole.PARAGRAPH, BlockRole.PARAGRAPH_LINE) and above[0].article == number:
            self.give(index - 1, BlockRole.SOCIAL_TEXT, number, "text before the signature of a post", 0.7)

    # -- before, between and after the stories

    def _outside(self, indices: Iterable[int], number: int, *, tail: bool) -> None:
        scope: BlockRole | None = None
        pending: BlockRole | None = None  # a label whose value is on the next line
        values = list(indices)
        for i in values:
            if i in self.segments:
                continue
            mark = self.marks[i]
            cue = mark.cue_kind
            if pending and begins_list(mark.block.folded):
                pending = None
            elif pending and mark.kind is SHORT and mark.block.n_words <= 12:
                self.give(i, pending, number, "line after its label", 0.7)
                pending = None if pending is BlockRole.CREDIT else pending
                continue
            if mark.kind is not SHORT or mark.block.n_words > 12:
                pending = None
            if mark.kind is SIGNATURE:
                self.give(i, BlockRole.SOCIAL, number, "signature of a post")
            elif mark.kind in (DATE, TIME):
                self._date_outside(i, number, tail=tail and scope is None)
            elif mark.kind is CUE or mark.soft:
                self.give_cued(i, number)
                bare = mark.cue is not None and (mark.cue.value < 0 or not mark.block.folded[mark.cue.value :].strip())
                scope = _SCOPES.get(cue, scope if cue not in ("copyright", "credit", "keywords") else None)
                if cue in ("credit", "keywords") and bare and tail:
                    pending = BY_CUE[cue]
                    self.give(i, BlockRole.MARKER, number)
            elif mark.kind in (SHORT, *_TEXT):
                self._plain_outside(i, number, scope, tail=tail)
            else:
                self.give(i, BY_KIND.get(mark.kind, BlockRole.CHROME), number)

    def _plain_outside(self, index: int, number: int, scope: BlockRole | None, *, tail: bool) -> None:
        block = self.marks[index].block
        if scope is not None:
            article = 0 if scope in (BlockRole.RELATED, BlockRole.MOST_READ) else number
            if scope in (BlockRole.RELATED, BlockRole.MOST_READ) and block.n_words < 3:
                self.give(index, BlockRole.CHROME, article, "short line in a list", 0.5)
            elif block.bullet and scope in (BlockRole.RELATED, BlockRole.MOST_READ):
                self.give_item(index, scope)
            else:
                self.give(index, scope, article, "line of the list", 0.7)
        elif index == 0 and block.text[-1] == ":" and block.n_words <= 8:
            end = block.start + len(block.text[:-1].rstrip())
            self.segments[index] = [
                Segment(
                    BlockRole.SOURCE_NAME, block.start, end, self.text[block.start : end], number, "first line", 0.8
                )
            ]
        elif tail and MIN_RELATED_WORDS <= block.n_words <= 25 and self.marks[index].kind is not PROSE:
            self.give(index, BlockRole.RELATED, 0, "headline-like line after the text", 0.4)
        else:
            self.give(index, BlockRole.CHROME, number, "outside of the article", 0.5)

    def _date_outside(self, index: int, number: int, *, tail: bool) -> None:
        labelled = self.marks[index].cue_kind in ("published", "updated", "byline")
        if labelled and (not tail or number == 0):
            self.give_parts(index, number)
            return
        self.give(index, BlockRole.PAGE_DATE, number, "date away from a headline", 0.6)

    # -- what the page says about itself

    def _date_of_lead(self) -> None:
        """A date right above the headline is the publication date, unless it looks like the page's clock or there is another."""
        stated = [
            s for many in self.segments.values() for s in many if s.role == BlockRole.PUBLISHED_RAW and s.article == 0
        ]
        headline = self.lead.headline
        if headline is not None:
            self._drop_clock_updates(headline.index)
        if stated or headline is None:
            return
        if found := date_above(self.marks, headline.index):
            self.give(found[0], BlockRole.PUBLISHED_RAW, 0, found[1], 0.5)

    def _drop_clock_updates(self, headline: int) -> None:
        """Above the headline "updated" is said of the site, if under it is said when the story was."""
        updated = [
            i
            for i, many in self.segments.items()
            if any(s.role == BlockRole.UPDATED_RAW and s.article == 0 for s in many)
        ]
        if any(headline < i < self.lead.body for i in updated):
            for i in updated:
                if i < headline and not any(s.role == BlockRole.PUBLISHED_RAW for s in self.segments[i]):
                    self.give(i, BlockRole.PAGE_DATE, 0, "update of the site", 0.6)

    def _judge(self, story: Story, number: int) -> None:
        flags = []
        agreement = story.headline.agreement if story.headline else 0.0
        if story.headline:
            if agreement < AGREEING:
                agreement = max(agreement, shared(self.marks[story.headline.index].block.stems(), story.text))
            if agreement < MIN_AGREEMENT:
                flags.append("headline_body_disagree")
        if story.rivals:
            flags.append("several_headline_candidates")
        last = self.marks[story.prose[-1]].block.text
        if last.endswith(TRUNCATED) or number in self.truncated:
            flags.append("body_maybe_truncated")
        self.flags[number] = flags
        said = confidence(describe(self.marks, self.segments, story, number))
        self.scores[number] = min(said, DISAGREEING) if "headline_body_disagree" in flags else said
