"""The steps that stopped, a page of them at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from forms_service.engine.look import title_of
from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.runs import RunRow, StepRow
from forms_service.upkeep.up_to import word
from forms_service.web.case_of_run import with_participant
from forms_service.web.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Incident:
    """A step that stopped, called as its task is; ``case_number`` is for those who may see cases."""

    step: StepRow
    title: str
    workflow: str
    run_id: str
    case_number: str | None
    stopped_at: datetime


def incidents(rt: Runtime, session: Session) -> Page[Incident]:
    """The oldest first."""
    return page_of(session, _stopped().order_by(StepRow.due_at, StepRow.id), lambda row: _incident(rt, session, row))


def _stopped() -> Select[StepRow, RunRow, str]:
    query = select(StepRow, RunRow, ParticipantRow.case_number).join(RunRow, RunRow.id == StepRow.run_id)
    return with_participant(query).where(StepRow.status == word("incident"))


def _incident(rt: Runtime, session: Session, row: Row[StepRow, RunRow, str]) -> Incident:
    step, run, case_number = row
    edition = rt.library.as_read(session, run.definition_id)
    title = edition.workflow.title if edition else run.workflow
    called = title_of(edition, step) if step.title else ""
    return Incident(step, called, title, run.id, case_number, step.finished_at or step.due_at)
