"""Decides which outlet a printed name or a delivered id stands for; it does not decide what the outlet published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.text.arabic import fold
from pipeline.text.dates import DateOrder


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet. `zone` is the IANA zone of the dates that it prints, `date_order` the order of its numeric dates, if known."""

    source_id: str
    name: str
    zone: str = "UTC"
    date_order: DateOrder | None = None
    license_id: str | None = None
    license_evidence: str | None = None
    text_access: str | None = None


_folded = lru_cache(maxsize=1 << 12)(fold)  # the same few outlets, page after page


class Sources:
    """The outlets of `warehouse/sources.yml`, by id and by folded name."""

    def __init__(self, entries: Iterable[Mapping[str, Any]] = ()) -> None:
        self._by_id: dict[str, Source] = {}
        self._by_name: dict[str, Source] = {}
        for entry in entries:
            known = {k: entry[k] for k in ("zone", "license_id", "license_evidence", "text_access") if k in entry}
            if "date_order" in entry:
                known["date_order"] = DateOrder(entry["date_order"])
            source = Source(entry["id"], entry["names"][0], **known)
            self._by_id[source.source_id] = source
            for name in entry["names"]:
                self._by_name[fold(name)] = source

    @classmethod
    def read(cls, path: Path) -> "Sources":
        """The registry in a YAML file; empty when there is none."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")) or ()) if path.exists() else cls()

    def by_id(self, source_id: str) -> Source:
        """The outlet that a dump names by its id."""
        return self._by_id.get(source_id) or Source(source_id, source_id)

    def by_name(self, name: str) -> Source:
        """The outlet that a page names; an unknown one gets its folded name as id."""
        folded = _folded(name)
        return self._by_name.get(folded) or Source("-".join(folded.split()), name)
