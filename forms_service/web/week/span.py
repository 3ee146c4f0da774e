"""The days that the week looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Span:
    """From today to the end of so many weeks, this one counted; ``silence`` is after how many days a word is missed."""

    today: date
    zone: tzinfo
    silence: int
    weeks: int = 2

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    @property
    def last(self) -> date:
        """A Sunday."""
        return self.monday + timedelta(days=7 * self.weeks - 1)

    def silent_since(self, times: int = 1) -> date:
        return self.today - timedelta(days=self.silence * times)

    def starts(self, day: date) -> datetime:
        """The instant at which a day begins where the service is."""
        return datetime.combine(day, time(), self.zone)

    def ends(self) -> datetime:
        return self.starts(self.last + timedelta(days=1))
