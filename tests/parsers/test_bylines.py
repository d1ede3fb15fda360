"""Bylines and datelines: what is split, and what is left open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parsers.bylines import find_dateline, split_byline

BYLINES = [
    ("سبق- مكة المكرّمة:", (), None, "مكة المكرّمة"),
    ("الرياض - واس", (), "spa", "الرياض"),
    ("(د ب أ)", (), "dpa", None),
    ("واشنطن – (أ ف ب)", (), "afp", "واشنطن"),
    ("حنان الحامدي – متابعات", ("حنان الحامدي",), None, None),
    ("كتبت - سارة حسن", ("سارة حسن",), None, None),
    ("محمد حسن، فهد علي (جدة)", ("محمد حسن", "فهد علي"), None, "جدة"),
    ("By Jane Doe and John Roe, Reuters", ("Jane Doe", "John Roe"), "reuters", None),
    ("Par Jean Dupont (avec AFP)", ("Jean Dupont",), "afp", None),
    ("كلمة العدد", (), None, None),
    ("شلاش الطيار", ("شلاش الطيار",), None, None),
    ("من نوارة الزهراوي", ("نوارة الزهراوي",), None, None),
    ("Laura Finch, CNN", ("Laura Finch",), None, None),
    ("Aminata Diallo-Ferrand (envoyée spéciale)", ("Aminata Diallo-Ferrand",), None, None),
    ("Jane Doe environment correspondent", (), None, None),
    ("قسم التحرير", (), None, None),
    ("BREAKING NEWS", (), None, None),
]
DATELINES = [
    ("LONDON (Reuters) - The bank said", "LONDON (Reuters)"),
    ("سبق- الرياض: قال مصدر", "سبق- الرياض"),
    ("سبق – لندن\nقررت اللجنة", "سبق – لندن"),
    ("الرياض: مدينة لا تنام", None),
    ("قال الوزير: نعم", None),
    ("محمد علي - كما قال - حاضر", None),
]


@pytest.mark.parametrize(("raw", "authors", "agency", "place"), BYLINES)
def test_bylines_are_split(raw: str, authors: tuple[str, ...], agency: str | None, place: str | None) -> None:
    found = split_byline(raw, ["سبق"])

    assert (found.authors, found.agency, found.place) == (authors, agency, place)


@pytest.mark.parametrize(("body", "raw"), DATELINES)
def test_datelines_are_found(body: str, raw: str | None) -> None:
    found = find_dateline(body, ["سبق"])

    assert (found.raw if found else None) == raw


@given(st.text(), st.text(max_size=5))
def test_nothing_raises_and_spans_are_in_the_body(text: str, outlet: str) -> None:
    split_byline(text, [outlet])
    found = find_dateline(text, [outlet])

    assert found is None or (found.span is not None and 0 <= found.span[0] <= found.span[1] <= len(text))
