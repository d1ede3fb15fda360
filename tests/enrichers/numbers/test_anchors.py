"""Words that give a date or number away are found as whole words, wherever such a word may begin."""

import pytest

from pipeline.enrichers.numbers.anchors import find_anchors
from pipeline.text.folded_texts import FoldedTexts


@pytest.mark.parametrize(
    ("text", "dates", "numbers", "periods"),
    [
        ("في 24فبراير", ["فبراير"], [], []),
        ("24امس", [], [], []),  # only months are written against a number
        ("xامس وامسك، (أمسِ)😀", ["امس"], [], []),
        ("امس\U00010414", [], [], []),  # a letter beyond the plane goes on with the word
        ("خلال هذا-العام", ["العام"], [], ["هذا-العام"]),
        ("اثنا عشر", [], ["اثنا عشر", "عشر"], []),
        ("", [], [], []),
    ],
)
def test_anchors_of_a_text(text, dates, numbers, periods):
    batch = FoldedTexts(["امس", text, "امس"])
    folded, found = batch.texts[1].text, find_anchors(batch)

    assert [folded[start:end] for start, end, _ in found[1].dates] == dates
    assert [folded[start:end] for start, end in found[1].numbers] == numbers
    assert [folded[start:end] for start, end in found[1].periods] == periods
    assert [found[0].dates, found[2].dates] == [[(0, 3, "R")]] * 2
