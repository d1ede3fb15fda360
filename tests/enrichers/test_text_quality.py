"""What is unusual about a text, each flag on the text that has it and not on the plain one."""

from unicodedata import normalize

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.enrichers import terms, text_quality
from pipeline.enrichers.documents import Documents
from pipeline.enrichers.text_cues import find_cue
from pipeline.text.mojibake import repair
from schemas.annotations.quality import TEXT_FLAGS
from schemas.contracts import breaches
from tests.enrichers.article_rows import articles, documents

HEADLINE = "المدارس تفتح أبوابها الأسبوع المقبل"
FIRST = "أعلنت الوزارة اليوم أن المدارس ستفتح أبوابها في الأسبوع المقبل بعد انتهاء الامتحانات في جميع المدن."
SECOND = "وقالت المتحدثة باسمها إن العام الدراسي سيبدأ في موعده رغم التأخير الذي شهدته بعض المناطق البعيدة."
BODY = f"{FIRST}\n\n{SECOND}"

TEXT = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("المدين. \n…:ط§\ufffd")), min_size=1
)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=4)


def quality(batch):
    return text_quality.annotate(batch, terms.annotate(batch))


def row(headline, body, **columns):
    (found,) = quality(documents((headline, body), **columns)).to_pylist()
    return found


FLAGGED = {
    "few_words": (HEADLINE, FIRST),
    "long_sentences": (HEADLINE, " ".join([BODY.replace(".", "").replace("\n\n", " ")] * 5) + "."),
    "odd_words": (HEADLINE, BODY.replace(" ", "")[:-1] + " ."),
    "little_variety": (HEADLINE, " ".join([BODY.replace("\n\n", " ")] * 6)),
    "lines_repeated": (HEADLINE, f"{BODY}\n\n{FIRST}"),
    "much_boilerplate": (HEADLINE, f"{BODY}\n\nاقرأ أيضا: {FIRST[:80]}"),
    "misread_text": (HEADLINE, f"{BODY}\n\n" + "الحرب في اليمن".encode().decode("cp1256", "replace") + "."),
    "cut_off": (HEADLINE, f"{BODY}\n\nوأضافت الوزارة في"),
    "paywalled": (HEADLINE, f"{BODY}\n\nاشترك الآن لقراءة المقال كاملا."),
    "headline_unrelated": ("افتتاح ملعب كرة قدم", BODY),
}


def test_a_plain_text_has_no_flags():
    found = row(HEADLINE, BODY)

    assert (found["text_flags"], found["text_cues"], found["body_ending"]) == ([], [], "stop")
    assert found["headline_in_body_share"] == 1.0
    assert found["words_per_sentence"] == 16.0


@pytest.mark.parametrize("flag", TEXT_FLAGS)
def test_each_flag_is_on_its_text(flag):
    assert flag in row(*FLAGGED[flag])["text_flags"]


@pytest.mark.parametrize(
    ("end", "ending"),
    [
        ("قال: «نعم».", "stop"),
        ("إلى اللقاء..", "stop"),
        ("Er sagte: „Ja, so ist es.“", "stop"),
        ("وأضافت الوزارة أن", "unfinished"),
        ("وجاء فيه:", "unfinished"),
        ("وأضافت الوزارة...", "ellipsis"),
        ("...المزيد", "read_more"),
        ("صحيفة المدينة", "none"),
    ],
)
def test_endings(end, ending):
    assert row(HEADLINE, f"{BODY}\n\n{end}")["body_ending"] == ending


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Subscribe to continue reading", "paywall"),
        ("لقراءة المزيد اضغط هنا", "read_more"),
        ("» Read also: Market hall reopens", "boilerplate"),
        ("Residents were told to read more about the plan, which the council will follow.", None),
        ("Advertisements fell by a third.", None),
        ("", None),
    ],
)
def test_cues_open_a_line_or_fill_it(line, kind):
    cue = find_cue(line)
    assert (cue and cue.kind) == kind


def test_words_are_not_counted_where_no_spaces_part_them():
    found = row(
        "東京で新しい美術館が開館", "東京で新しい美術館が開館した。多くの人々が初日に訪れた。展示は来月まで続く。"
    )

    assert (found["chars_per_word"], found["headline_in_body_share"], found["text_flags"]) == (None, None, [])


def test_misread_characters_are_counted_in_headline_and_body():
    assert row("خبر\ufffd", "نص ")["misread_share"] == pytest.approx(1 / 7)


@settings(deadline=None)
@given(PAIRS)
@example([("…", "\n\n"), ("a", "…"), ("2024", "١")])
def test_any_text_keeps_the_contract_and_rows_are_those_of_each_article_alone(pairs):
    batch = documents(*pairs)
    table = quality(batch)

    assert breaches("text_quality", table) == []
    alone = [quality(Documents(batch.table.slice(number, 1))) for number in range(len(pairs))]
    assert table == pa.concat_tables([table.slice(0, 0), *alone])


def test_no_articles_give_no_rows():
    assert quality(Documents(articles())).num_rows == 0


PARTS = st.sampled_from(
    [
        "اقرأ أيضا",
        "المـزيد",
        "مُزيد",
        "read more",
        "Lire l'article",
        "l'article",
        "’read",
        "𝐀",
        "😀",
        "ﷺ",
        "a\u0301",
        "في",
        "\u00a0",
        "\u2003",
        " ",
        "\n",
        "\n\n",
        "-",
        ".",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(PARTS, st.text(max_size=3)), max_size=12).map(lambda parts: normalize("NFC", "".join(parts))))
@example("المزيد\n\nread more\n \u00a0 \nread more")
def test_cues_and_repeated_lines_are_those_that_reading_every_line_finds(body):
    lines = [line for line in body.split("\n") if line and not line.isspace()]
    cues = [": ".join(cue) for line in lines if (cue := find_cue(line))]
    repeated = sum(len(line) for number, line in enumerate(lines) if line in lines[:number])

    found = row(HEADLINE, body)
    assert found["text_cues"] == cues
    assert found["repeated_line_share"] == pytest.approx(repeated / (sum(map(len, lines)) or 1))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["ط§ظ„ط³", "Ø§Ù„Ø³", "ÇáÓÚæÏíÉ", "ط", "§", "é", " ", "\n", "\ufffd", "€", "نعم", "ظ"]),
        max_size=10,
    ).map("".join)
)
def test_misread_characters_are_those_that_repairing_every_text_finds(body):
    changed = sum(end - start for start, end in repair(body).changed)
    misread = min(changed + body.count("\ufffd"), len(body))

    assert row("", body)["misread_share"] == pytest.approx(misread / max(len(body), 1), rel=1e-6)
