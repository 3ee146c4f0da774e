"""How long a run's clock has stood still, and instants moved by that much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def between(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Whole seconds from one instant to another: as time passes below a day, on the wall in ``zone`` from a day on.

    So an hour in the night of a clock change is an hour, and some weeks keep 09:00 at 09:00.
    """
    passed = end - start
    if abs(passed) >= DAY:
        passed = end.astimezone(zone).replace(tzinfo=None) - start.astimezone(zone).replace(tzinfo=None)
    return timedelta(seconds=round(passed.total_seconds()))


def later(instant: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """The instant (UTC) so much later, or earlier, counted in the same way; at the end of the calendar it stays."""
    try:
        if abs(by) < DAY:
            return instant.astimezone(UTC) + by
        local = instant.astimezone(zone).replace(tzinfo=None, fold=0) + by
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # "never" is often written as the last day of the year 9999
        return instant


def stood_still(since: datetime, now: datetime, zone: ZoneInfo) -> timedelta:
    """How long a pause was; nothing when the machine's clock was set back meanwhile."""
    return max(timedelta(), between(since, now, zone))
