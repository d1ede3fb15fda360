"""Decides that rows which break the contract of their table go no further; the contracts are in `schemas.contracts`."""

import pyarrow as pa

from pipeline.errors import ContractError
from schemas.contracts import breaches


def uphold(name: str, rows: pa.Table, *, unique_key: bool = True) -> None:
    """Passes rows that keep every promise of table `name`.

    Raises:
        ContractError: a promise is broken; the message names each column, the promise and the number of rows.
    """
    if broken := breaches(name, rows, unique_key=unique_key):
        shown = "; ".join(f"{b.column}: {b.promise} ({b.n_rows} of {rows.num_rows} rows)" for b in broken)
        raise ContractError(f"table {name} breaks its contract: {shown}; this is a defect, please report it")
