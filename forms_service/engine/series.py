"""When the rounds of a repeating workflow fall due: always counted from the anchor, never from the round before."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from forms_service.engine.begin import REPEAT, add_row
from forms_service.engine.context import Context
from forms_service.engine.stopped_clock import later
from forms_service.language.definitions import Repeat
from forms_service.language.duration import Duration, nth
from forms_service.storage.runs import StepRow

SHIFT = "shift"
"""In the input of a clock whose run has moved to another rhythm: how many rounds came before those counted anew."""


@dataclass(frozen=True, slots=True)
class Series:
    """The rounds of one run that repeats; ``stood_still`` is how long its clock was paused in all.

    Round number ``shift`` falls on the anchor: 0, unless the run has moved to another rhythm.
    """

    anchor: date
    every: Duration
    stood_still: timedelta
    zone: ZoneInfo
    shift: int = 0

    def due(self, number: int) -> datetime:
        return later(nth(self.anchor, self.every, number - self.shift, self.zone), self.stood_still, self.zone)

    def latest(self, number: int, now: datetime) -> int:
        """The latest round that is due by now, at least ``number``; found in a few steps also after a century."""
        if self.due(number + 1) > now:
            return number
        span = 1
        while self.due(number + 2 * span) <= now:
            span *= 2
        later_ones = range(number + span, number + 2 * span)
        return later_ones[bisect_right(later_ones, now, key=self.due) - 1]


def series_of(ctx: Context, repeat: Repeat) -> Series:
    anchor = repeat.anchor or ctx.edition.workflow.start.on
    assert anchor is not None  # the check refuses a repeat without a beginning
    day = anchor.date({**ctx.facts(), "today": ctx.rt.day(ctx.run.started_at)})
    stood_still = timedelta(seconds=ctx.run.paused_seconds)
    return Series(day, repeat.every, stood_still, ctx.rt.zone, ctx.row.input.get(SHIFT, 0))


def add_clock(ctx: Context, series: Series, number: int) -> StepRow:
    """The clock that rings for a round."""
    row = add_row(ctx.session, ctx.run, REPEAT, REPEAT, ctx.now, due_at=series.due(number), visit=number)
    row.input = {SHIFT: series.shift} if series.shift else {}
    return row
