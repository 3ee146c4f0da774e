"""Who may hand a task to a colleague, and which colleagues can take it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access.tasks import tasks_of
from forms_service.casework.access.ties import is_active
from forms_service.casework.subjects import participant_of
from forms_service.domain.access import Thing, is_of_another_trade, may_see
from forms_service.domain.people import STAND_IN_FOR_EACH_OTHER, Role, Viewer
from forms_service.engine.service import subject_of
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow


def can_be_handed(task: StepRow) -> bool:
    """What belongs to a job that colleagues share; not what belongs to a tie to one participant."""
    role = task.role or ""
    is_shared = role in STAND_IN_FOR_EACH_OTHER or is_of_another_trade(role)
    return task.verb == "ask" and task.status == "waiting" and bool(role) and is_shared


def may_hand_on(session: Session, viewer: Viewer, task: StepRow) -> bool:
    """Whoever has it; and those who carry the service, anybody's."""
    if not can_be_handed(task):
        return False
    if session.scalar(tasks_of(viewer).with_only_columns(StepRow.id).where(StepRow.id == task.id)):
        return True
    return may_see(viewer, Thing.ALL_TASKS) and bool(session.scalar(select(is_active(viewer))))


def who_can_take(session: Session, task: StepRow) -> list[PersonRow]:
    """Colleagues in the same role, by name; of caseworkers those of the participant's office, who may see the case.

    Also those who are away: whoever chooses should see why they cannot be chosen.
    """
    found = select(PersonRow).where(PersonRow.active, PersonRow.role == task.role, PersonRow.id != task.person_id)
    if task.person_id is None:
        found = select(PersonRow).where(PersonRow.active, PersonRow.role == task.role)
    office = _office_of(session, task)
    if office is not None:
        found = found.where(PersonRow.office_id == office)
    return list(session.scalars(found.order_by(PersonRow.name, PersonRow.id)))


def _office_of(session: Session, task: StepRow) -> str | None:
    participant = participant_of(session, subject_of(session.get_one(RunRow, task.run_id)))
    if participant is not None and task.role == Role.CASEWORKER:
        return participant.office_id
    return task.office_id
