"""A form that was sent, with everything that tells it: its questions as they were asked, and who answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.edition import Edition
from forms_service.engine.path import step_of
from forms_service.engine.service import Subject, subject_of
from forms_service.engine.viewer_facts import NOBODY, viewer_facts
from forms_service.errors import NotFound
from forms_service.forms.context import Context
from forms_service.language.definitions import Ask, Form
from forms_service.language.fingerprint import fingerprint
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.storage.runs import DefinitionRow, RunRow, StepRow, SubmissionRow
from forms_service.web.current import runtime
from forms_service.web.paper.case_number import case_number
from forms_service.web.words import role_words

WRITTEN_DOWN = ("assisted", "paper")
"""Ways in which the one who sends is not the one who answers."""


@dataclass(frozen=True, slots=True)
class Sent:
    """``context`` holds the facts as they are now; the questions are those of the version that was answered."""

    id: str
    form: Form
    version: str
    context: Context
    answers: Mapping[str, object]
    subject: Subject
    case_number: str
    at: datetime
    by: str
    role: str
    via: str
    asked: str = ""
    """Whose answers they are, when somebody else wrote them down: a role in words."""


def sent_in(db: Session, row: SubmissionRow) -> Sent:
    """NotFound when nobody can read its version any more."""
    edition = runtime().library.if_readable(db, row.definition_id)
    form = edition.definitions.forms.get(row.form) if edition else None
    if edition is None or form is None:
        raise NotFound
    subject, sender = (
        subject_of(db.get_one(RunRow, row.run_id)),
        db.get(PersonRow, row.person_id) if row.person_id else None,
    )
    task = db.get(StepRow, row.step_id) if row.step_id else None
    role = sender.role if sender else (task.role if task else "") or ""
    return Sent(
        id=row.id,
        form=form,
        version=fingerprint(db.get_one(DefinitionRow, row.definition_id).files, form.key),
        context=_context(db, form, subject, row.received_at, sender),
        answers=row.answers,
        subject=subject,
        case_number=case_number(db, subject),
        at=row.received_at.astimezone(runtime().zone),
        by=sender.name if sender else "",
        role=role_words(role) if role else "",
        via=row.via,
        asked=role_words(_asked(edition, task)) if row.via in WRITTEN_DOWN else "",
    )


def _asked(edition: Edition, task: StepRow | None) -> str:
    """The role that the workflow asks, whoever has got the task since."""
    step = edition.plan.steps.get(step_of(task.path)) if task else None
    return step.role if isinstance(step, Ask) else ""


def _context(db: Session, form: Form, subject: Subject, at: datetime, sender: PersonRow | None) -> Context:
    """Everybody who could ever be chosen: somebody may have left since."""
    rt = runtime()
    people = {person.id: person.name for person in db.scalars(select(PersonRow))} if _names_people(form) else {}
    offices = {office.id: office.name for office in db.scalars(select(OfficeRow))}
    lists = {
        field.pick: {**people, **rt.service.picks(db, field.pick, subject)} for field in form.all_fields() if field.pick
    }
    facts = rt.service.facts(db, subject, rt.day(at))
    return Context(
        data={**facts, "today": rt.day(at), "me": viewer_facts(db, sender.id, sender.role) if sender else NOBODY},
        picks=lambda name: lists.get(name, {}),
        offices=offices,
    )


def _names_people(form: Form) -> bool:
    return any(field.pick for field in form.all_fields())
