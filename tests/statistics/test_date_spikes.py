"""The statistic of dates that a default or a clock made, on tables small enough to count by hand."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

SQL = Path(__file__).resolve().parents[2] / "pipeline" / "statistics" / "date_spikes.sql"


def figures(articles, raw_files=(), quarantine=()):
    tables = {
        "articles": pa.table(
            {
                "role": ["lead"] * len(articles),
                "source_id": [source for source, _, _ in articles],
                "published_date": pa.array([published for _, published, _ in articles], pa.date32()),
                "fetched_at": pa.array([fetched for _, _, fetched in articles], pa.timestamp("us", tz="UTC")),
            }
        ),
        "raw_files": pa.Table.from_pylist(
            list(raw_files),
            pa.schema([("raw_file_id", pa.string()), ("n_read", pa.int32())]),
        ),
        "quarantine": pa.Table.from_pylist(
            list(quarantine),
            pa.schema([("quarantine_id", pa.string()), ("raw_file_id", pa.string()), ("reason_code", pa.string())]),
        ),
    }
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name, table in tables.items():
            connection.register(name, table)
        rows = connection.execute(
            f"SELECT scope_type, scope_id, key, value, n, denominator FROM ({SQL.read_text('utf-8')}) ORDER BY ALL"
        ).fetchall()
    return rows


def test_january_1_is_set_against_an_even_spread():
    days = [date(2023, 12, 23), date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 11)]

    assert figures([("a", day, None) for day in days]) == [
        ("source", "a", "january_1", 0.5, 2, 4),
        ("source", "a", "january_1_lift", 10.0, 2, None),  # half of the articles on one of twenty days
    ]


def test_a_source_without_a_january_1_has_no_lift():
    found = figures([("a", date(2024, 1, 2), None), ("a", date(2024, 12, 31), None)])

    assert found == [("source", "a", "january_1", 0.0, 0, 2)]


def test_the_first_day_may_be_a_january_1():
    assert ("source", "a", "january_1_lift", 1.0, 1, None) in figures([("a", date(2024, 1, 1), None)])


def test_dates_after_the_capture_are_counted_with_those_that_were_rejected():
    captured = datetime(2024, 3, 11, 12, tzinfo=UTC)
    found = figures(
        [("a", date(2024, 3, 11), captured), ("a", date(2024, 3, 12), captured), ("a", date(2024, 3, 12), None)],
        [{"raw_file_id": "f", "n_read": 4}],
        [
            {"quarantine_id": "1", "raw_file_id": "f", "reason_code": "published_in_future"},
            {"quarantine_id": "2", "raw_file_id": "f", "reason_code": "body_too_short"},
        ],
    )

    assert found == [
        ("file", "f", "published_in_future", 0.25, 1, 4),
        ("source", "a", "after_capture", 0.5, 1, 2),
        ("source", "a", "january_1", 0.0, 0, 3),
    ]
