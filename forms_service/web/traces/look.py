"""Whoever asks for something of a participant whom she may not see stands in that participant's access log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from flask import request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from forms_service.casework.access import record, sees
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.engine.service import Subject
from forms_service.errors import FormsServiceError
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.drafts import DraftRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import RunRow, StepRow, SubmissionRow
from forms_service.web.current import now, runtime, viewer_or_nobody
from forms_service.web.traces.kinds import UNCALLED_FOR, noted

REFUSED = "refused"
"""What was seen: nothing."""
log = logging.getLogger("forms_service.refused")


def note_refused_look() -> None:
    """The answer is the same, and so is the page, whether anything could be noted or not."""
    try:
        viewer = viewer_or_nobody()
        if viewer is not None:
            _note(viewer)
    except (SQLAlchemyError, FormsServiceError):
        log.warning("what was refused could not be noted in the access log")


def _note(viewer: Viewer) -> None:
    with runtime().database.reading() as db:
        participant_id = _asked_for(db, {**request.args, **(request.view_args or {})})
        if participant_id is None or not _is_not_hers(db, viewer, participant_id):
            return
    with runtime().database.writing() as db:
        record(db, viewer, participant_id, REFUSED, None, REFUSED, now())


def _is_not_hers(db: Session, viewer: Viewer, participant_id: str) -> bool:
    """A page that is missing from the case of somebody whom she sees is no more than that."""
    return UNCALLED_FOR in noted() or not sees(db, viewer, Thing.PARTICIPANT_PAGE, participant_id)


def _asked_for(db: Session, named: Mapping[str, str]) -> str | None:
    """The participant whom an address leads to, by whatever it names first."""
    found = (find(db, named[name]) for name, find in LEADS.items() if name in named)
    return next((each for each in found if each), None)


def _participant(db: Session, participant_id: str) -> str | None:
    return participant_id if db.get(ParticipantRow, participant_id) else None


def _of_subject(db: Session, written: str) -> str | None:
    kind, _, key = written.partition(":")
    return runtime().service.participant_id(db, Subject(kind, key))


def _of_document(db: Session, document_id: str) -> str | None:
    document = db.get(DocumentRow, document_id)
    return document.participant_id if document else None


def _of_run(db: Session, run_id: str | None) -> str | None:
    run = db.get(RunRow, run_id) if run_id else None
    return _of_subject(db, f"{run.subject_kind}:{run.subject_id}") if run else None


def _of_step(db: Session, step_id: str) -> str | None:
    step = db.get(StepRow, step_id)
    return _of_run(db, step.run_id) if step else None


def _of_submission(db: Session, submission_id: str) -> str | None:
    sent = db.get(SubmissionRow, submission_id)
    return _of_run(db, sent.run_id) if sent else None


def _of_message(db: Session, message_id: str) -> str | None:
    message = db.get(MessageRow, message_id)
    return _of_run(db, message.run_id) if message else None


def _of_draft(db: Session, draft_id: str) -> str | None:
    draft = db.get(DraftRow, draft_id)
    return _of_subject(db, f"{draft.subject_kind}:{draft.subject_id}") if draft else None


LEADS: Mapping[str, Callable[[Session, str], str | None]] = {
    "participant_id": _participant,
    "document_id": _of_document,
    "submission_id": _of_submission,
    "step_id": _of_step,
    "message_id": _of_message,
    "run_id": _of_run,
    "draft_id": _of_draft,
    "om": _of_subject,
}
"""The name in an address → the participant it leads to; None when there is none."""
