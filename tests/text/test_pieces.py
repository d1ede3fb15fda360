"""Cutting a batch into pieces gives the words that each text has by itself."""

import unicodedata
from itertools import pairwise

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.text.aligned import fold_aligned
from pipeline.text.arabic import fold
from pipeline.text.pieces import Pieces
from pipeline.text.remembered import Remembered
from pipeline.text.tokens import word_spans

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=("Cs",)), st.sampled_from("اأبةى ًـَ \n\n\t\u200c\u200f'’-.،aßΣİﷺﻻ1٢")
    )
).map(lambda text: unicodedata.normalize("NFC", text))


def words_alone(number, text):
    aligned = fold_aligned(text)
    return [(number, *aligned.span(*span), fold(aligned.text[slice(*span)])) for span in word_spans(aligned.text)]


@settings(deadline=None)  # the tables of characters are made by the first
@given(st.lists(TEXT, max_size=6))
@example(["قال  أحمدُ:\n\nـنعم \n «لا\u200cبأس» ", "", "\n\n\n", "ab’cd ''x' \n y"])
def test_words_are_those_of_each_text(texts):
    pieces = Pieces(texts, ["x"] * len(texts))
    words, of_types = pieces.words, pieces.type_words

    found = [
        (
            pieces.text[piece],
            pieces.start[piece] + of_types.start[word],
            pieces.start[piece] + of_types.end[word],
            of_types.forms[of_types.form[word]],
        )
        for piece, word in zip(words.piece, words.word, strict=True)
    ]
    assert found == [word for number, text in enumerate(texts) for word in words_alone(number, text)]


@settings(deadline=None)  # the tables of characters are made by the first
@given(st.lists(TEXT, max_size=6))
@example(["اقرأ \u200fأحمد\u00a0ﷺ وﻻ \u00a0عن\tكتاب\u00a0 ﻻ", "كتاب ς", "قال:\nنعم - لا  بل"])
def test_words_are_spelled_and_spaced_as_the_aligned_fold_has_them(texts):
    pieces = Pieces(texts, ["x"] * len(texts))
    spelled = pieces.type_words.look_up(lambda _: Remembered(str))

    folded = [fold_aligned(text).text for text in texts]
    alone = [(text, *span) for text in folded for span in word_spans(text)]
    number = pieces.text[pieces.words.piece]
    beside = np.flatnonzero(np.diff(number) == 0)
    assert [spelled[word] for word in pieces.words.word] == [text[start:end] for text, start, end in alone]
    assert pieces.is_spaced(beside).tolist() == [
        alone[place][0][alone[place][2] : alone[place + 1][1]] == " " for place in beside.tolist()
    ]


@settings(deadline=None)  # the tables of characters are made by the first
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
    pieces = Pieces(["كل كل", "كل"], ["ar", "fa"])
    words = pieces.type_words

    assert (words.forms, words.groups, words.form[pieces.words.word].tolist()) == (
        ["كل", "كل"],
        ["ar", "fa"],
        [0, 0, 1],
    )


def test_texts_of_several_groups_keep_their_order():
    texts, groups = ["ا ب", "c d\ne", "ب ج", "", "ا"], ["ar", "en", "fa", "en", "ar"]
    pieces = Pieces(texts, groups)

    found = [
        [(pieces.groups[code], pieces.types[code]) for code in pieces.codes[a:b]] for a, b in pairwise(pieces.first)
    ]
    assert found == [
        [(group, piece) for piece in text.replace("\n", "\n ").split(" ")]
        for text, group in zip(texts, groups, strict=True)
    ]
    assert len(set(zip(pieces.groups, pieces.types, strict=True))) == len(pieces.types)


def test_sums_over_the_pieces_of_each_text():
    pieces = Pieces(["a b\nc.", "", "d"], ["x"] * 3)

    assert pieces.by_text(pieces.by_type(np.ones(len(pieces.type_words.forms), np.int64))).tolist() == [3, 0, 1]


def test_no_texts():
    pieces = Pieces([], [])
    assert (len(pieces.words.word), pieces.type_words.forms, len(pieces.by_text(pieces.n_breaks))) == (0, [], 0)
