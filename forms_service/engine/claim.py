"""Taking a step: one conditional UPDATE, and one winner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.lock import CANCELLED, lock_run, remember
from forms_service.engine.pause import PAUSED, time_in
from forms_service.engine.runtime import Runtime
from forms_service.errors import LostClaim
from forms_service.storage.base import fresh, is_postgresql, new_id, table_of
from forms_service.storage.runs import FOR_MACHINES, RunRow, StepRow

Freezer = Callable[[Context], dict[str, Any]]
"""Reads what a step's work needs, once, so that a second attempt gives the same bytes."""


FreezerOf = Callable[[str], Freezer | None]
"""The freezer of a verb, if it has one."""

_RUNS, _STEPS = table_of(RunRow), table_of(StepRow)
FREED = {"token": None, "lease_until": None, "claimed_by": None}
ENDED = (
    update(_STEPS)
    .where(_STEPS.c.id == bindparam("step"), _STEPS.c.token == bindparam("held"), _STEPS.c.status == "running")
    .values(status="done", finished_at=bindparam("now"), **FREED)
)
_locked = select(_RUNS).where(_RUNS.c.id == bindparam("run")).with_for_update().subquery("locked")
LOCKED_AND_ENDED = fresh(RunRow, ENDED.where(_STEPS.c.run_id == _locked.c.id).returning(*_locked.c))
"""Both in one statement, which PostgreSQL can do; it locks the run first, since the step is joined with it."""

_is_due = and_(_STEPS.c.status == "ready", _STEPS.c.due_at <= bindparam("now"))
_may_go = and_(_RUNS.c.status != CANCELLED, _RUNS.c.status != PAUSED)
_taken = (
    update(_STEPS)
    .values(
        status="running",
        token=bindparam("held"),
        lease_until=bindparam("until"),
        attempt=_STEPS.c.attempt + 1,
        claimed_by=bindparam("worker"),
    )
    .returning(*_STEPS.c)
)
_its_run_may_go = exists().where(_RUNS.c.id == _STEPS.c.run_id, _may_go)
TAKEN = fresh(StepRow, _taken.where(_STEPS.c.id == bindparam("step"), _is_due, _its_run_may_go))
"""The conditional UPDATE: of all who try, one gets the row."""

_next = (
    select(_STEPS.c.id)
    .join(_RUNS, _RUNS.c.id == _STEPS.c.run_id)
    .where(text(f"step.{FOR_MACHINES}"), _is_due, _may_go)
    .order_by(_STEPS.c.due_at, _STEPS.c.created_at)
    .limit(1)
    .with_for_update(of=_STEPS, skip_locked=True)
    .correlate(None)
    .scalar_subquery()
)
NEXT_TAKEN = fresh(StepRow, _taken.where(_STEPS.c.id == _next))
"""The same for the step that has been due the longest; the question locks it, and skips what another has locked."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A step that is this worker's until its lease ends; ``row`` is as it was claimed, for whoever ends the claim."""

    step_id: str
    run_id: str
    verb: str
    attempt: int
    token: str
    input: dict[str, Any]
    row: StepRow
    error: Exception | None = None
    """What went wrong while the input was read; the attempt has failed before it began."""


def claim(rt: Runtime, session: Session, step_id: str, worker: str, freezer_of: FreezerOf) -> Claim | None:
    """Claim a ready step that is due; None when it is somebody else's, done, or not due yet."""
    now = rt.clock.now()
    claimed = {"step": step_id, "now": now, "held": new_id(), "until": now + rt.lease, "worker": worker}
    row = session.scalar(TAKEN, claimed)
    if row is None:
        _hold_if_paused(rt, session, step_id, now)
        return None
    return _held(rt, session, row, freezer_of, now)


def claim_next(rt: Runtime, session: Session, worker: str, freezer_of: FreezerOf) -> Claim | None:
    """Claim the step that has been due the longest, whether or not anybody has rung for it; None when none is due."""
    now = rt.clock.now()
    row = session.scalar(NEXT_TAKEN, {"now": now, "held": new_id(), "until": now + rt.lease, "worker": worker})
    return _held(rt, session, row, freezer_of, now) if row else None


