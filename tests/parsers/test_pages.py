"""Pages without an article, pages of a site that changed, and dates that are not publication dates."""

import pytest

from pipeline.parsers import Unparsed, parse_record
from pipeline.parsers.head_dates import MAYBE_CLOCK
from pipeline.parsers.segmenter import segment_page
from pipeline.sources import Sources

FOOT = "© 2024 جميع الحقوق محفوظة"
TEASERS = [
    ("افتتاح مكتبة عامة في الحي القديم", "افتتح المجلس البلدي أمس الأحد مكتبة عامة جديدة في الحي القديم تضم آلاف الكتب."),
    ("سباق الدراجات يعود إلى شوارع المدينة", "أعلنت لجنة الرياضة عودة سباق الدراجات السنوي إلى شوارع المدينة بعد توقف دام عامين."),
    ("أسعار النفط تتراجع مع ترقب قرار المصدرين", "تراجعت أسعار النفط في التعاملات الآسيوية المبكرة وسط ترقب لاجتماع كبار المنتجين."),
    ("منتخب الناشئين يتأهل إلى نصف النهائي", "تأهل منتخب الناشئين إلى الدور نصف النهائي بعد فوزه بركلات الترجيح على ضيفه."),
    ("وزارة التعليم تعلن موعد الاختبارات النهائية", "حددت وزارة التعليم موعد الاختبارات النهائية للفصل الدراسي الثاني في جميع المدارس."),
]  # fmt: skip
HEADLINE = "المجلس البلدي يفتتح مكتبة عامة في الحي القديم"
BODY = [
    "افتتح المجلس البلدي مكتبة عامة جديدة في الحي القديم، تضم أكثر من عشرة آلاف كتاب وقاعة للأطفال وأخرى للباحثين.",
    "وقالت مديرة المكتبة إن الدخول مجاني لكل السكان، وإن القاعة تفتح أبوابها كل يوم حتى المساء ما عدا أيام العطل.",
]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "الرئيسية\nأخبار\nرياضة\nاقتصاد\nاتصل بنا\nسياسة الخصوصية\n" + FOOT,
        "الرئيسية\n404\nالصفحة غير موجودة\nعذرا، الصفحة التي تبحث عنها غير موجودة أو تم نقلها إلى عنوان آخر، يمكنك العودة إلى "
        "الصفحة الرئيسية أو استخدام البحث.\nالأكثر قراءة\nموعد صرف الدعم السكني لشهر مارس\n" + FOOT,
        "Harbour Gazette\nSign in\nEmail\nPassword\nForgot your password?\nAlready a subscriber? Log in to continue reading this "
        "article and get unlimited access to all of our journalism on every device you own.\nCreate an account",
        "We use cookies\nWe and our partners use cookies to store and access information on your device and to show you "
        "personalised content and ads. You can change your choices at any time.\nAccept all\nReject all",
        "الرئيسية\nرياضة\n" + "\n".join(f"{headline}\n{text}" for headline, text in TEASERS) + "\n" + FOOT,
        "أخبار المدينة\n" + "\n".join(f"{headline}\n{day} مارس 2024" for day, (headline, _) in enumerate(TEASERS, 3)),
    ],
    ids=["empty", "blank", "menu", "404", "login", "cookies", "home", "list"],
)
def test_a_page_without_an_article_gives_none(text):
    assert parse_record(text, None, "page", Sources()) == Unparsed("article_missing", text[:200])


def published(lines):
    page = segment_page("\n".join(lines))
    return [s.text for s in page.segments if s.role == "published_raw"]


def test_the_clock_of_the_page_is_not_a_publication_date():
    menu = ["الرئيسية", "أخبار", "رياضة"]

    assert published(["الخميس 13 مارس 2025", *menu, HEADLINE, *BODY, FOOT]) == []
    assert published(["الخميس 13 رمضان 1446 هـ - 13 مارس 2025 م", HEADLINE, *BODY]) == []
    assert published(["الخميس 13 مارس 2025", *menu, HEADLINE, "الأربعاء 12 مارس 2025", *BODY]) == [
        "الأربعاء 12 مارس 2025"
    ]


@pytest.mark.parametrize(
    "head",
    [
        ["رسالة المرفأ", "العدد 45", "الخميس 13 مارس 2025", "صباح الخير لقرائنا في كل المدن", HEADLINE, *BODY],
        ["الخميس 13 مارس 2025", HEADLINE, *BODY, "مرسلة بواسطة سعاد الكيلاني في 10:30 ص", "إرسال تعليق"],
        ["رياضة", "طقس", HEADLINE, BODY[0], "اشترك الآن", "الخميس 13 مارس 2025", *BODY[1:], *BODY],
    ],
    ids=["letter", "signed with a time", "under the standfirst"],
)
def test_a_date_that_is_no_clock_is_the_storys(head):
    page = segment_page("\n".join(head))

    assert [
        (s.text, s.rule != MAYBE_CLOCK) for s in page.segments if s.role == "published_raw" and "2025" in s.text
    ] == [("الخميس 13 مارس 2025", True)]


