"""A batch of texts is folded as each of them, and so are its runs of digits found."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.aligned import fold_aligned
from pipeline.text.folded_texts import FoldedTexts
from pipeline.text.tokens import digit_runs

PIECES = st.sampled_from(
    ["قالَ", "أحمـد", " ", "\n", "٢٤", "1,200", " - ", "ΣΑΣ", "İ", "😀", "\u200f", "\ufffe", "\uffff", "Hôtel", "ﷺ"]
)
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=8).map("".join)


@given(st.lists(TEXT, max_size=5))
def test_a_batch_is_folded_as_its_texts(texts):
    batch = FoldedTexts(texts)

    assert batch.texts == [fold_aligned(text) for text in texts]
    assert batch.digits == [digit_runs(fold_aligned(text).text) for text in texts]


def test_every_character_is_folded_as_by_itself():
    chars = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    texts = ["".join(chars[place : place + 64]) for place in range(0, len(chars), 64)]

    assert FoldedTexts(texts).texts == [fold_aligned(text) for text in texts]


def test_the_codes_are_those_of_the_folded_texts():
    batch = FoldedTexts(["أَب", "", "c😀D"])

    assert batch.codes.tolist() == [*map(ord, "اب\n\nc\uffffd\n")]
    assert batch.first.tolist() == [0, 3, 4, 8]
