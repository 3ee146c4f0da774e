"""Who holds a role at this moment: whose task it becomes, and where a message goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from forms_service.casework.subjects import match_told_of, participant_of
from forms_service.domain.people import ParticipantStatus, Role
from forms_service.engine.service import Assignment, Recipient, Subject
from forms_service.errors import RecipientMissing
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.colleagues import first_of, here_for
from forms_service.storage.people import PersonRow

SHARED = frozenset({Role.COORDINATOR, Role.PROJECT_LEAD, Role.ADMIN})
"""Roles whose tasks belong to everybody who holds them."""


def assign(session: Session, role: str, subject: Subject) -> Assignment:
    """Whose task it becomes; RecipientMissing when nobody can ever hold it."""
    if role == Role.PARTICIPANT:
        _living_participant(session, subject)
        return Assignment()
    holder = _holder(session, role, subject)
    return Assignment() if role in SHARED else Assignment(person_id=holder.id)


def recipient(session: Session, role: str, subject: Subject, today: date) -> Recipient:
    """Where a message to the role goes; RecipientMissing when nobody active holds it, or the participant has died.

    Of a role that many hold, to one who is here.
    """
    if role == Role.PARTICIPANT:
        participant = _living_participant(session, subject)
        return Recipient(participant.email or "", participant_id=participant.id, phone=participant.phone or "")
    holder = _holder(session, role, subject)
    holder = here_for(session, holder, today) if role in SHARED else holder
    return Recipient(holder.email or "", person_id=holder.id, phone=holder.phone or "")


def _holder(session: Session, role: str, subject: Subject) -> PersonRow:
    found = HOLDERS[role](session, subject) if role in HOLDERS else None
    if found is None or not found.active:
        raise RecipientMissing(role)
    return found


def _living_participant(session: Session, subject: Subject) -> ParticipantRow:
    found = participant_of(session, subject)
    if found is None or found.status == ParticipantStatus.DECEASED:
        raise RecipientMissing(Role.PARTICIPANT)
    return found


Find = Callable[[Session, Subject], PersonRow | None]


def _someone(role: Role) -> Find:
    """The same person each time, as long as she is active."""

    def find(session: Session, subject: Subject) -> PersonRow | None:
        return first_of(session, role)

    return find


def _caseworker(session: Session, subject: Subject) -> PersonRow | None:
    participant = participant_of(session, subject)
    return _person(session, participant.caseworker_id if participant else None)


def _primary_contact(session: Session, subject: Subject) -> PersonRow | None:
    participant = participant_of(session, subject)
    return _person(session, participant.primary_contact_id if participant else None)


def _peer(session: Session, subject: Subject) -> PersonRow | None:
    match = match_told_of(session, subject)
    return _person(session, match.peer_id if match else None)


def _person(session: Session, person_id: str | None) -> PersonRow | None:
    return session.get(PersonRow, person_id) if person_id else None


HOLDERS: Mapping[str, Find] = {
    Role.COORDINATOR: _someone(Role.COORDINATOR),
    Role.PROJECT_LEAD: _someone(Role.PROJECT_LEAD),
    Role.ADMIN: _someone(Role.ADMIN),
    Role.CASEWORKER: _caseworker,
    Role.PRIMARY_CONTACT: _primary_contact,
    Role.PEER: _peer,
}
