"""Terms and token counts: what a word becomes, and the laws that tie them to the text."""

import numpy as np
import pyarrow as pa
import pytest
import quicktok
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.enrichers import terms, token_counts
from pipeline.enrichers.documents import Documents
from pipeline.text.pieces import Pieces
from pipeline.text.tokens import count_words
from schemas.contracts import breaches
from tests.enrichers.article_rows import articles, documents

TEXT = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("والبسكتمني َـ \n.،aß\u200c")), min_size=1
)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=5)


def rows(table):
    return [tuple(row.values()) for row in table.drop_columns(["article_id", "filed_month"]).to_pylist()]


def test_a_term_is_the_word_without_particles_at_its_first_occurrence():
    table = terms.annotate(documents(("الحكومة والمدينة", "قالت حكومةُ المدينة: «بالمدينة»."), language="ar"))

    assert rows(table) == [
        ("حكومه", "حكوم", False, 2, 1, "headline", 0, 7, "clitics"),
        ("مدينه", "مدين", False, 3, 1, "headline", 8, 16, "clitics"),
        ("قالت", "قال", False, 1, 0, "body", 0, 4, "fold"),
    ]


def test_particles_and_function_words_are_those_of_the_language_of_the_article():
    table = terms.annotate(
        documents(("والی شهر", "والی شهر در آن روز گفت که برنامه شهرداری را از امروز آغاز می‌کند و ادامه دارد."))
    )

    assert rows(table)[:3] == [
        ("والي", "والي", False, 2, 1, "headline", 0, 4, "fold"),
        ("شهر", "شهر", False, 2, 1, "headline", 5, 8, "fold"),
        ("در", "در", True, 1, 0, "body", 9, 11, "fold"),
    ]
    assert "ميكند" in table["term"].to_pylist()


@settings(deadline=None)
@given(PAIRS)
@example([("ﷺ", "'a' ـ ½\n\nb")])
def test_occurrences_add_up_to_the_words_and_rows_to_those_of_each_article_alone(pairs):
    batch = documents(*pairs)
    table = terms.annotate(batch)

    assert breaches("terms", table) == []
    words = [count_words(text.folded.text) for document in batch for text in document.texts]
    assert table["n_occurrences"].to_numpy().sum() == sum(words)
    alone = [terms.annotate(Documents(batch.table.slice(number, 1))) for number in range(len(pairs))]
    assert table == pa.concat_tables([table.slice(0, 0), *alone])


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5))
@example(
    ["قال: «نعم».\n\nثم 10,5  مرة\n  \n\n\n x \n", "<|endoftext|>", "a \u00a0b", "a   b ", "end.\n\nNext", "a\n\n\nb"]
)
def test_byte_pairs_are_those_of_the_whole_text(texts):
    counted = token_counts.byte_pairs(texts, Pieces(texts, ["x"] * len(texts)))

    encoding = quicktok.get_encoding("o200k_base")
    assert counted.tolist() == [len(encoding.encode_ordinary(text)) for text in texts]


def test_an_article_is_counted_by_each_tokenizer():
    headline, body = "فتح المعرض", "فتح المعرض أبوابه.\n\nوحضره آلاف الزوار."
    table = token_counts.annotate(documents((headline, body)))

    words = count_words(headline) + count_words(body)
    assert rows(table) == [("warraq-words-1", words), ("o200k_base", 16)]


@pytest.mark.parametrize("annotate", [terms.annotate, token_counts.annotate])
def test_no_articles_give_no_rows(annotate):
    table = annotate(Documents(articles()))
    assert table.num_rows == 0
    assert np.array_equal(breaches("terms" if annotate is terms.annotate else "token_counts", table), [])
