"""close_match: the match ends, for a reason, and it is said where each goal stands."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.casework.moves.move import Move
from forms_service.casework.moves.remember import silence
from forms_service.domain.dates import must_be_plausible_end
from forms_service.domain.match import ClosureReason, MatchMove
from forms_service.domain.match import after as match_after
from forms_service.domain.participation import Turn, after
from forms_service.engine.service import Subject
from forms_service.storage.cases import GoalRow, MatchRow


def close_match(move: Move) -> Subject:
    """Hours and access of the peer end here; after a death so does everything addressed to the participant."""
    participant, match = move.participant(), move.match()
    match.status = match_after(match.status, MatchMove.CLOSE)
    match.closed_on = move.day("closed_on")
    must_be_plausible_end(match.closed_on, match.started_on, move.today)
    match.closure_reason = str(move.answer("reason"))
    _settle_goals(move, match)
    if match.closure_reason == ClosureReason.DIED:
        silence(move, participant)
    else:
        participant.status = after(participant.status, Turn.CLOSE)
    return move.subject


def _settle_goals(move: Move, match: MatchRow) -> None:
    for goal in move.session.scalars(select(GoalRow).where(GoalRow.match_id == match.id)):
        goal.status = move.text(f"goal_{goal.number}_status") or goal.status
