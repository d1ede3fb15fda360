"""The laws of segmentation, on arbitrary text and on texts made of the lines that pages are made of."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parsers import Unparsed, parse_record
from pipeline.parsers.blocks import split_blocks
from pipeline.parsers.segmenter import segment_page
from pipeline.sources import Sources
from schemas.vocab import BlockRole

LINES = st.sampled_from(
    [
        "الجزيرة:",
        "2025-01-05@02:03:35 GMT",
        "تاريخ النشر: 30th, November 2024 GMT",
        "المجلس البلدي يفتتح مكتبة جديدة في الحي القديم",
        "افتتح المجلس البلدي أمس مكتبة جديدة في الحي القديم تضم عشرة آلاف كتاب وقاعة للأطفال وأخرى للباحثين.",
        "وقال رئيس المجلس إن المكتبة الجديدة مفتوحة للجميع طوال أيام الأسبوع وإن الدخول إليها مجاني لكل السكان.",
        "إقرأ أيضاً:",
        "اقرأ أيضا: سباق الدراجات يعود إلى شوارع المدينة",
        "سباق الدراجات يعود إلى شوارع المدينة",
        "مقالات مشابهة",
        "  • المدينة تزرع ألف شجرة على ضفة النهر",
        "المصدر: صوت المدينة",
        "كلمات دلالية: مكتبة، ثقافة",
        "كتب: سعاد الكيلاني | 3 مارس 2024 - 10:30 | آخر تحديث: 11:00",
        "الرئيسية | سياسة | رياضة | ثقافة",
        "شارك",
        "منذ 51 دقيقة",
        "— لجنة الرياضة (@sports_example) March 12, 2024",
        "عودة السباق pic.twitter.com/abc123",
        "التعليقات",
        "أضف تعليقا",
        "© 2024 جميع الحقوق محفوظة",
        "The harbour board published a new ferry timetable on Tuesday, with two more crossings every evening.",
        "By Staff Reporter - 12 March 2024",
        "",
        "   ",
        "…",
        "\u200f",
    ]
)
PAGES = st.one_of(
    st.text(max_size=400),
    st.lists(LINES, max_size=30).map("\n".join),
    st.lists(LINES, max_size=30).map("\n\n".join),
    st.lists(LINES, max_size=20).map(" | ".join),
    st.lists(st.one_of(LINES, st.text(max_size=80)), max_size=20).map("\r\n".join),
)


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_spans_are_in_order_apart_and_verbatim(text):
    page = segment_page(text)
    segments = page.segments if page else []

    assert [text[s.start : s.end] for s in segments] == [s.text for s in segments]
    assert all(s.start < s.end for s in segments)
    assert all(left.end <= right.start for left, right in pairwise(segments))
    assert {s.role for s in segments} <= {role.value for role in BlockRole}
    assert all(0.0 <= s.confidence <= 1.0 for s in segments)


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_the_same_text_gives_the_same_page_and_bodies_of_text_segments_only(text):
    page = segment_page(text)

    assert segment_page(text) == page
    articles = parse_record(text, None, "page", Sources())
    assert isinstance(articles, Unparsed) == (page is None)
    if isinstance(articles, Unparsed):
        return
    for article, number in zip(
        articles, sorted({s.article for s in page.segments} | {0}) if page else (), strict=False
    ):
        written = [s.text for s in page.segments if s.article == number and s.role in ("paragraph", "paragraph_line")]
        assert (article["body"] or "").split() == clean_words(written)
        assert 0.0 <= article["parse_score"] <= 1.0


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_blocks_hold_every_visible_character_once(text):
    blocks = split_blocks(text)

    assert [text[b.start : b.end] for b in blocks] == [b.text for b in blocks]
    assert all(left.end <= right.start for left, right in pairwise(blocks))


def clean_words(paragraphs):
    import unicodedata

    return unicodedata.normalize("NFC", "\n\n".join(paragraphs)).split()
