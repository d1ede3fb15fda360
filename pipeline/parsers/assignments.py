"""Decides how a block with a known role becomes segments: which part of its line is the value; it does not choose the role."""

from typing import Final

from pipeline.parsers.labels import CUE, DATE, MENU, POST, SHARE, SIGNATURE, STAMP, TICKER, TIME, Mark
from pipeline.parsers.metadata_lines import Part, read_parts
from pipeline.parsers.segments import Segment
from schemas.vocab import BlockRole

BY_CUE: Final = {
    "credit": BlockRole.CREDIT,
    "keywords": BlockRole.KEYWORDS,
    "byline": BlockRole.BYLINE,
    "caption": BlockRole.CAPTION,
    "share": BlockRole.SHARE,
    "copyright": BlockRole.COPYRIGHT,
    "comment_form": BlockRole.COMMENT_FORM,
    "section": BlockRole.SECTION,
    "breadcrumb": BlockRole.MENU,  # the link home, or a label before what is not on the line
    "related": BlockRole.MARKER,
    "most_read": BlockRole.MARKER,
    "comments": BlockRole.MARKER,
    "read_also": BlockRole.MARKER,
    "published": BlockRole.MARKER,
    "updated": BlockRole.MARKER,
}
BY_KIND: Final = {
    TICKER: BlockRole.TICKER,
    MENU: BlockRole.MENU,
    SHARE: BlockRole.SHARE,
    POST: BlockRole.SOCIAL_TEXT,
    SIGNATURE: BlockRole.SOCIAL,
    STAMP: BlockRole.FETCHED_RAW,
    DATE: BlockRole.PAGE_DATE,
    TIME: BlockRole.PAGE_DATE,
}


def without_bullet(text: str) -> str:
    """A line without the sign of a list before it."""
    return text.lstrip("•·▪●■◆►▸‣○◦*-–—›»✓◾▫⁃∙➤➢ \t\u00a0") or text


class Assignments:
    """The segments of one page by block, so that no block is given twice; `truncated`: articles with a "read more" link."""

    def __init__(self, text: str, marks: list[Mark]) -> None:
        self.text = text
        self.marks = marks
        self.segments: dict[int, list[Segment]] = {}
        self.truncated: set[int] = set()

    def ordered(self) -> list[Segment]:
        """All segments in page order."""
        return [segment for index in sorted(self.segments) for segment in self.segments[index]]

    def give(self, index: int, role: BlockRole, article: int = 0, rule: str = "", confidence: float = 0.0) -> None:
        mark = self.marks[index]
        block = mark.block
        self.segments[index] = [
            Segment(role, block.start, block.end, block.text, article, rule or mark.kind, confidence or mark.certain)
        ]

    def give_value(self, index: int, role: BlockRole, article: int, rule: str) -> None:
        """Give a line with a label: the segment is the value after it, or the whole line when that cannot be told."""
        block = self.marks[index].block
        cue = self.marks[index].cue
        start = block.start
        if cue and cue.labelled:
            value = block.text[block.text.find(":") + 1 :].strip()
            start = block.end - len(value) if value and block.text.endswith(value) else start
        self.segments[index] = [
            Segment(role, start, block.end, self.text[start : block.end], article, rule, self.marks[index].certain)
        ]

    def give_parts(self, index: int, number: int) -> None:
        """Cut a line of dates and names into its parts."""
        parts = read_parts(self.marks[index].block)
        found = [s for part in parts if (s := self.part_segment(index, part, number))]
        if found:
            self.segments[index] = found
        else:
            self.give(index, BY_CUE.get(self.marks[index].cue_kind, BlockRole.CHROME), number)

    def part_segment(self, index: int, part: Part, number: int) -> Segment | None:
        role = {
            "published": BlockRole.PUBLISHED_RAW,
            "updated": BlockRole.UPDATED_RAW,
            "date": BlockRole.PUBLISHED_RAW,
            "time": BlockRole.PUBLISHED_RAW,
            "byline": BlockRole.BYLINE,
            "share": BlockRole.SHARE,
            "section": BlockRole.SECTION,
        }.get(part.kind, BlockRole.CHROME)
        if part.start >= part.end:
            return None
        before = self.marks[index - 1] if index else None
        if part.kind in ("date", "time") and before and before.cue_kind == "updated" and before.kind is CUE:
            role = BlockRole.UPDATED_RAW
        if part.kind == "byline" and not any(map(str.isalpha, self.text[part.start : part.end])):
            role = BlockRole.CHROME  # the number of an author
        if part.kind == "other":
            part_words = self.text[part.start : part.end].count(" ") + 1
            if self.marks[index].cue_kind == "byline" or part_words <= 5:
                role = BlockRole.BYLINE
        sure = 0.9 if part.kind in ("published", "updated", "byline") else 0.6
        return Segment(
            role, part.start, part.end, self.text[part.start : part.end], number, f"{part.kind} beside headline", sure
        )

    def give_item(self, index: int, role: BlockRole) -> None:
        """A list item without its bullet or number."""
        block = self.marks[index].block
        value = without_bullet(block.text)
        start = block.end - len(value)
        self.segments[index] = [Segment(role, start, block.end, value, 0, "item of the list", 0.8)]

    def give_cued(self, index: int, number: int) -> None:
        mark = self.marks[index]
        cue = mark.cue
        role = BY_CUE.get(mark.cue_kind) or BY_KIND.get(mark.kind) or BlockRole.CHROME
        if cue and role is BlockRole.MARKER and cue.value > 0 and mark.block.folded[cue.value :].strip():
            self.give_value(index, BlockRole.RELATED, 0, "headline after a read-also label")
        elif role in (BlockRole.CREDIT, BlockRole.KEYWORDS, BlockRole.BYLINE, BlockRole.CAPTION):
            self.give_value(index, role, number, f"{mark.cue_kind} cue")
        else:
            self.give(index, role, number, f"{mark.cue_kind or mark.kind} cue")
        if mark.cue_kind == "more":
            self.truncated.add(number)
