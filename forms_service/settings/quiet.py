"""The hours in which nobody's telephone shall make a sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day until another, usually over midnight."""

    since: time
    until: time

    def over_at(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """The instant itself, or, when it is quiet then, the end of the quiet hours."""
        local = instant.astimezone(zone)
        if not self._hold_at(local.time()):
            return instant
        day = local.date() if local.time() < self.until else local.date() + timedelta(days=1)
        return datetime.combine(day, self.until, zone).astimezone(UTC)

    def _hold_at(self, moment: time) -> bool:
        if self.since < self.until:
            return self.since <= moment < self.until
        return moment >= self.since or moment < self.until
