"""Repeated lines of a source: which pages are counted as one, and what a page makes of the counts."""

import pyarrow as pa
import pytest

from pipeline.parsers.boilerplate import ALL_PAGES, MIN_PAGES, SCHEMA, Boilerplate, page_lines, source_key
from pipeline.parsers.segmenter import segment_page
from pipeline.text.arabic import fold

LINE = "تابعوا صوت المدينة على كل المنصات"
HEADLINE = "افتتاح المرفق البلدي الجديد في الحي القديم"
CUE = "اقرأ أيضا:"
BODY = "افتتح المجلس البلدي المرفق الجديد في الحي القديم يوم الأحد بحضور عدد كبير من السكان والزوار."


def counts(source, lines, n_pages, total):
    """The table in which each line is on `n_pages` of `total` pages of the source."""
    hashes = page_lines("\n".join(lines), {}).lines
    rows = [(source, ALL_PAGES, total), *((source, line, n_pages) for line in sorted(hashes))]
    return pa.table([list(column) for column in zip(*rows, strict=True)], schema=SCHEMA)


def roles(text, is_repeated):
    return {s.text: s.role for s in segment_page(text, is_repeated).segments}


@pytest.mark.parametrize(
    ("n_pages", "total", "expected"),
    [(MIN_PAGES, MIN_PAGES, True), (MIN_PAGES - 1, MIN_PAGES, False), (9, 200, False), (10, 200, True)],
)
def test_a_line_on_enough_pages_and_a_share_of_them_is_furniture(n_pages, total, expected):
    is_repeated = Boilerplate(counts("city", [LINE], n_pages, total)).of("city")

    assert bool(is_repeated and is_repeated(fold(LINE))) == expected


def test_furniture_is_that_of_one_source():
    assert Boilerplate(counts("city", [LINE], 10, 10)).of("elsewhere") is None


def test_figures_are_pages_and_repeated_lines_of_each_source():
    assert Boilerplate(counts("city", [LINE, CUE], 10, 10)).figures() == [("city", 10, 2)]


def test_furniture_is_chrome_where_a_page_alone_takes_it_for_text():
    line = "يمكنكم متابعة كل جديد من صوت المدينة عبر تطبيقات الهواتف الذكية المتاحة مجانا للجميع."
    page = "\n".join([HEADLINE, BODY, line, BODY.replace("الأحد", "الجمعة")])
    is_repeated = Boilerplate(counts("city", [line], 10, 10)).of("city")

    assert (roles(page, None)[line], roles(page, is_repeated)[line]) == ("paragraph_line", "chrome")


def test_a_repeated_cue_keeps_its_meaning():
    page = "\n".join([HEADLINE, BODY, BODY.replace("الأحد", "الجمعة"), CUE, "ارتفاع أسعار الخضار في الأسواق المركزية"])
    is_repeated = Boilerplate(counts("city", [CUE], 10, 10)).of("city")

    assert roles(page, is_repeated) == roles(page, None)


def test_a_headline_that_other_pages_list_is_one_on_its_own_page():
    page = "\n".join([HEADLINE, BODY, BODY.replace("الأحد", "الجمعة")])
    is_repeated = Boilerplate(counts("city", [HEADLINE], 10, 10)).of("city")

    assert roles(page, is_repeated)[HEADLINE] == "headline"


def test_captures_of_one_address_are_one_page():
    old, new = (
        page_lines(text, {"url": f"https://www.example.org/a{tail}"}) for text, tail in (("a", ""), ("b", "#x"))
    )

    assert (old.page == new.page, old.lines == new.lines) == (True, False)


def test_pages_without_an_address_are_told_apart_by_their_folded_text():
    assert page_lines("أخبار", {}).page == page_lines("اخبار", {}).page != page_lines("خبر", {}).page


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
