"""What the lines around a headline and under a text are: standfirsts, captions, labels, names, dates and tags."""

import pytest

from tests.parsers.test_heads import BODY, DATE, HEADLINE, OTHERS, parsed

STANDFIRST = "القاعة الجديدة تفتح أبوابها للأطفال والباحثين كل يوم"


def field(lines, name):
    return [article.get(name) for article in parsed(lines)]


@pytest.mark.parametrize(
    "under",
    [
        [DATE, "مدخل المكتبة يوم الافتتاح"],
        ["تاريخ النشر: آخر تحديث:", DATE],
        ["admin منذ 3 أيام محليات 112 زيارة"],
        [DATE, "رقم المادة المنشورة : 48213"],
        [DATE, "اشترك لتصلك أهم الأخبار"],
        ["Readers gather at the new library. Courtesy City Library Board", DATE],
    ],
    ids=["caption under a date", "labels without values", "counts", "number", "subscription", "courtesy"],
)
def test_what_states_nothing_of_the_story_is_no_subheadline(under):
    assert field([HEADLINE, *under, *BODY], "subheadline") == [None]


def test_a_statement_under_the_date_is_the_subheadline():
    assert field([HEADLINE, DATE, STANDFIRST, *BODY], "subheadline") == [STANDFIRST]


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (["تابعوا الحي على"], None),
        (["خبرنگار : 71589", DATE], None),
        (
            [STANDFIRST, "Jane Rowan Science correspondent", DATE, "آخر تحديث: 13 مارس 2025"],
            "Jane Rowan Science correspondent",
        ),
        (["Par Jeanne Rohan (Lyon, envoyée spéciale)", DATE], "Jeanne Rohan (Lyon, envoyée spéciale)"),
        ([DATE, "مدخل المكتبة القديم", "كتب سامي العطار"], "سامي العطار"),
        (["كتبت - منى عبد السميع", DATE], "منى عبد السميع"),
        (["متابعة أخبار الحي على تلغرام", DATE], None),
        (["أحمد علي", "محرر الشؤون الاقتصادية", DATE], "أحمد علي"),
    ],
    ids=[
        "cut before links",
        "number",
        "post",
        "bracket",
        "caption beside a signature",
        "dash",
        "network",
        "post below",
    ],
)
def test_a_byline_names_someone(lines, byline):
    assert field([HEADLINE, *lines, *BODY], "byline") == [byline]


def test_the_author_is_the_name_before_the_post():
    assert field([HEADLINE, "أحمد علي محرر الشؤون الاقتصادية", DATE, *BODY], "authors") == [["أحمد علي"]]


@pytest.mark.parametrize(
    ("above", "byline"),
    [
        (["د. هدى العطار"], "د. هدى العطار"),
        (["الرأي", "هدى العطار", "كاتبة وأكاديمية"], "هدى العطار"),
        (["شؤون المدينة"], None),
    ],
    ids=["title", "post", "section"],
)
def test_a_known_name_above_the_headline_is_the_author(above, byline):
    assert field([*above, HEADLINE, DATE, *BODY], "byline") == [byline]


@pytest.mark.parametrize("home", ["الرئيسية", "ANASAYFA", "صفحه اصلی"])
def test_the_link_home_is_no_section(home):
    assert field([home, "اتصل بنا", HEADLINE, DATE, *BODY], "section") == [None]


def test_the_update_at_the_headline_counts_and_not_that_of_the_site():
    page = ["آخر تحديث: 13 مارس 2025 14:15", HEADLINE, f"نشر في: {DATE} 08:20", "آخر تحديث: 12 مارس 2025 10:02", *BODY]

    assert [f"{found:%d %H:%M}" for found in field(page, "modified_at")] == ["12 10:02"]


def test_a_date_over_the_facts_of_a_story_is_its_date():
    page = ["صحيفة الحي", "محليات", DATE, "التصنيف: مكتبات", "رقم الخبر: 7158", "المدينة: الحي القديم", HEADLINE, *BODY]

    assert [str(day) for day in field([*page], "published_date")] == ["2025-03-12"]


