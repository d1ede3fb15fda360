"""Which particles are cut from an Arabic word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.arabic_clitics import segment, vocabulary
from pipeline.text.arabic_stem import light_stem

CUT = [
    ("والحكومه", "و ال حكومه"),
    ("للجنه", "ل ال لجنه"),
    ("للمدينه", "ل ال مدينه"),
    ("وبسبب", "و ب سبب"),
    ("فسيكون", "ف س يكون"),
    ("كرئيس", "ك رئيس"),
    ("لله", "ل الله"),
    ("والتزام", "و التزام"),  # no article: الالتزام takes one
    ("وزير", "وزير"),
    ("بيان", "بيان"),
    ("كامل", "كامل"),
    ("سياسه", "سياسه"),
    ("لقاء", "لقاء"),
    ("الي", "الي"),
    ("لكن", "لكن"),
    ("و", "و"),
    ("cnn", "cnn"),
]


@pytest.mark.parametrize(("word", "parts"), CUT)
def test_particles(word, parts):
    assert segment(word) == tuple(parts.split())


@given(st.text("والبفكسلمنيهاتر", min_size=1, max_size=12))
def test_parts_make_the_word_again(word):
    parts = segment(word)
    written = "".join(parts).replace("لال", "لل")  # the alef of the article is not written after ل

    assert parts[-1] != ""
    assert word in ("".join(parts), written) or "لل" in word
    assert len(light_stem(parts[-1])) >= min(3, len(parts[-1]))


def test_every_line_of_the_vocabulary_is_read():
    known = vocabulary()
    assert known.counts["حكومه"] > 1000
    assert known.lexemes < set(known.counts)
    assert {"لقد", "كان"} <= known.whole
