"""Decides which characters a misread byte can have come from and what a sequence of them stood for; it does not decide
whether a text is misread (see `pipeline.text.mojibake`).

A misreading is UTF-8 decoded as a single-byte encoding. Its characters map back to bytes, bytes to characters; what makes
it more than `text.encode(codec).decode()` is that pages lose bytes on the way: invisible characters are stripped, bytes that
the codec does not define become U+FFFD or nothing, no-break spaces become spaces, letters change case.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Final, NamedTuple

LOST: Final = "\ufffd"
"""What stands for a character that cannot be told from what is left of it."""

NO_CHAR: Final = "\ufffe"

# Where a byte was lost, only characters that news in these languages use are considered. Letters first, by how far they
# reach: Arabic, then Persian and Urdu, then Kurdish, Pashto, Uyghur and Sindhi (written from knowledge, not derived from a table); marks, digits.
_TIERS: Final = (
    frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،؛؟”’àéíéêèçôùû"),
    frozenset("پچژگکیہھےںٹڈڑۀۂۓأáóúñãõäöüßâîïëÁÉÍÓÚÀÈÇ\u00a0“‘–—…«»"),
    frozenset("ڕڵۆێەڤټځڅډړږښڼۍېۇۈۋڭĀāĞğİıŞşÏÐÝØøÅåÆæ„\u200f\u200e\u200d\u200c€™")
    | frozenset(map(chr, range(0xFE80, 0xFEFD))),
    frozenset("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٪٫٬۔ـ"),
    frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u00ad"),
)
_TIER: Final = {char: number for number, chars in reversed(list(enumerate(_TIERS))) for char in chars}
_N_LETTER_TIERS: Final = 3

# Continuation characters that may follow a letter in ordinary prose: a sequence with one of them proves nothing.
PROSE: Final = frozenset("«»‘’“”„‚‹›–—…،؛؟\u00a0\u00ad\u200c\u200d\u200e\u200f")
# Signs that prose writes after a word: after a small letter (`irmã®`) they prove nothing.
_AFTER_WORDS: Final = frozenset("©®™°²³¹ºª€")
_ARABIC_CONTINUATIONS: Final = frozenset("پٹچژڈگکڑںھ")


@dataclass(frozen=True, slots=True, eq=False)
class Codec:
    """A wrong codec: `bytes_of` gives the bytes a character can have been, the exact one first; `lost` the bytes that vanish
    from pages although they were decoded; `undefined` those that decode to U+FFFD or are skipped; `tables` the characters of
    all bytes, U+FFFE for none, and once more with C1 controls for the bytes 80–9F where pages have these too."""

    name: str
    tables: tuple[str, ...]
    bytes_of: dict[str, tuple[int, ...]]
    undefined: frozenset[int]
    lost: frozenset[int]


class Unit(NamedTuple):
    """A character that a sequence stood for; `weight` is how much the sequence proves, `script` '' for common characters."""

    char: str
    weight: int
    script: str
    exact: bool


def _decoded(byte: int, codec: str) -> str:
    return bytes([byte]).decode(codec, "ignore")


def _codec(name: str, *, c1: bool, invisible: frozenset[int]) -> Codec:
    """`c1`: undefined bytes 80–9F decode to C1 controls, as the WHATWG decoders do; cp1252 also stands for latin-1."""
    table: dict[str, tuple[int, ...]] = {}
    undefined = set()
    exact: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        if char := _decoded(byte, name):
            exact[char] = byte
        else:
            undefined.add(byte)
        if c1 and byte < 0xA0:
            exact.setdefault(chr(byte), byte)
    for char, byte in exact.items():
        table[char] = (byte,)
    for char, byte in exact.items():
        for changed in {char.lower(), char.upper(), char.casefold()} - {char}:
            if len(changed) == 1 and byte not in table.get(changed, ()):
                table[changed] = (*table.get(changed, ()), byte)
    chars = "".join(
        chr(b) if b < 0x80 else _decoded(b, name) or (chr(b) if c1 and b < 0xA0 else NO_CHAR) for b in range(256)
    )
    controls = "".join(map(chr, range(0x80, 0xA0))) if c1 else chars[0x80:0xA0]
    tables = dict.fromkeys((chars, chars[:0x80] + controls + chars[0xA0:]))
    # latin-1's NEL is white space to Python and to HTML clean-up alike
    return Codec(name, tuple(tables), table, frozenset(undefined), frozenset(undefined) | invisible | {0xA0, 0xAD})


CODECS: Final = (
    _codec("cp1256", c1=False, invisible=frozenset({0x9D, 0x9E})),
    _codec("cp1252", c1=True, invisible=frozenset()),
    _codec("iso8859_6", c1=True, invisible=frozenset()),
)


def script_of(char: str) -> str:
    """Script of a character by block; '' for what belongs to none, '?' for what no misread news text would hold.

    >>> [script_of(char) for char in "حé€"]
    ['Arab', 'Latn', '']
    """
    code = ord(char)
    if code < 0xC0:
        return "" if code >= 0x80 else "?"
    if char in "ƒˆ˜":
        return ""  # of windows-125x itself: misread twice
    if code < 0x180 or 0x1E00 <= code < 0x1F00 or char in "ơƠưƯșȘțȚ":
        return "" if char in "×÷" else "Latn"
    if 0x600 <= code < 0x700:
        return "?" if code < 0x60C or 0x60D <= code < 0x61B or code in (0x61C, 0x61D, 0x61E) else "Arab"
    if 0x386 <= code < 0x3CF:
        return "Grek"
    if 0x400 <= code < 0x460 or 0x490 <= code < 0x4F0:
        return "Cyrl"
    if 0x5D0 <= code < 0x5EB:
        return "Hebr"
    if code < 0x900 or unicodedata.category(char) in ("Cn", "Co", "Cc", "Cs"):
        return "?"
    if 0x2000 <= code < 0x2C00 or 0xFE00 <= code < 0xFE10 or code >= 0x1F000 or code in (0xFEFF, 0xFFFD):
        return ""
    if 0xFB50 <= code < 0xFF00:
        return "Arab"
    return "Hani" if 0x2E80 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0xFF00 <= code < 0xFFF0 else "Zzzz"


def n_continuations(lead: int) -> int:
    """How many bytes follow a lead byte of UTF-8; 0 when it is none."""
    return 1 if 0xC2 <= lead <= 0xDF else 2 if 0xE0 <= lead <= 0xEF else 3 if 0xF0 <= lead <= 0xF4 else 0


def _utf8(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


MAX_WEIGHT: Final = 2
"""The most that one sequence proves."""


def _weight(lead: int, following: str) -> int:
    if (lead == 0xE2 and following[0] in "€\x80") or (lead == 0xEF and following[1:] in ("½", "¿")):
        return 2
    if lead == 0xEF and following[0] in "»؛":
        return 1  # a presentation form: ï stands before no quote or semicolon
    if any(char in PROSE for char in following):
        return 0
    # ط and ظ open no Persian or Urdu letter pair of this kind, other letters do: عکس, غپ
    return 0 if lead not in (0xD8, 0xD9) and following[-1] in _ARABIC_CONTINUATIONS else 1


@lru_cache(maxsize=1 << 14)
def sequence(codec: Codec, chars: str) -> Unit | None:
    """What a complete sequence of misread characters stood for; None when they are no such sequence."""
    choices = [codec.bytes_of.get(char, ()) for char in chars]
    found = []
    for number, picked in enumerate(product(*choices)):
        if n_continuations(picked[0]) != len(chars) - 1:
            continue
        char = _utf8(bytes(picked))
        if len(char) != 1 or (script := script_of(char)) == "?":
            continue
        recased = number > 0 and script == "Latn" and chars[-1] in _AFTER_WORDS
        unit = Unit(char, 0 if recased else _weight(picked[0], chars[1:]), script, True)
        if number == 0:
            return unit
        found.append(unit)
    if not found:
        return None
    # a changed case leaves several bytes possible: the one in use decides
    best = min(found, key=lambda unit: _TIER.get(unit.char, len(_TIERS)))
    used = [unit for unit in found if unit.char in _TIER]
    return best._replace(exact=len(found) == 1 or len(used) == 1)


@cache
def leads_of(codec: Codec) -> dict[str, tuple[int, ...]]:
    """The lead bytes that a character can have been, for every character that can have been one."""
    leads = {char: tuple(filter(n_continuations, found)) for char, found in codec.bytes_of.items()}
    return {char: found for char, found in leads.items() if found}


@cache
def pairs(codec: Codec) -> dict[str, Unit]:
    """Every two-character sequence of a codec whose first character opens no longer one."""
    leads = [
        char
        for char, found in codec.bytes_of.items()
        if n_continuations(found[0]) < 2 and any(n_continuations(byte) == 1 for byte in found)
    ]
    following = [char for char, found in codec.bytes_of.items() if any(0x80 <= byte < 0xC0 for byte in found)]
    table = {}
    for lead, char in product(leads, following):
        if unit := sequence(codec, lead + char):
            table[lead + char] = unit
    return table


@lru_cache(maxsize=1 << 12)
def fitting(before: bytes, after: bytes, lost: frozenset[int]) -> list[str]:
    """Characters in use that a gap can have been part of."""
    return [char for byte in sorted(lost) if (char := _utf8(before + bytes([byte]) + after)) in _TIER]


def restore(lead: int, before: bytes, after: bytes, lost: frozenset[int], previous: str) -> Unit | None:
    """The character of a sequence of which one byte is lost, or None when no character in use fits.

    Args:
        lead: The lead byte.
        before: Continuation bytes between it and the gap.
        after: Continuation bytes after the gap.
        lost: Bytes that can have been there.
        previous: The character before, which tells digits and lower case.

    Returns:
        The only character in use that fits (exact); else the only one of the widest use (not exact); else `LOST`.
    """
    chars = fitting(bytes([lead]) + before, after, lost)
    if not chars:
        return None
    if "٠" in chars and previous and previous in "٠١٢٣٤٥٦٧٨٩":
        return Unit("٠", 0, "Arab", len(chars) == 1)
    if previous.islower() and len(lower := [char for char in chars if char.islower()]) == 1:
        return Unit(lower[0], 0, "Latn", True)
    first = min(_TIER[char] for char in chars)
    best = [char for char in chars if _TIER[char] == first]
    char = best[0] if len(best) == 1 else LOST
    # a mark cannot open a word
    rivals = chars if previous.isalpha() else [char for char in chars if not unicodedata.combining(char)]
    return Unit(char, 0, script_of(best[0]), len(rivals) == 1)
