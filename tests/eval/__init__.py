"""Measurements of quality; each module prints its table."""
