"""Decides which stretches of a text are Arabic code pages read as windows-1252 or latin-1 (`ÇáÓÚæÏíÉ`), and undoes that; UTF-8
read as a code page is the matter of `misread_runs`.
"""

from typing import Final

import regex

from pipeline.text.encoding import arabic_codec
from pipeline.text.misreadings import CODECS, LOST
from pipeline.text.rewriting import Edit

# Letters of the upper half of windows-1252, which are what Arabic code pages show as.
_HIGH_WORD: Final = regex.compile(r"[^\x00-\x7f\p{Arabic}\s]+")
_STRETCH: Final = regex.compile(
    r"[^\x00-\x7f\p{Arabic}\n]++(?:[\x20-\x40\x5b-\x60\x7b-\x7e]*+[^\x00-\x7f\p{Arabic}\n]++)*+"
)
_MIN_HIGH: Final = 6
_BYTE_OF: Final = {char: found[0] for char, found in CODECS[1].bytes_of.items()}


def undo_codepages(text: str) -> tuple[str, list[Edit]] | None:
    """What was read as what, and the edits that undo it; None when there is nothing to undo."""
    edits: list[Edit] = []
    names: dict[str, None] = {}
    for match in _STRETCH.finditer(text):
        stretch = match[0]
        high = [char for char in stretch if "\xc0" <= char <= "\xff"]
        words = _HIGH_WORD.findall(stretch)
        if len(high) < _MIN_HIGH or len(high) < 2 * len(words) or not _is_bounded(text, match.start(), match.end()):
            continue
        data = bytes(_BYTE_OF.get(char, 0x3F) if char > "\x7f" else ord(char) for char in stretch)
        codec = arabic_codec(data)
        if codec is None:
            continue
        names[codec] = None
        for index, char in enumerate(stretch, match.start()):
            if char > "\x7f" and char in _BYTE_OF:
                good = bytes([_BYTE_OF[char]]).decode(codec, "replace")
                if good not in (char, LOST):
                    edits.append(Edit(index, index + 1, good, (index,)))
    return ("/".join(f"{name} as cp1252" for name in names), edits) if names else None


def _is_bounded(text: str, start: int, end: int) -> bool:
    return not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha()
