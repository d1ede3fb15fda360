"""Decides which accepted article is the current version, the outcome of every raw record, and flags that need a whole dump;
it writes nothing.

The result depends on the set of records only, never on the order in which dumps were loaded or on the size of batches.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.vocab import Outcome, Role

KEYS = ("article_id", "version_id", "role", "fetched_at", "raw_file_id", "raw_locator")


@dataclass(frozen=True, slots=True)
class Resolution:
    """Row numbers of `keys` that are current, and those that repeat a loaded version."""

    current: frozenset[int]
    duplicates: frozenset[int]


def resolve(keys: list[dict[str, Any]]) -> Resolution:
    """Chooses among accepted rows (dicts with KEYS).

    Of one version the record captured first carries it, the others are duplicates; of the versions of an article the one
    captured last is current. Records without a capture time count as captured first; ties fall by file and locator.
    """
    by_article: dict[str, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        by_article[key["article_id"]].append(row)
    current, duplicates = set(), set()
    for rows in by_article.values():
        ordered = sorted(rows, key=lambda row: _captured(keys[row]))
        carriers: dict[str, int] = {}
        for row in ordered:
            if carriers.setdefault(keys[row]["version_id"], row) != row:
                duplicates.add(row)
        current.add(max(carriers.values(), key=lambda row: _captured(keys[row])))
    return Resolution(frozenset(current), frozenset(duplicates))


def flag_reused_ids(articles: pa.Table) -> pa.Table:
    """Rows of `articles`, with the flag `record_id_reused` on leads whose record_id another article of the same file has."""
    leads = articles.select(["raw_file_id", "record_id", "article_id"]).filter(
        pc.and_(pc.equal(articles["role"], Role.LEAD.value), pc.is_valid(articles["record_id"]))
    )
    meanings = leads.group_by(["raw_file_id", "record_id"]).aggregate([("article_id", "count_distinct")])
    reused = {
        (row["raw_file_id"], row["record_id"])
        for row in meanings.filter(pc.greater(meanings["article_id_count_distinct"], 1)).to_pylist()
    }
    if not reused:
        return articles
    rows = articles.select(["raw_file_id", "record_id", "role", "quality_flags"]).to_pylist()
    flags = [
        [*row["quality_flags"], "record_id_reused"]
        if row["role"] == Role.LEAD and (row["raw_file_id"], row["record_id"]) in reused
        else row["quality_flags"]
        for row in rows
    ]
    column = articles.schema.get_field_index("quality_flags")
    field = articles.schema.field(column)
    return articles.set_column(column, field, pa.array(flags, field.type))


def _captured(key: dict[str, Any]) -> tuple[str, str, str]:
    return (key["fetched_at"].isoformat() if key["fetched_at"] else "", key["raw_file_id"], key["raw_locator"])


def outcomes(
    records: Iterable[dict[str, Any]],
    leads: dict[tuple[str, str], tuple[dict[str, Any], bool]],
    rejects: dict[tuple[str, str], str],
) -> list[dict[str, Any]]:
    """One `raw_records` row for each raw record: that of its lead article.

    Args:
        records: raw_file_id, raw_locator and record_id of every raw record.
        leads: accepted lead article of a record, and whether it repeats a loaded version.
        rejects: deciding reason of each rejected lead or record.
    """
    rows = []
    for record in records:
        place = (record["raw_file_id"], record["raw_locator"])
        lead, repeats = leads.get(place, (None, False))
        if lead is None:
            decided = {
                "outcome": Outcome.QUARANTINED.value,
                "reason_code": rejects.get(place),
                "article_id": None,
                "version_id": None,
            }
        else:
            outcome = Outcome.DUPLICATE if repeats else Outcome.LOADED
            decided = {
                "outcome": outcome.value,
                "reason_code": "same_version" if repeats else None,
                "article_id": lead["article_id"],
                "version_id": lead["version_id"],
            }
        rows.append(record | decided)
    return rows
