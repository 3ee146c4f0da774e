"""The runs, submissions and deliveries behind a participant's timeline, read with a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access import openable_documents
from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.engine.look import RunView, run_views, runs_about
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import SubmissionRow


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whose inbox a document lies in, and whether it has been read."""

    to: str
    at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class History:
    """What has happened. ``answered_by`` maps a step to a name and how it was sent; ``names`` maps people."""

    runs: Sequence[RunView]
    documents: Sequence[DocumentRow]
    deliveries: Mapping[str, Sequence[Delivery]]
    answered_by: Mapping[str, tuple[str | None, str]]
    names: Mapping[str, str]


def history_of(rt: Runtime, session: Session, viewer: Viewer, case: CaseFile) -> History:
    """Of the documents only those that the viewer may open; whose inbox they lie in is for those who see all tasks."""
    subjects = [Subject(PARTICIPANT, case.id), *(Subject(MATCH, match.id) for match in case.matches)]
    runs = run_views(rt, session, [run.id for run in runs_about(session, subjects)])
    documents = openable_documents(session, viewer, case.id)
    return History(
        runs=runs,
        documents=documents,
        deliveries=_deliveries(session, [each.id for each in documents if case.may_see(Thing.ALL_TASKS)]),
        answered_by=_answered_by(session, [run.id for run in runs]),
        names=_names(session, runs),
    )


def _deliveries(session: Session, document_ids: Sequence[str]) -> dict[str, list[Delivery]]:
    rows = select(DeliveryRow, PersonRow.name).join(PersonRow, PersonRow.id == DeliveryRow.person_id)
    found: dict[str, list[Delivery]] = {}
    for row, name in session.execute(rows.where(DeliveryRow.document_id.in_(document_ids))):
        found.setdefault(row.document_id, []).append(Delivery(name, row.delivered_at, row.opened_at))
    return found


def _answered_by(session: Session, run_ids: Sequence[str]) -> dict[str, tuple[str | None, str]]:
    rows = select(SubmissionRow.step_id, PersonRow.name, SubmissionRow.via)
    rows = rows.outerjoin(PersonRow, PersonRow.id == SubmissionRow.person_id).where(SubmissionRow.run_id.in_(run_ids))
    return {step_id: (name, via) for step_id, name, via in session.execute(rows) if step_id}


def _names(session: Session, runs: Sequence[RunView]) -> dict[str, str]:
    steps = [step for run in runs for step in run.steps]
    mentioned = {step.person_id for step in steps} | {run.started_by for run in runs}
    mentioned |= {message.person_id for step in steps for message in step.messages}
    known = [person_id for person_id in mentioned if person_id]
    rows = session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(known)))
    return dict(rows.all())
