"""Decides what an annotator may know of an article, and makes each view of its text once for all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa

from pipeline.enrichers.paragraphs import Paragraphs
from pipeline.text.aligned import Folded
from pipeline.text.alignments import Alignments, Ints
from pipeline.text.arabic import FOLD_VERSION
from pipeline.text.folded_texts import FoldedTexts
from pipeline.text.personal import Datum, find_personal
from pipeline.text.pieces import Pieces
from pipeline.text.tokens import TOKENIZER

DOCUMENTS_VERSION = f"fold {FOLD_VERSION}, {TOKENIZER}"
"""What decides the views of a text that annotators share."""

NOWHERE: Final = -1
"""A place that is none."""

_INPUTS = """
article_id role source_id published_at published_date published_precision filed_date filed_month fetched_at headline
subheadline body byline authors dateline agency credit section keywords language language_score language_declared script
n_words n_sentences n_paragraphs quality_flags
"""
INPUT_COLUMNS = tuple(_INPUTS.split())


class Text:
    """A headline or a body, with what annotators ask of it."""

    def __init__(self, part: Literal["headline", "body"], published: str, batch: FoldedTexts, number: int) -> None:
        self.part = part
        self.published = published
        self._batch, self._number = batch, number

    @cached_property
    def folded(self) -> Folded:
        return self._batch.texts[self._number]

    def span(self, start: int, end: int) -> dict[str, Any]:
        """The columns text_part, start_char, end_char and span_text of a span of the folded text."""
        first, last = self.folded.span(start, end)
        return self.published_span(first, last)

    def published_span(self, start: int, end: int) -> dict[str, Any]:
        """The same columns, of a span of the published text."""
        return {"text_part": self.part, "start_char": start, "end_char": end, "span_text": self.published[start:end]}


@dataclass(frozen=True)
class Document:
    """An article: the columns INPUT_COLUMNS but headline and body, and those two as texts."""

    row: dict[str, Any]
    headline: Text
    body: Text

    @property
    def texts(self) -> tuple[Text, Text]:
        return self.headline, self.body

    @property
    def key(self) -> dict[str, Any]:
        """The columns that every annotation has."""
        return {"article_id": self.row["article_id"], "filed_month": self.row["filed_month"]}


class Documents:
    """A batch of articles, in the order of its table."""

    def __init__(self, articles: pa.Table) -> None:
        self.table = articles.select(INPUT_COLUMNS)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        rows = self.table.drop_columns(["headline", "body"]).to_pylist()
        batch, texts = self.folded_texts, self.texts
        return tuple(
            Document(
                row,
                Text("headline", texts[2 * number], batch, 2 * number),
                Text("body", texts[2 * number + 1], batch, 2 * number + 1),
            )
            for number, row in enumerate(rows)
        )

    @cached_property
    def texts(self) -> list[str]:
        """Headline and body of each article, one after the other."""
        columns = (self.table["headline"].to_pylist(), self.table["body"].to_pylist())
        return [text for pair in zip(*columns, strict=True) for text in pair]

    @cached_property
    def folded_texts(self) -> FoldedTexts:
        """`texts`, folded."""
        return FoldedTexts(self.texts)

    @cached_property
    def personal(self) -> list[list[Datum]]:
        """The personal data of each of the folded texts."""
        folded = self.folded_texts
        return [find_personal(text.text, runs) for text, runs in zip(folded.texts, folded.digits, strict=True)]

    @cached_property
    def alignments(self) -> Alignments:
        """The places of `texts` in their folded texts."""
        return Alignments(self.folded_texts.texts)

    def published(
        self, text: Ints, starts: Sequence[int], ends: Sequence[int]
    ) -> tuple[pa.Array, pa.Array, list[str | None]]:
        """Where spans of the folded texts start and end in `texts`, and what these have there; all are null where a place is NOWHERE.

        Args:
            text: which text each is of, by its number in `texts`.
        """
        first, last = (self.alignments.sources(text, np.array(places, np.int64)) for places in (starts, ends))
        texts = self.texts
        printed = [
            texts[number][start:end] if place != NOWHERE else None
            for number, start, end, place in zip(text.tolist(), first.tolist(), last.tolist(), starts, strict=True)
        ]
        is_nowhere = np.array(starts, np.int64) == NOWHERE
        return pa.array(first, pa.int32(), mask=is_nowhere), pa.array(last, pa.int32(), mask=is_nowhere), printed

    def of_texts(self, text: Ints) -> tuple[pa.ChunkedArray, pa.ChunkedArray, pa.Array]:
        """Of texts, by their numbers, the columns article_id, filed_month and text_part."""
        article = self.table.select(["article_id", "filed_month"]).take(text // 2)
        return article["article_id"], article["filed_month"], pa.array(("headline", "body")).take(text % 2)

    @cached_property
    def pieces(self) -> Pieces:
        """The pieces of `texts`, grouped by the language of the article: text 2n is the headline of article n, and 2n + 1 its body."""
        languages = self.table["language"].to_pylist()
        return Pieces(self.texts, [language for language in languages for _ in range(2)])

    @cached_property
    def paragraphs(self) -> Paragraphs:
        """The lines of `texts` that are not empty."""
        return Paragraphs(self.pieces)


def table_of(columns: Iterable[Any], schema: pa.Schema) -> pa.Table:
    """A table of the columns of a schema, in its order: arrays of Arrow, or values."""
    arrays = [
        column if isinstance(column, (pa.Array, pa.ChunkedArray)) else pa.array(column, field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
