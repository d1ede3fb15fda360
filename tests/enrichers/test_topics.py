"""Topics: the top level by evidence, narrower ones by label, none when nothing is sure; the same for any batch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrichers.lexicon import lexicon
from pipeline.enrichers.topics import annotate, evidence
from pipeline.enrichers.topics.labels import named
from pipeline.enrichers.topics.taxonomy import TOP, concepts, top_of
from schemas.contracts import breaches
from tests.eval.documents import documents

SPORT, POLITICS, WEATHER, HEALTH = (f"medtop:{number:02}000000" for number in (15, 11, 17, 7))
MATCH = (
    "فاز الفريق الأول على ضيفه بهدفين مقابل هدف في الجولة الرابعة من الدوري، وسجل المهاجم هدف الفوز في الدقيقة الأخيرة من "
    "المباراة، فيما أهدر لاعب الوسط ركلة جزاء، وقال المدرب إن كرة القدم تعاقب من يضيع الفرص وإن كرة القدم لا تنتظر أحدا."
)
RAIN = (
    "تتوقع الأرصاد هطول أمطار رعدية غزيرة ورياحا شمالية قوية وانخفاضا في درجات الحرارة مع سحب ركامية وضباب على السواحل."
)
TALKS = "The prime minister met the opposition leader ahead of the parliamentary election; the party's candidates and voters await the government's bill."
NEUTRAL = (
    "وكان ذلك بعد أن قالوا إن هذا هو ما كانوا عليه منذ أن كان ما كان، ثم قال إنه لن يقول شيئا عن ذلك الآن ولا غدا."
)


def rows(headline, body, language="ar"):
    return annotate(documents([("one", headline, body, language)])).to_pylist()


@pytest.mark.parametrize(
    ("headline", "body", "topic"),
    [
        ("الفريق يتصدر الدوري", MATCH, SPORT),
        ("أمطار على الساحل", RAIN, WEATHER),
        ("Talks before the vote", TALKS, POLITICS),
        (
            "Le médecin et ses patients",
            "L'hôpital soigne la maladie: vaccin, cancer, traitement, médecins, patients.",
            HEALTH,
        ),
    ],
)
def test_the_first_topic(headline, body, topic):
    first = rows(headline, body)[0]

    assert (first["topic_id"], first["topic_level"], first["topic_rank"]) == (topic, 1, 1)
    assert first["rule"] == "word_evidence"
    assert first["topic_score"] >= 0.5


def test_a_narrower_topic_comes_from_its_label_and_below_its_own_top():
    found = {row["topic_id"]: row for row in rows("الفريق يتصدر الدوري", MATCH)}
    football = next(c for c in concepts().values() if c.label_en.startswith("soccer"))

    assert found[football.topic_id]["rule"] == "label_in_text"
    assert found[football.topic_id]["topic_score"] < found[SPORT]["topic_score"]
    assert football.parent in found
    assert {top_of(topic) for topic in found} == {SPORT}


def test_a_label_is_counted_in_headline_and_body():
    court = lexicon().find("محكمه")
    sizes = (1, 1, 0, 3, 0, 2)  # headline and body of three articles
    read = evidence.Read(np.full(sum(sizes), court), np.concatenate(([0], np.cumsum(sizes))))
    is_topic = np.zeros((3, len(TOP)), np.bool_)
    is_topic[:, 1] = True

    found = named(read, is_topic)
    assert found.keys() == {(0, 1), (1, 1)}
    assert found[0, 1] == found[1, 1] != {}
    assert named(read, ~is_topic) == {}


def test_the_words_of_a_label_stand_side_by_side_in_one_text():
    ball = [lexicon().find(word) for word in ("كره", "القدم")]
    texts = [ball, ball, ball[:1], ball[1:] * 2, [], [ball[0], ball[0], ball[1], -1, *ball]]
    first = np.concatenate(([0], np.cumsum(list(map(len, texts)))))
    is_topic = np.zeros((3, len(TOP)), np.bool_)
    is_topic[:, TOP.index(SPORT)] = True

    found = named(evidence.Read(np.array([word for text in texts for word in text]), first), is_topic)
    football = next(c.topic_id for c in concepts().values() if c.label_en.startswith("soccer"))
    assert [found.get((row, TOP.index(SPORT)), {}).get(football, 0) for row in range(3)] == [3, 0, 2]


@pytest.mark.parametrize("body", ["", "كرة", NEUTRAL, "Qwxz vbnm lkjh gfds"])
def test_what_says_nothing_has_no_topic(body):
    assert rows("", body) == []


def test_the_model_fits_lexicon_and_taxonomy():
    assert evidence.table().shape == (len(lexicon().zipf), len(TOP))
    assert evidence.table().dtype == np.int8
    assert [c.topic_id for c in concepts().values() if c.level == 1] == list(TOP)
    assert round(64 * np.log1p(1)) == evidence.ONCE
    assert set(map(top_of, concepts())) == set(TOP)


WORDS = st.lists(st.sampled_from([*MATCH.split(), *RAIN.split(), *TALKS.split(), "qqq", "\n"]), max_size=60).map(
    " ".join
)


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_rows_keep_the_contract_and_do_not_depend_on_the_batch(texts):
    batch = [(f"{number}", *text, "ar") for number, text in enumerate(texts)]
    together = annotate(documents(batch))
    alone = [row for item in reversed(batch) for row in annotate(documents([item])).to_pylist()]

    assert breaches("topics", together) == []
    assert sorted(together.to_pylist(), key=str) == sorted(alone, key=str)


def test_sums_are_the_same_to_the_bit_in_any_batch():
    rng = np.random.default_rng(5)
    articles = [
        [rng.integers(-1, 50_000, 12), rng.integers(-1, 50_000, size)] for size in rng.integers(0, 300, 200).tolist()
    ]

    def logits(chosen):
        texts = [text for article in chosen for text in article]
        first = np.concatenate(([0], np.cumsum([len(text) for text in texts])))
        return evidence.logits(evidence.totals(evidence.Read(np.concatenate(texts), first)))

    together = logits(articles)

    for size in (1, 7, 64):
        parts = [logits(articles[start : start + size]) for start in range(0, 200, size)]
        assert np.concatenate(parts).tobytes() == together.tobytes()
    order = rng.permutation(200)
    assert logits([articles[place] for place in order]).tobytes() == together[order].tobytes()


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_is_read(headline, body):
    annotate(documents([("one", headline, body, "und")]))
