"""Decides the rows of `cited_sources` and `wire_copy`: the agencies and outlets that an article cites or is from."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipeline.enrichers.documents import Documents, Text, table_of
from pipeline.enrichers.sources.citations import Citation, find_citations
from pipeline.enrichers.sources.names import find_names
from pipeline.enrichers.sources.wire import wire_copy
from pipeline.text.agencies import AGENCIES, AGENCIES_VERSION
from schemas.tables import ANNOTATION_TABLES

VERSION = f"1/agencies-{AGENCIES_VERSION}"

_CITED = ANNOTATION_TABLES["cited_sources"].arrow()
_WIRE = ANNOTATION_TABLES["wire_copy"].arrow()
_Row = tuple[Any, ...]


def annotate(documents: Documents) -> tuple[pa.Table, pa.Table]:
    """Rows of `cited_sources`, by article, headline first, in the order of the text, and of `wire_copy`, one an article."""
    cited: list[_Row] = []
    wires: list[_Row] = []
    hits = iter(find_names(documents.folded_texts))
    for document in documents:
        row = document.row
        for text in document.texts:
            citations = find_citations(text.folded.text, next(hits), text.part == "body")
            cited += [_cited_values(row, text, citation) for citation in citations]
        wire = wire_copy(row, citations, text.folded)
        evidence = text.published[slice(*wire.span)] if wire.span else wire.evidence_text
        is_wire = wire.score > 0
        wires.append(
            (row["article_id"], is_wire, wire.agency_id, wire.evidence, evidence, wire.score, row["filed_month"])
        )
    return _table(cited, _CITED), _table(wires, _WIRE)


def _cited_values(row: Mapping[str, Any], text: Text, citation: Citation) -> _Row:
    start, end = text.folded.span(citation.start, citation.end)
    printed = text.published[start:end]
    agency = AGENCIES[citation.agency_id] if citation.agency_id else None
    cue = text.published[slice(*text.folded.span(*citation.cue))] if citation.cue else None
    return (
        row["article_id"],
        text.part,
        start,
        end,
        printed,
        citation.agency_id,
        agency.name if agency else printed,
        agency.kind if agency else None,
        citation.kind,
        cue,
        citation.rule,
        row["filed_month"],
    )


def _table(rows: list[_Row], schema: pa.Schema) -> pa.Table:
    return table_of(zip(*rows, strict=True), schema) if rows else schema.empty_table()
