"""Decides the roles of the blocks between a headline and its text: standfirst, names, dates, captions; not what the headline is."""

import unicodedata
from typing import Final

from pipeline.parsers.assignments import Assignments, without_bullet
from pipeline.parsers.bylines import before_post, is_known_person
from pipeline.parsers.date_shapes import date_share
from pipeline.parsers.head_lines import (
    MAX_NAME_LINE,
    after_title_label,
    are_labels,
    is_credited,
    may_be_name,
    may_be_standfirst,
    states_post,
)
from pipeline.parsers.labels import (
    CUE,
    DATE,
    MIN_DATE_SHARE,
    PROSE,
    SENTENCE,
    SHARE,
    SHORT,
    STAMP,
    TICKER,
    TIME,
    Mark,
)
from pipeline.parsers.segments import Segment
from pipeline.parsers.similarity import shared
from pipeline.parsers.stories import Story
from schemas.vocab import BlockRole

_TEXT: Final = (PROSE, SENTENCE)
_PICTURES: Final = frozenset(("So", "Sk", "Mn", "Cf", "Zs"))  # signs, and what joins and colours them


class HeadRoles(Assignments):
    """Gives the blocks of the head of a story their roles."""

    def give_headline(self, story: Story, number: int) -> None:
        """Gives the headline its role, and those lines of the head that repeat it theirs."""
        assert story.headline is not None
        index, score = story.headline.index, story.headline.score
        block = self.marks[index].block
        start, end = self._without_bullet(index), self._without_site_name(index)
        confidence = max(0.05, min(0.99, score / 3.0))
        self.segments[index] = [
            Segment(BlockRole.HEADLINE, start, end, self.text[start:end], number, "best line", confidence)
        ]
        folded = block.folded
        for i in range(story.first, story.body):
            other = self.marks[i].block
            same = other.folded == folded or other.folded.startswith(folded + " ")
            if i != index and same and len(other.text) > 8 and other.n_words <= block.n_words + 8:
                self.give(i, BlockRole.HEADLINE_REPEATED, number, "repeats the headline", 0.9)

    def _without_bullet(self, index: int) -> int:
        block = self.marks[index].block
        text = without_bullet(block.text) if block.bullet else block.text
        if unicodedata.category(text[0]) == "So":  # a red dot, a flag
            text = text.lstrip("".join(c for c in text if unicodedata.category(c) in _PICTURES)) or text
        return block.end - len(after_title_label(text))

    def _without_site_name(self, index: int) -> int:
        """The end of a headline line without ` | Site`."""
        block = self.marks[index].block
        for separator in (" | ", " :: ", " – ", " — ", " - ", "|"):
            head, found, name = block.text.rpartition(separator)
            if found and 1 <= len(name.split()) <= 4 and len(head.split()) >= 3:
                known = (
                    separator in (" | ", " :: ", "|")
                    or self._is_site_name(index, name)
                    or self._is_printed(index, head)
                )
                if known:
                    return block.start + len(head.rstrip())
        return block.end

    def _is_printed(self, index: int, head: str) -> bool:
        """Whether the beginning of a line is a line of its own: what is left is the site's name."""
        folded, n_words = self.marks[index].block.folded, len(head.split())
        return any(
            mark.block.n_words == n_words and folded.startswith(f"{mark.block.folded} ")
            for mark in self.marks
            if mark.kind in (SHORT, SENTENCE)
        )

    def _is_site_name(self, index: int, name: str) -> bool:
        folded = self.marks[index].block.folded[-len(name) :].strip()
        return len(folded) > 2 and any(
            folded in mark.block.folded
            for i, mark in enumerate(self.marks)
            if i != index and (mark.cue_kind == "copyright" or mark.block.n_words <= 4)
        )

    def give_head(self, story: Story, headline: int, number: int) -> None:
        """Gives the blocks after the headline, and before the text, their roles."""
        body_text = story.text
        last_meta = max(
            (i for i in range(headline + 1, story.body) if self.is_meta(i) and i not in self.segments),
            default=headline,
        )
        seen_sub = False
        under = range(headline + 1, story.body)
        is_signed = any(self.marks[i].cue_kind == "byline" and not self._is_post(i) for i in under)
        if not is_signed:
            self._give_author_above(headline, number)
        for i in range(headline + 1, story.body):
            if i in self.segments:
                continue
            mark = self.marks[i]
            n_words = mark.block.n_words
            if mark.kind is CUE and self._is_post(i):
                self.give(i, BlockRole.CHROME, number, "post of the author", 0.6)
            elif self.is_meta(i):
                self.give_parts(i, number)
            elif not is_signed and self._is_name_with_post(i):
                self.give(i, BlockRole.BYLINE, number, "name and post beside the date", 0.6)
            elif mark.kind in (SHORT, *_TEXT) and not mark.soft:
                text_like = mark.kind in _TEXT and n_words >= 4
                first = all(
                    self.marks[j].kind in (DATE, TIME, SHARE) or j in self.segments for j in range(headline + 1, i)
                )
                if are_labels(mark.block.folded):
                    self.give(i, BlockRole.MARKER, number, "labels without values", 0.8)
                elif self._is_post(i):
                    self.give(i, BlockRole.CHROME, number, "post of the author", 0.6)
                elif self._is_dateline(mark):
                    self.give(i, BlockRole.BYLINE, number, "names around a dash", 0.6)
                elif (
                    not seen_sub
                    and first
                    and may_be_standfirst(mark.block, is_under_meta=any(map(self.is_meta, range(headline + 1, i))))
                    and (i < last_meta or not text_like)
                ):
                    self.give(i, BlockRole.SUBHEADLINE, number, "line under the headline", 0.6)
                    seen_sub = True
                elif text_like and i > last_meta:
                    self.paragraph(i, number)
                elif n_words <= MAX_NAME_LINE and not is_signed and self._is_name_line(i, last_meta):
                    self.give(i, BlockRole.BYLINE, number, "short line beside the date or the text", 0.5)
                elif is_credited(mark.block):
                    self.give(i, BlockRole.CAPTION, number, "ends with a name in brackets", 0.5)
                elif n_words >= 8 and i > last_meta and shared(mark.block.stems(), body_text) >= 0.3:
                    self.paragraph(i, number)
                else:
                    self.give(i, BlockRole.CHROME, number, "line between headline and text", 0.4)
            elif mark.cue_kind == "credit" and date_share(mark.block.folded) >= MIN_DATE_SHARE:
                self.give_parts(i, number)  # whom the text is from, and when
            else:
                self.give_cued(i, number)

    def _give_author_above(self, headline: int, number: int) -> None:
        """Makes a byline of a known name, or one with its post under it, right above the headline."""
        index = headline - 1
        has_post = index > 0 and self._is_post(index)
        index -= has_post
        if index < 0 or self.marks[index].kind is not SHORT or not may_be_name(self.marks[index].block):
            return
        if has_post or is_known_person(self.marks[index].block.text):
            self.give(index, BlockRole.BYLINE, number, "name above the headline", 0.5)

    def _is_name_with_post(self, index: int) -> bool:
        """Whether a line beside a date is a name and what its bearer is: `أحمد علي محرر الشؤون الاقتصادية`."""
        mark = self.marks[index]
        if mark.kind is not SHORT or any(map(str.isdigit, mark.block.text)):
            return False
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(self.marks)]
        return any(map(self.is_meta, beside)) and before_post(mark.block.text) != mark.block.text

    def _is_dateline(self, mark: Mark) -> bool:
        """Whether a line is a name, place or agency on each side of a dash: `هشام العوضي - أزيلال`, `عدن (رويترز)`."""
        text = mark.block.text.rstrip(":")
        if mark.block.n_words > 8 or mark.block.terminal or any(map(str.isdigit, text)):
            return False
        separator = next((s for s in (" - ", " – ", " — ", "- ", "_", " (", "، ") if s in text), None)
        return separator is not None and all(1 <= len(part.split()) <= 3 for part in text.split(separator))

    def _is_name_line(self, index: int, last_meta: int) -> bool:
        if not may_be_name(self.marks[index].block):
            return False
        if abs(index - last_meta) <= 1 or self._is_post(index + 1):
            return True
        under = self.marks[index + 1] if index + 1 < len(self.marks) else None
        return under is not None and (under.kind is PROSE or (under.kind is DATE and self.is_meta(index + 1)))

    def _is_post(self, index: int) -> bool:
        """Whether a line says what the author named in the line above it is."""
        if index >= len(self.marks) or not states_post(self.marks[index].block.folded):
            return False
        cue = self.marks[index].cue
        if cue is not None and cue.labelled:
            return False
        above = self.marks[index - 1]
        return above.kind in (SHORT, CUE) and may_be_name(above.block)

    def is_meta(self, index: int) -> bool:
        """Whether a block says when or by whom the article is."""
        mark = self.marks[index]
        if mark.kind in (DATE, TIME, STAMP) or mark.cue_kind in ("byline", "published", "updated"):
            return True
        return mark.kind is TICKER and mark.block.n_words <= 16 and any(map(str.isdigit, mark.block.text))

    def paragraph(self, index: int, number: int, confidence: float = 0.0) -> None:
        """Makes a block a paragraph, or the next line of one."""
        role = BlockRole.PARAGRAPH if self.marks[index].block.gap else BlockRole.PARAGRAPH_LINE
        self.give(index, role, number, "text", confidence)
