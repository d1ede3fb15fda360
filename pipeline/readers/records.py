"""Decides what a reader yields: a raw record, or the one reason why a record or a file could not be read."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on untrusted input. The ratio counts only after `expansion_grace_bytes` of output, as small files compress well."""

    max_record_bytes: int = 10 * 2**20
    max_expansion_ratio: float = 200.0
    expansion_grace_bytes: int = 64 * 2**20


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record. `locator` is `member#n`: archive member (empty for a bare file) and 0-based record number in it."""

    locator: str
    record_id: str | None
    mapping: str
    text: str | None
    fields: dict[str, Any]
    unknown_fields: bool = False


@dataclass(frozen=True, slots=True)
class RawProblem:
    """A record (or with locator None, the file from here on) that could not be read, with its reason code."""

    reason_code: str
    locator: str | None = None
    observed: str | None = None


class ReadError(Exception):
    """Ends the reading of a member or a file; carries the reason code."""

    def __init__(self, reason_code: str, observed: str = "") -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code
        self.observed = observed[:200]
