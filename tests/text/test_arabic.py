"""The match fold: which spellings meet, and the laws that keys and offsets rely on."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.arabic import fold, fold_with_offsets
from pipeline.text.scripts import script_shares

SPELLINGS = [
    ("أحمد إلى آخر", "احمد الي اخر"),
    ("مكتبةٌ", "مكتبه"),
    ("العـــربية", "العربيه"),
    ("ﻻ ﷺ", "لا صلي الله عليه وسلم"),
    ("گزارش ایران ۱۴۰۳", "گزارش ايران 1403"),
    ("٢٠٢٤", "2024"),
    ("زيرو\u200cويدث\u00ad", "زيروويدث"),
    ("Straße İzmir", "strasse izmir"),
    ("سطر \r\n\t ثان", "سطر\nثان"),
    ("مسؤول مسئول", "مسؤول مسئول"),
    ("  ", ""),
]
MIXED = st.text(
    st.one_of(
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from(" \n\t\r\u00a0\u200f\u0301ßİ"),
        st.characters(),
    )
)


@pytest.mark.parametrize(("written", "folded"), SPELLINGS)
def test_spellings_meet(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(MIXED)
@example("\u0641\u064e\u0651 ")
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(MIXED)
@example(" أَب \n ﷺ")
def test_offsets_name_the_source_of_every_character(text: str) -> None:
    folded, offsets = fold_with_offsets(text)

    assert (folded, len(offsets)) == (fold(text), len(folded) + 1)
    assert offsets == sorted(offsets)
    assert offsets[-1] <= len(text)


def test_script_shares_are_largest_first() -> None:
    assert script_shares("خبر من CNN и 12") == {"Arab": 5 / 9, "Latn": 3 / 9, "Cyrl": 1 / 9}
    assert script_shares("2024 …") == {}
