"""withdraw_match: the two have met and said no; the participant keeps the place on the waiting list."""

from __future__ import annotations

from forms_service.casework.moves.move import Move
from forms_service.casework.subjects import PARTICIPANT
from forms_service.domain.match import MatchMove
from forms_service.domain.match import after as match_after
from forms_service.domain.participation import Turn, after
from forms_service.engine.service import Subject


def withdraw_match(move: Move) -> Subject:
    """The run is about the participant again."""
    participant, match = move.participant(), move.match()
    match.status = match_after(match.status, MatchMove.WITHDRAW)
    participant.status = after(participant.status, Turn.WITHDRAW)
    return Subject(PARTICIPANT, participant.id)
