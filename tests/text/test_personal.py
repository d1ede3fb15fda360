"""What is personal data by its form; the synthetic set of the evaluation is its table of examples."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.aligned import fold_aligned
from pipeline.text.personal import find_personal, redact
from pipeline.text.tokens import digit_runs
from tests.eval.personal import cases, ours

TEXT = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["+966 50 123 4567", "a@b.org", "4111 1111 1111 1111", " ", "هاتف ", "::", "٠٥", "192.0.2.1", "sa03"]
        ),
    ),
    max_size=8,
).map(lambda parts: unicodedata.normalize("NFC", "".join(parts)))


def found(text):
    folded = fold_aligned(text)
    return [(d.kind, d.country, d.rule) for d in find_personal(folded.text, digit_runs(folded.text))]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_synthetic_texts(text, expected):
    assert ours(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اتصل على +966 50 123 4567", ("phone", "SA", "phone_international")),
        ("هاتف 920001234", ("phone", None, "phone_word")),
        ("راسل 0501234567 مساء", ("phone", None, "phone_mobile")),
        ("4111111111111111", ("card", None, "card_visa")),
    ],
)
def test_country_and_rule(text, expected):
    assert found(text) == [expected]


@settings(deadline=None)
@given(TEXT)
def test_spans_are_in_the_text_and_apart(text):
    folded = fold_aligned(text)
    spans = [(d.start, d.end) for d in find_personal(folded.text, digit_runs(folded.text))]

    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(folded.text) for start, end in spans)


@settings(deadline=None)
@given(TEXT)
def test_brackets_are_as_many_as_data(text):
    redacted, counts = redact(text)

    assert {kind: redacted.count(f"[{kind}]") - text.count(f"[{kind}]") for kind in counts} == counts
