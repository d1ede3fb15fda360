"""Decides nothing itself: runs every enricher over the valid articles, in their declared order, and upholds the contract."""

import pyarrow as pa

from pipeline.context import StageContext, StageResult
from pipeline.contracts import uphold
from pipeline.enrichers import ENRICHERS
from pipeline.stages.rejects import rejects_table
from schemas.tables import ARTICLES


def enrich(table: pa.Table, context: StageContext) -> StageResult:
    """Valid articles to rows of `articles`; every row is accepted.

    Raises:
        ContractError: a column breaks a promise of its field: a parser or an enricher has a defect.
    """
    for enricher in ENRICHERS:
        for name, column in enricher.run(table).items():
            table = table.append_column(name, column)
    rows = table.select(ARTICLES.columns)
    uphold("articles", rows, unique_key=False)  # load keeps one row an article
    return StageResult(rows.cast(ARTICLES.arrow()), rejects_table(()))
