"""The figures of merit: what counts as a leak, a found article and an equal headline."""

import pytest

from tests.eval.metrics import f1, found_articles, leaked, overlap, same_headline, set_counts, tokens, windows

LEAD = [tokens("قال الوزير إن المشروع يبدأ غدا."), tokens("وأضاف أن الكلفة معلومة.")]
FOREIGN = [tokens("افتتاح معرض الكتاب في المدينة"), tokens("مشاركة"), tokens("قال الوزير إن المعرض كبير.")]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["قال الوزير إن المشروع يبدأ غدا.", "وأضاف أن الكلفة معلومة."], 0),
        (["قال الوزير إن المشروع يبدأ غدا. وأضاف أن الكلفة معلومة."], 0),
        (["قال الوزير إن المشروع", "يبدأ غدا."], 0),
        (["مشاركة"], 1),
        (["افتتاح معرض الكتاب في المدينة"], 5),
        (["وأضاف أن الكلفة معلومة. افتتاح معرض الكتاب في المدينة"], 5),
        (["قال الوزير إن المعرض كبير."], 2),
        (["نص لم يرد في الصفحة"], 0),
        ([""], 0),
    ],
)
def test_leaked_tokens(found, expected):
    assert leaked([tokens(line) for line in found], windows(LEAD), windows(FOREIGN)) == expected


def test_f1_is_symmetric_and_ignores_order():
    assert (f1(tokens("أ ب ج"), tokens("ج ب")), f1(tokens("ج ب"), tokens("أ ب ج"))) == (0.8, 0.8)
    assert (f1([], []), f1([], ["أ"])) == (1.0, 0.0)


def test_overlap_counts_copies():
    assert overlap(["a", "a", "a"], ["a", "a", "b"]) == 2


def test_a_found_article_serves_one_expected_article():
    body = "جملة من عدة كلمات تكفي للمقارنة"
    assert found_articles([("إعلان", body)], [("اعلان", body), ("إعلان", body)]) == 1
    assert found_articles([("إعلان", "غير ذلك")], [("إعلان", body)]) == 0
    assert found_articles([("إعلان آخر", body)], [("إعلان", body)]) == 0


def test_headlines_are_compared_as_printed():
    assert same_headline(" أول  ثان ", "أول ثان") is True
    assert same_headline("اول ثان", "أول ثان") is False
    assert same_headline(None, None) is True


def test_short_texts_are_compared_folded():
    assert set_counts(["أول", "ثان"], ["اول", "ثالث", "رابع"]) == (1, 2, 3)
