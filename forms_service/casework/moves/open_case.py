"""open_case: a request becomes a participant with a case number."""

from __future__ import annotations

from forms_service.casework.moves.move import Move
from forms_service.casework.search.keep import keep_words
from forms_service.casework.subjects import PARTICIPANT
from forms_service.domain.case_number import case_number
from forms_service.domain.people import Gender, ParticipantStatus, Role
from forms_service.domain.refusal import Refusal, Refused
from forms_service.engine.service import Subject
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.counters import next_number
from forms_service.storage.people import PersonRow


def open_case(move: Move) -> Subject:
    """The case belongs to the referring caseworker's office; she is the primary contact until another is named."""
    caseworker = _referring(move)
    row = ParticipantRow(
        case_number=case_number(move.now.year, next_number(move.session, f"case:{move.now.year}")),
        name=str(move.answer("participant_name")),
        gender=Gender(str(move.answer("participant_gender"))),
        birth_year=int(move.number("birth_year")),
        phone=move.text("participant_phone") or None,
        email=move.text("participant_email") or None,
        office_id=caseworker.office_id,
        caseworker_id=caseworker.id,
        primary_contact_id=caseworker.id,
        phase=move.text("phase"),
        wishes=move.text("wishes"),
        status=ParticipantStatus.REQUESTED,
        created_at=move.now,
    )
    move.session.add(row)
    move.session.flush()
    keep_words(move.session, row)
    return Subject(PARTICIPANT, row.id)


def _referring(move: Move) -> PersonRow:
    """A caseworker refers for her own office only; a coordinator fills in for the caseworker on the phone."""
    filling_in = move.person()
    if filling_in and filling_in.role == Role.COORDINATOR:
        return _caseworker(move.session.get(PersonRow, str(move.answer("caseworker"))))
    caseworker = _caseworker(filling_in)
    if caseworker.office_id != move.answer("office"):
        raise Refused(Refusal.OTHER_OFFICE)
    return caseworker


def _caseworker(person: PersonRow | None) -> PersonRow:
    if person is None or person.role != Role.CASEWORKER or not person.active or person.office_id is None:
        raise Refused(Refusal.NOT_A_CASEWORKER)
    return person
