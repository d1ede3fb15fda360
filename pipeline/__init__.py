"""Warraq: raw dumps of news pages in, a clean, validated, enriched and versioned corpus out."""

import os

__version__ = "0.1.0"

# Arrow takes its allocator when it is first imported, its default one keeps what is freed: see `pipeline.memory`.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