@pytest.mark.parametrize(("day", "expected"), [("13 مارس", "2025-03-13"), ("11 مارس", "None")])
def test_a_date_over_the_headline_on_the_day_of_the_fetch_counts_where_the_dateline_names_it(day, expected):
    clock = "الخميس 13 رمضان 1446 هـ الموافق 13 مارس 2025 م"
    text = "\n".join(["English", "رياضة", clock, HEADLINE, f"صور في {day} / وكالة الساحل / {BODY[0]}", BODY[1]])
    lead = parse_record(text, '{"fetched_raw": "2025-03-13T17:20:47+00:00"}', "page", Sources())[0]

    assert str(lead.get("published_date")) == expected


def test_what_a_bare_read_also_after_the_credit_announces_is_an_article_of_its_own():
    other = [
        "يبدأ موسم الصيد في الخليج الشمالي يوم الأحد المقبل، وسط توقعات بوفرة السردين بعد شهرين من المنع الذي فرضته الوزارة.",
        "وأوضح رئيس نقابة الصيادين أن المراكب الصغيرة ستخرج أولا، على أن تلحق بها السفن الكبيرة في مطلع الشهر القادم إذا هدأت الرياح.",
        "ويعمل في القطاع نحو ثلاثة آلاف بحار، وقد طالبوا مرارا بخفض أسعار الوقود وبإصلاح الأرصفة المتهالكة قبل حلول الشتاء بوقت كاف.",
    ]
    page = segment_page("\n".join([HEADLINE, *BODY, "المصدر: رويترز", "اقرأ أيضا:", "سهلة وصعبة", *other]))

    assert [(s.article, s.text) for s in page.segments if s.role == "headline"] == [(0, HEADLINE), (1, "سهلة وصعبة")]


def test_dates_of_other_headlines_and_comments_are_not_the_leads():
    assert (
        published([HEADLINE, *BODY, "التعليقات", "قارئ", "12 مارس 2025 - 10:30", "شكرا لكم على هذا الخبر الجميل."])
        == []
    )


def test_published_and_updated_in_one_line_come_apart():
    line = "كتب: سعاد الكيلاني | نشر في: 3 مارس 2024 - 10:30 | آخر تحديث: 4 مارس 2024 - 11:00"
    page = segment_page("\n".join([HEADLINE, line, *BODY]))

    assert {s.role: s.text for s in page.segments if s.role in ("byline", "published_raw", "updated_raw")} == {
        "byline": "سعاد الكيلاني",
        "published_raw": "3 مارس 2024 - 10:30",
        "updated_raw": "4 مارس 2024 - 11:00",
    }


def aggregator(*body, date="تاريخ النشر: 30th, November 2024 GMT"):
    return "\n\n".join(["صوت المدينة:\n2025-01-05@02:03:35 GMT", HEADLINE, date, HEADLINE, *body])


@pytest.mark.parametrize(
    ("text", "parser", "flags"),
    [
        (aggregator(*BODY, "مقالات مشابهة", "  • سباق الدراجات يعود"), "aggregator", []),
        (aggregator(*BODY, "موضوعات ذات صلة", "  • سباق الدراجات يعود"), "generic", ["layout_mismatch"]),
        (aggregator(*BODY, date="منشور: 30 نوفمبر 2024"), "generic", ["layout_mismatch"]),
        (aggregator(*BODY, *(f"  • {headline}" for headline, _ in TEASERS)), "generic", ["layout_mismatch"]),
    ],
    ids=["fits", "other marker", "other date label", "list without marker"],
)
def test_a_layout_that_no_longer_fits_falls_back_and_says_so(text, parser, flags):
    (lead,) = parse_record(text, None, "page", Sources())

    assert (lead["parser"], lead["quality_flags"], lead["headline"]) == (parser, flags, HEADLINE)
    assert lead["body"].split("\n\n") == BODY


def test_a_headline_of_another_article_is_flagged():
    text = "\n\n".join(["سباق الدراجات يعود هذا الربيع", "12 مارس 2024", *BODY])

    (lead,) = parse_record(text, None, "page", Sources())

    assert lead["quality_flags"] == ["headline_body_disagree"]
    assert lead["parse_score"] < 0.6


def test_a_text_that_a_box_of_links_interrupts_goes_on_after_it():
    more = "وتقول لجنة الحي إن الكتب جاءت تبرعا من سكان المنطقة، وإن بينها طبعات نادرة من دواوين الشعر القديم سترمم قبل أن تعرض للزوار."
    box = ["قصص مقترحة", "لماذا يهاجر الأطباء إلى الخارج؟", "رحلة البحث عن الذهب في الصحراء"]
    rest = "وتستعد العاصمة لتجربة مماثلة خلال الخريف المقبل، بعدما خصصت ميزانيتها الأخيرة مبلغا لترميم مبنى البريد المركزي."
    ends = ["مواضيع ذات صلة", "سباق الدراجات يعود إلى شوارع المدينة"]
    page = segment_page("\n".join([HEADLINE, "الأربعاء 12 مارس 2025", *BODY, more, *box, rest, *ends, FOOT]))

    assert rest in [segment.text for segment in page.segments if segment.role.startswith("paragraph")]
