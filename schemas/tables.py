"""Decides which tables exist, their grain, keys and columns; it does not decide where they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from schemas.annotations import ANNOTATIONS
from schemas.field import Field
from schemas.fields import FIELDS
from schemas.vocab import Role

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the warehouse. `key` is unique; `partition` is the column whose values are kept in separate files.

    `differs` says where a column of this table promises something else than its field: column to changed attributes.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    partition: str | None = None
    differs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(replace(FIELDS[name], **self.differs.get(name, {})) for name in self.columns)

    def arrow(self) -> pa.Schema:
        """The Arrow schema; field metadata carries descriptions into Parquet."""
        return pa.schema(
            [f.arrow() for f in self.fields],
            metadata={"table": self.name, "grain": self.grain, "schema_version": SCHEMA_VERSION},
        )


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


RAW_BATCH = pa.schema(
    [
        pa.field("raw_file_id", pa.string(), nullable=False),
        pa.field("raw_locator", pa.string()),
        pa.field("record_id", pa.string()),
        pa.field("mapping", pa.string()),
        pa.field("text", pa.string()),
        pa.field("fields", pa.string()),
        pa.field("unknown_fields", pa.bool_(), nullable=False),
        pa.field("flags", pa.list_(pa.string())),
        pa.field("reason_code", pa.string()),
        pa.field("field", pa.string()),
        pa.field("observed", pa.string()),
        pa.field("is_record", pa.bool_(), nullable=False),
    ]
)
"""What readers hand to parse: page text, or mapped fields as JSON, or the reason why a record could not be read."""

PARSED_COLUMNS = _split(
    """article_id role parent_article_id source_id source_name url url_normalized canonical_url published_at published_at_raw
    published_precision published_date_source published_calendar published_zone published_date filed_date filed_month modified_at fetched_at headline
    subheadline description byline authors dateline agency credit body language_declared section keywords quality_flags
    related_headlines social_embeds license_id license_evidence text_access collection_method raw_file_id raw_locator
    record_id parser parser_version extractor parse_score run_id schema_version"""
)
ENRICHED_COLUMNS = _split(
    """version_id language language_score script headline_folded body_folded n_chars n_words n_sentences n_paragraphs content_hash"""
)
_ARTICLE = tuple(name for name in FIELDS if name in PARSED_COLUMNS + ENRICHED_COLUMNS)

ARTICLES = Table(
    "articles", "the current version of one article of one outlet", ("article_id",), _ARTICLE, "filed_month"
)
ARTICLE_VERSIONS = Table(
    "article_versions",
    "an accepted article that is not the current version: superseded by a newer text, or delivered again",
    ("article_id", "raw_file_id", "raw_locator"),
    _ARTICLE,
    "filed_month",
)
QUARANTINE = Table(
    "quarantine",
    "one rejected record, embedded article or file",
    ("quarantine_id",),
    _split(
        "quarantine_id stage reason_code reason_codes field observed message role raw_file_id path raw_locator record_id run_id"
    ),
    differs={
        "reason_code": {"null": None},
        "role": {
            "description": "What was rejected: lead or embedded article, a record that holds no article, or a file",
            "allowed": (*(role.value for role in Role), "record", "file"),
        },
    },
)
RAW_RECORDS = Table(
    "raw_records",
    "one raw record and its one outcome",
    ("raw_file_id", "raw_locator"),
    _split("raw_file_id raw_locator record_id outcome reason_code article_id version_id run_id"),
    differs={
        "article_id": {"null": "the record is in quarantine"},
        "version_id": {"null": "the record is in quarantine"},
    },
)
RAW_FILES = Table(
    "raw_files",
    "one raw file that was read",
    ("raw_file_id",),
    _split("raw_file_id path n_bytes fingerprint n_read n_loaded n_quarantined n_duplicates n_embedded run_id"),
)
RUNS = Table(
    "runs",
    "one load: a dump read with one set of versions",
    ("run_id",),
    _split(
        "run_id fingerprint started_at seconds n_read n_loaded n_quarantined n_duplicates n_embedded versions parameters"
    ),
)
DUPLICATES = Table(
    "duplicates",
    "an article whose text an earlier article already has",
    ("article_id", "duplicate_of_article_id"),
    _split("article_id duplicate_of_article_id similarity method"),
)
STATISTICS = Table(
    "statistics",
    "one figure in long form",
    ("stat_id", "scope_type", "scope_id", "period_start", "key"),
    _split("stat_id scope_type scope_id period_start period_grain key value n denominator unit run_id"),
)

ENRICHMENTS = Table(
    "enrichments",
    "an article that an annotator has looked at",
    ("article_id", "annotator"),
    _split("article_id annotator annotator_version input_hash n_rows filed_month"),
    "filed_month",
)
ANNOTATION_TABLES: dict[str, Table] = {
    annotation.name: Table(annotation.name, annotation.grain, annotation.key, annotation.names, "filed_month")
    for annotation in ANNOTATIONS
}

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(ARTICLES, ARTICLE_VERSIONS, QUARANTINE, RAW_RECORDS, RAW_FILES, RUNS, DUPLICATES, STATISTICS, ENRICHMENTS),
        *ANNOTATION_TABLES.values(),
    )
}

PARSED = pa.schema(
    [ARTICLES.arrow().field(name).with_nullable(True) for name in ARTICLES.columns if name in PARSED_COLUMNS]
)
"""Articles after parse: nothing is promised yet, so every column may be NULL."""
