"""Decides which stages there are before load, in order, and what each reads."""

from dataclasses import dataclass

from pipeline.context import Stage
from pipeline.stages.enrich import enrich
from pipeline.stages.parse import parse
from pipeline.stages.validate import validate
from schemas.tables import ARTICLES


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A stage, the file, relative to the batch, that it reads, and the column by which its accepted rows are grouped."""

    run: Stage
    reads: str
    grouped_by: str | None = None


STAGES = {
    "parse": StageEntry(parse, "raw.parquet"),
    "validate": StageEntry(validate, "parse/accepted.parquet"),
    "enrich": StageEntry(enrich, "validate/accepted.parquet", ARTICLES.partition),
}
