"""Runs, tasks, messages and documents about a case, put straight into their tables."""

from __future__ import annotations

from forms_service.engine.service import Subject
from forms_service.storage.base import new_id
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.runs import DefinitionRow, LinkRow, RunRow, StepRow
from tests.integration.casework.town import NOW, Town

OPEN_TO = {
    "request_summary": ["coordinator", "caseworker"],
    "agreement": ["coordinator", "peer"],
    "final_report_draft": ["coordinator"],
    "final_report": ["coordinator"],
}


def participant_id(town: Town, subject: Subject) -> str:
    return town.participant(subject).id


def step_of_a_run(town: Town, subject: Subject) -> StepRow:
    with town.database.writing() as session:
        definition = DefinitionRow(workflow=new_id(), version=1, sha256=new_id(), files={}, published_at=NOW)
        session.add(definition)
        session.flush()
        run = RunRow(definition_id=definition.id, workflow="w", start_key=new_id(), started_at=NOW)
        run.subject_kind, run.subject_id = subject.kind, subject.id
        session.add(run)
        session.flush()
        step = StepRow(run_id=run.id, path="a", verb="make", status="done", due_at=NOW, created_at=NOW)
        session.add(step)
    return step


def link(town: Town, subject: Subject) -> str:
    row = LinkRow(step_id=task(town, subject, role="participant"), created_at=NOW, expires_at=NOW)
    with town.database.writing() as session:
        session.add(row)
    return row.id


def task(town: Town, subject: Subject, **holder: str) -> str:
    step = step_of_a_run(town, subject)
    town.change(StepRow, step.id, verb="ask", status="waiting", **holder)
    return step.id


def message(town: Town, subject: Subject, person_id: str | None) -> str:
    """To a person, or to the participant when ``person_id`` is None."""
    step = step_of_a_run(town, subject)
    row = MessageRow(step_id=step.id, run_id=step.run_id, key="send", message="m", role="r", person_id=person_id)
    row.participant_id = None if person_id else participant_id(town, subject)
    row.address, row.subject, row.body, row.message_id = "a@example.org", "", "", new_id()
    row.due_at = row.created_at = NOW
    with town.database.writing() as session:
        session.add(row)
    return row.id


def paper(town: Town, name: str, subject: Subject, open_to: list[str] | None = None) -> DocumentRow:
    step = step_of_a_run(town, subject)
    with town.database.writing() as session:
        row = DocumentRow(step_id=step.id, run_id=step.run_id, name=name, number=new_id(), title=name)
        row.subject_kind, row.subject_id = subject.kind, subject.id
        row.participant_id = town.service.participant_id(session, subject)
        row.open_to, row.sha256, row.made_at, row.pdf = open_to or OPEN_TO[name], "0", NOW, b"%PDF"
        session.add(row)
    return row


def deliver(town: Town, document: DocumentRow, key: str) -> None:
    with town.database.writing() as session:
        row = DeliveryRow(step_id=document.step_id, document_id=document.id, person_id=key, delivered_at=NOW)
        session.add(row)
