"""Quotes: which words are reported, in whose name, and that a row holds for any text. The texts are written by us."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrichers.documents import INPUT_COLUMNS, Documents
from pipeline.enrichers.quotes import annotate
from pipeline.enrichers.quotes.cues import find_cues
from pipeline.enrichers.quotes.entities import Entities
from pipeline.enrichers.quotes.marks import MARKS, pair_marks
from pipeline.enrichers.quotes.scan import scan
from pipeline.enrichers.quotes.sentences import STOPS, Sentences
from pipeline.parsers import parse_record
from pipeline.sources import Sources
from pipeline.text.folded_texts import FoldedTexts
from schemas.contracts import breaches
from schemas.tables import ARTICLES

ROOT = Path(__file__).resolve().parents[2]
SEED = sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))
_SCHEMA = pa.schema([ARTICLES.arrow().field(name).with_nullable(True) for name in INPUT_COLUMNS])


def documents(*texts: tuple[str, str]) -> Documents:
    """Articles of a headline and a body each."""
    rows = [
        {"article_id": f"a{number:031x}", "filed_month": "2024-03", "headline": headline, "body": body}
        for number, (headline, body) in enumerate(texts)
    ]
    return Documents(pa.Table.from_pylist(rows, schema=_SCHEMA))


def quotes(body: str, headline: str = "خبر", mentions: pa.Table | None = None) -> list[dict[str, Any]]:
    return annotate(documents((headline, body)), mentions).to_pylist()


def said(body: str, headline: str = "خبر") -> list[tuple[str, str, str | None]]:
    return [(row["quote_kind"], row["span_text"], row["speaker_text"]) for row in quotes(body, headline)]


CASES = {
    "indirect speech": (
        "قال مدير المرفأ إن السفن الثلاث ستصل غدا.",
        [("indirect", "السفن الثلاث ستصل غدا", "مدير المرفأ")],
    ),
    "the whole clause in marks": (
        "وقالت الوزيرة ليلى الزعفراني إن «الجسر سيفتح قبل الشتاء».",
        [("direct", "الجسر سيفتح قبل الشتاء", "الوزيرة ليلى الزعفراني")],
    ),
    "part of the clause in marks": (
        'وأكد المدير أن المشروع "سيغير وجه المدينة القديمة" خلال عام.',
        [("mixed", 'المشروع "سيغير وجه المدينة القديمة" خلال عام', "المدير")],
    ),
    "a name in marks is a scare quote": (
        "أعلن المجلس أن فريق «النورس» سيشارك في السباق.",
        [("indirect", "فريق «النورس» سيشارك في السباق", "المجلس"), ("scare", "النورس", None)],
    ),
    "marks without a cue": (
        "افتتح معرض «ألوان من تراب الوادي البعيد».",
        [("scare", "ألوان من تراب الوادي البعيد", None)],
    ),
    "colon and marks, however few words": ('قال الحارس: "لا أعرف".', [("direct", "لا أعرف", "الحارس")]),
    "colon without marks to the next cue": (
        "وقال العمدة: سنبني المدرسة هذا العام. وسنبدأ بالحي الشرقي. وأضاف أن الكلفة معروفة.",
        [
            ("direct", "سنبني المدرسة هذا العام. وسنبدأ بالحي الشرقي", "العمدة"),
            ("indirect", "الكلفة معروفة", "العمدة"),
        ],
    ),
    "speaker after the quotation": (
        "«لن نترك الحقول بلا ماء هذا الصيف»، قال رئيس التعاونية.",
        [("direct", "لن نترك الحقول بلا ماء هذا الصيف", "رئيس التعاونية")],
    ),
    "speaker before the verb": (
        "لكن العمدة قال لوكالة الوادي للأنباء إن السوق لن يغلق.",
        [("indirect", "السوق لن يغلق", "العمدة")],
    ),
    "an apposition belongs to the name, an occasion does not": (
        "وقال سامي النجار، رئيس نادي الصيد، في تصريح أمس، إن البحر هادئ.",
        [("indirect", "البحر هادئ", "سامي النجار، رئيس نادي الصيد")],
    ),
    "participles go on with the last speaker of their gender": (
        "قال الوزير إن الطريق جاهز. وقالت النقابة إن العمال بخير، مشيرة إلى أن الأجور دفعت. وانتهى اللقاء، مضيفا أن الماء متوفر.",
        [
            ("indirect", "الطريق جاهز", "الوزير"),
            ("indirect", "العمال بخير", "النقابة"),
            ("indirect", "الأجور دفعت", "النقابة"),
            ("indirect", "الماء متوفر", "الوزير"),
        ],
    ),
    "no speaker agrees": ("وانتهى اللقاء، مضيفة أن الماء متوفر.", [("indirect", "الماء متوفر", None)]),
    "what is described is not who describes": (
        'قال العمدة إن الخطة جاهزة. ووصف قرار المجلس بأنه "خطوة في الطريق الخطأ".',
        [("indirect", "الخطة جاهزة", "العمدة"), ("mixed", "خطوة في الطريق الخطأ", "العمدة")],
    ),
    "a source at the end of the sentence": (
        "غرقت سفينتان قرب الجزيرة، وفقا لما أوردته صحيفة المنارة.",
        [("indirect", "غرقت سفينتان قرب الجزيرة", "صحيفة المنارة")],
    ),
    "a source at the start of the sentence": (
        "وبحسب البيان فإن المعرض يستمر أسبوعا.",
        [("indirect", "المعرض يستمر أسبوعا", "البيان")],
    ),
    "the quotation of a source": (
        'شملت الخطة ما سمي "إعادة بناء المرفأ القديم كله"، بحسب مصادر في البلدية.',
        [("mixed", "إعادة بناء المرفأ القديم كله", "مصادر في البلدية")],
    ),
    "وفق الأنظمة names no source": ("ستنفذ الأعمال كلها هذا العام وفق الأنظمة.", []),
    "relayed words": (
        "ونقلت إذاعة الوادي عن مدير المستشفى قوله إن الجرحى غادروا.",
        [("indirect", "الجرحى غادروا", "مدير المستشفى")],
    ),
    "the name علي is not the preposition": (
        "وقال محمد علي النجار على هامش المعرض إن الكتب كثيرة.",
        [("indirect", "الكتب كثيرة", "محمد علي النجار")],
    ),
    "a name in marks was not said": (
        "وكشف العمدة الذي عرف بلقب «صاحب المراكب الزرقاء كلها» خطته.",
        [("scare", "صاحب المراكب الزرقاء كلها", None)],
    ),
    "passive": ("ويتوقع أن يفتح الجسر غدا. وأقيم الحفل لأنه وعد به.", []),
    "a condition is not said": ("وتعلن اللجنة النتائج غدا، على أن تنشر في الموقع الرسمي كاملة.", []),
    "what is stressed is said": (
        "وشدد العمدة على أن الجسر سيفتح قبل الشتاء.",
        [("indirect", "الجسر سيفتح قبل الشتاء", "العمدة")],
    ),
    "with which words is no part of the name": (
        "وختم البيان بالتأكيد أن «الباب مفتوح أمام كل الاقتراحات».",
        [("direct", "الباب مفتوح أمام كل الاقتراحات", "البيان")],
    ),
    "not said": ("لم يقل الوزير إن الطريق جاهز.", []),
    "no verb of saying before أن": ("يمكن أن يصل القطار قبل أن تغرب الشمس.", []),
    "يذكر أن has no speaker": (
        "قال العمدة إن السوق مفتوح. يذكر أن السوق بني قديما.",
        [("indirect", "السوق مفتوح", "العمدة")],
    ),
    "a mark that never closes": (
        'وقال العمدة إن "الجسر قديم. وأضاف أن "الجسر الجديد سيفتح قريبا جدا".',
        [("direct", "الجسر قديم", "العمدة"), ("direct", "الجسر الجديد سيفتح قريبا جدا", "العمدة")],
    ),
    "over two paragraphs": (
        "قال العمدة: «سنبدأ الآن.\n\nولن نتوقف قبل الشتاء».",
        [("direct", "سنبدأ الآن.\n\nولن نتوقف قبل الشتاء", "العمدة")],
    ),
    "English, verb and name after": (
        '"We will open the old bridge," said Nora Vale, the mayor. She added that the road was safe.',
        [
            ("direct", "We will open the old bridge", "Nora Vale"),
            ("indirect", "the road was safe", "Nora Vale"),
        ],
    ),
    "English, name before": (
        'The harbour board said the ferry would wait. Its head, Tom Reed, told reporters: "No one was hurt."',
        [
            ("indirect", "the ferry would wait", "The harbour board"),
            ("direct", "No one was hurt", "Its head, Tom Reed"),
        ],
    ),
    "English source": (
        "According to the Larkhaven Courier, the mill closed in May.",
        [("indirect", "the mill closed in May", "the Larkhaven Courier")],
    ),
    "French": (
        "La ministre a déclaré que le pont sera ouvert.",
        [("indirect", "le pont sera ouvert", "La ministre")],
    ),
    "Persian": ("شهردار گفت که پل باز است.", [("indirect", "پل باز است", "شهردار")]),
    "Urdu": ("میئر نے کہا کہ پل کھلا ہے۔", [("indirect", "پل کھلا ہے", "میئر")]),
}


@pytest.mark.parametrize("case", CASES)
def test_quotes_of_a_body(case: str) -> None:
    body, expected = CASES[case]

    assert said(body) == expected


HEADLINES = [
    ("العمدة: لن نبيع حديقة الوادي", [("indirect", "لن نبيع حديقة الوادي", "العمدة")]),
    ('العمدة: "لن نبيع حديقة الوادي"', [("direct", "لن نبيع حديقة الوادي", "العمدة")]),
    ("الوادي: مقتل خمسة في حريق", []),
    ("بالفيديو: العمدة يبيع الحديقة", []),
    ("قطار الساعة 10:30 يتأخر كثيرا", []),
    ("نهاية رحلة «السلطان»", [("scare", "السلطان", None)]),
]


@pytest.mark.parametrize(("headline", "expected"), HEADLINES)
def test_quotes_of_a_headline(headline: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert said("نص.", headline) == expected


def test_a_row_says_where_and_how() -> None:
    body = "وقالَ مديرُ المرفأ إنّ السفن ستصل غدا."
    (row,) = quotes(body)

    assert {
        name: row[name] for name in ("text_part", "quote_position", "reporting_verb", "rule", "speaker_entity_id")
    } == {
        "text_part": "body",
        "quote_position": 0,
        "reporting_verb": "وقالَ",
        "rule": "verb_that",
        "speaker_entity_id": None,
    }
    assert body[row["speaker_start_char"] : row["speaker_end_char"]] == row["speaker_text"] == "مديرُ المرفأ"
    assert body[row["start_char"] : row["end_char"]] == row["span_text"] == "السفن ستصل غدا"
    assert 0 < row["attribution_score"] <= 1


def mentions(body: str, *named: tuple[str, str, str]) -> pa.Table:
    rows = [
        {
            "article_id": f"a{0:031x}",
            "text_part": "body",
            "start_char": body.index(text),
            "end_char": body.index(text) + len(text),
            "entity_type": kind,
            "entity_id": entity,
        }
        for text, kind, entity in named
    ]
    return pa.Table.from_pylist(rows)


def test_mentions_name_the_speaker() -> None:
    body = "وقال وزير الماء سامي النجّار إن السد ممتلئ. ودافعت نورا الشامي عن الخطة، مؤكدة أن الكلفة معروفة."
    found = mentions(body, ("سامي النجّار", "PER", "wikidata:Q1"), ("نورا الشامي", "PER", "wikidata:Q2"))

    assert [(row["speaker_text"], row["speaker_entity_id"]) for row in quotes(body, mentions=found)] == [
        ("وزير الماء سامي النجّار", "wikidata:Q1"),
        ("نورا الشامي", "wikidata:Q2"),
    ]


PAIRS = [
    ("«أ «ب» ج»", ["أ «ب» ج"], []),
    ("“one” and „zwei“", ["one", "zwei"], []),
    ('"a" b "c', ["a"], [6]),
    ("« open\n\nnew « line »", [" line "], [0]),
    ("“one\n\n“two” end", ["one\n\n“two"], []),
    ("a » b", [], []),
    ('قال ب"الوطن" و"غد"', ["الوطن", "غد"], []),
]


@pytest.mark.parametrize(("text", "inside", "unclosed"), PAIRS)
def test_marks_are_paired(text: str, inside: list[str], unclosed: list[int]) -> None:
    pairs, opened = pair_marks(text, [place for place, char in enumerate(text) if char in MARKS])

    assert ([text[first + 1 : last] for first, last in pairs], opened) == (inside, unclosed)


def test_cues_are_whole_words() -> None:
    text = "مقال وقال بان انتقال «اكد» لقالها ان انتقل"
    (cues,), (particles,) = find_cues(FoldedTexts([text]))
    assert ([form.lemma for _, _, form in cues], [text[first:last] for first, last in particles]) == (
        ["قال", "أكد"],
        ["بان", "ان"],
    )


_SIGNED = st.lists(st.sampled_from([*".!?…\n\n ", *"اa1)»،", "mr", "ص", "قال", "😀"]), max_size=12).map("".join)


@given(st.lists(_SIGNED, max_size=4))
def test_sentences_of_a_batch_end_where_each_sign_is_looked_at(texts: list[str]) -> None:
    for scanned in scan(FoldedTexts(texts)):
        stops = [place for place, char in enumerate(scanned.text) if char in STOPS or char == "\n"]
        found, looked_at = (
            Sentences(scanned.text, places, is_plain, [])
            for places, is_plain in ((scanned.stops, scanned.is_plain), (stops, False))
        )

        assert (found.starts, found.ends) == (looked_at.starts, looked_at.ends)


_WORDS = """قال وأضاف إن أن الوزير : « » " “ ” ، . نعم مشددا بحسب مصادر said that , the according to لـ َ 10:30 وفقا لما كما عن
قوله وصف بأنه"""
_PIECES = st.lists(st.sampled_from([*_WORDS.split(), "\n\n"]) | st.text(max_size=6), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_PIECES, _PIECES), max_size=4))
def test_any_text_gives_rows_that_keep_the_contract(texts: list[tuple[str, str]]) -> None:
    table = annotate(documents(*texts))
    rows = table.to_pylist()
    published = {
        (f"a{n:031x}", part): text
        for n, pair in enumerate(texts)
        for part, text in zip(("headline", "body"), pair, strict=True)
    }

    for row in rows:
        text = published[row["article_id"], row["text_part"]]
        assert text[row["start_char"] : row["end_char"]] == row["span_text"]
        assert (
            row["speaker_text"] is None
            or text[row["speaker_start_char"] : row["speaker_end_char"]] == row["speaker_text"]
        )
    assert breaches("quotes", table) == []
    singly = [
        row | {"article_id": f"a{n:031x}"}
        for n, text in enumerate(texts)
        for row in annotate(documents(text)).to_pylist()
    ]
    assert rows == singly


def test_no_articles_give_an_empty_table() -> None:
    assert (annotate(documents()).num_rows, breaches("quotes", annotate(documents()))) == (0, [])


@pytest.mark.skipif(not SEED, reason="the seed page is not part of the repository")
def test_seed_page() -> None:
    sources = Sources.read(ROOT / "warehouse" / "sources.yml")
    lead, embedded = parse_record(SEED[0].read_text(encoding="utf-8"), None, "page", sources)
    rows = quotes(lead["body"], lead["headline"]) + quotes(embedded["body"], embedded["headline"])
    speakers: dict[str, set[str]] = {}
    for row in rows:
        speakers.setdefault(row["speaker_text"] or row["quote_kind"], set()).add(" ".join(row["span_text"].split()[:2]))

    assert {
        "كيم": {"زيارة بيلوسوف", "تدخل عسكري", "اتخاذ روسيا", 'هذه "القوى'},
        "المتحدثة باسم الخارجية الروسية ماريا زاخاروفا": {"إن مسؤولية"},
        "البيان": {"وقف إمدادات", '"الخلفية الجيوسياسية"'},
        "وكالة الأنباء الكورية الشمالية": {"القطاع الدفاعي", "تبادل الآراء"},
        "وزارة الخارجية الروسية": {"مسؤولية وقف"},
    }.items() <= speakers.items()
    assert {"دون تأخير", "تخلي"} <= speakers["scare"]


def test_the_best_entity_of_a_span_is_its_first_person_else_organisation_else_place() -> None:
    entities = Entities((0, 4, 8, 12), (6, 7, 11, 15), ("LOC", "ORG", "PER", "PER"), (None,) * 4, longest=6)
    spans = ((0, 3), (5, 8), (6, 9), (7, 8), (0, 20))
    assert [entities.best(*span) for span in spans] == [0, 1, 2, None, 2]
    assert (list(entities.begin(4, 12)), entities.first_person(0, 15), entities.first_person(0, 10)) == (
        [1, 2],
        2,
        None,
    )
