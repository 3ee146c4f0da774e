"""What stands still until a person acts, and how much there is to do, without a word about any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session

from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.case_of_run import with_participant
from forms_service.web.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Incident:
    """A step that stopped; ``case_number`` is for those who may see cases."""

    step: StepRow
    workflow: str
    run_id: str
    case_number: str | None
    stopped_at: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """How many steps are due now, being worked at, asleep until their day, and waiting for a person."""

    due: int
    running: int
    asleep: int
    waiting: int


def incidents(rt: Runtime, session: Session) -> Page[Incident]:
    """The oldest first."""
    return page_of(session, _stopped().order_by(StepRow.due_at, StepRow.id), lambda row: _incident(rt, session, row))


def load_of(session: Session, now: datetime) -> Load:
    is_due = StepRow.due_at <= now
    counts = select(
        func.sum(case(((StepRow.status == "ready") & is_due, 1), else_=0)),
        func.sum(case((StepRow.status == "running", 1), else_=0)),
        func.sum(case(((StepRow.status == "ready") & ~is_due, 1), else_=0)),
        func.sum(case(((StepRow.status == "waiting") & (StepRow.verb == "ask"), 1), else_=0)),
    ).where(StepRow.status.in_(("ready", "running", "waiting")))
    return Load(*(int(count or 0) for count in session.execute(counts).one()))


def _stopped() -> Select[StepRow, RunRow, str]:
    query = select(StepRow, RunRow, ParticipantRow.case_number).join(RunRow, RunRow.id == StepRow.run_id)
    return with_participant(query).where(StepRow.status == "incident")


def _incident(rt: Runtime, session: Session, row: Row[StepRow, RunRow, str]) -> Incident:
    step, run, case_number = row
    edition = rt.library.if_readable(session, run.definition_id)
    title = edition.workflow.title if edition else run.workflow
    return Incident(step, title, run.id, case_number, step.finished_at or step.due_at)
