"""The number that people know a case by, whatever a form is about."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forms_service.engine.service import Subject
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.register import RecordRow
from forms_service.web.current import runtime


def case_number(db: Session, subject: Subject) -> str:
    """Empty when it is about no case."""
    participant_id = runtime().service.participant_id(db, subject)
    if participant_id is not None:
        return db.get_one(ParticipantRow, participant_id).case_number
    record = db.get(RecordRow, subject.id) if subject.id else None
    return record.number if record else ""
