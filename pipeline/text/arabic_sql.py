"""Decides how the match fold of `pipeline.text.arabic` is spelled in SQL: the macro `ar_fold(s)`, made of the same tables.

`python -m pipeline.text.arabic_sql > warehouse/macros/ar_fold.sql` writes it, and a test says when that file is stale. What the
fold does character by character is one map here, case folding included; DuckDB's `lower` does the part of it that agrees.

Accepted gaps: DuckDB composes by a newer Unicode than Python 3.11's 14.0, so that a letter and a mark that came with a later
version may be equal to their composition in one and not in the other; and NULL stays NULL.
"""

import sys
import unicodedata
from collections.abc import Iterable, Iterator

from pipeline.text.arabic import FOLD_VERSION, character_fold

_HEADER = f"""\
-- ar_fold(s): the match fold of headline_folded and body_folded, version {FOLD_VERSION}, for any text.
-- Made by `python -m pipeline.text.arabic_sql`; do not edit.
"""
_COMMENT = "Folds a text as headline_folded and body_folded are: no marks, one alef, one ya, one digit, lower case; NULL: the text is NULL."


def macro() -> str:
    """The statements that create the macro and its comment, each ended by a semicolon and a line end."""
    folds = {char: fold for char in map(chr, _assigned()) if (fold := character_fold(char)) != char.lower()}
    removed = [char for char, fold in folds.items() if not fold]
    longer = {char: fold for char, fold in folds.items() if len(fold) > 1}
    single = {char: fold for char, fold in folds.items() if len(fold) == 1}

    lowered = "lower(nfc_normalize(s))"  # first: case folding turns the small letters of Cherokee into capitals
    replaced = lowered
    for fold in dict.fromkeys(longer.values()):
        chars = [char for char in longer if longer[char] == fold]
        replaced = f"regexp_replace({replaced},\n  '[{_ranges(chars)}]', {_literal(fold)}, 'g')"
    spelled = f"CASE WHEN regexp_matches({lowered}, '[{_ranges(longer)}]') THEN {replaced}\n  ELSE {lowered} END"
    lines = f"replace({spelled}, {_literal(chr(13) + chr(10))}, {_literal(chr(10))})"
    kept = f"regexp_replace({lines}, '[{_ranges(removed)}]', '', 'g')"
    letters = f"nfc_normalize(translate({kept},\n  {_literal(single)},\n  {_literal(single.values())}))"
    breaks = f"regexp_replace({letters}, ' *\\n *', {_literal(chr(10))}, 'g')"
    folded = f"trim(regexp_replace({breaks}, ' {{2,}}', ' ', 'g'), {_literal(' ' + chr(10))})"
    return f"{_HEADER}CREATE OR REPLACE MACRO ar_fold(s) AS {folded};\nCOMMENT ON MACRO ar_fold IS '{_COMMENT}';\n"


def _assigned() -> Iterator[int]:
    """Code points of Unicode text; a surrogate is in no string of DuckDB."""
    return (code for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)


def _literal(chars: Iterable[str]) -> str:
    """A SQL expression for a text: letters and digits as they are, and chr(n) for what an editor would not show."""
    parts: list[str] = []
    for char in "".join(chars):
        shown = unicodedata.category(char)[0] in "LN" and unicodedata.category(char) != "Lm"
        if shown and parts and parts[-1].endswith("'"):
            parts[-1] = f"{parts[-1][:-1]}{char}'"
        else:
            parts.append(f"'{char}'" if shown else f"chr({ord(char)})")
    return " || ".join(parts)


def _ranges(chars: Iterable[str]) -> str:
    """The inside of a character class of RE2, whose escape is \\x{064B}."""
    codes = sorted(map(ord, chars))
    firsts = [code for code in codes if code - 1 not in codes]
    lasts = [code for code in codes if code + 1 not in codes]
    return "".join(
        f"\\x{{{first:04X}}}" + (f"-\\x{{{last:04X}}}" if last > first else "")
        for first, last in zip(firsts, lasts, strict=True)
    )


if __name__ == "__main__":
    print(macro(), end="")
