"""A match between a participant and a peer: its states, and the table of allowed moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from forms_service.domain.refusal import Refusal, Refused


class MatchStatus(StrEnum):
    """How far a match has come."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class MatchMove(StrEnum):
    """What can be done with a match."""

    OPEN = "open"
    WITHDRAW = "withdraw"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


class ClosureReason(StrEnum):
    """Why a match ended."""

    GOAL_REACHED = "goal_reached"
    OWN_CHOICE = "own_choice"
    NO_CHEMISTRY = "no_chemistry"
    LOST_CONTACT = "lost_contact"
    LONG_ADMISSION = "long_admission"
    MOVED = "moved"
    NOT_READY = "not_ready"
    PEER_LEFT = "peer_left"
    OTHER = "other"
    DIED = "died"


class ContactKind(StrEnum):
    """How peer and participant have been in touch."""

    MEETING = "meeting"
    ACTIVITY = "activity"
    PHONE = "phone"
    SMS = "sms"
    GROUP_MEETING = "group_meeting"


S, M = MatchStatus, MatchMove

ALLOWED: Mapping[tuple[MatchStatus, MatchMove], MatchStatus] = {
    (S.PROPOSED, M.OPEN): S.ACTIVE,
    (S.PROPOSED, M.WITHDRAW): S.WITHDRAWN,
    (S.ACTIVE, M.PAUSE): S.PAUSED,
    (S.ACTIVE, M.CLOSE): S.CLOSED,
    (S.PAUSED, M.RESUME): S.ACTIVE,
    (S.PAUSED, M.CLOSE): S.CLOSED,
}

NOT_ENDED = frozenset({S.PROPOSED, S.ACTIVE, S.PAUSED})
"""A participant has at most one match in these states, and the peer sees the participant in these only."""

TAKES_HOURS = frozenset({S.PROPOSED, S.ACTIVE})
"""A paused match frees the peer for others."""

TAKES_CONTACTS = frozenset({S.ACTIVE, S.PAUSED})
"""Some peers keep contact during a pause."""


def after(status: str, move: MatchMove) -> MatchStatus:
    """The status that follows; Refused when a match with this status cannot make this move."""
    try:
        return ALLOWED[MatchStatus(status), move]
    except (KeyError, ValueError):
        raise Refused(Refusal.WRONG_MATCH_STATUS) from None
