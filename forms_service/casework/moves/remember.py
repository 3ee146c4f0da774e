"""remember: a participant has died; whatever was on its way to her is stopped."""

from __future__ import annotations

from sqlalchemy import select, update

from forms_service.casework.moves.move import Move
from forms_service.casework.moves.waiting import leave_waiting_list
from forms_service.casework.rows import locked
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.domain.dates import must_not_be_ahead
from forms_service.domain.match import NOT_ENDED, TAKES_CONTACTS, ClosureReason, MatchMove
from forms_service.domain.match import after as match_after
from forms_service.domain.participation import Turn, after
from forms_service.engine.service import Subject
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow, RunRow, StepRow


def remember(move: Move) -> Subject:
    """From wherever the participant was on the way, on the day ``died_on`` or today. Safe to make twice."""
    participant = move.participant()
    _end_matches(move, participant)
    silence(move, participant)
    return move.subject


def _end_matches(move: Move, participant: ParticipantRow) -> None:
    """A match that had begun is closed, one that was only proposed is withdrawn."""
    died_on = move.day("died_on") if move.answers.get("died_on") else move.today
    must_not_be_ahead(died_on, move.today)
    open_ones = select(MatchRow.id).where(MatchRow.participant_id == participant.id, MatchRow.status.in_(NOT_ENDED))
    for key in move.session.scalars(open_ones).all():
        match = locked(move.session, MatchRow, key)
        begun = match.status in TAKES_CONTACTS
        match.status = match_after(match.status, MatchMove.CLOSE if begun else MatchMove.WITHDRAW)
        match.closed_on, match.closure_reason = died_on if begun else None, ClosureReason.DIED


def silence(move: Move, participant: ParticipantRow) -> None:
    """From this transaction on nothing is sent to the participant, and her one-time links are dead."""
    participant.status = after(participant.status, Turn.DIE)
    leave_waiting_list(move.session, participant.id, move.now)
    _stop_messages(move, participant)
    _revoke_links(move, participant)


def _stop_messages(move: Move, participant: ParticipantRow) -> None:
    unsent = update(MessageRow).where(MessageRow.participant_id == participant.id)
    unsent = unsent.where(MessageRow.status.in_(("created", "paused")))
    move.session.execute(unsent.values(status="cancelled"))


def _revoke_links(move: Move, participant: ParticipantRow) -> None:
    matches = select(MatchRow.id).where(MatchRow.participant_id == participant.id)
    steps = (
        select(StepRow.id)
        .join(RunRow, RunRow.id == StepRow.run_id)
        .where(
            (RunRow.subject_kind == PARTICIPANT) & (RunRow.subject_id == participant.id)
            | (RunRow.subject_kind == MATCH) & RunRow.subject_id.in_(matches)
        )
    )
    alive = update(LinkRow).where(LinkRow.step_id.in_(steps), LinkRow.used_at.is_(None), LinkRow.revoked_at.is_(None))
    move.session.execute(alive.values(revoked_at=move.now))
