"""pause_match and resume_match: the two have a break, and find together again."""

from __future__ import annotations

from forms_service.casework.moves.move import Move
from forms_service.domain.match import MatchMove
from forms_service.domain.match import after as match_after
from forms_service.engine.service import Subject


def pause_match(move: Move) -> Subject:
    """The peer's hours are free for others from now on; she may keep in touch all the same."""
    return _turn(move, MatchMove.PAUSE)


def resume_match(move: Move) -> Subject:
    """Also when the peer has got somebody else meanwhile: whoever comes back comes back to her."""
    return _turn(move, MatchMove.RESUME)


def _turn(move: Move, way: MatchMove) -> Subject:
    match = move.match()
    match.status = match_after(match.status, way)
    return move.subject
