"""Who may read a form that was sent: whoever sent it, and those who carry the service; as long as they see the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.access import Thing, may_see, relations_that_show
from forms_service.domain.people import Viewer
from forms_service.engine.service import subject_of
from forms_service.engine.uploads import FileAnswer
from forms_service.errors import NotFound
from forms_service.language.definitions import FieldType, Form
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, SubmissionRow
from forms_service.translation.spoken import spoken
from forms_service.web.current import runtime
from forms_service.web.forms.follow import sees_subject


@dataclass(frozen=True, slots=True)
class Readable:
    """One form of a run that the viewer may read: who sent it, how and when. ``by`` is empty for a one-time link."""

    id: str
    title: str
    by: str
    via: str
    at: datetime
    files: tuple[FileAnswer, ...] = ()
    """What was attached to it, as far as she may have it."""


def may_read(db: Session, who: Viewer, sent: SubmissionRow) -> bool:
    """Stricter than the receipt, which tells what happened and no answers."""
    if not may_see(who, Thing.OWN_RUNS) or not sees_subject(db, who, subject_of(db.get_one(RunRow, sent.run_id))):
        return False
    return may_see(who, Thing.ANSWERS) or sent.person_id == who.person_id


def may_read_internal(who: Viewer, sent: SubmissionRow) -> bool:
    """Internal answers are for those who see everybody's notes; her own are shown to whoever sees those."""
    if may_see(who, Thing.INTERNAL_NOTES):
        return True
    return bool(relations_that_show(who.role, Thing.OWN_NOTES)) and sent.person_id == who.person_id


def demand_submission(db: Session, who: Viewer, submission_id: str) -> SubmissionRow:
    """NotFound when there is none, none with a form, or none for these eyes."""
    sent = db.get(SubmissionRow, submission_id)
    if sent is None or not sent.form or not may_read(db, who, sent):
        raise NotFound
    return sent


def readable_in(db: Session, who: Viewer, run_id: str) -> Iterator[Readable]:
    """The forms of a run that the viewer may read, in the order they were sent."""
    found = select(SubmissionRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == SubmissionRow.person_id)
    found = found.where(SubmissionRow.run_id == run_id, SubmissionRow.form != "")
    for sent, by in db.execute(found.order_by(SubmissionRow.received_at, SubmissionRow.id)):
        form = form_of(db, sent)
        if form and may_read(db, who, sent):
            files = tuple(_files(who, form, sent))
            yield Readable(sent.id, form.in_language(spoken()).title, by or "", sent.via, sent.received_at, files)


def form_of(db: Session, sent: SubmissionRow) -> Form | None:
    """The questions as they were asked; None when nobody can read that version any more."""
    edition = runtime().library.if_readable(db, sent.definition_id)
    return edition.definitions.forms.get(sent.form) if edition else None


def _files(who: Viewer, form: Form, sent: SubmissionRow) -> Iterator[FileAnswer]:
    for field in form.fields():
        answer = sent.answers.get(field.name)
        is_open = not field.internal or may_read_internal(who, sent)
        if field.type is FieldType.FILE and isinstance(answer, dict) and is_open:
            yield answer
