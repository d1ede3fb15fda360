"""Decides in which encoding bytes are written, and says so when it cannot tell; what was misread before is not its matter
(see `pipeline.text.mojibake`).

Order: byte order mark, strict UTF-8, UTF-16 without a mark, UTF-8 with a few broken bytes, the declared label, and last the
letters themselves (windows-1256, ISO-8859-6, windows-1252). Accepted gap: other single-byte encodings are read only when
they are declared.
"""

import codecs
import math
from dataclasses import dataclass
from typing import Final

import regex

ENCODING_VERSION = "1"

# Per mille of the letters of Arabic news: measured on the first 2,000 characters of 3,101 bodies of
# SaudiNewsNet (its first two days).
_PER_MILLE: Final = {
    "ا": 153, "ل": 116, "ي": 76, "م": 65, "و": 54, "ن": 50, "ت": 46, "ر": 46, "ع": 34, "ب": 34, "ة": 32, "د": 31, "ف": 26,
    "ه": 25, "س": 23, "ق": 21, "أ": 20, "ك": 18, "ح": 18, "ج": 14, "ش": 10, "ط": 9.5, "ص": 9, "خ": 8, "ى": 8, "إ": 8,
    "ض": 7, "ز": 6.4, "ذ": 6, "ث": 5.6, "ئ": 4, "غ": 3.5, "ء": 3.3, "ظ": 2.4, "ؤ": 1.3, "آ": 1,
}  # fmt: skip
_ALLOWED: Final = dict.fromkeys("ًٌٍَُِّْـپچژگکیہھےںٹڈڑ", 0.5)
_LOG: Final = {char: math.log(share / 1000) for char, share in (_PER_MILLE | _ALLOWED).items()}
_OTHER_LETTER: Final = math.log(1e-5)
# Mean log share of a letter: of the first 20 characters of 3,600 headlines 99 % are above -3.8; the page that scores
# better wins, so this only keeps out what is not Arabic (a Latin letter costs -11.5).
_MIN_LIKELIHOOD: Final = -4.2
_MIN_LETTERS: Final = 4

