"""Cutting a batch into pieces gives the words that each text has by itself."""

import unicodedata

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import fold
from pipeline.text.pieces import Pieces
from pipeline.text.tokens import word_spans

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=("Cs",)), st.sampled_from("اأبةى ًـَ \n\n\t\u200c\u200f'’-.،aßΣİﷺﻻ1٢")
    )
).map(lambda text: unicodedata.normalize("NFC", text))


def words_alone(number, text):
    aligned = fold_aligned(text)
    return [(number, *aligned.span(*span), fold(aligned.text[slice(*span)])) for span in word_spans(aligned.text)]


@given(st.lists(TEXT, max_size=6))
@example(["قال  أحمدُ:\n\nـنعم \n «لا\u200cبأس» ", "", "\n\n\n", "ab’cd ''x' \n y"])
def test_words_are_those_of_each_text(texts):
    words = Pieces(texts, ["x"] * len(texts)).words

    found = [
        (text, start, end, words.forms[form])
        for text, start, end, form in zip(words.text, words.start, words.end, words.form, strict=True)
    ]
    assert found == [word for number, text in enumerate(texts) for word in words_alone(number, text)]


@given(st.lists(TEXT, max_size=6))
def test_pieces_give_the_text_again(texts):
    pieces = Pieces(texts, ["x"] * len(texts))

    again = []
    for first, last in zip(pieces.first[:-1], pieces.first[1:], strict=True):
        own = [pieces.types[code] for code in pieces.codes[first:last]]
        joined = "".join(piece if piece.endswith("\n") else piece + " " for piece in own)
        again.append(joined.removesuffix(" "))
    assert again == texts


def test_a_group_has_forms_of_its_own():
    words = Pieces(["كل كل", "كل"], ["ar", "fa"]).words

    assert (words.forms, words.groups, words.form.tolist()) == (["كل", "كل"], ["ar", "fa"], [0, 0, 1])


def test_no_texts():
    words = Pieces([], []).words
    assert (len(words.form), words.forms) == (0, [])
    assert np.issubdtype(words.form.dtype, np.int64)
