"""What is said of the languages of an article, and the laws that its spans keep."""

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.enrichers import article_languages
from pipeline.enrichers.documents import Documents
from pipeline.text.scripts import script_shares
from schemas.contracts import breaches
from tests.enrichers.article_rows import articles, documents

AR = "أعلنت الوزارة اليوم أن المدارس ستفتح أبوابها في الأسبوع المقبل بعد انتهاء الامتحانات."
AR_2 = "وقالت المتحدثة باسمها إن العام الدراسي سيبدأ في موعده رغم التأخير في بعض المدن."
EN = "The ministry said on Monday that schools would open next week after the exams had ended."
FA = "وزارت آموزش و پرورش گفت که مدارس از هفته آینده باز می‌شوند و امتحانات پایان یافته است."
FR = "Le ministère a annoncé lundi que les écoles ouvriraient la semaine prochaine après les examens."

TEXT = st.text(st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("اليپچ abcй\n\n.")), min_size=1)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=4)


def spans(*pairs, **columns):
    batch = documents(*pairs, **columns)
    texts = {(document.row["article_id"], text.part): text.published for document in batch for text in document.texts}
    _, table = article_languages.annotate(batch)
    return [
        (
            row["text_part"],
            row["span_language"],
            texts[row["article_id"], row["text_part"]][row["start_char"] : row["end_char"]],
            row["rule"],
        )
        for row in table.to_pylist()
    ]


def test_a_body_in_one_language_has_one_span():
    assert spans(("فتح المدارس", f"{AR}\n\nلا تعليق\n\n{AR_2}")) == [
        ("headline", "ar", "فتح المدارس", "article"),
        ("body", "ar", f"{AR}\n\nلا تعليق\n\n{AR_2}", "article"),
    ]


@pytest.mark.parametrize(
    ("main", "other", "languages"),
    [(AR_2, EN, ("ar", "en")), (AR_2, FA, ("ar", "fa")), (FA, AR, ("fa", "ar")), (EN, FR, ("en", "fr"))],
    ids=["en in ar", "fa in ar", "ar in fa", "fr in en"],
)
def test_paragraphs_in_another_language_are_spans_of_their_own(main, other, languages):
    own, foreign = languages
    body = f"{main}\n\n{main}\n\n{other}\n\n—\n\n{main}"

    assert spans((other, body))[0] == ("headline", foreign, other, "paragraph")
    assert spans((other, body))[1:] == [
        ("body", own, f"{main}\n\n{main}", "article"),
        ("body", foreign, f"{other}\n\n—", "paragraph"),
        ("body", own, main, "article"),
    ]


def test_foreign_names_do_not_make_a_paragraph_foreign():
    body = f"{AR}\n\nوقالت شركة گوگل إن متجر Google Play سيغلق في بعض الدول خلال العام المقبل."

    assert spans(("گوگل", body))[1:] == [("body", "ar", body, "article")]


@pytest.mark.parametrize(
    ("declared", "tag", "agrees"),
    [("ar_SA", "ar-SA", True), ("English", "en", False), (None, None, None), ("???", None, None)],
)
def test_the_declared_language_is_compared(declared, tag, agrees):
    table, _ = article_languages.annotate(documents(("خبر", AR), language_declared=declared))

    assert table.select(["declared_language_tag", "declared_language_agrees"]).to_pylist() == [
        {"declared_language_tag": tag, "declared_language_agrees": agrees}
    ]


def test_shares_are_those_of_the_letters_of_the_body():
    table, _ = article_languages.annotate(documents(("خبر", f"{AR} CNN и"), ("news", "2024"), ("n", EN)))

    found = [{part["script"]: part["share"] for part in shares} for shares in table["script_shares"].to_pylist()]
    assert found == [pytest.approx(script_shares(f"{AR} CNN и")), {}, {"Latn": 1.0}]


@settings(deadline=None)
@given(PAIRS)
@example([("\n", "a\n\n\nb")])
@example([("خبر", f"{EN}\n\n{AR}")])
def test_spans_cover_every_line_once_and_rows_are_those_of_each_article_alone(pairs):
    batch = documents(*pairs)
    languages, table = article_languages.annotate(batch)

    assert (breaches("article_languages", languages), breaches("language_spans", table)) == ([], [])
    texts = {(document.row["article_id"], text.part): text.published for document in batch for text in document.texts}
    left = dict(texts)
    for row in reversed(table.to_pylist()):
        key = row["article_id"], row["text_part"]
        assert 0 <= row["start_char"] < row["end_char"] <= len(texts[key])
        left[key] = left[key][: row["start_char"]] + left[key][row["end_char"] :]
    assert {text.strip("\n") for text in left.values()} <= {""}
    for name, made in enumerate((languages, table)):
        alone = [
            article_languages.annotate(Documents(batch.table.slice(number, 1)))[name] for number in range(len(pairs))
        ]
        assert made == pa.concat_tables([made.slice(0, 0), *alone])


def test_no_articles_give_no_rows():
    assert [table.num_rows for table in article_languages.annotate(Documents(articles()))] == [0, 0]
