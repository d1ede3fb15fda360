"""Decides what a stage may know beside its table: declared values only, no clock, no environment, no path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from pipeline.parsers.boilerplate import Boilerplate
from pipeline.sources import Sources


@dataclass(frozen=True, slots=True)
class StageContext:
    """Declared side inputs of a stage.

    `files` gives the path of each raw_file_id (for messages); `received_at` bounds dates of records without a capture time;
    `boilerplate` holds the lines that pages of a source repeat, None when the warehouse has no counts of them.
    """

    run_id: str
    received_at: datetime
    files: Mapping[str, str]
    sources: Sources
    boilerplate: Boilerplate | None = None
    collection_method: str = "dump"


@dataclass(frozen=True, slots=True)
class StageResult:
    """Accepted rows in the stage's output schema, and rejected rows as `quarantine` rows."""

    accepted: pa.Table
    rejected: pa.Table


Stage = Callable[[pa.Table, StageContext], StageResult]
