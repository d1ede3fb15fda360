"""One module per attribute group: a pure function from columns of articles to new columns, with a version."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from pipeline.enrichers import content, folding, language, surface

Columns = dict[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Enricher:
    """`run` takes the articles and the columns made so far, in the order of `ENRICHERS`."""

    name: str
    version: str
    run: Callable[[pa.Table], Columns]


ENRICHERS = (
    Enricher("language", language.VERSION, language.enrich),
    Enricher("folding", folding.VERSION, folding.enrich),
    Enricher("surface", surface.VERSION, surface.enrich),
    Enricher("content", content.VERSION, content.enrich),
)


def versions() -> dict[str, str]:
    """Declared version of every enricher."""
    return {f"enrich.{enricher.name}": enricher.version for enricher in ENRICHERS}