# WHATWG labels of the encodings of news in our languages: a page that says ISO-8859-1 is windows-1252 in every browser.
_LABELS: Final = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii", "cp1252", "x-cp1252", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("windows-1256", "cp1256", "x-cp1256", "cp-1256", "win-1256"), "cp1256"),
    **dict.fromkeys(("iso-8859-6", "iso8859-6", "arabic", "ecma-114", "asmo-708", "csisolatinarabic", "iso-8859-6-i"), "iso8859_6"),
    **dict.fromkeys(("iso-8859-9", "latin5", "windows-1254", "x-cp1254"), "cp1254"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode", "ucs-2"), "utf-16-le"),
}  # fmt: skip
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTIBYTE: Final = regex.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH: Final = regex.compile(rb"[\x80-\xff]")
# The accents of western words stand beside ASCII letters, Arabic letters do not.
_IN_LATIN_WORD: Final = regex.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
_MAX_MIXED_SHARE: Final = 0.2
# A capture that cuts, or a field that truncates, breaks one character in hundreds; a single-byte text read as UTF-8 is
# broken nearly everywhere. A chosen value, not calibrated.
_MIN_VALID_SHARE: Final = 0.8
# What western news writes with bytes above 7F in windows-1252; other Latin code pages (1250, 1254, 1257) leave this set.
_WESTERN: Final = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ«»“”‘’„‚–—…•€£©®°§¡¿·ºª\u00a0\u00ad™"
)
_WORD: Final = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded bytes. `text` and `encoding` are None when the encoding cannot be told safely (reason `encoding_invalid`);
    `is_certain` is False when the encoding was guessed or characters were broken; those are U+FFFD in the text."""

    text: str | None
    encoding: str | None
    is_certain: bool


_UNKNOWN: Final = Decoded(None, None, False)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode the bytes of a whole page.

    Args:
        data: The bytes.
        declared: The label of the HTTP header or meta element, if any; it is believed only where it fits.

    Returns:
        The text without byte order mark. Never raises.

    >>> decode("خبر عاجل من الرياض".encode("cp1256")).encoding
    'cp1256'
    >>> decode(b"\\xe9" * 9).text is None
    True
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            return Decoded(text, encoding, True) if text is not None else _broken(data[len(mark) :], encoding)
    if b"\0" in data and (wide := unmarked_utf16(data)):
        text = _strict(data, wide)
        return Decoded(text, wide, False) if text is not None else _broken(data, wide)
    if (text := _strict(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", True)
    if _valid_share(data) >= _MIN_VALID_SHARE:
        return Decoded(data.decode("utf-8", "replace"), "utf-8", False)
    return _labelled(data, declared) or _guessed(data)


def python_codec(label: str) -> str | None:
    """The codec that a declared label means, by the WHATWG names and then Python's; None for an unknown label.

    >>> python_codec(" ISO-8859-1 "), python_codec("windows-1256"), python_codec("?")
    ('cp1252', 'cp1256', None)
    """
    label = label.strip(" \t\r\n\f\"'").lower()
    try:
        info = codecs.lookup(_LABELS.get(label, label))
        return info.name if info._is_text_encoding else None
    except (LookupError, ValueError):
        return None


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without byte order mark, told by the high bytes of its letters; None when the bytes are not that.

    >>> unmarked_utf16("خبر عاجل".encode("utf-16-be"))
    'utf-16-be'
    """
    sample = data[: 4096 - 4096 % 2]
    even, odd = sample[0::2], sample[1::2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        # news letters and spaces lie in the first eight rows of Unicode or in general punctuation
        rows = sum(map(high.count, range(8))) + high.count(0x20)
        if high and rows >= 0.95 * len(high) and sum(map(low.count, range(8))) < 0.5 * len(low):
            return encoding
    return None


def arabic_likelihood(text: str) -> float:
    """Mean log share, in Arabic news, of the characters above ASCII that are letters; -inf without enough of them."""
    total, n = 0.0, 0
    for char in text:
        if char > "\x7f" and (char in _LOG or char.isalpha() or char == "\ufffd"):
            total += _LOG.get(char, _OTHER_LETTER)
            n += 1
    return total / n if n >= _MIN_LETTERS else -math.inf


def arabic_codec(data: bytes) -> str | None:
    """Which Arabic code page the bytes are written in, by their letters; None when neither gives Arabic."""
    if len(_IN_LATIN_WORD.findall(data)) > _MAX_MIXED_SHARE * len(_HIGH.findall(data)):
        return None
    scores = {codec: arabic_likelihood(data.decode(codec, "replace")) for codec in ("cp1256", "iso8859_6")}
    best = max(scores, key=lambda codec: scores[codec])
    return best if scores[best] >= _MIN_LIKELIHOOD else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _broken(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, False) if 20 * text.count("\ufffd") <= len(text) else _UNKNOWN


def _valid_share(data: bytes) -> float:
    """Share of the bytes above 7F that are part of a character of UTF-8, a cut last character aside."""
    n_high = len(_HIGH.findall(data))
    n_valid = sum(map(len, _MULTIBYTE.findall(data)))
    cut = n_high - n_valid <= 3 and n_valid > 0 and bool(regex.search(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z", data))
    return 1.0 if cut else n_valid / n_high if n_high else 0.0


def _labelled(data: bytes, declared: str | None) -> Decoded | None:
    codec = python_codec(declared) if declared else None
    text = _strict(data, codec) if codec and not codec.startswith("utf") else None
    if text is None or regex.search(r"[\x80-\x9f]", text):
        return None
    if codec in ("cp1252", "cp1256", "iso8859-6") and (arabic := arabic_codec(data)) is not None:
        # western labels are defaults of servers, and the two Arabic pages are taken for each other
        agrees = codecs.lookup(arabic).name == codec
        return Decoded(data.decode(arabic, "replace"), arabic, agrees)
    return Decoded(text, codec, True)


def _guessed(data: bytes) -> Decoded:
    if arabic := arabic_codec(data):
        text = data.decode(arabic, "replace")
        return Decoded(text, arabic, False) if text.count("\ufffd") <= len(text) // 100 else _UNKNOWN
    text = _strict(data, "cp1252") or ""
    return Decoded(text, "cp1252", False) if _is_western(text) else _UNKNOWN


def _is_western(text: str) -> bool:
    """Whether windows-1252 text reads as a western language: words of ASCII letters with some of the usual others in them."""
    high = [char for char in text if char > "\x7f"]
    letters = [char for char in text if char.isalpha()]
    accented = sum(char > "\x7f" for char in letters)
    usual = sum(char in _WESTERN for char in high)
    alone = sum(len(word) > 2 and not any(char <= "\x7f" for char in word) for word in _WORD.findall(text))
    return len(letters) >= 8 and accented <= 0.3 * len(letters) and usual >= 0.98 * len(high) and alone == 0
