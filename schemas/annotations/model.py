"""Decides what an annotation table is, and the columns that several share: which article, and which span of its text."""

from dataclasses import dataclass

import pyarrow as pa

from schemas.field import Field


@dataclass(frozen=True, slots=True)
class Annotation:
    """A table of facts derived from the text of articles, of which `article_id` and `filed_month` are always columns.

    `columns` holds a Field where this table defines it, and a name where `schemas.fields` or another annotation does. `key` is
    unique. Rows of one article are replaced together.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Field | str, ...]

    @property
    def own_fields(self) -> tuple[Field, ...]:
        return tuple(column for column in self.columns if isinstance(column, Field))

    @property
    def names(self) -> tuple[str, ...]:
        named = (column.name if isinstance(column, Field) else column for column in self.columns)
        return ("article_id", *named, "filed_month")


TEXT_PART = Field(
    "text_part", pa.string(), "Text that the offsets count in", example="body", allowed=("headline", "body")
)
START_CHAR = Field("start_char", pa.int32(), "Where the span begins in that text", unit="code points", minimum=0)
END_CHAR = Field("end_char", pa.int32(), "Where the span ends, exclusive", unit="code points", minimum=0)
SPAN_TEXT = Field("span_text", pa.string(), "The span as published")
RULE = Field("rule", pa.string(), "Rule, list or model that gave the row", example="title_cue")
SHARED = (TEXT_PART, START_CHAR, END_CHAR, SPAN_TEXT, RULE)

SPAN = ("text_part", "start_char", "end_char")
