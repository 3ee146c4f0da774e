"""What a poller does now and then, and not at every one of its looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Turn:
    """When it was the last time; losing it costs only another look. A clock that is set back counts as time gone by."""

    every: timedelta
    last: datetime | None = None

    def has_come(self, now: datetime) -> bool:
        """True at most once in ``every``, and the first time at once."""
        if self.last is not None and abs(now - self.last) < self.every:
            return False
        self.last = now
        return True
