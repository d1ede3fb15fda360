"""Decides which word of a frozen list a word of a text is, clitics aside, and how rare that word is; not what it means."""

from pipeline.enrichers.lexicon.clitics import bare_forms
from pipeline.enrichers.lexicon.words import Lexicon, lexicon

VERSION = "1"

__all__ = ["VERSION", "Lexicon", "bare_forms", "lexicon"]
