"""A run that stands still: nothing in it is due, and nothing of it is sent, until it goes on.

Tasks for people stay open, since nobody's words may be lost; what follows an answer waits with the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms_service.engine.runtime import Runtime
from forms_service.engine.stopped_clock import later, stood_still
from forms_service.language.definitions import PauseClock
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow, RunRow, StepRow

PAUSED = "paused"
UNDER_WAY = ("active", PAUSED)
"""Statuses of a run that has begun and is not over."""


def status_for_new(run: RunRow) -> str:
    """The status of a step that a machine shall take; its run's row must be locked."""
    return PAUSED if run.status == PAUSED else "ready"


def status_for_unsent(run: RunRow | None, *, wanted_link: bool) -> str:
    """The same for a message that shall be sent; a link that a person sends by hand is held by no pause."""
    return PAUSED if run is not None and run.status == PAUSED and not wanted_link else "created"


def time_in(rt: Runtime, session: Session, run: RunRow, now: datetime) -> datetime:
    """What the run's own clock shows: the moment at which it was paused, when its clock stops in a pause.

    A step that is set ready again is due from this moment: a paused one would else wait for the pause once more.
    """
    if run.status == PAUSED and run.paused_at and _clock_stops(rt, session, run):
        return run.paused_at
    return now


def hold(session: Session, run: RunRow, now: datetime, *, by_itself: bool) -> None:
    """Pause a run whose row is locked. Steps that are being worked at finish; what follows them is born paused."""
    run.status, run.paused_at, run.paused_by_itself = PAUSED, now, by_itself
    ready = update(StepRow).where(StepRow.run_id == run.id, StepRow.status == "ready")
    session.execute(ready.values(status=PAUSED))
    wanted = MessageRow.at_once & MessageRow.link_id.is_not(None)
    unsent = update(MessageRow).where(MessageRow.run_id == run.id, MessageRow.status == "created", ~wanted)
    session.execute(unsent.values(status=PAUSED))


def go_on(rt: Runtime, session: Session, run: RunRow, now: datetime) -> None:
    """Take a paused run on again; its row must be locked. What was still to come keeps its distance in time."""
    assert run.paused_at is not None
    if _clock_stops(rt, session, run):
        _move_all(session, run, _Standstill(run.paused_at, now, rt.zone))
        run.paused_seconds += int(stood_still(run.paused_at, now, rt.zone).total_seconds())
    run.status = "active"
    free(session, run)


def free(session: Session, run: RunRow) -> None:
    """What a pause has held may go: its own end, or the end of the whole run, which a last answer can bring."""
    run.paused_at, run.paused_by_itself = None, False
    held = update(StepRow).where(StepRow.run_id == run.id, StepRow.status == PAUSED)
    session.execute(held.values(status="ready", dispatched_at=None))
    unsent = update(MessageRow).where(MessageRow.run_id == run.id, MessageRow.status == PAUSED)
    session.execute(unsent.values(status="created"))


@dataclass(frozen=True, slots=True)
class _Standstill:
    since: datetime
    until: datetime
    zone: ZoneInfo

    def moved(self, instant: datetime, born: datetime) -> datetime:
        """An instant that had not come when the clock stopped, or when the thing was born, keeps its distance."""
        start = max(self.since, born)
        return instant if instant <= start else later(instant, self.length(start), self.zone)

    def length(self, start: datetime) -> timedelta:
        return stood_still(start, self.until, self.zone)


def _move_all(session: Session, run: RunRow, standstill: _Standstill) -> None:
    steps = select(StepRow).where(StepRow.run_id == run.id, StepRow.status.in_((PAUSED, "waiting")))
    for row in session.scalars(steps.execution_options(populate_existing=True)):
        if row.status == PAUSED:
            row.due_at = standstill.moved(row.due_at, row.created_at)
        if row.late_at:
            row.late_at = standstill.moved(row.late_at, row.created_at)
    links = select(LinkRow).join(StepRow, StepRow.id == LinkRow.step_id).where(StepRow.run_id == run.id)
    for link in session.scalars(links.execution_options(populate_existing=True)):
        link.expires_at = standstill.moved(link.expires_at, link.created_at)


def _clock_stops(rt: Runtime, session: Session, run: RunRow) -> bool:
    return rt.library.of(session, run.definition_id).workflow.pause.clock is PauseClock.STOPS
