"""Decides which annotators there are, and in which order they look at a batch of articles.

An annotator is a pure, versioned function from articles to rows of its own tables. Unlike an enricher of `articles`, it can be
run again alone: its rows hang on `article_id`, and no text is touched.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.enrichers import (
    article_languages,
    keywords,
    mentions,
    numbers,
    personal_data,
    quotes,
    sources,
    terms,
    text_quality,
    token_counts,
    topics,
)
from pipeline.enrichers.collection import uncollected
from pipeline.enrichers.documents import DOCUMENTS_VERSION, Documents
from pipeline.enrichers.mentions.model import TokenClassifier
from pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class Annotator:
    """`run` takes the articles and the tables of the annotators it `needs`, in that order, and makes its `tables`, in theirs.

    Its rows depend on nothing but the article: not on the others of the batch, nor on their order.
    """

    name: str
    version: str
    run: Callable[..., pa.Table | tuple[pa.Table, ...]]
    tables: tuple[str, ...]
    needs: tuple[str, ...] = ()


ANNOTATORS: tuple[Annotator, ...] = (
    Annotator(
        "languages", article_languages.VERSION, article_languages.annotate, ("article_languages", "language_spans")
    ),
    Annotator("terms", terms.VERSION, terms.annotate, ("terms",)),
    Annotator("token_counts", token_counts.VERSION, token_counts.annotate, ("token_counts",)),
    Annotator("text_quality", text_quality.VERSION, text_quality.annotate, ("text_quality",), ("terms",)),
    Annotator("mentions", mentions.VERSION, mentions.annotate, ("mentions",)),
    Annotator("quotes", quotes.VERSION, quotes.annotate, ("quotes",), ("mentions",)),
    Annotator("sources", sources.VERSION, sources.annotate, ("cited_sources", "wire_copy")),
    Annotator("numbers", numbers.VERSION, numbers.annotate, ("date_mentions", "quantities")),
    Annotator("keywords", keywords.VERSION, keywords.annotate, ("keywords",)),
    Annotator("topics", topics.VERSION, topics.annotate, ("topics",)),
    Annotator("personal_data", personal_data.VERSION, personal_data.annotate, ("personal_data",)),
)
"""In an order in which every annotator stands after those it needs."""


class Annotators:
    """The annotators of a run, by name and in order."""

    def __init__(self, annotators: Iterable[Annotator]) -> None:
        self.by_name = {annotator.name: annotator for annotator in annotators}

    def version(self, name: str) -> str:
        """The version of an annotator, of all it needs and of the views it shares: what decides its rows beside the article."""
        needed = (f"{other} {self.by_name[other].version}" for other in sorted(self._closure([name]) - {name}))
        return "; ".join([self.by_name[name].version, *needed, DOCUMENTS_VERSION])

    def chosen(self, names: Iterable[str]) -> tuple[str, ...]:
        """The named annotators in their order; all when none is named.

        Raises:
            InputError: there is no such annotator.
        """
        wanted = set(names) or set(self.by_name)
        if unknown := wanted - set(self.by_name):
            raise InputError(f"no annotator {', '.join(sorted(unknown))}; there are: {', '.join(self.by_name)}")
        return tuple(name for name in self.by_name if name in wanted)

    def tables(self, names: Iterable[str]) -> tuple[str, ...]:
        """The tables that the named annotators make, in order."""
        return tuple(table for name in names for table in self.by_name[name].tables)

    def annotate(self, documents: Documents, names: Iterable[str]) -> dict[str, pa.Table]:
        """The rows of every table of the named annotators; what they need is made on the way and left out."""
        wanted = set(names)
        made: dict[str, pa.Table] = {}
        with uncollected():
            for name in self.chosen(self._closure(wanted)):
                annotator = self.by_name[name]
                tables = annotator.run(documents, *(made[table] for table in self.tables(annotator.needs)))
                made |= zip(annotator.tables, tables if isinstance(tables, tuple) else (tables,), strict=True)
        return {table: made[table] for table in self.tables(self.chosen(wanted))}

    def _closure(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.by_name[name].needs
        return found


@cache
def annotators(mentions_model: Path | None = None) -> Annotators:
    """All annotators; with a folder of an ONNX token classifier, `mentions` asks it as well.

    Raises:
        InputError: the folder is no such model, or the extra `ner` is not installed.
    """
    if mentions_model is None:
        return Annotators(ANNOTATORS)
    model = TokenClassifier(mentions_model)
    asking: dict[str, Any] = {"version": mentions.version(model), "run": partial(mentions.annotate, model=model)}
    return Annotators(replace(a, **asking) if a.name == "mentions" else a for a in ANNOTATORS)
