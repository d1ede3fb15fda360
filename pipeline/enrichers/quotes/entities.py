"""Decides which mentions stand where in a folded text; whom they name was decided by the annotator of mentions."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.enrichers.documents import Documents
from pipeline.text.alignments import Ints

_RANKS: Final = {"PER": 0, "ORG": 1, "LOC": 2}


class Entities:
    """The mentions of a text in columns, in order; places are those of the folded text.

    Attributes:
        longest: characters of the longest one, at least.
    """

    __slots__ = ("ends", "ids", "kinds", "longest", "starts")

    def __init__(
        self,
        starts: Sequence[int] = (),
        ends: Sequence[int] = (),
        kinds: Sequence[str] = (),
        ids: Sequence[str | None] = (),
        longest: int = 0,
    ) -> None:
        self.starts, self.ends, self.kinds, self.ids, self.longest = starts, ends, kinds, ids, longest

    def begin(self, start: int, end: int) -> range:
        """Those that begin in text[start:end]."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def best(self, start: int, end: int) -> int | None:
        """The first person, else organisation, else place that has a part in text[start:end]."""
        starts, ends = self.starts, self.ends
        best, best_rank = None, len(_RANKS)
        for number in range(bisect_right(starts, start - self.longest), bisect_left(starts, end)):
            if ends[number] > start and (rank := _RANKS[self.kinds[number]]) < best_rank:
                best, best_rank = number, rank
        return best

    def first_person(self, start: int, end: int) -> int | None:
        """The first person in text[start:end]."""
        for number in self.begin(start, end):
            if self.ends[number] <= end and self.starts[number] < self.ends[number] and self.kinds[number] == "PER":
                return number
        return None


NOBODY: Final = Entities()


def by_text(documents: Documents, mentions: pa.Table | None) -> list[Entities]:
    """The mentions of each text of the documents."""
    n_texts = len(documents.texts)
    if mentions is None or not mentions.num_rows:
        return [NOBODY] * n_texts
    article = pc.index_in(mentions["article_id"], documents.table["article_id"].combine_chunks())
    if article.null_count:  # mentions of other articles
        return by_text(documents, mentions.filter(article.is_valid()))
    text = article.to_numpy().astype(np.int64) * 2 + pc.equal(mentions["text_part"], "body").to_numpy()
    places = (mentions[name].to_numpy().astype(np.int64) for name in ("start_char", "end_char"))
    start, end = (documents.alignments.places(text, place) for place in places)
    order = np.lexsort((end, start, text))
    bounds = np.searchsorted(text[order], np.arange(n_texts + 1)).tolist()
    starts, ends = start[order].tolist(), end[order].tolist()
    kinds, ids = _decoded(mentions["entity_type"], order), _decoded(mentions["entity_id"], order)
    longest = int((end - start).max())
    return [
        Entities(starts[low:high], ends[low:high], kinds[low:high], ids[low:high], longest) if low < high else NOBODY
        for low, high in pairwise(bounds)
    ]


def _decoded(column: pa.ChunkedArray, order: Ints) -> list[Any]:
    """The values of a column in an order; few of them are distinct."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    values = np.array(encoded.dictionary.to_pylist(), object)
    decoded: list[Any] = values[encoded.indices.to_numpy()[order]].tolist()
    return decoded
