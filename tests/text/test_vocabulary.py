"""What is said of strings does not depend on when they are asked about, and each is asked about once."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.vocabulary import Answers, Strings


def upper_and_length(words, numbered):
    return numbered.numbers([word.upper() for word in words]), list(map(len, words))


@given(st.lists(st.lists(st.text("abCΣß", max_size=3), max_size=6), max_size=6))
def test_answers_are_those_of_the_function(batches):
    strings = Strings()
    answers = Answers(strings, upper_and_length)

    for batch in batches:
        upper, length = answers.of(strings.numbers(batch))
        assert [strings.listed[number] for number in upper] == [word.upper() for word in batch]
        assert strings.taken(upper).to_pylist() == [word.upper() for word in batch]
        assert length.tolist() == list(map(len, batch))


def test_a_string_is_asked_about_once_and_only_when_it_is_asked_about():
    strings, asked = Strings(), []
    answers = Answers(strings, lambda words, _: (asked.extend(words) or [0] * len(words),))

    numbers = strings.numbers(["b", "a", "c"])
    answers.of(numbers[:2]), answers.of(numbers[:2]), answers.of(strings.numbers(["d", "b"]))
    assert asked == ["b", "a", "d"]


@given(st.lists(st.lists(st.text("abß", max_size=2), max_size=12), max_size=6))
def test_arrays_get_the_numbers_of_their_strings(batches):
    one_by_one, together = Strings(), Strings()

    for batch in batches:
        numbers = together.numbers_in(pa.array(batch, pa.large_string()))
        assert one_by_one.numbers(batch).tolist() == numbers.tolist()
    assert one_by_one.listed == together.listed


def test_only_strings_with_a_number_are_known():
    strings = Strings()
    strings.numbers(["b", "a"])
    assert (strings.known(["a", "c"]), strings.listed) == ([1, None], ["b", "a"])
