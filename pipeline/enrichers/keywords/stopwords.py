"""Decides which words no keyword holds, by language; the lists are in `stopwords.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from pipeline.text.aligned import fold_aligned

_EVERYWHERE = "en"  # English stands in texts of every language


@cache
def _lists() -> dict[str, frozenset[str]]:
    read = tomllib.loads(Path(__file__).with_name("stopwords.toml").read_text("utf-8"))
    return {language: frozenset(fold_aligned(text).text.split()) for language, text in read.items()}


def languages() -> frozenset[str]:
    """The languages that have a list."""
    return frozenset(_lists())


@cache
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a language and of English; empty when the language has no list."""
    return _lists()[language] | _lists()[_EVERYWHERE] if language in _lists() else frozenset()
