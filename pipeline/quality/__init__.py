"""Decides whether the published corpus holds together; each check is a query that returns the rows that break it."""

from typing import Any

from pipeline.settings import Settings
from pipeline.storage.query import reader
from schemas.annotations.model import SPAN, SPAN_TEXT
from schemas.tables import ANNOTATION_TABLES

_CORPUS = {
    "balance": "SELECT path AS place FROM raw_files WHERE n_read <> n_loaded + n_quarantined + n_duplicates",
    "every_record_counted": "SELECT f.path AS place FROM raw_files f LEFT JOIN raw_records r USING (raw_file_id) GROUP BY f.path, f.n_read HAVING count(r.raw_file_id) <> f.n_read",
    "article_id_unique": "SELECT article_id AS place FROM articles GROUP BY ALL HAVING count(*) > 1",
    "loaded_record_has_article": "SELECT raw_file_id || '#' || raw_locator AS place FROM raw_records WHERE outcome = 'loaded' AND article_id IS NULL",
    "parent_exists_or_flagged": """
        SELECT c.article_id AS place FROM articles c LEFT JOIN articles p ON p.article_id = c.parent_article_id
        WHERE c.role = 'embedded' AND p.article_id IS NULL AND NOT list_contains(c.quality_flags, 'parent_quarantined')""",
    "quarantined_record_has_row": """
        SELECT r.raw_file_id || '#' || coalesce(r.raw_locator, '') AS place FROM raw_records r
        LEFT JOIN quarantine q ON q.raw_file_id = r.raw_file_id AND q.raw_locator IS NOT DISTINCT FROM r.raw_locator
        WHERE r.outcome = 'quarantined' AND q.quarantine_id IS NULL""",
    "ar_fold_is_the_fold": "SELECT article_id AS place FROM articles WHERE ar_fold(headline) <> headline_folded OR ar_fold(body) <> body_folded",
}

_SPANNED = [table.name for table in ANNOTATION_TABLES.values() if {*SPAN, SPAN_TEXT.name} <= set(table.columns)]
_ANNOTATIONS = {
    "annotated_article_exists": " UNION ALL ".join(
        f"SELECT '{name} ' || article_id AS place FROM {name} ANTI JOIN articles USING (article_id)"
        for name in ("enrichments", *ANNOTATION_TABLES)
    ),
    **{
        f"{name}_span_is_in_the_text": f"""
        SELECT article_id || ' ' || text_part || ' ' || start_char AS place FROM {name} JOIN articles USING (article_id)
        WHERE substring(CASE text_part WHEN 'body' THEN body ELSE headline END, start_char + 1, end_char - start_char) <> span_text"""
        for name in _SPANNED
    },
}
CHECKS = _CORPUS | _ANNOTATIONS


def failed_checks(settings: Settings) -> list[dict[str, Any]]:
    """Rows (check, place) of everything that breaks a check; empty when all hold."""
    with reader(settings) as connection:
        return [
            {"check": name, "place": row[0]}
            for name, query in CHECKS.items()
            for row in connection.execute(query).fetchall()
        ]
