"""Decides nothing itself: runs every enricher over the valid articles, in their declared order."""

import pyarrow as pa

from pipeline.context import StageContext, StageResult
from pipeline.enrichers import ENRICHERS
from pipeline.stages.rejects import rejects_table
from schemas.tables import ARTICLES


def enrich(table: pa.Table, context: StageContext) -> StageResult:
    """Valid articles to rows of `articles`; every row is accepted."""
    for enricher in ENRICHERS:
        for name, column in enricher.run(table).items():
            table = table.append_column(name, column)
    return StageResult(table.select(ARTICLES.columns).cast(ARTICLES.arrow()), rejects_table(()))
