"""Which days are working days: not Saturdays, Sundays or Norwegian public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after ``day`` (before it when negative); ``day`` itself is never counted."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


@lru_cache(maxsize=512)
def public_holidays(year: int) -> frozenset[date]:
    """Norway's public holidays of one year."""
    import holidays  # noqa: PLC0415 (takes long to load, and few steps count working days)

    return frozenset(holidays.country_holidays("NO", years=year))
