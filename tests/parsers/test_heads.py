"""Which of the lines above a text is the headline: lists, kickers, paths, names and dates around it; and what is no article."""

import json

import pytest

from pipeline.parsers import Unparsed, parse_record
from pipeline.sources import Sources

HEADLINE = "المجلس البلدي يفتتح مكتبة عامة في الحي القديم"
BODY = [
    "افتتح المجلس البلدي مكتبة عامة جديدة في الحي القديم، تضم أكثر من عشرة آلاف كتاب وقاعة للأطفال وأخرى للباحثين.",
    "وقالت مديرة المكتبة إن الدخول مجاني لكل السكان، وإن القاعة تفتح أبوابها كل يوم حتى المساء ما عدا أيام العطل.",
    "وأضافت أن المجلس خصص للمكتبة ميزانية سنوية لشراء الكتب، وأن الحي ينتظر افتتاحها منذ سنوات طويلة.",
]
OTHERS = ["سباق الدراجات يعود إلى شوارع المدينة", "أسعار النفط تتراجع مع ترقب قرار المصدرين"]
DATE = "الأربعاء 12 مارس 2025"


def parsed(lines, fetched="2025-06-01T00:00:00Z"):
    fields = json.dumps({"url": "https://one.example/a", "fetched_raw": fetched})
    found = parse_record("\n".join(lines), fields, "page", Sources())
    return [] if isinstance(found, Unparsed) else found


@pytest.mark.parametrize(
    "head",
    [
        ["آخر الأخبار", f"10:30 {OTHERS[0]}", f"09:15 {OTHERS[1]}", HEADLINE, DATE],
        ["الأكثر قراءة", *OTHERS, "الرئيسية / محليات", HEADLINE, DATE],
        ["خلال حفل أقيم أمس بحضور عدد من المسؤولين", HEADLINE, DATE],
        ["متابعات:", HEADLINE, "ميزانية سنوية للكتب وقاعة للباحثين", "هدى العطار", DATE],
        ["منتديات الديرة > أخبار المدينة > المجلس البلدي يفتتح مكتبة", HEADLINE, DATE],
        [DATE, "رقم المشاركة : 1", HEADLINE],
        [HEADLINE, "عدن - رويترز", DATE],
        [f"• {HEADLINE}", DATE],
        [DATE, f"🔴 {HEADLINE}"],
        ["رقم القصاصة: 7739", DATE, f"العنوان: {HEADLINE}", "الكاتب: هدى العطار"],
        [f"{HEADLINE} - منتدى الأحياء", "منتدى الأحياء > محليات > المجلس البلدي يفتتح مكتبة", DATE, HEADLINE],
        ["أكد أهمية المكتبة للأطفال والباحثين", HEADLINE, DATE],
        ["مديرة المكتبة في حوار مع الضفة", HEADLINE, DATE],
        ["بحث هذه المدونة الإلكترونية", DATE, HEADLINE],
        ["الرئيسية محليات كرة قدم مقالات محافظات", DATE, HEADLINE],
        ["عام . سياسي . اقتصاد . رياضة . ثقافة . دولي", DATE, HEADLINE],
        ["الأكثر قراءة", HEADLINE, "ميزانية سنوية للكتب وقاعة للباحثين", DATE],
        [HEADLINE, "صدر الصورة، رويترز", "يوسف الراوي", "صحفية متخصصة في شؤون المدن", DATE],
        [HEADLINE, "التعليقات", "شارك", "كتب: هدى العطار", DATE],
        [
            "صفحة الحي",
            HEADLINE,
            "افتتح المجلس البلدي مكتبة جديدة تضم آلاف الكتب وقاعة للأطفال والباحثين وسط الحي.",
            DATE,
        ],
    ],
    ids=[
        "timed list",
        "list over a path",
        "long kicker",
        "kicker with a colon",
        "cut path",
        "count",
        "signature",
        "bullet",
        "sign",
        "label of a title",
        "title with the name of the site",
        "kicker by its opening",
        "interview",
        "search box",
        "menu after the link home",
        "menu with dots",
        "list without items",
        "post of the author",
        "comments among buttons",
        "standfirst over the date",
    ],
)
def test_the_headline_is_told_from_what_stands_around_it(head):
    assert [article["headline"] for article in parsed([*head, *BODY])] == [HEADLINE]


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        ([], "أبرز أخبار المكتبات والأحياء ليوم الاثنين 10 مارس 2025"),
        (["صحيفة الضفة", "هدى العطار"], "تقرير: المجلس البلدي يفتتح مكتبة عامة في الحي القديم"),
        (
            ["صحيفة الضفة"],
            "المجلس البلدي يفتتح مكتبة عامة في الحي القديم ومديرة المكتبة تقول إن الدخول مجاني لكل السكان وإن القاعة تفتح أبوابها كل يوم حتى المساء",
        ),
    ],
    ids=["date in it", "kind of text before it", "long, over a name"],
)
def test_a_headline_may_look_like_something_else(above, headline):
    assert [article["headline"] for article in parsed([*above, headline, "سارة النجار", DATE, *BODY])] == [headline]


def test_the_name_of_who_tells_is_no_headline():
    headline = "القراء على موعد مع رفوف جديدة"
    head = ["موقع الأحياء", headline, DATE, f"قال موقع الأحياء، إن المجلس فتح المكتبة. {BODY[0]}"]

    assert [article["headline"] for article in parsed([*head, *BODY[1:]])] == [headline]


def test_a_link_to_sign_in_above_the_headline_is_no_wall():
    page = ["تسجيل الدخول", HEADLINE, DATE, BODY[0]]

    assert [article["headline"] for article in parsed(page)] == [HEADLINE]


def test_a_date_above_the_headline_counts_unless_it_is_the_day_of_capture():
    page = [DATE, "هدى العطار", "عضو فعال", HEADLINE, *BODY]

    days = [
        str(parsed(page, fetched)[0].get("published_date"))
        for fetched in ("2025-06-01T00:00:00Z", "2025-03-12T09:00:00Z")
    ]

    assert days == ["2025-03-12", "None"]


def test_summaries_in_a_list_are_no_embedded_articles():
    teasers = [f"{other}\nقال مسؤولون إن الأمر يخص سكان المدينة كلها وإن التفاصيل تعلن غدا." for other in OTHERS]

    assert [article["role"] for article in parsed([HEADLINE, DATE, *BODY, "اختيارات المحرر", *teasers])] == ["lead"]


def test_an_article_under_a_read_also_line_is_embedded():
    second = [
        "إقرأ أيضاً:",
        OTHERS[0],
        *(f"قالت لجنة الدراجات إن السباق يعود إلى شوارع المدينة في يومه {n}." for n in "123"),
    ]

    found = parsed([HEADLINE, DATE, *BODY, *second])

    assert [(article["role"], article["headline"]) for article in found] == [
        ("lead", HEADLINE),
        ("embedded", OTHERS[0]),
    ]


def test_questions_alone_are_no_text():
    questions = [f"لماذا ارتفعت أسعار {what} في المدينة هذا الموسم؟" for what in ("الكتب", "الخبز", "النقل")]

    assert parsed(["الرئيسية", "آخر الأخبار", *OTHERS, *questions]) == []
