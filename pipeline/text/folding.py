"""Decides when two Arabic spellings match (the fold) and which script a text is in; it never changes the text that is stored."""

import unicodedata

import regex

FOLD_VERSION = "1"

_REMOVED = regex.compile(
    r"[\u00ad\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)
_PRESENTATION = regex.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")
_SPACES = regex.compile(r"[^\S\n]+")

# Chained `replace` beats `str.translate` about 30 times on Arabic text, as each absent letter costs one memchr.
_LETTERS = (
    *(("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ة", "ه")),
    *(("ک", "ك"), ("ی", "ي"), ("ہ", "ه"), ("ھ", "ه"), ("ۀ", "ه"), ("ە", "ه")),
    *((chr(0x660 + d), str(d)) for d in range(10)),
    *((chr(0x6F0 + d), str(d)) for d in range(10)),
)

_SCRIPTS = {
    "Arab": regex.compile(r"\p{Arabic}"),
    "Latn": regex.compile(r"\p{Latin}"),
    "Cyrl": regex.compile(r"\p{Cyrillic}"),
    "Hebr": regex.compile(r"\p{Hebrew}"),
    "Grek": regex.compile(r"\p{Greek}"),
    "Hani": regex.compile(r"\p{Han}"),
    "Deva": regex.compile(r"\p{Devanagari}"),
}


def fold(text: str) -> str:
    """The match form of a text: marks, tatweel and invisible characters removed, one form for each letter and digit.

    Line breaks are kept, other white space becomes one space. Idempotent.

    >>> fold("المُتَّحِدَة إلى ٢٠٢٤")
    'المتحده الي 2024'
    """
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _REMOVED.sub("", unicodedata.normalize("NFC", text))
    for letter, folded in _LETTERS:
        text = text.replace(letter, folded)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.casefold()))


def main_script(text: str) -> str | None:
    """ISO 15924 code of the script of most letters; None when there is no letter of a known script."""
    counts = {code: len(pattern.findall(text)) for code, pattern in _SCRIPTS.items()}
    code = max(counts, key=lambda c: counts[c])
    return code if counts[code] else None
