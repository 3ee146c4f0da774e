"""Waking the steps that wait for a run which is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from forms_service.engine.crash import crash_point
from forms_service.storage.base import table_of
from forms_service.storage.runs import StepRow

_STEPS = table_of(StepRow)
WOKEN = (
    update(_STEPS)
    .where(_STEPS.c.child_run_id == bindparam("run"), _STEPS.c.status == "waiting")
    .values(status="ready", due_at=bindparam("now"), attempt=0, dispatched_at=None)
)


def wake_those_who_wait(session: Session, run_id: str, now: datetime) -> None:
    """Their runs stay unlocked: the steps become ready, and whoever takes one goes on in its run."""
    session.execute(WOKEN, {"run": run_id, "now": now})
    crash_point("run_over")
