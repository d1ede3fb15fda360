"""Misread text: what is undone, what is flagged, and that correct text is left alone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.misread_lines import proof, read_whole
from pipeline.text.misread_runs import is_hopeless, scan
from pipeline.text.misreadings import CODECS, Codec
from pipeline.text.mojibake import repair
from pipeline.text.rewriting import rewrite

# Written for the tests.
HEADLINES = (
    "الحرب في اليمن تدخل عامها الثاني",
    "وزير الصحة: افتتاح ١٢ مستشفى قبل نهاية العام",
    "«الاتحاد» يفوز على ضيفه 3-1، ويتصدر الترتيب مؤقتًا",
    "هل تنجح المفاوضات؟ خبراء يجيبون – تقرير",
    "نجاح جراحة لفتح شريان في القلب بمستشفى الملك",
)
BODY = "\n\n".join(f"{headline}، وفق ما صرح به مصدر مطلع." for headline in HEADLINES)
CLEAN = (
    *HEADLINES,
    BODY,
    "طظ شرع، نزاع؟ اجتماع» دفاع… حفاظ” أ، ب، ج؛ ع\u00a0ط\u00a0ظ",
    "عکس روز: موضوع‌های تازه، شروع‌ کار طبق گزارش ع‌ک",
    "طے شدہ شیڈول کے مطابق اجلاس شروع، وقفہ؛ ظہرانہ",
    "À bientôt, « dit-il », l’été à la plage… déjà »",
    "NÃO É A MANHû, «CRISTû, IRMÃ… AÇÃO",
    "Der Übergang »Ø« kostet 5 € – „Die Ä“, sagte er",
    "È PIÙ… DI PIÙ» CITTÀ”",
    "þýðing íþróttir æði Ææ öö ÅÄÖ",
    "ĐÂY LÀ TIẾNG VIỆT, ÂÃÀ Â» Ô",
    "© Â é Ã Ø § ° ط ظ",
)


def latin1(data: bytes) -> str:
    return data.decode("latin-1")


def cp1256(data: bytes) -> str:
    return data.decode("cp1256")


def cp1252(data: bytes) -> str:
    return data.decode("cp1252", "replace")


@pytest.mark.parametrize("text", CLEAN)
def test_correct_text_is_left_alone(text: str) -> None:
    assert (repair(text).text, repair(text).codec) == (text, None)


@pytest.mark.parametrize("read", [latin1, cp1256])
@pytest.mark.parametrize("text", [*HEADLINES, BODY, "Café à la crème, « l’été » – voilà", "В Москве прошли переговоры"])
def test_a_misreading_that_kept_its_bytes_is_undone_exactly(text: str, read: "type") -> None:
    fixed = repair(read(text.encode()))

    assert (fixed.text, fixed.is_exact) == (text, True)


@pytest.mark.parametrize("text", [*HEADLINES, BODY])
@pytest.mark.parametrize("read", [latin1, cp1256, cp1252])
def test_a_lost_soft_hyphen_is_restored(text: str, read: "type") -> None:
    assert repair(read(text.encode()).replace("\u00ad", "")).text == text


@pytest.mark.parametrize("text", HEADLINES)
def test_double_misreadings_and_arabic_code_pages(text: str) -> None:
    plain = text.translate(dict.fromkeys(map(ord, "١٢–"), "1"))

    assert repair(cp1256(cp1256(text.encode()).encode())).text == text
    assert repair(latin1(latin1(text.encode()).encode())).text == text
    assert repair(plain.encode("cp1256").decode("cp1252", "replace")).text == plain


@pytest.mark.parametrize("text", HEADLINES)
def test_changed_case_is_undone(text: str) -> None:
    assert repair(latin1(text.encode()).lower()).text == text
    assert repair(cp1252(text.encode()).upper()).text == text


def test_what_cannot_be_told_is_not_invented() -> None:
    fixed = repair("اجتماع مجلس الوزراء".encode().decode("iso8859_6", "replace"))

    assert (fixed.text, fixed.is_exact, fixed.codec) == (
        "\ufffdج\ufffdم\ufffd\ufffd مجل\ufffd \ufffdلو\ufffd\ufffd\ufffd\ufffd",
        False,
        "iso8859_6",
    )


def test_only_the_misread_part_of_a_field_changes() -> None:
    clean, broken = "المصدر: الجزيرة، شرع", cp1256("الحرب في اليمن".encode()).replace("\u00ad", "")
    fixed = repair(f"{clean}\n{broken} - {clean}\n{clean}")

    assert fixed.text == f"{clean}\nالحرب في اليمن - {clean}\n{clean}"
    at = fixed.text.index("اليمن")
    start, end = fixed.raw_span(at, at + 5)
    assert (start, end) == (len(clean) + 1 + len(broken) - 10, len(clean) + 1 + len(broken))
    assert [fixed.touches(0, len(clean)), fixed.touches(at, at + 1)] == [False, True]


MIXED = st.text(
    st.one_of(
        st.characters(min_codepoint=0x80, max_codepoint=0xFF),
        st.sampled_from("طظعغأآâÃØÙ§„…ھ\u00a0\u00ad\ufffd \nا€™"),
        st.characters(),
    )
)


@given(MIXED)
def test_repair_never_raises_is_idempotent_and_keeps_lines_and_spans(text: str) -> None:
    fixed = repair(text)

    assert repair(fixed.text).text == fixed.text
    assert fixed.text.count("\n") == text.count("\n")
    for at in range(len(fixed.text)):
        start, end = fixed.raw_span(at, at + 1)
        assert 0 <= start <= end <= len(text)


@given(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئ ،؛؟«»0123456789.:-\n\u00a0"), max_size=200))
def test_arabic_text_is_left_alone(text: str) -> None:
    assert repair(text).text == text


@given(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئ ،؛؟"), min_size=12, max_size=200))
def test_arabic_words_survive_the_round_trip(text: str) -> None:
    text = "السلام عليكم " + text

    assert repair(cp1256(text.encode())).text == text


def test_a_line_that_ends_with_a_control_keeps_its_line_break() -> None:
    lines = "الحرب في اليمن تدخل عامها الثاني\nوزير الصحة يفتتح المستشفى الثاني"

    assert repair(latin1(latin1(lines.encode()).encode())).text == lines


ALPHABETS = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئپچگک،؛؟«»“”–…ًَّ٠١٢ ab.\u00a0\u00ad\u200c",
    "ابحخهوي  ح",
    "éàçœïÉ« »€–ß abc",
    "ابتحخي ةéЖß😀",
)
LOSSES = ("", "\u00ad", "\u00ad\u200c\u200d", "\x81\x8d\x8f\x90\x9d")


@pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)
@pytest.mark.parametrize("loss", LOSSES, ids=ascii)
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_a_line_read_as_a_whole_is_read_as_its_runs_are(codec: Codec, loss: str, alphabet: str) -> None:
    rng = random.Random(f"{codec.name}/{loss}/{alphabet}")
    for _ in range(100):
        news = "".join(rng.choices(alphabet, k=rng.randrange(30)))
        misread = "".join(codec.tables[-1][byte] for byte in news.encode())[rng.choice((0, 0, 0, 1)) :]
        line = "".join(char for char in misread if char not in loss) + rng.choice(("", "", "", " ", "ط", "é", "â"))
        runs = list(scan(line, 5, codec, codec.lost))
        whole = read_whole(line, codec, codec.lost)

        assert is_hopeless(line, codec) <= (not all(run.is_good for run in runs))
        assert proof(codec).search(line) or sum(run.weight for run in runs) == 0
        if whole is not None:
            text = "\n" * 5 + line
            by_runs = rewrite(text, [edit for run in runs for edit in run.edits(text)])
            assert all(run.is_good and run.exact for run in runs)
            assert (by_runs.text[5:], by_runs.starts[5:-1]) == (whole.text, list(whole.starts(5)))
            assert sum(run.weight for run in runs) == whole.weight
            assert sum(run.n_sequences for run in runs) == whole.n_sequences
            assert {script for run in runs for script in run.scripts} == set(filter(None, [whole.script]))


def test_whole_lines_are_read_as_a_whole() -> None:
    lines = [cp1256(line.encode()).replace("\u00ad", "") for line in HEADLINES]

    found = [read_whole(line, CODECS[0], CODECS[0].lost) for line in lines]

    assert [line and line.text for line in found] == [*HEADLINES]
