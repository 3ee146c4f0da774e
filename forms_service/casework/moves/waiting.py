"""join_waiting_list and not_now: what the first conversation leads to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.casework.moves.move import Move
from forms_service.domain.participation import Turn, after
from forms_service.engine.service import Subject
from forms_service.storage.cases import WaitingRow


def join_waiting_list(move: Move) -> Subject:
    """From today on; the wishes are what the participant said herself, when she said anything."""
    participant = move.participant()
    participant.status = after(participant.status, Turn.JOIN)
    participant.wishes = move.text("wishes") or participant.wishes
    move.session.add(WaitingRow(participant_id=participant.id, since=move.now))
    return move.subject


def not_now(move: Move) -> Subject:
    """No is a good answer too: nothing is held against anybody, and one can join later."""
    participant = move.participant()
    participant.status = after(participant.status, Turn.NOT_NOW)
    leave_waiting_list(move.session, participant.id, move.now)
    return move.subject


def leave_waiting_list(session: Session, participant_id: str, now: datetime) -> None:
    standing = update(WaitingRow).where(WaitingRow.participant_id == participant_id, WaitingRow.left_at.is_(None))
    session.execute(standing.values(left_at=now))
