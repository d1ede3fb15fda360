"""NFC by words is NFC of the whole."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.composition import nfc

MARKED = st.text(
    st.one_of(
        st.sampled_from("ابو يه\u0651\u064e\u064b\u0653\u0654\u0655e\u0301\u0323 \n각"),
        st.characters(exclude_categories=()),
    )
)


@given(MARKED)
def test_words_composed_one_by_one_are_the_text_composed(text: str) -> None:
    assert nfc(text) == normalize("NFC", text)


def test_nothing_composes_across_a_space_or_a_line_break() -> None:
    for sign in " \n":
        joined = [f"e{sign}{chr(code)}" for code in range(0xD800)]
        assert [nfc(text) for text in joined] == [normalize("NFC", text) for text in joined]
