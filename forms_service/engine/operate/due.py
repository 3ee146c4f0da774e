"""Changing when a step is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from forms_service.engine.begin import REPEAT, add_row
from forms_service.engine.context import Context
from forms_service.engine.operate.act import Deed, locked_step
from forms_service.engine.path import BESIDE
from forms_service.engine.pause import PAUSED, time_in
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.engine.stopped_clock import between, later
from forms_service.engine.verbs.ask import LINK_LIVES
from forms_service.engine.verbs.repeat import MOVED
from forms_service.errors import AlreadyDone, StepAtWork
from forms_service.storage.runs import LinkRow, StepRow

ALARMS = ("remind", "late")
ANEW = "/anew"
"""What is added to the path of an alarm that rings a second time."""


def change_due(rt: Runtime, step_id: str, when: datetime, reason: str, actor: Actor) -> None:
    """Move a timer to another instant, or a task's due date; its reminders move along by as much.

    Those that have rung ring again when that is still to come. In a paused run whose clock stands still it is the date
    as of the pause, and moves on with the others. The date that it has already changes nothing.
    Raises ReasonMissing, NotFound, StepAtWork, AlreadyDone.
    """
    deed = Deed(actor, reason)
    with rt.database.writing() as session:
        ctx = locked_step(rt, session, step_id)
        before = _move(ctx, when)
        if before != when:
            deed.note(ctx, "due_changed", old=before.isoformat() if before else "", new=when.isoformat())


def _move(ctx: Context, when: datetime) -> datetime | None:
    row = ctx.row
    if row.status == "waiting" and row.verb == "ask":
        return _move_task(ctx, when)
    if row.status == "running":
        raise StepAtWork
    if row.status not in {"ready", PAUSED}:
        raise AlreadyDone
    if row.due_at == when:
        return when
    before, row.due_at, row.dispatched_at = row.due_at, when, None
    if row.verb == REPEAT:
        row.input = {**row.input, MOVED: True}
    return before


def _move_task(ctx: Context, when: datetime) -> datetime | None:
    before, ctx.row.late_at = ctx.row.late_at, when
    if before is not None and before != when:
        _move_alarms(ctx, between(before, when, ctx.rt.zone))
    alive = update(LinkRow).where(LinkRow.step_id == ctx.row.id, LinkRow.used_at.is_(None), LinkRow.expires_at < when)
    ctx.session.execute(alive.values(expires_at=when + LINK_LIVES))
    return before


def _move_alarms(ctx: Context, by: timedelta) -> None:
    alarms, time = _alarms(ctx), time_in(ctx.rt, ctx.session, ctx.run, ctx.now)
    for path, alarm in alarms.items():
        due_at = later(alarm.due_at, by, ctx.rt.zone)
        if alarm.status in {"ready", PAUSED}:
            alarm.due_at, alarm.dispatched_at = due_at, None
        elif alarm.status == "done" and due_at > time and f"{path}{ANEW}" not in alarms:
            _set_anew(ctx, alarm, due_at, time)


def _set_anew(ctx: Context, alarm: StepRow, due_at: datetime, time: datetime) -> None:
    """The task was late once, and can be late again; what has rung stays as it was."""
    path, visit = f"{alarm.path}{ANEW}", ctx.row.visit
    add_row(ctx.session, ctx.run, path, alarm.verb, time, due_at=due_at, visit=visit)


def _alarms(ctx: Context) -> dict[str, StepRow]:
    """Whatever reminds of a task, or did, by path."""
    task = ctx.row
    found = select(StepRow).where(StepRow.run_id == task.run_id, StepRow.visit == task.visit)
    found = found.where(StepRow.path.startswith(f"{task.path}{BESIDE}", autoescape=True), StepRow.verb.in_(ALARMS))
    rows = ctx.session.scalars(found.with_for_update().execution_options(populate_existing=True))
    return {row.path: row for row in rows}
