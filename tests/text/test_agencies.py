"""The lexicon of agencies: what a name leads to, and that the table itself is sound."""

import pytest

from pipeline.text.agencies import AGENCIES, agency_keys, line_agency, name_key, named_agency

LINES = [
    ("القاهرة - د.ب.أ", ("dpa", "د.ب.أ")),
    ("المدينة - رويترز - القاهرة/الإسماعيلية (مصر)", ("reuters", "رويترز")),
    ("واشنطن – (أ ف ب)", ("afp", "أ ف ب")),
    ("الرياض ـ واس", ("spa", "واس")),
    ("LONDON (Reuters)", ("reuters", "Reuters")),
    ("عرعر - جاسر الصقري", None),
    ("الرياض", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "agency"), LINES)
def test_the_agency_of_a_line(line: str, agency: tuple[str, str] | None) -> None:
    assert line_agency(line) == agency


@pytest.mark.parametrize(
    ("part", "agency"), [("وكالة الأنباء الألمانية", "dpa"), ("وكالة شينخوا", "xinhua"), ("عكاظ", None), ("qna", "qna")]
)
def test_a_part_that_is_an_agency(part: str, agency: str | None) -> None:
    assert named_agency(part) == agency


def test_no_name_stands_for_two_agencies() -> None:
    owners: dict[str, set[str]] = {}
    for agency in AGENCIES.values():
        for name in agency.names + agency.short_names:
            owners.setdefault(name_key(name), set()).add(agency.agency_id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    assert "" not in owners


def test_the_table_is_sound() -> None:
    agencies = list(AGENCIES.values())

    assert [a.agency_id for a in agencies if not a.names] == []
    assert [a.agency_id for a in agencies if a.country and not (len(a.country) == 2 and a.country.isupper())] == []
    assert [a.agency_id for a in agencies if a.wikidata and not a.wikidata.removeprefix("Q").isdigit()] == []
    ids = [a.wikidata for a in agencies if a.wikidata]
    assert len(ids) == len(set(ids))
    assert sum(a.is_agency for a in agencies) >= 120
    assert len(agency_keys()) > 400
