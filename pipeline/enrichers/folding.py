"""Decides the match form of headline and body; see `pipeline.text.arabic.fold`."""

import pyarrow as pa

from pipeline.text.arabic import FOLD_VERSION, fold

VERSION = FOLD_VERSION


def enrich(table: pa.Table) -> dict[str, pa.Array]:
    """Columns headline_folded and body_folded."""
    return {
        f"{name}_folded": pa.array(map(fold, table[name].to_pylist()), pa.string()) for name in ("headline", "body")
    }
