"""What a move has done to a case, kept for its line of time: the rows themselves only say how things are now."""

from __future__ import annotations

from forms_service.casework.moves.move import Move
from forms_service.casework.subjects import match_of, participant_of
from forms_service.engine.service import Subject
from forms_service.storage.cases import HappeningRow

TOLD = frozenset(
    {
        "open_case",
        "join_waiting_list",
        "not_now",
        "propose_match",
        "withdraw_match",
        "open_match",
        "pause_match",
        "resume_match",
        "close_match",
        "change_contact",
        "remember",
    }
)
"""A contact and a note tell of themselves."""


def keep_happening(move: Move, name: str, after: Subject) -> None:
    """In the move's own transaction; ``after`` is what the run is about from now on."""
    participant = participant_of(move.session, after)
    if name not in TOLD or participant is None:
        return
    match = match_of(move.session, after) or match_of(move.session, move.subject)
    row = HappeningRow(
        participant_id=participant.id,
        match_id=match.id if match else None,
        at=move.now,
        kind=name,
        person_id=participant.primary_contact_id if name == "change_contact" else None,
        recorded_by=move.actor.person_id,
    )
    move.session.add(row)
