"""When the rounds of a repeating workflow fall due: always counted from the anchor, never from the round before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from forms_service.engine.context import Context
from forms_service.engine.stopped_clock import later
from forms_service.language.definitions import Repeat
from forms_service.language.duration import Duration, nth


@dataclass(frozen=True, slots=True)
class Series:
    """The rounds of one run that repeats; ``stood_still`` is how long its clock was paused in all."""

    anchor: date
    every: Duration
    stood_still: timedelta
    zone: ZoneInfo

    def due(self, number: int) -> datetime:
        return later(nth(self.anchor, self.every, number, self.zone), self.stood_still, self.zone)

    def latest(self, number: int, now: datetime) -> int:
        """The latest round that is due by now, at least ``number``."""
        while self.due(number + 1) <= now:
            number += 1
        return number


def series_of(ctx: Context, repeat: Repeat) -> Series:
    anchor = repeat.anchor or ctx.edition.workflow.start.on
    assert anchor is not None  # the check refuses a repeat without a beginning
    day = anchor.date({**ctx.facts(), "today": ctx.run.started_at.astimezone(ctx.rt.zone).date()})
    return Series(day, repeat.every, timedelta(seconds=ctx.run.paused_seconds), ctx.rt.zone)
