"""What a run can be about: a participant, or one of the participant's matches."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from forms_service.domain.match import ClosureReason, MatchStatus
from forms_service.domain.people import ParticipantStatus
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


def numbers_of(session: Session, subjects: Collection[Subject]) -> dict[Subject, str]:
    """The case numbers of those that belong to a case."""
    ids = {kind: [each.id for each in subjects if each.kind == kind] for kind in SUBJECTS}
    number = ParticipantRow.case_number
    whose = select(literal(PARTICIPANT), ParticipantRow.id, number).where(ParticipantRow.id.in_(ids[PARTICIPANT]))
    matches = select(literal(MATCH), MatchRow.id, number).join(
        ParticipantRow, ParticipantRow.id == MatchRow.participant_id
    )
    found = session.execute(union_all(whose, matches.where(MatchRow.id.in_(ids[MATCH]))))
    return {Subject(kind, subject_id): case_number for kind, subject_id, case_number in found}


def subjects_of(session: Session, kind: str) -> tuple[Subject, ...]:
    """All subjects of one kind; those that are over too, since only a workflow knows when it is to start."""
    key = {PARTICIPANT: ParticipantRow.id, MATCH: MatchRow.id}[kind]
    return tuple(Subject(kind, found) for found in session.scalars(select(key).order_by(key)))


def silenced(session: Session, subject: Subject) -> tuple[Subject, ...]:
    """The participant and all her matches when she has died; else nothing."""
    participant = participant_of(session, subject)
    if participant is None or participant.status != ParticipantStatus.DECEASED:
        return ()
    return subjects_around(session, participant.id)


def subjects_around(session: Session, participant_id: str) -> tuple[Subject, ...]:
    """The participant and all her matches."""
    matches = session.scalars(select(MatchRow.id).where(MatchRow.participant_id == participant_id))
    return Subject(PARTICIPANT, participant_id), *(Subject(MATCH, key) for key in matches)


def match_told_of(session: Session, subject: Subject) -> MatchRow | None:
    """The match whose peer is told when something happens to the participant: the run's own, else the newest one.

    One that was tried and came to nothing is nobody's to hear of, unless it ended with the participant's death.
    """
    participant = participant_of(session, subject)
    if participant is None or subject.kind == MATCH:
        return match_of(session, subject)
    told = (MatchRow.status != MatchStatus.WITHDRAWN) | (MatchRow.closure_reason == ClosureReason.DIED)
    newest_first = (MatchRow.created_at.desc(), MatchRow.id)
    return session.scalars(
        select(MatchRow).where(MatchRow.participant_id == participant.id, told).order_by(*newest_first)
    ).first()
