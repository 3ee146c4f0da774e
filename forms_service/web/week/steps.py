"""What the engine knows of the coming days: tasks that are due, evaluations, agreed dates, and what stands still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select, text
from sqlalchemy.orm import Session

from forms_service.casework.access.tasks import WAITS, Parts, own_tasks, tasks_of_others
from forms_service.casework.week.line import Line, Listing
from forms_service.domain.people import Viewer
from forms_service.engine.look import title_without_item
from forms_service.engine.pause import PAUSED
from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import FOR_MACHINES, RunRow, StepRow
from forms_service.web.case_of_run import NUMBER_OF_RUN, with_participant
from forms_service.web.desk.views import BY_DUE_DATE, first_of
from forms_service.web.paging import MOST_COUNTED
from forms_service.web.week.span import Span

EVALUATION = "six_month_evaluation"
"""The rounds that are told ahead; monthly reports come of themselves, and are tasks then."""


def tasks_due(rt: Runtime, viewer: Viewer, span: Span) -> Listing:
    """Anybody's, by due date."""
    in_span = StepRow.late_at.between(span.starts(span.today), span.ends())
    return _tasks(rt, tuple(part.where(in_span, RunRow.status != PAUSED) for part in _all(viewer)))


def tasks_that_stand_still(rt: Runtime, viewer: Viewer, span: Span) -> Listing:
    """Late for as long as is much, or with somebody who has left."""
    since = span.starts(span.silent_since())
    late = tuple(part.where(StepRow.late_at < since, RunRow.status != PAUSED) for part in _all(viewer))
    gone = StepRow.person_id.in_(select(PersonRow.id).where(~PersonRow.active))
    not_late = or_(StepRow.late_at.is_(None), StepRow.late_at >= since)
    left = select(StepRow).join(RunRow, RunRow.id == StepRow.run_id).where(WAITS, gone, not_late)
    return _tasks(rt, (*late, left))


def evaluations_due(rt: Runtime, span: Span) -> Listing:
    """The days on which the next rounds begin."""
    return _timers(rt, span, (StepRow.verb == "repeat") & (RunRow.workflow == EVALUATION))


def agreed_dates(rt: Runtime, span: Span) -> Listing:
    """Days that somebody has agreed on, and for which a run waits."""
    return _timers(rt, span, StepRow.verb == "wait")


def _all(viewer: Viewer) -> Parts:
    return own_tasks(viewer) + tasks_of_others(viewer)


def _tasks(rt: Runtime, parts: Parts) -> Listing:
    chosen = select(StepRow).where(StepRow.id.in_(first_of(parts, MOST_COUNTED + 1)))
    return Listing(_told(chosen).order_by(*BY_DUE_DATE), lambda row: _line(rt, row, row[0].late_at))


def _timers(rt: Runtime, span: Span, which: Any) -> Listing:
    waits = (StepRow.status == "ready") & StepRow.due_at.between(span.starts(span.today), span.ends())
    chosen = select(StepRow).where(text(FOR_MACHINES.replace("status", "step.status")), waits, which)
    return Listing(_told(chosen).order_by(StepRow.due_at, StepRow.id), lambda row: _line(rt, row, row[0].due_at))


def _told(steps: Select[StepRow]) -> Select[*tuple[Any, ...]]:
    query = with_participant(steps.join(RunRow, RunRow.id == StepRow.run_id))
    query = query.outerjoin(PersonRow, PersonRow.id == StepRow.person_id)
    columns = (RunRow, ParticipantRow.id, ParticipantRow.name, NUMBER_OF_RUN, PersonRow.name)
    return query.add_columns(*columns)


def _line(rt: Runtime, row: Row[*tuple[Any, ...]], at: datetime | None) -> Line:
    step, run, participant_id, name, number, holder = row
    return Line(
        participant_id=participant_id or "",
        participant=name or "",
        case_number=number or "",
        person=holder or "",
        role=step.role or "",
        title=step.title or run.workflow if step.verb == "ask" else run.workflow,
        day=rt.day(at) if at else None,
        step_id=step.id,
        run_id=run.id,
    )


def titles_of(rt: Runtime, session: Session, lines: Sequence[Line]) -> dict[str, str]:
    """What the workflow calls the steps of some lines, by the step's id."""
    ids = [line.step_id for line in lines if line.step_id]
    found = select(StepRow, RunRow.definition_id).join(RunRow, RunRow.id == StepRow.run_id).where(StepRow.id.in_(ids))
    return {
        step.id: title_without_item(rt.library.as_read(session, version), step) or _of_series(rt, session, version)
        for step, version in session.execute(found)
    }


def _of_series(rt: Runtime, session: Session, version: str) -> str:
    edition = rt.library.as_read(session, version)
    return edition.workflow.title if edition else ""
