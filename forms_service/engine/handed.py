"""A task that was handed to somebody by name: reminders and messages about it are hers, whoever holds the role."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.context import Context
from forms_service.engine.path import base_of
from forms_service.engine.service import Recipient
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow

HANDED_TO = "handed_to"
HANDED = "handed/"
"""The beginning of the key of a message that tells somebody that she was given a task."""


def give_by_name(task: StepRow, person: PersonRow) -> None:
    """From now on the task is hers alone; she holds a role that can take it."""
    task.person_id, task.office_id = person.id, None
    task.input = {**(task.input or {}), HANDED_TO: person.id}


def handed_to(session: Session, task: StepRow) -> Recipient | None:
    """Whoever was given the task by name, as long as she still has it and works here."""
    given = (task.input or {}).get(HANDED_TO)
    person = session.get(PersonRow, given) if given and given == task.person_id else None
    if person is None or not person.active:
        return None
    return Recipient(person.email or "", person_id=person.id, phone=person.phone or "")


def recipient_of(ctx: Context, row: MessageRow) -> Recipient:
    """Where a message goes at this moment. Raises RecipientMissing."""
    task = _task_told_of(ctx, row)
    given = handed_to(ctx.session, task) if task else None
    return given or ctx.rt.service.recipient(ctx.session, row.role, ctx.subject, ctx.today)


def is_still_hers(ctx: Context, row: MessageRow) -> bool:
    """Whether the task that a message tells of still waits for whoever it was written to."""
    return ctx.row.status == "waiting" and ctx.row.person_id == row.person_id


def _task_told_of(ctx: Context, row: MessageRow) -> StepRow | None:
    if row.key == "notify" or row.key.startswith(HANDED):
        return ctx.row
    if row.key != "remind":
        return None
    same = (StepRow.run_id == ctx.run.id) & (StepRow.visit == ctx.row.visit)
    return ctx.session.scalar(select(StepRow).where(same, StepRow.path == base_of(ctx.row.path)))