@pytest.mark.parametrize(
    ("under", "tags"),
    [
        (["المجلس البلدي", "مكتبة عامة", "الحي القديم"], ["المجلس البلدي", "مكتبة عامة", "الحي القديم"]),
        (["الكلمات الدالة", "المجلس البلدي", "مدينة"], ["المجلس البلدي", "مدينة"]),
        (["سباق الدراجات", "أسعار النفط", "قرار المصدرين"], []),
    ],
    ids=["unlabelled", "labelled", "other subjects"],
)
def test_short_lines_under_the_text_about_it_are_its_keywords(under, tags):
    assert field([HEADLINE, DATE, *BODY, *under, "مقالات ذات صلة", *OTHERS], "keywords") == [tags]


def test_a_line_printed_twice_over_its_agency_is_the_caption_of_a_picture():
    caption = "المجلس البلدي ومديرة المكتبة خلال حفل سابق"
    headline = "مكتبة عامة جديدة تضم عشرة آلاف كتاب للأطفال والباحثين"

    assert field([headline, caption, caption, "أ. ف. ب.", f"نشر {DATE}", *BODY], "headline") == [headline]


def test_a_headline_may_name_its_day():
    headline = "أسعار الكتب المدرسية اليوم الأربعاء 12 مارس 2025 في مكتبات الحي"
    body = ["استقرت أسعار الكتب المدرسية في مكتبات الحي خلال تعاملات اليوم، مع هدوء الطلب وثبات كلفة الورق.", *BODY[1:]]

    assert field([headline, f"{DATE} | 09:15", *body], "headline") == [headline]


def test_a_labelled_date_of_digits_under_the_text_is_the_date():
    assert [
        str(day) for day in field([HEADLINE, *BODY, "تاريخ الخبر: 2022-11-04", "طباعة الخبر"], "published_date")
    ] == ["2022-11-04"]


def test_the_line_over_the_post_of_an_author_is_the_name():
    page = [HEADLINE, "سليم الحاج يوسف", "كاتب وباحث في شؤون المدن", DATE, *BODY]

    assert [field(page, name) for name in ("byline", "subheadline")] == [["سليم الحاج يوسف"], [None]]


def test_lines_that_end_with_a_name_in_brackets_are_captions():
    page = [
        HEADLINE,
        DATE,
        "1/2",
        "أطفال الحي يقرأون في القاعة الجديدة (السنبلة)",
        "2/2",
        "رفوف الكتب في مكتبة الحي القديم الجديدة (السنبلة)",
    ]

    assert [field([*page, *BODY], name) for name in ("subheadline", "body")] == [[None], ["\n\n".join(BODY)]]


def test_the_title_of_a_list_ends_the_tags():
    assert field([HEADLINE, DATE, *BODY, "Tags:", "Village Books", "Most Popular in Town", *OTHERS], "keywords") == [
        ["Village Books"]
    ]


def test_an_update_between_date_and_headline_is_none_of_its_publication():
    page = ["صحيفة الحي", "محليات", "12:30 12.03.2025", "(обновлено: 14:20 16.03.2025)", HEADLINE, *BODY]

    assert [str(day) for day in field(page, "published_date")] == ["2025-03-12"]


def test_a_text_goes_on_under_its_table():
    table = ["الكتاب", "السعر", "التغير", "قواعد اللغة", "12.40", "+2.1%", "جغرافيا الحي", "8.15", "+1.4%"]
    page = [HEADLINE, DATE, *BODY[:2], *table, BODY[2]]

    assert field(page, "body") == ["\n\n".join([*BODY[:2], *table, BODY[2]])]


def test_a_credit_in_the_head_may_hold_the_date():
    page = [HEADLINE, "/مصدر: وكالة السنبلة/   15:28:03 2021-12-01", *BODY]

    assert [str(day) for day in field(page, "published_date")] == ["2021-12-01"]


def test_a_date_between_the_name_of_a_columnist_and_the_headline_is_of_the_column():
    date = "الأربعاء / 3 / صفر / 1444 هـ الأربعاء 31 أغسطس 2022 00:04"
    page = ["صحيفة الحي", "كتاب ومقالات", "سعاد المهيري", date, HEADLINE, "سعاد المهيري", *BODY]

    assert [str(day) for day in field(page, "published_date")] == ["2022-08-31"]