def claim_newborn(rt: Runtime, session: Session, row: StepRow, worker: str, freezer_of: FreezerOf) -> Claim:
    """Claim a step that this very transaction has made: nobody else can have seen it, so nothing need be asked."""
    now = rt.clock.now()
    row.status, row.token, row.lease_until = "running", new_id(), now + rt.lease
    row.attempt, row.claimed_by = row.attempt + 1, worker
    return _held(rt, session, row, freezer_of, now)


def _held(rt: Runtime, session: Session, row: StepRow, freezer_of: FreezerOf, now: datetime) -> Claim:
    freeze = freezer_of(row.verb)
    error = _freeze(rt, session, row, freeze, now) if freeze and not row.input else None
    crash_point("claiming")
    assert row.token is not None
    return Claim(row.id, row.run_id, row.verb, row.attempt, row.token, row.input, row, error)


def _hold_if_paused(rt: Runtime, session: Session, step_id: str, now: datetime) -> None:
    """A step that was woken while its run is paused, by somebody who could not lock the run: no more rings for it."""
    row = session.get(StepRow, step_id, populate_existing=True)
    if row is None or row.status != "ready":
        return
    run = lock_run(session, row.run_id)
    if run.status == PAUSED:
        woken = update(StepRow).where(StepRow.id == step_id, StepRow.status == "ready", StepRow.due_at <= now)
        session.execute(woken.values(status=PAUSED, due_at=time_in(rt, session, run, now)))


def _freeze(rt: Runtime, session: Session, row: StepRow, freeze: Freezer, now: datetime) -> Exception | None:
    """Keep the input; an error undoes what was read so far but not the claim, so that the attempt counts."""
    try:
        with session.begin_nested():
            row.input = freeze(context(rt, session, row, now))
    except Exception as error:  # noqa: BLE001 - handed to the worker, which fails this attempt with it
        session.refresh(row)
        return error
    return None


def context(rt: Runtime, session: Session, row: StepRow, now: datetime) -> Context:
    run = session.get_one(RunRow, row.run_id)
    return Context(rt, session, rt.library.of(session, run.definition_id), run, row, now)


def end_claim(session: Session, held: Claim, now: datetime) -> RunRow:
    """Lock the run and mark the claimed step as done; the run as it is now.

    Raises LostClaim when another worker has taken the step over meanwhile, or the run was cancelled. The step's row
    stays as it was claimed: nobody writes to a running step but to take it away, and then its token is another.
    """
    run = _lock_and_end(session, held, now)
    if run is None or run.status == CANCELLED:
        raise LostClaim
    session.add(held.row)
    for name, value in (*FREED.items(), ("status", "done"), ("finished_at", now)):
        set_committed_value(held.row, name, value)
    return remember(session, run)


def _lock_and_end(session: Session, held: Claim, now: datetime) -> RunRow | None:
    """The locked run; None when the claim is lost."""
    which = {"run": held.run_id, "step": held.step_id, "held": held.token, "now": now}
    if is_postgresql(session):
        return session.execute(LOCKED_AND_ENDED, which).scalar_one_or_none()
    run = lock_run(session, held.run_id)
    ended = session.execute(ENDED, which)
    return run if ended.rowcount == 1 else None  # type: ignore[attr-defined]


def release_claim(session: Session, held: Claim, status: str, now: datetime, **values: object) -> None:
    """Give a claimed step another status; LostClaim when another worker has taken it over meanwhile."""
    finished = {"finished_at": now} if status == "cancelled" else {}
    given = (
        update(StepRow)
        .where(StepRow.id == held.step_id, StepRow.token == held.token, StepRow.status == "running")
        .values(status=status, **FREED, **finished, **values)
        .execution_options(synchronize_session=False)
    )
    if session.execute(given).rowcount != 1:  # type: ignore[attr-defined]
        raise LostClaim
