"""Durations in words ("5 working days", "6 months") and the instants they lead to."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from forms_service.errors import FormsServiceError
from forms_service.language.working_days import add_working_days


class UnreadableDuration(FormsServiceError):
    """Write a duration as a number and a unit, such as "5 working days" or "6 months"."""

    code = "duration"


class Unit(StrEnum):
    """A unit of time as an author writes it."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


HUNDRED_YEARS = {
    Unit.MINUTE: 52_596_000,
    Unit.HOUR: 876_600,
    Unit.DAY: 36_525,
    Unit.WORKING_DAY: 25_000,
    Unit.WEEK: 5_218,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
}
CLOCK_UNITS = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
WORDS = {word: unit for unit in Unit for word in (str(unit), f"{unit}s")}
PATTERN = re.compile(r"([1-9][0-9]{0,8}) +([a-z]+(?: +[a-z]+)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of one unit; what instant it gives depends on where it is counted from."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


def parse_duration(text: str) -> Duration:
    """Read "1 week" or "5 working days": a whole number of at least 1, and at most a hundred years."""
    match = PATTERN.fullmatch(text.strip())
    unit = WORDS.get(" ".join(match[2].split())) if match else None
    if match is None or unit is None:
        raise UnreadableDuration
    return checked(Duration(int(match[1]), unit))


def checked(duration: Duration) -> Duration:
    """The same duration; UnreadableDuration when it is longer than a hundred years."""
    if duration.amount > HUNDRED_YEARS[duration.unit]:
        raise UnreadableDuration("A duration can be a hundred years at most.")
    return duration


def after(start: datetime, duration: Duration, zone: ZoneInfo) -> datetime:
    """The instant (UTC) one duration after an aware instant.

    Minutes and hours are counted on the clock; days and longer keep the wall time in ``zone``.
    OverflowError after the year 9999.
    """
    return nth(start, duration, 1, zone)


def nth(anchor: date | datetime, every: Duration, n: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) n durations after the anchor, counted from the anchor itself, never chained.

    A plain date means the beginning of that day in ``zone``. 31 August + 6 months is 28 February, and
    + 12 months is 31 August again.
    """
    start = anchor if isinstance(anchor, datetime) else datetime.combine(anchor, time(), zone)
    if every.unit in CLOCK_UNITS or n == 0:
        return start.astimezone(UTC) + CLOCK_UNITS.get(every.unit, timedelta()) * every.amount * n
    local = start.astimezone(zone)
    return datetime.combine(shift(local.date(), every, n), local.time().replace(fold=0), zone).astimezone(UTC)


def shift(day: date, duration: Duration, times: int = 1) -> date:
    """The day a number of durations later (earlier when negative); the unit must be a day or longer."""
    amount = duration.amount * times
    match duration.unit:
        case Unit.WORKING_DAY:
            return add_working_days(day, amount)
        case Unit.MONTH:
            return add_months(day, amount)
        case Unit.YEAR:
            return add_months(day, amount * 12)
        case _:
            return day + timedelta(days=amount * (7 if duration.unit is Unit.WEEK else 1))


def add_months(day: date, months: int) -> date:
    """The same day of the month, or the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("the year is out of range")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
