"""Waking the steps that wait for a run which is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.engine.crash import crash_point
from forms_service.storage.runs import StepRow


def wake_those_who_wait(session: Session, run_id: str, now: datetime) -> None:
    """Their runs stay unlocked: the steps become ready, and whoever takes one goes on in its run."""
    waiting = update(StepRow).where(StepRow.child_run_id == run_id, StepRow.status == "waiting")
    ready = {"status": "ready", "due_at": now, "attempt": 0, "dispatched_at": None}
    session.execute(waiting.values(**ready).execution_options(synchronize_session=False))
    crash_point("run_over")
