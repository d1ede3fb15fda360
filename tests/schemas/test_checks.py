"""Row rules: each against the nearest article that keeps it and the nearest that breaks it."""

from datetime import UTC, date, datetime

import polars as pl
import pyarrow as pa
import pytest

from schemas.checks import MAX_BODY_CHARS, MAX_HEADLINE_CHARS, MAX_KEYWORDS, MIN_BODY_CHARS, ROW_RULES, judge
from schemas.tables import PARSED
from schemas.vocab import REASONS

READ = datetime(2024, 5, 1, 12, tzinfo=UTC)
GOOD = {
    "article_id": "a1",
    "raw_file_id": "f",
    "raw_locator": "#0",
    "url": "https://example.org/1",
    "url_normalized": "https://example.org/1",
    "headline": "عنوان قصير",
    "body": "فقرة أولى من نص طويل بما يكفي ليكون خبرا.\n\nفقرة ثانية تختلف عنها.",
    "keywords": ["خبر"],
    "published_at": datetime(2024, 3, 11, 21, tzinfo=UTC),
    "published_date": date(2024, 3, 12),
    "published_precision": "day",
    "modified_at": datetime(2024, 3, 12, tzinfo=UTC),
    "fetched_at": datetime(2024, 3, 11, 22, tzinfo=UTC),
}


def found(*changes):
    rows = [dict.fromkeys(PARSED.names) | GOOD | change for change in changes]
    frame = pl.from_arrow(pa.Table.from_pylist(rows, schema=PARSED))
    return [(finding.row, finding.code) for finding in judge(frame, READ)]


def codes(change):
    return [code for _, code in found(change)]


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


# What keeps the rule, and what just breaks it.
CASES = {
    "headline_missing": ({"headline": "؟"}, {"headline": None}),
    "body_missing": ({}, {"body": None}),
    "body_without_letters": ({"body": "12 " * 30 + "ب"}, {"body": "12 ٣٤ … " * 9}),
    "headline_equals_body": (
        {"headline": "قال الوزير إن الطريق سيفتح غدا أمام الناس", "body": "قال الوزير إن الطريق سيفتح غدا أمام الناس جميعا"},
        {"headline": "قال الوزير إن الطريق سيفتح غدا أمام الناس", "body": "قال الوزير: إن الطريق سيفتح غدا أمام الناس…"},
    ),
    "body_too_short": ({"body": "ب" * MIN_BODY_CHARS}, {"body": "ب" * (MIN_BODY_CHARS - 1)}),
    "body_one_line_repeated": (
        {"body": "\n\n".join(["سطر واحد يتكرر مرتين فقط"] * 2)},
        {"body": "\n\n".join(["سطر واحد يتكرر أكثر من مرتين"] * 3)},
    ),
    "url_not_absolute": ({"url": None, "url_normalized": None}, {"url": "/a/1", "url_normalized": None}),
    "published_in_future": ({}, {"published_date": date(2024, 3, 13)}),
    "published_before_1900": ({"published_date": date(1900, 1, 1)}, {"published_date": date(1899, 12, 31)}),
    "headline_long": ({"headline": "ع" * MAX_HEADLINE_CHARS}, {"headline": "ع" * (MAX_HEADLINE_CHARS + 1)}),
    "headline_is_address": ({"headline": "و/أو: النص 3.5 و U.S. هنا"}, {"headline": "photo_12.jpeg"}),
    "headline_opens_body": (
        {"body": "عنوان قصير هو أول كلام الفقرة التي تطول حتى تصير نصا."},
        {"body": "عنوان قصير\n\nثم فقرة تطول حتى تصير نصا من النصوص."},
    ),
    "body_long": ({"body": "ب" * MAX_BODY_CHARS}, {"body": "ب" * (MAX_BODY_CHARS + 1)}),
    "paragraphs_repeated": (
        {"body": "\n\n".join(["فقرة أولى", "فقرة ثانية", "فقرة ثالثة", "فقرة ثالثة"])},
        {"body": "\n\n".join(["فقرة أولى", "فقرة ثانية طويلة", "شارك", "شارك", "شارك"])},
    ),
    "keywords_many": ({"keywords": ["و"] * MAX_KEYWORDS}, {"keywords": ["و"] * (MAX_KEYWORDS + 1)}),
    "modified_before_published": ({"modified_at": at(2024, 3, 10, 21)}, {"modified_at": at(2024, 3, 10, 20)}),
    "fetched_date_unlikely": (
        {"fetched_at": at(2024, 5, 2, 23)},
        {"fetched_at": at(2024, 5, 3)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_the_nearest_article_that_keeps_the_rule_is_fit(code):
    assert codes(CASES[code][0]) == []


@pytest.mark.parametrize("code", CASES)
def test_the_nearest_article_that_breaks_the_rule_says_only_that(code):
    assert codes(CASES[code][1]) == [code]


@pytest.mark.parametrize(
    "headline",
    ["https://example.org/a", "www.example.org", "news/2024/03", "index.html", "  cover.PDF  "],
)
def test_headlines_that_are_addresses(headline):
    assert codes({"headline": headline}) == ["headline_is_address"]


@pytest.mark.parametrize("headline", ["3.5", "قتلى...", "U.S.", "COVID-19", "AC/DC", "نعم/لا", "v2.0 released today"])
def test_headlines_that_are_not_addresses(headline):
    assert codes({"headline": headline}) == []


def test_the_second_article_with_an_identity_of_the_same_record_is_rejected():
    others = [{}, {"raw_locator": "#1"}, {}]

    assert found(*others) == [(2, "article_id_not_unique")]


def test_an_instant_is_compared_as_an_instant():
    timed = {"published_precision": "minute", "published_date": date(2024, 3, 12)}

    assert codes(timed | {"published_at": at(2024, 3, 12, 22)}) == []
    assert codes(timed | {"published_at": at(2024, 3, 12, 22, 1), "modified_at": None}) == ["published_in_future"]


def test_a_capture_in_the_future_does_not_excuse_a_publication_in_the_future():
    change = {"fetched_at": at(2099, 1, 6), "published_date": date(2099, 1, 5), "modified_at": None}

    assert codes(change) == ["published_in_future", "fetched_date_unlikely"]


def test_no_capture_time_leaves_the_time_of_reading():
    assert codes({"fetched_at": None, "published_date": date(2024, 5, 2)}) == []
    assert codes({"fetched_at": None, "published_date": date(2024, 5, 3)}) == ["published_in_future"]


def test_a_finding_shows_the_values_it_was_judged_by():
    row = dict.fromkeys(PARSED.names) | GOOD | {"published_date": date(2099, 1, 5), "published_at": None}
    (finding,) = judge(pl.from_arrow(pa.Table.from_pylist([row], schema=PARSED)), READ)

    assert (finding.field, finding.observed) == ("published_date", "2099-01-05 (fetched_at 2024-03-11 22:00:00+00:00)")


def test_an_empty_batch_has_no_findings():
    assert judge(pl.from_arrow(PARSED.empty_table()), READ) == []


def test_every_rule_has_a_case_and_every_reason_of_the_stage_a_rule():
    rules = {rule.code for rule in ROW_RULES}

    assert set(CASES) | {"article_id_not_unique"} == rules
    # parent_quarantined needs the findings of other rows: the stage decides it
    assert {code for code, reason in REASONS.items() if reason.stage == "validate"} - {"parent_quarantined"} == rules
