"""Cutting a batch into pieces gives the words that each text has by itself."""

import unicodedata
from functools import partial

import numpy as np
from hypothesis import example, given, settings
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


@settings(deadline=None)  # the tables of characters are made by the first
@given(st.lists(TEXT, max_size=6))
@example(["قال  أحمدُ:\n\nـنعم \n «لا\u200cبأس» ", "", "\n\n\n", "ab’cd ''x' \n y"])
def test_words_are_those_of_each_text(texts):
    pieces = Pieces(texts, ["x"] * len(texts))
    forms = pieces.vocabulary.forms.listed

    start, end = pieces.span(np.arange(len(pieces.words.word)))
    found = [
        (text, first, last, forms[form])
        for text, first, last, form in zip(pieces.words.text, start, end, pieces.forms, strict=True)
    ]
    assert found == [word for number, text in enumerate(texts) for word in words_alone(number, text)]


@settings(deadline=None)  # the tables of characters are made by the first
@given(st.lists(TEXT, max_size=6))
@example(["اقرأ \u200fأحمد\u00a0ﷺ وﻻ \u00a0عن\tكتاب\u00a0 ﻻ", "كتاب ς", "قال:\nنعم - لا  بل"])
def test_words_are_spelled_and_spaced_as_the_aligned_fold_has_them(texts):
    pieces = Pieces(texts, ["x"] * len(texts))
    forms = pieces.vocabulary.forms.listed

    folded = [fold_aligned(text).text for text in texts]
    alone = [(text, *span) for text in folded for span in word_spans(text)]
    beside = np.flatnonzero(np.diff(pieces.words.text) == 0)
    assert [forms[number] for number in pieces.spelled] == [text[start:end] for text, start, end in alone]
    assert pieces.is_spaced(beside).tolist() == [
        alone[place][0][alone[place][2] : alone[place + 1][1]] == " " for place in beside.tolist()
    ]


@settings(deadline=None)  # the tables of characters are made by the first
@given(st.lists(TEXT, max_size=6))
def test_pieces_give_the_text_again(texts):
    pieces = Pieces(texts, ["x"] * len(texts))

    again = []
    for first, last in zip(pieces.first[:-1], pieces.first[1:], strict=True):
        own = [pieces.vocabulary.types.listed[code] for code in pieces.codes[first:last]]
        joined = "".join(piece if piece.endswith("\n") else piece + " " for piece in own)
        again.append(joined.removesuffix(" "))
    assert again == texts


def test_a_form_is_asked_about_in_the_group_of_its_text():
    asked = {group: partial(told, offset) for offset, group in enumerate(("ar", "fa"))}
    pieces = Pieces(["كل كلام", "كل", "كلام كل"], ["ar", "fa", "ar"])

    assert pieces.of_words(asked.__getitem__).tolist() == [[2, 4, 3, 4, 2]]
    assert pieces.of_pieces(asked.__getitem__).tolist() == [[2, 4, 3, 4, 2]]
    assert Pieces(["كل", "كل"], ["fa", "fa"]).of_words(asked.__getitem__).tolist() == [[3, 3]]


def told(offset, strings, _):
    return ([len(string) + offset for string in strings],)


def test_sums_over_the_pieces_of_each_text():
    pieces = Pieces(["a b\nc.", "", "d"], ["x"] * 3)

    assert pieces.by_text(pieces.n_words).tolist() == [3, 0, 1]


def test_no_texts():
    pieces = Pieces([], [])
    assert (len(pieces.words.word), len(pieces.forms), len(pieces.by_text(pieces.n_breaks))) == (0, 0, 0)


def test_a_full_vocabulary_makes_room_and_batches_before_keep_theirs(monkeypatch):
    monkeypatch.setattr("pipeline.text.pieces.MAX_TYPES", 0)
    before, after = Pieces(["كتاب جديد"], ["ar"]), Pieces(["جديد كتاب آخر"], ["ar"])

    assert [len(pieces.vocabulary.types) for pieces in (before, after)] == [2, 3]
    assert [[pieces.vocabulary.forms.listed[form] for form in pieces.forms] for pieces in (before, after)] == [
        ["كتاب", "جديد"],
        ["جديد", "كتاب", "اخر"],
    ]
