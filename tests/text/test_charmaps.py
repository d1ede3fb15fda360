"""A map of characters on bytes is the map of characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.charmaps import CharMap

MAPPED = {"A": "a", "a": "a", " ": " ", "\n": " ", "أ": "ا", "ا": "ا", "\u064b": "", "é": "é", "É": "é"}


@given(st.text("".join(MAPPED)))
def test_each_character_becomes_what_the_map_says(text: str) -> None:
    charmap = CharMap(MAPPED)
    data = charmap.encode(text)

    assert data is not None
    assert charmap.decode(data) == "".join(MAPPED[char] for char in text)
    assert data.count(b" ") == text.count(" ") + text.count("\n")


def test_no_letter_is_space_among_bytes() -> None:
    letters = [chr(code) for code in range(0x621, 0x690)]
    charmap = CharMap(dict(zip(letters, letters, strict=True)))

    assert [len((charmap.encode(letter) or b"").split()) for letter in letters] == [1] * len(letters)


@pytest.mark.parametrize("text", ["b", "aب", "\ufffe", "\ud800", "😀"])
def test_other_characters_are_told(text: str) -> None:
    assert CharMap(MAPPED).encode(text) is None


@pytest.mark.parametrize("mapped", [{"ß": "ss"}, {"A": "a"}, {chr(code): "" for code in range(0x600, 0x700)}])
def test_what_does_not_fit_in_bytes_is_refused(mapped: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="253"):
        CharMap(mapped)
