"""The laws of the annotators of numbers and of personal data: no crash, true offsets, and rows of an article that depend on it alone."""

import unicodedata
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrichers import numbers, personal_data
from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from schemas.contracts import breaches
from schemas.tables import ANNOTATION_TABLES, ARTICLES

PIECES = (
    *(
        "10",
        " ",
        "آلاف",
        "جندي ",
        "في المئة",
        "فبراير",
        "/",
        "شباط ",
        "2022",
        "-",
        "و",
        "ثلاثة ",
        "عشر ",
        "أمس ",
        "الجمعة ",
    ),
    *(
        "$",
        "5bn",
        "million ",
        "القرن ",
        "الماضي ",
        "هـ",
        "1445",
        "٫",
        ",",
        "٣",
        "ـ",
        "\n",
        "ّ",
        "a@b.org",
        "+966501234567",
    ),
    *("last week ", "الـ", "22 ", "بين ", "مليون ", "ونصف ", "ريال ", "شهر رمضان", "عشرات ", "الربع الأول من ", "عام "),
)
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map(
    lambda parts: unicodedata.normalize("NFC", "".join(parts))
)
ANNOTATE = {"numbers": numbers.annotate, "personal_data": lambda documents: (personal_data.annotate(documents),)}


def articles(*bodies, **columns):
    rows = [
        {
            "article_id": f"a{number:031x}",
            "headline": "خبر في 5 مارس",
            "body": body,
            "published_date": date(2024, 11, 30),
            "published_precision": "day",
            "language": "ar",
            "filed_month": "2024-11",
        }
        | columns
        for number, body in enumerate(bodies)
    ]
    schema = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])
    return pa.Table.from_pylist(rows, schema=schema)


@settings(deadline=None)  # the first text waits for the tables
@given(st.lists(TEXT, max_size=4), st.sampled_from([None, date(2024, 2, 29)]))
@pytest.mark.parametrize("name", ANNOTATE)
def test_offsets_are_true_and_the_contract_holds(name, bodies, published):
    table = articles(*bodies, published_date=published)
    text = {row["article_id"]: row for row in table.to_pylist()}
    for rows in ANNOTATE[name](Documents(table)):
        which = next(t for t in ANNOTATION_TABLES if ANNOTATION_TABLES[t].arrow().equals(rows.schema))
        assert breaches(which, rows) == []
        for row in rows.to_pylist():
            span = text[row["article_id"]][row["text_part"]][row["start_char"] : row["end_char"]]
            assert span == row.get("span_text", span) != ""


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
@pytest.mark.parametrize("name", ANNOTATE)
def test_rows_depend_on_the_article_alone(name, bodies):
    table = articles(*bodies)
    together = ANNOTATE[name](Documents(table))
    apart = [ANNOTATE[name](Documents(table.slice(number, 1))) for number in reversed(range(table.num_rows))]

    for number, rows in enumerate(together):
        assert pa.concat_tables([tables[number] for tables in reversed(apart)]).equals(rows.combine_chunks())


@pytest.mark.parametrize("name", ANNOTATE)
def test_no_articles_give_empty_tables(name):
    assert [rows.num_rows for rows in ANNOTATE[name](Documents(articles()))] == [0] * len(
        ANNOTATE[name](Documents(articles()))
    )


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, (datetime(2024, 11, 30, 12, tzinfo=UTC), "published")),
        (
            {"published_at": datetime(2024, 11, 30, 9, 5, tzinfo=UTC), "published_precision": "minute"},
            (datetime(2024, 11, 30, 9, 5, tzinfo=UTC), "published"),
        ),
        (
            {"published_at": datetime(2024, 11, 29, 22, tzinfo=UTC), "published_precision": "minute"},
            (datetime(2024, 11, 30, tzinfo=UTC), "published"),
        ),
        (
            {"published_date": None, "fetched_at": datetime(2024, 12, 2, 8, tzinfo=UTC)},
            (datetime(2024, 12, 2, 8, tzinfo=UTC), "fetched"),
        ),
        ({"published_date": None}, (None, "none")),
    ],
)
def test_the_day_of_writing(columns, expected):
    (row,) = Documents(articles("x", **columns)).table.to_pylist()

    assert numbers.writing_time(row) == expected


def test_without_a_day_only_complete_dates_are_read():
    dates, _ = numbers.annotate(
        Documents(articles("أمس في 24 فبراير/شباط 2022 والعام الماضي", headline="خبر", published_date=None))
    )

    assert dates.select(["span_text", "date_from", "date_anchor"]).to_pylist() == [
        {"span_text": "24 فبراير/شباط 2022", "date_from": date(2022, 2, 24), "date_anchor": "none"}
    ]


def test_the_weekday_is_checked():
    dates, _ = numbers.annotate(Documents(articles("أمس الجمعة، والخميس 29 نوفمبر 2024", headline="خبر")))

    assert dates["weekday_agrees"].to_pylist() == [True, False]
    assert dates["is_ambiguous"].to_pylist() == [False, True]


def test_personal_data_does_not_copy_the_datum():
    rows = personal_data.annotate(Documents(articles("هاتف +966 50 123 4567", headline="x@example.org")))

    assert rows.drop_columns(["article_id", "filed_month"]).to_pylist() == [
        {
            "text_part": "headline",
            "start_char": 0,
            "end_char": 13,
            "personal_kind": "email",
            "personal_country": None,
            "rule": "email",
        },
        {
            "text_part": "body",
            "start_char": 5,
            "end_char": 21,
            "personal_kind": "phone",
            "personal_country": "SA",
            "rule": "phone_international",
        },
    ]


def test_a_telephone_number_is_no_quantity():
    _, quantities = numbers.annotate(Documents(articles("هاتف 0501234567 جنديا", headline="خبر")))

    assert quantities.num_rows == 0
