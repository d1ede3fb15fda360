"""Bytes of pages: which encoding they are in, and that nothing is guessed that cannot be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.encoding import Decoded, decode

ARABIC = "قال وزير المالية في مؤتمر صحفي، إن الميزانية كافية هذا العام"
FRENCH = "Le président français a déclaré jeudi que l'été serait très chaud"
SPANISH = "El presidente habló mañana después de la reunión con más países"
GERMAN = "Die Mädchen fahren später über die Brücke nach Hause zurück"


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ARABIC, ARABIC[:20], ARABIC * 20])
def test_arabic_without_a_label_is_guessed(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == Decoded(text, encoding, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_certain(encoding: str) -> None:
    assert (decode(ARABIC.encode(encoding)).text, decode(ARABIC.encode(encoding)).is_certain) == (ARABIC, True)


@pytest.mark.parametrize("text", [FRENCH, SPANISH, GERMAN])
@pytest.mark.parametrize("declared", [None, "iso-8859-1", "utf-8", "no-such-charset"])
def test_western_text_is_not_taken_for_arabic(text: str, declared: str | None) -> None:
    assert decode(text.encode("cp1252"), declared) == Decoded(text, "cp1252", declared == "iso-8859-1")


@pytest.mark.parametrize(
    ("encoding", "declared", "certain"),
    [("cp1256", "windows-1256", True), ("iso8859_6", "ISO-8859-6", True), ("cp1256", "iso-8859-1", False)],
)
def test_a_label_is_believed_where_it_fits(encoding: str, declared: str, certain: bool) -> None:
    assert decode(ARABIC.encode(encoding), declared) == Decoded(ARABIC, encoding, certain)


@pytest.mark.parametrize(
    "data",
    [
        b"\xe9" * 9,
        "Привет, мир новости".encode("cp1251"),
        "Zażółć gęślą jaźń".encode("cp1250"),
        b"\xff\xfe\x00\xd8\x00",
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    assert decode(data).text is None


def test_a_cut_character_leaves_utf_8() -> None:
    assert decode(ARABIC.encode()[:41]) == Decoded(ARABIC.encode()[:41].decode("utf-8", "replace"), "utf-8", False)


@given(st.binary(), st.one_of(st.none(), st.text(max_size=12)))
def test_decode_never_raises(data: bytes, declared: str | None) -> None:
    found = decode(data, declared)

    assert (found.text is None) == (found.encoding is None)
