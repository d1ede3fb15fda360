"""Cited sources and wire copy: who is cited and why, who wrote an article, and that rows hold for any text. Texts are ours."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from pipeline.enrichers.sources import annotate
from schemas.contracts import breaches
from schemas.tables import ARTICLES

_SCHEMA = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])


def documents(*rows: dict[str, Any]) -> Documents:
    base = {"filed_month": "2024-03", "headline": "خبر", "body": "نص."}
    return Documents(
        pa.Table.from_pylist([{"article_id": f"a{n:031x}"} | base | row for n, row in enumerate(rows)], schema=_SCHEMA)
    )


def cited(body: str) -> list[tuple[str, str | None, str, str | None]]:
    rows = annotate(documents({"body": body}))[0].to_pylist()
    return [(row["span_text"], row["agency_id"], row["citation_kind"], row["citation_cue"]) for row in rows]


CITATIONS = {
    "after a source cue": (
        "فتح الجسر أمس، وفقا لما أوردته وكالة الأنباء الكورية الشمالية، مضيفة أنه جديد.",
        [("وكالة الأنباء الكورية الشمالية", "kcna", "attribution", "أوردته")],
    ),
    "with its adjectives": (
        "غرقت السفينة، حسبما ذكرته وكالة سبوتنيك الروسية للأنباء.",
        [("وكالة سبوتنيك الروسية للأنباء", "sputnik", "attribution", "ذكرته")],
    ),
    "name alone after a verb": (
        "ونقلت رويترز عن العمدة أن الجسر مفتوح.",
        [("رويترز", "reuters", "attribution", "ونقلت")],
    ),
    "spoken to": ("وقال العمدة لوكالة فرانس برس إن الجسر مفتوح.", [("وكالة فرانس برس", "afp", "attribution", "ل")]),
    "an outlet spoken to": ("وقال العمدة في تصريح لـ«عكاظ» إن الجسر مفتوح.", [("عكاظ", "okaz", "attribution", "لـ")]),
    "in brackets": ("فاز الفريق بالكأس (د.ب.أ) أمام جمهوره.", [("د.ب.أ", "dpa", "parenthesis", None)]),
    "name and letters are one citation": (
        "وذكرت وكالة الأنباء السعودية (واس) أن المطر مستمر.",
        [("وكالة الأنباء السعودية (واس)", "spa", "attribution", "وذكرت")],
    ),
    "dateline": ("عدن (رويترز) - فتح الجسر صباح اليوم.", [("رويترز", "reuters", "dateline", None)]),
    "byline": ("الرياض - واس\n\nفتح الجسر صباح اليوم.", [("واس", "spa", "byline", None)]),
    "credit": ("فتح الجسر صباح اليوم.\n\nالمصدر: وام", [("وام", "wam", "credit", None)]),
    "not in the list": (
        "وأفادت وكالة الوادي للأنباء أن الجسر مفتوح.",
        [("وكالة الوادي للأنباء", None, "attribution", "وأفادت")],
    ),
    "a newspaper that is not in the list": (
        "وبحسب صحيفة «منارة الساحل» المحلية، فتح الجسر.",
        [("صحيفة «منارة الساحل» المحلية", None, "attribution", "وبحسب")],
    ),
    "the subject of an article is no source": ("أعلنت شركة رويترز عن أرباحها. واستقال رئيس صحيفة «المنارة».", []),
    "agencies of another kind": ("وقالت وكالة الفضاء إن الصاروخ جاهز. وحذرت وكالة الطاقة من الغلاء.", []),
    "ordinary words": ("قالت الرياض إن الجسر مفتوح. وما بنا من تعب، وعبرت السفن قناة السويس الجديدة.", []),
    "marks around nothing": ('وذكرت صحيفة "   " أن الجسر مفتوح.', []),
    "English": ("The bridge opened, according to Reuters.", [("Reuters", "reuters", "attribution", "according to")]),
}


@pytest.mark.parametrize("case", CITATIONS)
def test_citations(case: str) -> None:
    body, expected = CITATIONS[case]

    assert cited(body) == expected


WIRES = [
    ({"agency": "spa"}, (True, "spa", "agency", "spa")),
    ({"byline": "القاهرة - د. ب. أ"}, (True, "dpa", "byline", "د. ب. أ")),
    ({"dateline": "LONDON (Reuters)"}, (True, "reuters", "dateline", "Reuters")),
    ({"credit": "وكالة الأناضول"}, (True, "anadolu", "credit", "وكالة الأناضول")),
    ({"body": "عدن (رويترز) - فتح الجسر."}, (True, "reuters", "body_start", "رويترز")),
    ({"body": "فتح الجسر.\n\n(واس)"}, (True, "spa", "body_end", "واس")),
    ({"byline": "عواصم - وكالات"}, (True, None, "byline", "عواصم - وكالات")),
    ({"byline": "سامي النجار - الوادي"}, (False, None, None, None)),
    ({"byline": "الرياض - واس", "source_id": "was"}, (False, None, None, None)),
    ({"body": "قال العمدة لرويترز إن الجسر مفتوح."}, (False, None, None, None)),
]


@pytest.mark.parametrize(("row", "expected"), WIRES)
def test_wire_copy(row: dict[str, Any], expected: tuple[bool, str | None, str | None, str | None]) -> None:
    (found,) = annotate(documents(row))[1].to_pylist()

    assert tuple(found[n] for n in ("is_wire_copy", "agency_id", "wire_evidence", "wire_evidence_text")) == expected
    assert (found["wire_score"] > 0) == expected[0]


_WORDS = """وكالة صحيفة الأنباء رويترز واس الفرنسية ( ) « » " - : . ، قال ذكرت بحسب لـ ل المصدر (CNN)-- د.ب.أ وفقا عن مراسل َ ﷺ"""
_PIECES = st.lists(st.sampled_from([*_WORDS.split(), "\n\n"]) | st.text(max_size=6), max_size=30).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"headline": _PIECES, "body": _PIECES}, optional={"byline": _PIECES}), max_size=4)
)
def test_any_text_gives_rows_that_keep_the_contract(rows: list[dict[str, str]]) -> None:
    sources, wires = annotate(documents(*rows))

    for row in sources.to_pylist():
        text = rows[int(row["article_id"][1:], 16)][row["text_part"]]
        assert text[row["start_char"] : row["end_char"]] == row["span_text"] != ""
    assert (breaches("cited_sources", sources), breaches("wire_copy", wires)) == ([], [])
    assert wires.num_rows == len(rows)
    singly = [annotate(documents(row)) for row in rows]
    for table, parts in zip((sources, wires), zip(*singly, strict=True), strict=False):
        renamed = [row | {"article_id": f"a{n:031x}"} for n, part in enumerate(parts) for row in part.to_pylist()]
        assert table.to_pylist() == renamed


def test_no_articles_give_empty_tables() -> None:
    assert [table.num_rows for table in annotate(documents())] == [0, 0]
