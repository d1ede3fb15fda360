"""Decides which BCP 47 tag a source means by the language that it declares, and whether that agrees with another; it detects nothing."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

LANGUAGE_TAGS_VERSION: Final = "1"

_TAG: Final = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-.*)?")
_NOT_A_LANGUAGE: Final = frozenset({"und", "mul", "zxx", "mis"})


@lru_cache(maxsize=1 << 12)
def normalized_tag(declared: str) -> str | None:
    """The BCP 47 tag of language, script and region that a source means; None when it names no language.

    >>> [normalized_tag(text) for text in ("ar_SA", "Arabic", "en-US,en;q=0.9", "iw", "zh-hant-TW", "x", "und")]
    ['ar-SA', 'ar', 'en-US', 'he', 'zh-Hant-TW', None, None]
    """
    tables = _tables()
    first = re.split(r"[,;|/]", declared.strip().lower())[0].strip()
    if first in tables["names"]:
        return str(tables["names"][first])
    found = _TAG.fullmatch(first.replace("_", "-").partition(".")[0])
    if not found or found[1] in _NOT_A_LANGUAGE:
        return None
    language, script, region = found.groups()
    known = str(tables["codes"].get(language, language))
    if "-" in known:
        return known
    return "-".join([known, *([script.title()] if script else []), *([region.upper()] if region else [])])


def agrees(tag: str, language: str) -> bool:
    """Whether a tag can be said of a text in a language: the same language, or one that covers it.

    >>> agrees("ar-SA", "ar"), agrees("ku", "ckb"), agrees("en", "ar")
    (True, True, False)
    """
    stated, found = tag.partition("-")[0], language.partition("-")[0]
    covers: dict[str, str] = _tables()["covers"]
    return stated == found or found in covers.get(stated, "").split() or stated in covers.get(found, "").split()


def alike(language: str, other: str) -> bool:
    """Whether two languages are so close that a paragraph may be taken for one in the other.

    >>> alike("no", "da"), alike("ar", "fa")
    (True, False)
    """
    return language == other or any({language, other} <= group for group in _alike())


@cache
def _alike() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split()) for group in _tables()["alike"]["groups"])


@cache
def _tables() -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tables
