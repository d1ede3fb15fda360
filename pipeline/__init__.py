"""Warraq: raw dumps of news pages in, a clean, validated, enriched and versioned corpus out."""

__version__ = "0.1.0"
