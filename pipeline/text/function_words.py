"""Decides which words of a language are function words, which say how a sentence is built and not what it is about."""

import tomllib
from functools import cache
from pathlib import Path

from pipeline.text.arabic import fold
from pipeline.text.arabic_clitics import normal_form

FUNCTION_WORDS_VERSION = "1"


@cache
def published(language: str) -> frozenset[str]:
    """The function words of a language, as published in lower case; empty when we have no list of it."""
    return frozenset(_lists().get(language, "").split())


@cache
def folded(language: str) -> frozenset[str]:
    """The same in the match fold; Arabic ones also as they are without their particles.

    >>> "الي" in folded("ar"), "والي" in folded("ar")
    (True, False)
    """
    words = frozenset(map(fold, published(language)))
    return words | frozenset(map(normal_form, words)) if language == "ar" else words


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(_lists())


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return lists
