"""change_contact: somebody else of the municipality follows the case from now on."""

from __future__ import annotations

from sqlalchemy import select, update

from forms_service.casework.moves.move import Move
from forms_service.casework.releases import find_release
from forms_service.casework.subjects import subjects_around
from forms_service.domain.people import CONTACTS, Role
from forms_service.domain.refusal import Refusal, Refused
from forms_service.engine.look import runs_about
from forms_service.engine.service import Subject
from forms_service.storage.cases import ParticipantRow, ReleaseRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow


def change_contact(move: Move) -> Subject:
    """What the one before has not opened goes over to the new one in the same transaction."""
    participant = move.participant()
    before, contact = participant.primary_contact_id, _contact(move)
    if move.answers.get("also_caseworker") == "yes":
        _make_caseworker(participant, contact)
    participant.primary_contact_id = contact.id
    _hand_over_tasks(move, participant)
    if before and before != contact.id:
        _hand_over_unread(move, participant, before, contact.id)
    return move.subject


def _contact(move: Move) -> PersonRow:
    found = move.session.get(PersonRow, str(move.answer("contact")))
    if found is None or found.role not in CONTACTS or not found.active:
        raise Refused(Refusal.NOT_A_CONTACT)
    return found


def _make_caseworker(participant: ParticipantRow, person: PersonRow) -> None:
    """The case follows its caseworker to her office."""
    if person.role != Role.CASEWORKER or person.office_id is None:
        raise Refused(Refusal.NOT_A_CASEWORKER)
    participant.caseworker_id, participant.office_id = person.id, person.office_id


def _hand_over_tasks(move: Move, participant: ParticipantRow) -> None:
    """What waits for whoever had the case waits for whoever has it now."""
    runs = [run.id for run in runs_about(move.session, subjects_around(move.session, participant.id))]
    holders = {Role.CASEWORKER: participant.caseworker_id, Role.PRIMARY_CONTACT: participant.primary_contact_id}
    for role, person_id in holders.items():
        waiting = update(StepRow).where(StepRow.run_id.in_(runs), StepRow.verb == "ask", StepRow.status == "waiting")
        waiting = waiting.where(StepRow.role == role, StepRow.person_id.is_not(None))
        move.session.execute(waiting.values(person_id=person_id).execution_options(synchronize_session=False))


def _hand_over_unread(move: Move, participant: ParticipantRow, before: str, after: str) -> None:
    """Only what the participant still lets go to a primary contact; the rest stays where it is."""
    unread = (
        select(DeliveryRow, ReleaseRow.content)
        .join(DocumentRow, DocumentRow.id == DeliveryRow.document_id)
        .join(ReleaseRow, ReleaseRow.id == DeliveryRow.release_id)
        .where(DocumentRow.participant_id == participant.id, DeliveryRow.person_id == before)
        .where(DeliveryRow.opened_at.is_(None), ReleaseRow.recipient == Role.PRIMARY_CONTACT)
    )
    for delivery, content in move.session.execute(unread).all():
        release = find_release(move.session, participant.id, content, Role.PRIMARY_CONTACT, move.today)
        if release:
            delivery.person_id, delivery.release_id = after, release.id
            delivery.delivered_at = move.now
