"""keep_note: somebody writes down what she wants to remember of a case."""

from __future__ import annotations

from forms_service.casework.moves.move import Move
from forms_service.casework.subjects import match_of
from forms_service.domain.match import TAKES_CONTACTS
from forms_service.domain.people import Role
from forms_service.domain.refusal import Refusal, Refused
from forms_service.engine.service import Subject
from forms_service.storage.cases import MatchRow, NoteRow


def keep_note(move: Move) -> Subject:
    """A peer writes about her own match, for as long as she walks beside the participant; a coordinator at any time."""
    participant, match = move.participant(), match_of(move.session, move.subject)
    _must_be_hers(move, match)
    row = NoteRow(
        participant_id=participant.id,
        match_id=match.id if match else None,
        text=str(move.answer("internal_note")),
        written_by=move.actor.person_id,
        written_at=move.now,
    )
    move.session.add(row)
    return move.subject


def _must_be_hers(move: Move, match: MatchRow | None) -> None:
    person = move.person()
    if person is None or person.role != Role.PEER:
        return
    if match is None or match.peer_id != person.id:
        raise Refused(Refusal.NOT_OWN_MATCH)
    if match.status not in TAKES_CONTACTS:
        raise Refused(Refusal.WRONG_MATCH_STATUS)
