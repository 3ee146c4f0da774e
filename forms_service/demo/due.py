"""What falls due between two instants, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from forms_service.storage.database import Database
from forms_service.storage.runs import RunRow, StepRow


def fell_due(database: Database, before: datetime, now: datetime) -> list[str]:
    """One line for each step that slept until then, and for each human task that became late."""
    steps = select(StepRow, RunRow.workflow).join(RunRow, RunRow.id == StepRow.run_id)
    with database.reading() as session:
        open_steps = session.execute(steps.where(StepRow.status.in_(("ready", "waiting"))).order_by(StepRow.due_at))
        return [line for step, workflow in open_steps for line in _lines(step, workflow, before, now)]


def _lines(step: StepRow, workflow: str, before: datetime, now: datetime) -> Iterator[str]:
    if step.status == "ready" and before < step.due_at <= now:
        yield f"{step.due_at:%Y-%m-%d} {workflow}: {step.path}"
    if step.status == "waiting" and step.late_at and before < step.late_at <= now:
        yield f"{step.late_at:%Y-%m-%d} {workflow}: {step.path} is late"
