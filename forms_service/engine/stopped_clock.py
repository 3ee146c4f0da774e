"""How long a run's clock has stood still, and instants moved by that much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def stood_still(since: datetime, now: datetime, zone: ZoneInfo) -> timedelta:
    """Whole seconds between two instants: as time passes below a day, on the wall in ``zone`` from a day on.

    So a pause over the night of a clock change is as long as it was, and one of some weeks keeps 09:00 at 09:00.
    """
    passed = now - since
    if passed >= DAY:
        passed = now.astimezone(zone).replace(tzinfo=None) - since.astimezone(zone).replace(tzinfo=None)
    return timedelta(seconds=max(0, round(passed.total_seconds())))


def later(instant: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """The instant (UTC) so much later, counted in the same way."""
    if by < DAY:
        return instant.astimezone(UTC) + by
    local = instant.astimezone(zone).replace(tzinfo=None) + by
    return local.replace(tzinfo=zone).astimezone(UTC)
