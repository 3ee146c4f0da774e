"""What a form is about: the case beside it, and whether the viewer may see it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from forms_service.casework.access import sees
from forms_service.casework.lists.case_file import CaseFile, case_file
from forms_service.casework.lists.case_match import CaseMatch
from forms_service.casework.subjects import MATCH, SUBJECTS
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import NotFound
from forms_service.web.current import runtime, today
from forms_service.web.reads import note_reading as note_in_log


@dataclass(frozen=True, slots=True)
class CaseBeside:
    """A case as far as the viewer may see it, with the match that the form is about."""

    file: CaseFile
    match: CaseMatch | None


SHOWS_NOTHING = frozenset({"conditions", "draft"})
"""Asking which questions apply and keeping what is typed: the case was seen when the form was shown."""


def looking() -> AbstractContextManager[Session]:
    """A session for showing a form: seeing a case is logged, so it writes; what shows nothing does not."""
    database = runtime().database
    return database.reading() if request.form.get("_do") in SHOWS_NOTHING else database.writing()


def subject_from(text: str, kind: str) -> Subject:
    """``?om=match:1a2b`` for a workflow that is about a match; NotFound when it is about something else."""
    if not kind:
        return NO_SUBJECT
    given, _, key = text.partition(":")
    if given != kind or not key:
        raise NotFound
    return Subject(given, key)


def case_beside(db: Session, viewer: Viewer, subject: Subject) -> CaseBeside | None:
    """The case that a form is about; None when there is none, or none that the viewer may see."""
    participant_id = runtime().service.participant_id(db, subject)
    if participant_id is None or not sees(db, viewer, Thing.PARTICIPANT_PAGE, participant_id):
        return None
    file = case_file(db, viewer, participant_id, today())
    match = next((match for match in file.matches if match.id == subject.id), None)
    return CaseBeside(file, match)


def demand_subject(db: Session, viewer: Viewer, subject: Subject) -> None:
    """NotFound when the viewer may not see what a workflow is to be started about."""
    if subject.kind not in SUBJECTS:
        return
    case = case_beside(db, viewer, subject)
    if case is None or (subject.kind == MATCH and case.match is None):
        raise NotFound


def note_reading(db: Session, viewer: Viewer, case: CaseBeside | None, what: str, object_id: str | None) -> None:
    """The access log: the viewer has seen this case beside a form, and by which tie."""
    if case and request.form.get("_do") not in SHOWS_NOTHING:
        note_in_log(db, viewer, case.file.id, what, object_id)
