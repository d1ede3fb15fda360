"""Decides how the tables of this package are read: words in the match fold, as the text that they are looked up in."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from pipeline.text.arabic import fold


@cache
def table(name: str) -> dict[str, Any]:
    """A table as written."""
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text("utf-8"))


def folded(words: list[str]) -> frozenset[str]:
    """Words as they look in a folded text."""
    return frozenset(map(fold, words))


@cache
def context(name: str) -> frozenset[str]:
    """A list of `context.toml`."""
    return folded(table("context")[name])
