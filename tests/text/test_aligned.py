import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import fold

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("أإآىةًَُّْـ ي\u200f ABß\xa0ﷺİ"))).map(
    lambda text: unicodedata.normalize("NFC", text)
)


def test_letters_keep_their_places():
    folded = fold_aligned("أَيضاً: Éة\u200f")
    assert folded.text == "ايضا: éه"
    assert [folded.source(place) for place in range(len(folded.text) + 1)] == [0, 2, 3, 4, 6, 7, 8, 9, 11]


@given(TEXT)
def test_spans_cover_the_published_text_in_order(text):
    folded = fold_aligned(text)
    places = [folded.source(place) for place in range(len(folded.text) + 1)]
    assert sorted(set(places)) == places
    assert [folded.place(source) for source in places] == list(range(len(folded.text) + 1))
    assert places[-1] == len(text)


@given(TEXT)
def test_each_letter_folds_as_the_letters_it_came_from(text):
    folded = fold_aligned(text)
    for place, letter in enumerate(folded.text):
        start, end = folded.span(place, place + 1)
        source = text[start:end]
        assert letter in fold_aligned(source).text
        assert fold(letter) == fold(source) or len(fold(source)) != 1
