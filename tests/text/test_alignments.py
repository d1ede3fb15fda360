"""Places of many texts are those that each text gives by itself."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.aligned import fold_aligned
from pipeline.text.alignments import Alignments

TEXT = st.text(alphabet="اأبـَّ \u200cx")


@given(st.lists(TEXT, max_size=5))
@example(["ـقالـ", "", "قَ", "قال"])
def test_places_are_those_of_each_text(texts):
    folded = [fold_aligned(text) for text in texts]
    both = Alignments(folded)

    in_source = [(number, place) for number, text in enumerate(texts) for place in range(len(text) + 1)]
    in_folded = [(number, place) for number, one in enumerate(folded) for place in range(len(one.text) + 1)]
    text, place = np.array(in_source, np.int64).reshape(-1, 2).T
    assert both.places(text, place).tolist() == [folded[number].place(at) for number, at in in_source]
    text, place = np.array(in_folded, np.int64).reshape(-1, 2).T
    assert both.sources(text, place).tolist() == [folded[number].source(at) for number, at in in_folded]
