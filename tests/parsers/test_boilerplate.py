"""Repeated lines of a source: the counts depend on the set of pages, not on their order or split."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parsers.boilerplate import MIN_PAGES, SCHEMA, Boilerplate, count, merge, page_lines, source_key
from pipeline.parsers.segmenter import segment_page
from pipeline.text.arabic import fold

PAGES = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.lists(st.sampled_from("abcdefgh"), max_size=5).map("\n".join)),
    max_size=25,
)
LINE = "تابعوا صوت المدينة على كل المنصات"


def page(number):
    return "\n".join(
        [
            f"خبر محلي جديد من المدينة رقم {number}",
            LINE,
            f"افتتح المجلس البلدي المرفق رقم {number} في الحي القديم بحضور عدد كبير من السكان والزوار.",
        ]
    )


@settings(deadline=None)
@given(PAGES, st.integers(0, 25), st.randoms(use_true_random=False))
def test_order_split_and_repetition_of_pages_do_not_matter(pages, cut, rng):
    shuffled = rng.sample(pages, len(pages))
    parts = merge(page_lines(shuffled[cut:]), page_lines(shuffled[:cut]), page_lines(pages[:3]))

    assert count(parts).equals(count(page_lines(pages)), check_metadata=True)


def test_a_line_on_many_pages_of_a_source_is_furniture_of_that_source_only():
    lines = Boilerplate(count(page_lines([("city", page(n)) for n in range(MIN_PAGES)])))

    is_furniture = lines.of("city")

    assert (is_furniture(fold(LINE)), is_furniture(fold(page(1).split("\n")[0]))) == (True, False)
    assert lines.of("elsewhere") is None


def test_furniture_is_chrome_wherever_it_stands():
    lines = Boilerplate(count(page_lines([("city", page(n)) for n in range(MIN_PAGES)])))
    found = {s.text: s.role for s in segment_page(page(77) + "\n" + page(77).split("\n")[2], lines.of("city")).segments}

    assert found[LINE] == "chrome"


def test_counts_of_another_version_are_refused():
    with pytest.raises(ValueError, match="build them again"):
        Boilerplate(pa.table({name: [] for name in SCHEMA.names}, schema=SCHEMA.with_metadata({"version": "0"})))


def test_source_key_is_the_outlet_or_the_host():
    assert [
        source_key(f) for f in ({"source_name": "الجزيرة"}, {"url": "https://www.example.org/a"}, {"url": "["}, {})
    ] == [
        "الجزيره",
        "example.org",
        "",
        "",
    ]
