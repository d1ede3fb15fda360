"""The dates found round anchors are those of the whole text: on synthetic mixtures, and on real articles where they are at hand."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrichers.numbers.anchors import find_anchors
from pipeline.enrichers.numbers.date_windows import date_windows
from pipeline.enrichers.numbers.snippets import dates_of
from pipeline.text.dates import find_dates
from pipeline.text.folded_texts import FoldedTexts
from tests.eval.texts import DATA, texts

AT = datetime(2024, 11, 30, 12, tzinfo=UTC)
WORDS = [
    "قال",
    "في",
    "من",
    "أمس",
    "اليوم",
    "الجمعة",
    "يوم",
    "الأحد",
    "الماضي",
    "العام",
    "عام",
    "2011",
    "2010-2015",
    "24",
    "5",
    "فبراير/شباط",
    "فبراير",
    "مارس",
    "آب",
    "منذ",
    "ساعتين",
    "قبل",
    "ثلاثة",
    "أيام",
    "شهر",
    "المقبل",
    "الجاري",
    "هذا",
    "صباح",
    "مساء",
    "الساعة",
    "10:30",
    "هـ",
    "1445",
    "رجب",
    "ذي",
    "الحجة",
    "12/11/2024",
    "الموافق",
    "ثورة",
    "السبت،",
    "(الاثنين).",
    "May",
    "last",
    "week",
    "on",
]


def compared(text, anchor):
    batch = FoldedTexts([text])
    (folded,), (anchors,) = batch.texts, find_anchors(batch)
    found = [
        replace(date, start=date.start + first, end=date.end + first)
        for first, last in date_windows(text, folded, anchors, anchor is not None)
        for date in dates_of(text[first:last], anchor is not None, anchor, "ar", "")
    ]
    return found, find_dates(text, anchor=anchor, language="ar", whole=True)


@settings(deadline=None)  # the first text waits for the tables
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([AT, None]))
def test_synthetic_texts(words, anchor):
    found, expected = compared(" ".join(words), anchor)

    assert found == expected


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_real_articles(language):
    for text in texts(language, True)[:150]:
        found, expected = compared(unicodedata.normalize("NFC", "\n\n".join(text.paragraphs)), AT)
        assert found == expected
