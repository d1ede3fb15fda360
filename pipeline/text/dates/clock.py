"""Decides which instant of a day a printed time and zone state; it does not decide which day."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.text.dates.grammar import Clock
from pipeline.text.dates.lexer import Token
from pipeline.text.dates.statement import Context, Resolved, zone_info
from schemas.vocab import Precision

_NUMBER: Final = re.compile(r"\d+")
UNCLEAR: Final = "unclear"  # see zones.toml


def with_clock(stated: Resolved, clock: Clock | None, zone_token: Token | None, context: Context) -> Resolved:
    """A day with its time of day and zone on it.

    A time that does not exist only raises a flag; what is coarser than a day is returned as it is.

    Raises:
        OverflowError: The instant lies outside the years 1 to 9999.
    """
    if stated.day is None:
        return stated
    zone_token = clock.zone if clock is not None and clock.zone is not None else zone_token
    name, printed = _zone(zone_token, context)
    zone = zone_info(name)
    time = _time(clock) if clock is not None else None
    is_unclear = zone_token is not None and zone_token.value == UNCLEAR
    is_ambiguous = stated.is_ambiguous or is_unclear or (clock is not None and (time is None or time[4]))
    hour, minute, second, precision, _ = time or (0, 0, 0, Precision.DAY, False)
    local = datetime(stated.day.year, stated.day.month, stated.day.day, hour, minute, second, tzinfo=zone)
    depends = printed or (name if time is not None or stated.is_relative else None)
    instant = local if zone is UTC else local.astimezone(UTC)
    return stated._replace(instant=instant, precision=precision, zone=depends, is_ambiguous=is_ambiguous)


def _time(clock: Clock) -> tuple[int, int, int, Precision, bool] | None:
    numbers = [int(n) for n in _NUMBER.findall(clock.time.word.partition(",")[0])][:3]
    is_unsure = False
    if not numbers:
        numbers = [clock.time.value, clock.fraction]
        precision = Precision.MINUTE if clock.fraction else Precision.HOUR
        is_unsure = clock.part is None  # of which half of the day?
    else:
        if clock.time.word[0] in "t@" and ":" not in clock.time.word:
            digits = "".join(_NUMBER.findall(clock.time.word.partition(".")[0]))
            numbers = [int(digits[place : place + 2]) for place in range(0, len(digits), 2)]
        precision = {1: Precision.HOUR, 2: Precision.MINUTE}.get(len(numbers), Precision.SECOND)
        if len(numbers) == 1 and clock.fraction:
            numbers, precision = [numbers[0], clock.fraction], Precision.MINUTE
        parts = clock.time.word.split(":")
        if len(parts) == 2 and len(parts[1]) == 1:
            # `00:8` is 8:00 that was set from left to right in a line from right to left.
            if not clock.has_hour_word:
                return None
            numbers, is_unsure = [numbers[1], numbers[0]], True
    hour, minute, second = (*numbers, 0, 0)[:3]
    hour = _hour_of_day(hour, clock.part)
    second = min(second, 59) if second == 60 else second
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59):
        return None
    return hour, minute, second, precision, is_unsure


def _hour_of_day(hour: int, part: Any) -> int:
    """An hour on the clock of twelve; past twelve the part of the day adds nothing (`18:38 مساء`)."""
    if not 1 <= hour <= 12:
        return hour
    match part:
        case "am":
            return hour % 12
        case "pm":
            return hour % 12 + 12
        case "noon":
            return hour if hour >= 10 else hour + 12
        case "night":
            return hour % 12 if hour == 12 or hour < 5 else hour + 12
    return hour


def _zone(token: Token | None, context: Context) -> tuple[str, str | None]:
    """(zone to compute with, zone as printed or None)."""
    if token is None:
        return context.zone, None
    if token.value is not None:  # a named zone
        if token.value in ("local", UNCLEAR):
            return context.zone, None
        return token.value, token.word.upper() if token.word.isascii() else token.value
    word = token.word.replace(" ", "")
    numbers = _NUMBER.findall(word)
    if not numbers:
        return "UTC", word.upper()
    hours, minutes = (numbers[0], numbers[1]) if len(numbers) > 1 else (numbers[0][:2], numbers[0][2:] or "0")
    if len(numbers[0]) == 3:
        hours, minutes = numbers[0][:1], numbers[0][1:]
    if int(hours) > 14 or int(minutes) > 59:
        return context.zone, None
    return f"{'-' if '-' in word else '+'}{int(hours):02}:{int(minutes):02}", word.upper()
