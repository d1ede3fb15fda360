"""One module per attribute group: a pure function from columns of articles to new columns, with a version."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from pipeline.enrichers import content, folding, language, surface

Columns = dict[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Enricher:
    """`run` takes the articles and the columns made so far, in the order of `ENRICHERS`, and makes `columns`."""

    name: str
    version: str
    run: Callable[[pa.Table], Columns]
    columns: tuple[str, ...]


ENRICHERS = (
    Enricher("language", language.VERSION, language.enrich, ("language", "language_score", "script")),
    Enricher("folding", folding.VERSION, folding.enrich, ("headline_folded", "body_folded")),
    Enricher("surface", surface.VERSION, surface.enrich, ("n_chars", "n_words", "n_sentences", "n_paragraphs")),
    Enricher("content", content.VERSION, content.enrich, ("content_hash", "version_id")),
)


def versions() -> dict[str, str]:
    """Declared version of every enricher."""
    return {f"enrich.{enricher.name}": enricher.version for enricher in ENRICHERS}
