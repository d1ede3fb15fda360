"""Decides which annotators there are, and in which order they look at a batch of articles.

An annotator is a pure, versioned function from articles to rows of its own tables. Unlike an enricher of `articles`, it can be
run again alone: its rows hang on `article_id`, and no text is touched.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from pipeline.enrichers import article_languages, keywords, topics
from pipeline.enrichers.documents import Documents
from pipeline.errors import InputError

Tables = Mapping[str, pa.Table]


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
    Annotator("languages", article_languages.VERSION, article_languages.annotate, ("article_languages",)),
    Annotator("keywords", keywords.VERSION, keywords.annotate, ("keywords",)),
    Annotator("topics", topics.VERSION, topics.annotate, ("topics",)),
)
"""In an order in which every annotator stands after those it needs."""

BY_NAME = {annotator.name: annotator for annotator in ANNOTATORS}


def version(name: str) -> str:
    """The version of an annotator and of all it needs: what decides its rows beside the article."""
    needed = sorted(_closure([name]) - {name})
    return "; ".join([BY_NAME[name].version, *(f"{other} {BY_NAME[other].version}" for other in needed)])


def chosen(names: Iterable[str]) -> tuple[str, ...]:
    """The named annotators in their order; all when none is named.

    Raises:
        InputError: there is no such annotator.
    """
    wanted = set(names) or set(BY_NAME)
    if unknown := wanted - set(BY_NAME):
        raise InputError(f"no annotator {', '.join(sorted(unknown))}; there are: {', '.join(BY_NAME)}")
    return tuple(name for name in BY_NAME if name in wanted)


def annotate(documents: Documents, names: Iterable[str]) -> dict[str, pa.Table]:
    """The rows of every table of the named annotators; what they need is made on the way and left out."""
    wanted = set(names)
    made: dict[str, pa.Table] = {}
    for name in chosen(_closure(wanted)):
        annotator = BY_NAME[name]
        tables = annotator.run(documents, *(made[table] for need in annotator.needs for table in BY_NAME[need].tables))
        made |= zip(annotator.tables, tables if isinstance(tables, tuple) else (tables,), strict=True)
    return {table: made[table] for name in chosen(wanted) for table in BY_NAME[name].tables}


def _closure(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += BY_NAME[name].needs
    return found
