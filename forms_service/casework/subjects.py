"""What a run can be about: a participant, or one of the participant's matches."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forms_service.engine.service import Subject
from forms_service.storage.cases import MatchRow, ParticipantRow

PARTICIPANT = "participant"
MATCH = "match"
SUBJECTS = (PARTICIPANT, MATCH)


def match_of(session: Session, subject: Subject) -> MatchRow | None:
    """The match that a run is about; None when it is about something else."""
    return session.get(MatchRow, subject.id) if subject.kind == MATCH else None


def participant_of(session: Session, subject: Subject) -> ParticipantRow | None:
    """Whose case it is; None before there is one."""
    match = match_of(session, subject)
    key = match.participant_id if match else subject.id
    return session.get(ParticipantRow, key) if subject.kind in SUBJECTS else None
