"""Decides what can be said of a field: type, unit, what NULL means, what its values promise; not which fields there are."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the corpus.

    `null` says what NULL means; None means that the field is never NULL. `unit` is None for text and codes.
    `allowed`, `minimum`, `maximum` and `pattern` (a whole match) bind every value, of a list every item. Text is never ''
    unless `may_be_empty`, and a list has no NULL in it.
    """

    name: str
    type: pa.DataType
    description: str
    null: str | None = None
    unit: str | None = None
    example: Any = None
    allowed: tuple[str, ...] | None = None
    minimum: Any = None
    maximum: Any = None
    pattern: str | None = None
    may_be_empty: bool = False

    @property
    def promises(self) -> str:
        """What every value keeps to, for people; '' when only the type and NULL are promised."""
        said = []
        if self.allowed:
            said.append("a reason code" if len(self.allowed) > 10 else "one of " + ", ".join(self.allowed))
        if self.minimum is not None or self.maximum is not None:
            low, high = (
                f"{limit:g}" if isinstance(limit, float) else str(limit) for limit in (self.minimum, self.maximum)
            )
            said.append(f"at least {low}" if self.maximum is None else f"{low} to {high}")
        if self.pattern:
            said.append(f"`{self.pattern}`")
        if self.may_be_empty:
            said.append("may be ''")
        return "; ".join(said)

    @property
    def nullable(self) -> bool:
        return self.null is not None

    def arrow(self) -> pa.Field:
        """The Arrow field, with the description and unit as metadata that Parquet keeps."""
        metadata = {"description": self.description, "null": self.null or "never", "unit": self.unit or ""}
        return pa.field(self.name, self.type, nullable=self.nullable, metadata={k: v for k, v in metadata.items() if v})
