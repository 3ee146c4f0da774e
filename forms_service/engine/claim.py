"""Taking a step: one conditional UPDATE, and one winner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.lock import CANCELLED, lock_run
from forms_service.engine.pause import PAUSED, time_in
from forms_service.engine.runtime import Runtime
from forms_service.errors import LostClaim
from forms_service.storage.base import new_id
from forms_service.storage.runs import RunRow, StepRow

Freezer = Callable[[Context], dict[str, Any]]
"""Reads what a step's work needs, once, so that a second attempt gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A step that is this worker's until its lease ends."""

    step_id: str
    run_id: str
    verb: str
    attempt: int
    token: str
    input: dict[str, Any]
    error: Exception | None = None
    """What went wrong while the input was read; the attempt has failed before it began."""


def claim(rt: Runtime, session: Session, step_id: str, worker: str, freeze: Freezer) -> Claim | None:
    """Claim a ready step that is due; None when it is somebody else's, done, or not due yet."""
    now = rt.clock.now()
    token = new_id()
    taken = (
        update(StepRow)
        .where(StepRow.id == step_id, StepRow.status == "ready", StepRow.due_at <= now, _run_goes_on())
        .values(
            status="running", token=token, lease_until=now + rt.lease, attempt=StepRow.attempt + 1, claimed_by=worker
        )
        .execution_options(synchronize_session=False)
    )
    if session.execute(taken).rowcount == 0:  # type: ignore[attr-defined]
        _hold_if_paused(rt, session, step_id, now)
        return None
    row = session.get_one(StepRow, step_id, populate_existing=True)
    error = None if row.input else _freeze(rt, session, row, freeze, now)
    crash_point("claiming")
    return Claim(row.id, row.run_id, row.verb, row.attempt, token, row.input, error)


def _run_goes_on() -> ColumnElement[bool]:
    status = select(RunRow.status).where(RunRow.id == StepRow.run_id).scalar_subquery()
    return status.not_in((CANCELLED, PAUSED))


def _hold_if_paused(rt: Runtime, session: Session, step_id: str, now: datetime) -> None:
    """A step that was woken while its run is paused, by somebody who could not lock the run: no more rings for it."""
    row = session.get_one(StepRow, step_id, populate_existing=True)
    if row.status != "ready":
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


def release_claim(session: Session, held: Claim, status: str, now: datetime, **values: object) -> None:
    """Give a claimed step its next status; LostClaim when another worker has taken it over meanwhile."""
    finished = {"finished_at": now} if status in {"done", "cancelled"} else {}
    given = (
        update(StepRow)
        .where(StepRow.id == held.step_id, StepRow.token == held.token, StepRow.status == "running")
        .values(status=status, token=None, lease_until=None, claimed_by=None, **finished, **values)
        .execution_options(synchronize_session=False)
    )
    if session.execute(given).rowcount != 1:  # type: ignore[attr-defined]
        raise LostClaim
