"""Keywords: the publisher's come first and once; extracted ones are published text, repeated and rare."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrichers.keywords import annotate
from pipeline.enrichers.keywords.published import folded_keyword, published
from pipeline.enrichers.keywords.stopwords import languages, stop_words
from pipeline.enrichers.lexicon import bare_forms, lexicon
from schemas.contracts import breaches
from tests.eval.documents import documents

HEADLINE = "كوريا الشمالية تطلق صاروخا جديدا"
BODY = (
    "قالت وكالة الأنباء إن كوريا الشمالية أطلقت صاروخا من قاعدة ساحلية، وراقبت اليابان الصاروخ.\n"
    "وأضافت أن بيونغ يانغ ستواصل التجارب، وأن اليابان احتجت على كوريا الشمالية لدى بيونغ يانغ."
)


def rows(headline=HEADLINE, body=BODY, language="ar", **columns):
    return annotate(documents([("one", headline, body, language)], **columns)).to_pylist()


def test_phrases_take_the_place_of_their_words():
    found = {row["keyword"]: row["rule"] for row in rows()}

    assert found["كوريا الشمالية"] == "frequent_rare_phrase"
    assert found["بيونغ يانغ"] == "frequent_rare_phrase"
    assert found["اليابان"] == "frequent_rare_word"
    assert {"كوريا", "الشمالية", "بيونغ", "وأضافت", "وكالة"} & found.keys() == set()


def test_publisher_keywords_come_first_and_are_not_extracted_again():
    found = rows(keywords=["#كوريا_الشمالية، حريات", "الحريات"])

    assert [(row["keyword"], row["keyword_origin"], row["keyword_score"]) for row in found[:2]] == [
        ("كوريا الشمالية", "publisher", None),
        ("حريات", "publisher", None),
    ]
    assert {row["keyword_origin"] for row in found[2:]} == {"extracted"}
    assert [row["keyword_folded"] for row in found].count("كوريا شماليه") == 1
    assert [row["keyword_position"] for row in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["a, b; ", "tag one|Tag One"], ["tag one"]),
        (["#سوريا #روسيا"], ["سوريا", "روسيا"]),
        (["«اقتصاد»", "الاقتصاد"], ["اقتصاد"]),
        (["Saint-Denis"], ["Saint-Denis"]),
        (["x" * 101], []),
    ],
)
def test_publisher_lists_are_split_cleaned_and_deduplicated(given, expected):
    assert list(published(given).values()) == expected


def test_phrases_of_a_repeated_sentence_do_not_overlap():
    line = "اتفاق كوري روسي يعزز التعاون العسكري"
    phrases = [row["keyword"] for row in rows(line, line) if row["rule"] == "frequent_rare_phrase"]

    assert sorted(phrases) == ["اتفاق كوري روسي", "يعزز التعاون العسكري"]


def test_particles_are_left_off():
    body = "وصل الوفد إلى باريس. وفي باريس استقبل الوفد، ولباريس تاريخ."

    assert "باريس" in [row["keyword"] for row in rows("الوفد في باريس", body)]


def test_english():
    body = "Harbour pilots met the port authority. The port authority said harbour pilots would return."

    assert [row["keyword"] for row in rows("Harbour pilots end strike", body, "en")][:2] == [
        "Harbour pilots",
        "port authority",
    ]


@pytest.mark.parametrize("language", ["sw", "und", None])
def test_nothing_is_extracted_where_stop_words_are_unknown(language):
    assert rows(language=language) == []


def test_stop_words_are_folded_and_of_many_languages():
    assert {"ar", "de", "en", "es", "fa", "fr", "tr", "ur"} == languages()
    assert {"الي", "قال", "the"} <= stop_words("ar")


def test_the_lexicon_finds_words_behind_their_particles():
    known = lexicon()

    assert known.find("وبالاقتصاد") == known.find("اقتصاد") >= 0
    assert known.without_particles("وبالاقتصاد") == (4, "اقتصاد")
    assert known.without_particles("وزير") == (0, "وزير")
    assert known.find("xqxqxq") == -1
    assert list(bare_forms("report")) == []
    assert folded_keyword("والولايات المتحدة") == "ولايات متحده"


TEXTS = st.text(alphabet=st.sampled_from("ابتوالفكر سمنيه \n.،ًـabcé1٣#_‏"), max_size=120)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["ar", "en", "xx"])), max_size=4), st.lists(TEXTS, max_size=3))
def test_rows_keep_the_contract_and_do_not_depend_on_the_batch(texts, given):
    batch = [(f"{number}", *text) for number, text in enumerate(texts)]
    together = annotate(documents(batch, keywords=given))
    alone = [row for item in reversed(batch) for row in annotate(documents([item], keywords=given)).to_pylist()]

    assert breaches("keywords", together) == []
    assert sorted(together.to_pylist(), key=str) == sorted(alone, key=str)


@settings(deadline=None)
@given(st.lists(st.text(), max_size=3), st.text(), st.text())
def test_any_text_is_read(given, headline, body):
    annotate(documents([("one", headline, body, "ar")], keywords=given))


def test_extracted_keywords_stand_in_the_text():
    for row in rows():
        assert row["keyword"] in HEADLINE + BODY
