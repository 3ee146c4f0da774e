"""What reminds of a task: how often it has, when it will again, and what happens when the due date has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.path import base_of, step_of
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Ask
from forms_service.storage.runs import RunRow, StepRow

Task = tuple[str, str, int]
"""The run, the path and the visit of a task: what its alarms stand beside."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """``gives_to`` and ``tells`` are the roles that get the task, or a word, once it is late; empty for nobody."""

    sent: int = 0
    next_at: datetime | None = None
    gives_to: str = ""
    tells: str = ""


def reminders_of(rt: Runtime, session: Session, tasks: Sequence[tuple[StepRow, str]]) -> dict[str, Reminders]:
    """By the task's id, in one query for all of them. ``tasks``: each with the version that its run follows."""
    alarms = _alarms(session, [task for task, _ in tasks])
    return {task.id: _reminders(rt, session, task, version, alarms[_named(task)]) for task, version in tasks}


def reminders_of_one(rt: Runtime, session: Session, task: StepRow) -> Reminders:
    version = session.get_one(RunRow, task.run_id).definition_id
    return reminders_of(rt, session, [(task, version)])[task.id]


def _alarms(session: Session, tasks: Sequence[StepRow]) -> dict[Task, list[StepRow]]:
    found = select(StepRow).where(StepRow.run_id.in_({task.run_id for task in tasks}), StepRow.verb == "remind")
    by_task: dict[Task, list[StepRow]] = defaultdict(list)
    for alarm in session.scalars(found):
        by_task[alarm.run_id, base_of(alarm.path), alarm.visit].append(alarm)
    return by_task


def _named(task: StepRow) -> Task:
    return task.run_id, task.path, task.visit


def _reminders(rt: Runtime, session: Session, task: StepRow, version: str, alarms: list[StepRow]) -> Reminders:
    coming = [alarm.due_at for alarm in alarms if alarm.status == "ready"]
    sent = sum(alarm.status == "done" and bool(alarm.result.get("reminded")) for alarm in alarms)
    edition = rt.library.if_readable(session, version)
    step = edition.plan.steps.get(step_of(task.path)) if edition else None
    late = step.late if isinstance(step, Ask) else None
    if late is None or task.late_at is None:
        return Reminders(sent, min(coming, default=None))
    return Reminders(sent, min(coming, default=None), late.give, late.to if late.send else "")
