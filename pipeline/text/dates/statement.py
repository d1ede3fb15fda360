"""Decides what a statement of a date is read with (zone, anchor, habits of the writer) and what it comes to; not how it is read."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pipeline.text.dates.lexicon import lexicon
from pipeline.text.dates.model import DateOrder
from schemas.vocab import Calendar, Precision

_PERSIAN: Final = re.compile("[\u06f0-\u06f9پچژگ]")
_ARABIC: Final = re.compile("[\u0620-\u064a\u0660-\u0669]")


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader knows beside the text: see `parse_date`."""

    zone: str
    anchor: datetime | None
    order: DateOrder | None
    language: str | None
    source: str
    is_field: bool

    def local_anchor(self) -> datetime | None:
        """The anchor in the zone; a naive one is taken as UTC."""
        if self.anchor is None:
            return None
        anchor = self.anchor if self.anchor.tzinfo else self.anchor.replace(tzinfo=UTC)
        return anchor.astimezone(zone_info(self.zone))

    def habit(self) -> DateOrder | None:
        """The order of an all-numeric date, when it is known: given, or the habit of the language or of the script."""
        if self.order is not None:
            return self.order
        known = lexicon().orders
        if self.language is not None:
            code = self.language.lower().replace("_", "-")
            order = known.get(code, known.get(code.partition("-")[0], ""))
            return DateOrder(order) if order else None
        return DateOrder.DMY if _ARABIC.search(self.source) else None

    def solar(self) -> bool:
        """Whether an unmarked year of the 14th or 15th century is one of the Jalali calendar rather than of the Hijri."""
        if self.language is not None:
            return lexicon().calendars.get(self.language.lower()[:2]) is Calendar.JALALI
        return bool(_PERSIAN.search(self.source))


class Resolved(NamedTuple):
    """A date without its place in the text; fields as in `NewsDate`."""

    day: date | None
    year: int | None
    month: int | None
    precision: Precision
    calendar: Calendar
    instant: datetime | None = None
    zone: str | None = None
    is_relative: bool = False
    is_ambiguous: bool = False
    form: str = ""
    weekday: int | None = None
    days: tuple[date, date] | None = None


@lru_cache(maxsize=512)
def zone_info(name: str) -> tzinfo:
    """The zone of an IANA name, of ``UTC``, or of an offset ``+03:00``. Raises KeyError for a name that is none."""
    if name[0] in "+-":
        hours, minutes = name[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[0] == "-" else offset)
    return UTC if name == "UTC" else ZoneInfo(name)
