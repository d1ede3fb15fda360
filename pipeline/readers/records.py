"""Decides the shape of what a reader yields, a record or a problem, and the limits it reads within; it reads nothing."""

from dataclasses import dataclass
from typing import Any

MIB = 2**20
_OBSERVED_CHARS = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost.

    Attributes:
        max_record_bytes: Largest record or page, in bytes of its UTF-8 form.
        max_expansion_ratio: Decompressed bytes per byte of the file on disk.
        expansion_grace_bytes: Decompressed bytes below which the ratio is not enforced.
        max_elements: Most tags and entities of one XML record.
        max_spool_bytes: Largest member of an archive that is unpacked to a temporary file because its format needs to
            be read from the end.
    """

    max_record_bytes: int = 10 * MIB
    max_expansion_ratio: float = 200.0
    expansion_grace_bytes: int = 64 * MIB
    max_elements: int = 200_000
    max_spool_bytes: int = 4096 * MIB


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One raw record.

    Attributes:
        locator: `member#n`, unique in the file; the member is empty for a bare file. Records inside one JSON object are
            `member#n/m`.
        record_id: The producer's own id, if it gave one.
        mapping: Name of the mapping that read it.
        text: The text of a whole page, or None for a structured record.
        fields: Mapped values by canonical name; missing and blank values are absent.
        unknown_fields: Whether the record has fields that its mapping does not name.
        flags: Quality flags of its bytes, of `schemas.vocab.QUALITY_FLAGS`.
    """

    locator: str
    record_id: str | None
    mapping: str
    text: str | None
    fields: dict[str, Any]
    unknown_fields: bool
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawProblem:
    """Why a record, a member (locator without `#`) or the whole file (locator None) could not be read.

    `observed` is cut to 200 characters; it never carries lone surrogates.
    """

    reason_code: str
    locator: str | None
    record_id: str | None = None
    field: str | None = None
    observed: str | None = None

    def __post_init__(self) -> None:
        if self.observed is not None:
            shown = self.observed[:_OBSERVED_CHARS].encode("utf-8", "backslashreplace").decode("utf-8")
            object.__setattr__(self, "observed", shown[:_OBSERVED_CHARS])


def no_text(locator: str, record: bytes) -> RawProblem | None:
    """Why bytes are not UTF-8 text without NUL, if they are not."""
    if b"\0" in record:
        return RawProblem("nul_bytes", locator)
    try:
        record.decode("utf-8")
    except UnicodeDecodeError as error:
        return RawProblem("encoding_invalid", locator, observed=str(error))
    return None
