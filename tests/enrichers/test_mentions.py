"""Mentions: which words of a text name whom; and the laws that hold on any text."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from pipeline.enrichers.mentions import annotate
from pipeline.enrichers.mentions.candidates import Candidates, by_rule, without_overlaps
from pipeline.enrichers.mentions.cuts import ALL_MARKS, ALONE, ARTICLE, GAP, HYPHEN, LETTERS, YEH
from pipeline.enrichers.mentions.joined import Joined
from pipeline.enrichers.mentions.lexicon import NISBAS, matcher, nisba_forms, split_forms, table
from pipeline.parsers import parse_record
from pipeline.sources import Sources
from pipeline.text.scripts import script_shares
from pipeline.text.spacing import spaced
from schemas.contracts import breaches
from schemas.tables import ARTICLES

ROOT = Path(__file__).resolve().parents[2]
SEED = sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))
SCHEMA = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])


def documents(*bodies, headline=""):
    rows = [
        {
            "article_id": f"a{number:031x}",
            "headline": headline,
            "body": body,
            "script": next(iter(script_shares(body)), None),
            "filed_month": "2024-03",
        }
        for number, body in enumerate(bodies)
    ]
    return Documents(pa.Table.from_pylist(rows, schema=SCHEMA))


def found(body, *columns, headline=""):
    rows = annotate(documents(body, headline=headline)).to_pylist()
    return [tuple(row[column] for column in columns) for row in rows]


def typed(body):
    return found(body, "span_text", "entity_type")


@pytest.mark.parametrize(
    ("body", "mentions"),
    [
        ("قررت روسيا ذلك.", [("روسيا", "iso3166:RU")]),
        ("وصل إلى موسكو وكييف", [("موسكو", "geonames:524901"), ("كييف", "geonames:703448")]),
        ("زيارة للسعودية وللأردن", [("لسعودية", "iso3166:SA"), ("لأردن", "iso3166:JO")]),
        ("دعم لروسيا وبفرنسا", [("روسيا", "iso3166:RU"), ("فرنسا", "iso3166:FR")]),
        ("الرُّوسيّة والكوريين الجنوبيين", [("الرُّوسيّة", "iso3166:RU"), ("الكوريين الجنوبيين", "iso3166:KR")]),
        ("قالت وكالة رويترز إن", [("وكالة رويترز", "agency:reuters")]),
        ("لندن - (د ب أ)", [("لندن", "geonames:2643743"), ("د ب أ", "agency:dpa")]),
        ("شركة «غازبروم» الروسية", [("شركة «غازبروم»", "wikidata:Q102673"), ("الروسية", "iso3166:RU")]),
        ("في عمان، قالت الحكومة الأردنية", [("عمان", "geonames:250441"), ("الأردنية", "iso3166:JO")]),
        ("في عمان، قالت السلطنة ومسقط", [("عمان", "iso3166:OM"), ("مسقط", "geonames:287286")]),
        ("عمان مدينة", [("عمان", None)]),
        ("الحدود السعودية في السعودية", [("السعودية", "iso3166:SA"), ("السعودية", "iso3166:SA")]),
        ("نشرت «الشرق الأوسط» عن الشرق الأوسط", [("الشرق الأوسط", None), ("الشرق الأوسط", "wikidata:Q7204")]),
        ("دولة قطر وفي قطر أيضا", [("قطر", "iso3166:QA"), ("قطر", "iso3166:QA")]),
    ],
)
def test_places_and_agencies_have_their_identifier(body, mentions):
    assert found(body, "span_text", "entity_id") == mentions


@pytest.mark.parametrize(
    "body",
    [
        "اتفاق كبيرا في قطر دائرته",  # a diameter
        "اللغة الفرنسية وكتب بالفرنسية",
        "الوضع المالي والسياسة المالية",
        "نشر الخبر في المدينة",
        "على المواقع العسكرية",
        "فتح الباب صباح اليوم",
        "us and them",
        "اتجه لليمنى",  # to the right, not to the Yemenite
    ],
)
def test_words_that_look_like_names_are_none(body):
    assert typed(body) == []


@pytest.mark.parametrize(
    ("body", "mentions"),
    [
        ("اتفاق كوري روسي", []),
        ("وقال وزير النقل هاشم بن طلال الغزي إن", [("هاشم بن طلال الغزي", "title وزير")]),
        ("قالت المتحدثة باسم الخارجية ميلينا كاراندوفا إن", [("ميلينا كاراندوفا", "title المتحدثه")]),
        ("رئيس نادي المدينة، خالد الغزي، قال", [("خالد الغزي", "title رئيس")]),
        ("التقى السفير الغزيري به", [("الغزيري", "title السفير")]),
        ("كتب محمود شرف الدين وضيف الله الغزي", [("محمود شرف الدين", "names"), ("ضيف الله الغزي", "names")]),
        ("القاضي كيم سي-يون", [("كيم سي-يون", "title القاضي")]),
        ("أطال الله في عمره خادم الحرمين", []),
    ],
)
def test_people_after_titles_and_in_runs_of_names(body, mentions):
    people = [(span, rule) for span, kind, rule in found(body, "span_text", "entity_type", "rule") if kind == "PER"]

    assert people == mentions


def test_one_word_stands_for_a_person_named_in_full():
    body = "وصل الوزير هاشم الغزيري. وأكد الغزيري ذلك، وشكر هاشم بدران. وقال الوزير الغزيري"

    assert found(body, "span_text", "entity_name", "mention_method") == [
        ("هاشم الغزيري", "هاشم الغزيري", "title_cue"),
        ("الغزيري", "هاشم الغزيري", "coreference"),
        ("هاشم بدران", "هاشم بدران", "name_run"),
        ("الغزيري", "هاشم الغزيري", "title_cue"),
    ]


def test_a_last_name_that_two_people_share_stands_for_neither():
    assert typed("حضر هاشم الغزيري وطلال الغزيري. وأكد الغزيري ذلك.") == [
        ("هاشم الغزيري", "PER"),
        ("طلال الغزيري", "PER"),
    ]


def test_a_namesake_of_someone_known_is_not_taken_for_them():
    assert found("وصلت ميلانيا ترامب. وقالت ترامب", "span_text", "entity_id") == [
        ("ميلانيا ترامب", None),
        ("ترامب", None),
    ]


@pytest.mark.parametrize(
    ("body", "mentions"),
    [
        ("أعلنت وزارة الخارجية الروسية أمس", [("وزارة الخارجية الروسية", "ORG"), ("الروسية", "LOC")]),
        ("الهيئة العامة للغذاء والدواء", [("الهيئة العامة للغذاء والدواء", "ORG")]),
        ("رئيس الاتحاد السعودي لكرة القدم", [("الاتحاد السعودي لكرة القدم", "ORG"), ("السعودي", "LOC")]),
        ("في جامعة مانشستر", [("جامعة مانشستر", "ORG")]),
        ('صحيفة "صوت المدينة" المحلية', [('صحيفة "صوت المدينة"', "ORG")]),
        ("قصف قاعدة الغزي الجوية", [("قاعدة الغزي", "LOC")]),
        ("أعلنت الداخلية ذلك", [("الداخلية", "ORG")]),
        ("وزير الخارجية الروسي", [("الروسي", "LOC")]),
        ("فاز الأهلي", []),
        (
            "مباراة في الدوري: يقول المدرب فاز الأهلي على برشلونة في برشلونة",
            [("الأهلي", "ORG"), ("برشلونة", "ORG"), ("برشلونة", "LOC")],
        ),
        ("قالت حماس بحماس", [("حماس", "ORG")]),
    ],
)
def test_organisations_and_places_by_their_head(body, mentions):
    assert typed(body) == mentions


def test_english_words_are_no_last_names():
    body = "Secretary of State Antony Vanholm met Theresa May in May. It may rain, Mr. Vanholm said."

    assert found(body, "span_text", "entity_name") == [
        ("Antony Vanholm", "Antony Vanholm"),
        ("Theresa May", "تيريزا ماي"),
        ("Vanholm", "Antony Vanholm"),
    ]


def test_english_has_titles_given_names_and_initials_in_capitals():
    body = "Prime Minister Jorik Valden met Sarah Al-Mansouri in Cairo, the UN said. Valden told us that US oil rose."

    assert typed(body) == [
        ("Jorik Valden", "PER"),
        ("Sarah Al-Mansouri", "PER"),
        ("Cairo", "LOC"),
        ("UN", "ORG"),
        ("Valden", "PER"),
        ("US", "LOC"),
    ]


@pytest.mark.skipif(not SEED, reason="the seed page is not part of the repository")
def test_seed_page():
    page = SEED[0].read_text(encoding="utf-8")
    articles = parse_record(page, None, "page", Sources.read(ROOT / "warehouse" / "sources.yml"))
    rows = [{name: article.get(name) for name in INPUT_COLUMNS} for article in articles]
    mentions = annotate(Documents(pa.Table.from_pylist(rows))).to_pylist()

    named = {(row["span_text"], row["entity_type"], row["entity_id"]) for row in mentions}
    people = [row["entity_name"] for row in mentions if row["entity_type"] == "PER"]
    assert people == [
        *("كيم جونغ أون", "أندريه بيلوسوف", "كيم جونغ أون", "أندريه بيلوسوف"),
        *("ماريا زاخاروفا", "ماريا زاخاروفا"),
    ]
    assert {
        ("كيم", "PER", "wikidata:Q56226"),
        ("الأمم المتحدة", "ORG", "wikidata:Q1065"),
        ("وكالة الأنباء الكورية الشمالية", "ORG", "agency:kcna"),
        ("وكالة سبوتنيك الروسية للأنباء", "ORG", "agency:sputnik"),
        ('شركة "غازبروم"', "ORG", "wikidata:Q102673"),
        ("كورسك", "LOC", "geonames:538560"),
        ("بيونغ يانغ", "LOC", "geonames:1871859"),
        ("الكورية الشمالية", "LOC", "iso3166:KP"),
    } - named == {("الكورية الشمالية", "LOC", "iso3166:KP")}  # inside the name of the agency, which is known


PIECES = "وزير الدفاع الروسي محمد بن كيم و ، « » ال لل عبد الله شركة نادي الأهلي مباراة عمان السعودية عَلَى - _ ﷺ US President ـ حي كيم2 2024م ٪ أ٪ب د§ة"
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*PIECES.split(), "\n", '"', "\u00ad"]), max_size=30).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_on_any_text_spans_are_in_it_and_batches_do_not_matter(bodies):
    together = annotate(documents(*bodies))

    assert breaches("mentions", together) == []
    rows = together.to_pylist()
    assert [row["span_text"] for row in rows] == [
        bodies[int(row["article_id"][1:], 16)][row["start_char"] : row["end_char"]] for row in rows
    ]
    alone = [row for body in bodies for row in annotate(documents(body)).drop_columns("article_id").to_pylist()]
    assert together.drop_columns("article_id").to_pylist() == alone


def test_no_articles_and_empty_ones_give_an_empty_table():
    assert [annotate(documents()).num_rows, annotate(documents("", "\n")).num_rows] == [0, 0]


def test_gazetteers_have_forms_in_every_row():
    for name in ("countries", "cities", "regions", "organisations", "clubs", "people"):
        rows = list(table(name))
        assert [row for row in rows if not (row["name"] and split_forms(row["forms"]))] == []
        ids = [row["id"] for row in rows if row.get("id")]
        assert sorted(set(ids)) == sorted(ids)


def test_forms_are_found_as_words_alone():
    texts = ["بموسكو", "الموسكو", "موسكوي", "وبموسكو", "موسكو"]

    joined = Joined(documents(*texts))
    first, last, _ = matcher().hits(joined)
    assert (joined.texts_at(joined.start[first]) // 2).tolist() == [0, 3, 4]
    assert first.tolist() == last.tolist()
    assert "الروسيات" in nisba_forms("روسي")


def test_forms_come_by_their_end_and_the_longest_first():
    joined = Joined(documents("وكالة الأنباء السعودية"))
    first, last, _ = matcher().hits(joined)

    assert [joined.phrase(start, end + 1) for start, end in zip(first.tolist(), last.tolist(), strict=True)] == [
        "وكاله",
        "وكاله الانباء السعوديه",
        "السعوديه",
    ]


def test_a_span_is_free_where_no_candidate_reaches():
    naming = by_rule("PER", "name_run", "names")
    kept = Candidates.of([(2, 9, naming), (3, 5, naming), (9, 11, naming)])
    spans = [(0, 2), (1, 3), (6, 8), (11, 12)]

    assert kept.are_free(*map(np.array, zip(*spans, strict=True))).tolist() == [True, False, False, True]


def test_of_candidates_that_overlap_the_longest_stays():
    naming, org = by_rule("PER", "name_run", "names"), by_rule("ORG", "org_cue", "org_cue")
    nisba = naming._replace(rule=NISBAS)
    found = [(0, 9, naming), (2, 5, nisba), (10, 19, org), (12, 15, nisba), (20, 25, naming), (23, 29, naming)]

    kept = without_overlaps(Candidates.of(found))
    assert [(start, end) for start, end, _ in kept.rows(0, len(kept.starts))] == [(0, 9), (10, 19), (12, 15), (23, 29)]


@settings(max_examples=150, deadline=None)
@example(["\r", "روسيا\r"])
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_words_are_what_stands_between_two_marks_of_the_whole_text(bodies):
    joined = Joined(documents(*bodies))

    words = spaced(joined.text, ALL_MARKS).split(" ")
    assert [joined.phrase(word, word + 1) for word in range(len(joined.form))] == words[:-1]
    assert joined.end.tolist() == [place for place, mark in enumerate(spaced(joined.text, ALL_MARKS)) if mark == " "]


def test_what_a_word_has_by_itself():
    joined = Joined(documents("الرئيس ألكسيس: على كيم2-سي"))
    words = {joined.phrase(word, word + 1): joined.told[word] for word in range(len(joined.form))}

    assert {word: int(told) for word, told in words.items() if word} == {
        "الرئيس": GAP | ALONE | ARTICLE | LETTERS,
        "الكسيس": ALONE | LETTERS,
        "علي": GAP | ALONE | LETTERS | YEH,
        "كيم2": GAP | LETTERS | HYPHEN,
        "سي": GAP | ALONE | LETTERS,  # what ends a text ends as before a space: no letters follow it
    }
