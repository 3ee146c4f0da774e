"""What waits in a case for somebody, for a day, or for help."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.domain.access import Thing
from forms_service.domain.people import Role, Viewer
from forms_service.engine.look import title_of
from forms_service.engine.pause import PAUSED, UNDER_WAY
from forms_service.engine.runtime import Runtime
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.participants.told import title_of_run


class Wait(StrEnum):
    """What it waits for; the words are in templates/participants/_timeline.html."""

    TASK = "task"
    SLEEP = "sleep"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Ahead:
    """``title`` is the step's, or its run's where it has none; ``is_hers`` says that the viewer may answer it."""

    kind: Wait
    at: datetime
    step: StepRow
    title: str
    run_title: str
    paused: bool
    whose: str
    is_hers: bool


def runs_under_way(session: Session, case: CaseFile) -> list[RunRow]:
    """About the participant or her matches, the oldest first: few, however long the case is."""
    about = (RunRow.subject_kind == PARTICIPANT) & (RunRow.subject_id == case.id)
    about |= (RunRow.subject_kind == MATCH) & RunRow.subject_id.in_([match.id for match in case.matches])
    found = select(RunRow).where(about, RunRow.status.in_(UNDER_WAY))
    return list(session.scalars(found.order_by(RunRow.started_at, RunRow.id)))


def ahead(rt: Runtime, session: Session, viewer: Viewer, case: CaseFile, runs: Collection[RunRow]) -> list[Ahead]:
    """What comes first is first. Those who do not see all tasks see their own."""
    by_id = {run.id: run for run in runs}
    waiting = select(StepRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == StepRow.person_id)
    waiting = waiting.where(StepRow.run_id.in_(by_id), _waits(rt.clock.now()))
    rows = session.execute(waiting.order_by(StepRow.created_at, StepRow.id)).all()
    found = [_ahead(rt, session, viewer, case, by_id[step.run_id], step, name or "") for step, name in rows]
    sees_all = case.may_see(Thing.ALL_TASKS)
    return sorted((each for each in found if each.is_hers or sees_all), key=lambda each: each.at)


def _waits(now: datetime) -> ColumnElement[bool]:
    asked = (StepRow.verb == "ask") & (StepRow.status == "waiting")
    sleeps = (StepRow.status == "ready") & (StepRow.due_at > now) | (StepRow.status == "paused")
    return asked | (StepRow.status == "incident") | StepRow.verb.in_(("wait", "repeat")) & sleeps


def _ahead(
    rt: Runtime, session: Session, viewer: Viewer, case: CaseFile, run: RunRow, step: StepRow, whose: str
) -> Ahead:
    kind = Wait.HELP if step.status == "incident" else Wait.TASK if step.verb == "ask" else Wait.SLEEP
    at = {Wait.TASK: step.late_at or step.created_at, Wait.SLEEP: step.due_at, Wait.HELP: step.created_at}[kind]
    run_title = title_of_run(rt, session, run)
    title = title_of(rt.library.as_read(session, run.definition_id), step) or run_title
    is_hers = kind is Wait.TASK and _is_hers(case, viewer, step)
    return Ahead(kind, at, step, title, run_title, run.status == PAUSED, whose, is_hers)


def _is_hers(case: CaseFile, viewer: Viewer, step: StepRow) -> bool:
    """What waits for herself; whoever sees all tasks may also fill in a participant's, together with her."""
    shared = step.person_id is None and step.role == viewer.role
    assisted = step.role == Role.PARTICIPANT and case.may_see(Thing.ALL_TASKS)
    return step.person_id == viewer.person_id or shared or assisted
