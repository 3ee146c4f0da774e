"""Stopping a run, everything in it that is open, its unsent messages and its links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.close import close_steps
from forms_service.engine.history import record
from forms_service.engine.lock import CANCELLED, lock_run
from forms_service.engine.wake import wake_those_who_wait
from forms_service.storage.runs import StepRow


def cancel_run(
    session: Session, run_id: str, outcome: str, now: datetime, *, person_id: str | None = None, **detail: str
) -> None:
    """Also what stands beside the way of a run that has ended, which stays ended."""
    run = lock_run(session, run_id)
    close_steps(session, session.scalars(select(StepRow.id).where(StepRow.run_id == run.id)).all(), now)
    if run.status != "ended":
        run.status, run.outcome, run.ended_at = CANCELLED, outcome, now
    record(session, run.id, "run_cancelled", now, person_id=person_id, outcome=outcome, **detail)
    wake_those_who_wait(session, run.id, now)
