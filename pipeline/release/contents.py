"""Decides what a release shows: which tables, in which partitions, and which columns carry text that rights may withhold.

A text column is shown only for rows whose `text_access` is 'full', unless the operator asks for all text; which outlet has
what access is not decided here but in `sources.yml`. Accepted gap: 'excerpt', 'features' and 'ids' are all treated as no
text; facts about an article (ids, dates, addresses, counts, hashes) are always shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from schemas.field import Field
from schemas.tables import ARTICLES, DUPLICATES, RAW_FILES, RAW_RECORDS, RUNS, SCHEMA_VERSION, STATISTICS, Table
from schemas.vocab import Redaction, ReleasedText

_FACTS = """
article_id version_id role parent_article_id source_id source_name url url_normalized canonical_url published_at
published_at_raw published_precision published_date_source published_calendar published_zone published_date filed_date filed_month modified_at fetched_at
language language_score language_declared script n_chars n_words n_sentences n_paragraphs content_hash quality_flags
license_id license_evidence text_access collection_method raw_file_id raw_locator record_id parser parser_version extractor parse_score run_id
schema_version
"""
FACTS = frozenset(_FACTS.split())
"""Columns of `articles` that are facts about a text and not words of it. A column that is not here is withheld: a new one
must be judged before a release shows it."""

_PARTITIONS = {"articles": (("lang", "language", "und"), ("month", "filed_month", "unknown"))}
# raw_files.path may name folders of the machine that made the corpus; the file's own name is enough beside its sha256.
_EXPRESSIONS = {("raw_files", "path"): "parse_filename(path)"}
_DESCRIPTIONS = {("raw_files", "path"): "Name of the raw file, without its folder"}


@dataclass(frozen=True, slots=True)
class PartitionKey:
    """A level of the folders: its name in the path, the column it repeats, and the path's word for NULL."""

    name: str
    column: str
    null: str


@dataclass(frozen=True, slots=True)
class Column:
    """A released field, the SQL that gives it, whether rights may withhold it, and whether personal data in it is replaced."""

    field: Field
    expression: str
    withheld: bool
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """A table as a release shows it; rows are ordered by `key`."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    partition: tuple[PartitionKey, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(column.field for column in self.columns)

    def arrow(self) -> pa.Schema:
        """The Arrow schema; field metadata carries descriptions into Parquet."""
        metadata = {"table": self.name, "grain": self.grain, "schema_version": SCHEMA_VERSION}
        return pa.schema([field.arrow() for field in self.fields], metadata=metadata)


def release_tables(text: ReleasedText, redact: Redaction | None = None) -> tuple[ReleaseTable, ...]:
    """The released tables.

    Args:
        text: whose text they show.
        redact: what is replaced in the columns with text.

    Left out: `quarantine` (it quotes rejected text; `raw_records` and the manifest count its reasons) and `article_versions`
    (superseded and repeated texts).
    """
    tables = (ARTICLES, DUPLICATES, RAW_RECORDS, RAW_FILES, RUNS, STATISTICS)
    return tuple(_released(table, text, redact) for table in tables)


def _released(table: Table, text: ReleasedText, redact: Redaction | None) -> ReleaseTable:
    columns = [_column(table, field, text) for field in table.fields]
    if redact is not None:
        columns = [replace(column, redacted=_has_words(table, column.field)) for column in columns]
    keys = tuple(PartitionKey(*key) for key in _PARTITIONS.get(table.name, ()))
    return ReleaseTable(table.name, table.grain, table.key, tuple(columns), keys)


def _has_words(table: Table, field: Field) -> bool:
    return table is ARTICLES and field.name not in FACTS and not pa.types.is_temporal(field.type)


def _column(table: Table, field: Field, text: ReleasedText) -> Column:
    description = _DESCRIPTIONS.get((table.name, field.name), field.description)
    field = replace(field, description=description)
    expression = _EXPRESSIONS.get((table.name, field.name), field.name)
    if table is not ARTICLES or field.name in FACTS or text is ReleasedText.ALL:
        return Column(field, expression, withheld=False)
    null = "withheld, as text_access is not full" + (f"; or {field.null}" if field.null else "")
    return Column(replace(field, null=null), f"CASE WHEN text_access = 'full' THEN {expression} END", withheld=True)


def redacted_columns(tables: Sequence[ReleaseTable]) -> list[str]:
    """Names of the article columns in which personal data is replaced."""
    return [column.field.name for table in tables for column in table.columns if column.redacted]


def withheld_columns(tables: Sequence[ReleaseTable]) -> list[str]:
    """Names of the article columns that rights may empty."""
    return [column.field.name for table in tables for column in table.columns if column.withheld]
