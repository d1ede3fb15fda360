"""Decides which stages there are before load, in order, and what each reads."""

from dataclasses import dataclass

from pipeline.context import Stage
from pipeline.stages.enrich import enrich
from pipeline.stages.parse import parse
from pipeline.stages.validate import validate


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A stage and the file, relative to the batch, that it reads."""

    run: Stage
    reads: str


STAGES = {
    "parse": StageEntry(parse, "raw.parquet"),
    "validate": StageEntry(validate, "parse/accepted.parquet"),
    "enrich": StageEntry(enrich, "validate/accepted.parquet"),
}
