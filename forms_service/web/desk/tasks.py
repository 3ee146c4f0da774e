"""Human tasks that wait: the viewer's own, and for the coordinator those that others have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from forms_service.casework.access import tasks_of
from forms_service.domain.people import Viewer
from forms_service.engine.pause import PAUSED
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.case_of_run import NUMBER_OF_RUN, with_participant
from forms_service.web.paging import PAGE_SIZE, Page, page_of


@dataclass(frozen=True, slots=True)
class Task:
    """``days_left`` counts to the due date where the service is: 0 today, below 0 when it is over.

    None without a due date, and while the run is ``paused``: nobody is late with what stands still.
    """

    id: str
    run_id: str
    title: str
    case_number: str | None
    office: str | None
    participant_id: str | None
    role: str
    whose: str | None
    late_at: datetime | None
    days_left: int | None
    paused: bool


def my_tasks(session: Session, viewer: Viewer, now: datetime, zone: tzinfo) -> Page[Task]:
    """What is due first comes first."""
    return page_of(session, _with_words(tasks_of(viewer)), lambda row: _task(row, now, zone))


def tasks_of_others(session: Session, viewer: Viewer, now: datetime, zone: tzinfo) -> list[Task]:
    """The first page of what waits for somebody else than the viewer and her role; for those who carry the service."""
    waiting = select(StepRow).join(RunRow, RunRow.id == StepRow.run_id)
    waiting = waiting.where(StepRow.verb == "ask", StepRow.status == "waiting", StepRow.role != viewer.role)
    return [_task(row, now, zone) for row in session.execute(_with_words(waiting).limit(PAGE_SIZE))]


def _with_words(steps: Select[StepRow]) -> Select[StepRow, str, str, str, str, bool]:
    query = with_participant(steps).outerjoin(PersonRow, PersonRow.id == StepRow.person_id)
    query = query.outerjoin(OfficeRow, OfficeRow.id == ParticipantRow.office_id)
    paused = RunRow.status == PAUSED
    wide = query.add_columns(NUMBER_OF_RUN, ParticipantRow.id, PersonRow.name, OfficeRow.name, paused)
    return wide.order_by(paused, StepRow.late_at.is_(None), StepRow.late_at, StepRow.created_at, StepRow.id)


def _task(row: Row[StepRow, str, str, str, str, bool], now: datetime, zone: tzinfo) -> Task:
    step, case_number, participant_id, whose, office, paused = row
    late_at = None if paused else step.late_at
    days = (late_at.astimezone(zone).date() - now.astimezone(zone).date()).days if late_at else None
    return Task(
        id=step.id,
        run_id=step.run_id,
        title=step.title or "",
        case_number=case_number,
        office=office,
        participant_id=participant_id,
        role=step.role or "",
        whose=whose,
        late_at=late_at,
        days_left=days,
        paused=paused,
    )
