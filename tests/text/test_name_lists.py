"""Names of a list are found in a batch as a look at every place of each text finds them."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.folded_texts import FoldedTexts
from pipeline.text.name_lists import NameList
from pipeline.text.spacing import SPACES, is_of_word

NAMES = [
    "قال",
    "علي ما",
    "علي حد",
    "ا ف ب",
    "ان  بي",
    "اقتصاديون",
    "الاقتصاديون",
    "الاقتصاديه",
    "youm7",
    "ما",
    "قال ان",
]
LISTED = NameList(NAMES, SPACES, is_of_word, "0")
PIECES = st.sampled_from([*" ".join(NAMES).split(" "), *NAMES, *" .\n0_-x", "😀", "\U0001d400", "  "])
TEXT = st.lists(PIECES, max_size=10).map("".join)


def everywhere(text: str) -> list[tuple[int, int, str]]:
    """Every name at every place."""
    spaced = "".join(" " if char in SPACES else char for char in text)
    found = [
        (start, start + len(name), name)
        for name in NAMES
        for start in range(len(text))
        if spaced.startswith(name, start)
        and (start == 0 or text[start - 1] in SPACES + "0")
        and not is_of_word(text[start + len(name) : start + len(name) + 1])
    ]
    return sorted(found, key=lambda row: (row[1], row[0]))


@given(st.lists(TEXT, max_size=4))
def test_a_batch_has_the_names_of_its_texts(texts):
    batch = FoldedTexts(texts)

    assert LISTED.find(batch).by_text(batch, NAMES) == [everywhere(text.text) for text in batch.texts]


def test_of_two_that_overlap_the_longer_one_stays():
    batch = FoldedTexts(["قال ان علي ما قال", "ما علي ما"])
    names = NameList(["قال", "ان علي", "علي ما", "ما قال", "ما", "علي ما قال"], SPACES, str.isalpha)

    found = names.find(batch).longest().by_text(batch)

    assert [
        [text.text[start:end] for start, end in of_text] for text, of_text in zip(batch.texts, found, strict=True)
    ] == [
        ["قال", "علي ما قال"],
        ["ما", "علي ما"],
    ]


def test_runs_of_letters_have_their_first_letters():
    runs = FoldedTexts(["ab1abcdefghi", "", "abcdefgh"]).runs
    four = [int.from_bytes(part.encode("utf-16-le"), "little") for part in ("ab", "abcd", "efgh")]

    assert (runs.start.tolist(), runs.end.tolist(), runs.is_longer.tolist()) == (
        [0, 3, 14],
        [2, 12, 22],
        [False, True, False],
    )
    assert (runs.first.tolist(), runs.second.tolist()) == ([four[0], four[1], four[1]], [0, four[2], four[2]])
