"""Human tasks that wait, as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from forms_service.casework.access.handing import can_be_handed
from forms_service.casework.access.tasks import Parts, is_own
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.engine.look import title_of
from forms_service.engine.pause import PAUSED
from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.colleagues import away_until
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.case_of_run import NUMBER_OF_RUN, with_participant
from forms_service.web.desk.reminders import Reminders, reminders_of
from forms_service.web.desk.views import BY_DUE_DATE, count, first_of
from forms_service.web.paging import PAGE_SIZE, Page, place_in


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
    whose_away: date | None
    """The last day that whoever has it is away, when she is."""
    is_mine: bool
    late_at: datetime | None
    days_left: int | None
    paused: bool
    may_be_handed: bool
    """By the viewer, to a colleague of whoever has it."""
    reminders: Reminders


Line = Row[StepRow, str, str, str, PersonRow | None, str, bool]


def page_of_tasks(rt: Runtime, session: Session, viewer: Viewer, parts: Parts) -> Page[Task]:
    """What is due first comes first; a constant number of queries, and of rows read, however many there are."""
    place = place_in(count(session, parts))
    first = _with_words(select(StepRow).where(StepRow.id.in_(first_of(parts, place.before + PAGE_SIZE))))
    rows = session.execute(first.limit(PAGE_SIZE).offset(place.before)).all()
    reminders = reminders_of(rt, session, [(row[0], row[1]) for row in rows])
    return place.with_items([_task(rt, session, viewer, row, reminders[row[0].id]) for row in rows])


def _with_words(steps: Select[StepRow]) -> Select[StepRow, str, str, str, PersonRow | None, str, bool]:
    query = with_participant(steps.join(RunRow, RunRow.id == StepRow.run_id))
    query = query.outerjoin(PersonRow, PersonRow.id == StepRow.person_id)
    query = query.outerjoin(OfficeRow, OfficeRow.id == ParticipantRow.office_id)
    columns = (RunRow.definition_id, NUMBER_OF_RUN, ParticipantRow.id, PersonRow, OfficeRow.name)
    return query.add_columns(*columns, RunRow.status == PAUSED).order_by(*BY_DUE_DATE)


def _task(rt: Runtime, session: Session, viewer: Viewer, row: Line, reminders: Reminders) -> Task:
    step, version, case_number, participant_id, holder, office, paused = row
    late_at, today = None if paused else step.late_at, rt.day(rt.clock.now())
    return Task(
        id=step.id,
        run_id=step.run_id,
        title=title_of(rt.library.as_read(session, version), step),
        case_number=case_number,
        office=office,
        participant_id=participant_id,
        role=step.role or "",
        whose=holder.name if holder else None,
        whose_away=away_until(holder, today) if holder else None,
        is_mine=is_own(viewer, step),
        late_at=late_at,
        days_left=(rt.day(late_at) - today).days if late_at else None,
        paused=paused,
        may_be_handed=can_be_handed(step) and (is_own(viewer, step) or may_see(viewer, Thing.ALL_TASKS)),
        reminders=reminders,
    )
