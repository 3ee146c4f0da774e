"""A participant's way through the service: the table of what can happen at each status."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from forms_service.domain.people import ParticipantStatus
from forms_service.domain.refusal import Refusal, Refused


class Turn(StrEnum):
    """What can happen to a participant."""

    JOIN = "join"
    NOT_NOW = "not_now"
    PROPOSE = "propose"
    MATCH = "match"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    DIE = "die"


S, T = ParticipantStatus, Turn

ALLOWED: Mapping[tuple[ParticipantStatus, Turn], ParticipantStatus] = {
    (S.REQUESTED, T.JOIN): S.WAITING,
    (S.REQUESTED, T.NOT_NOW): S.NOT_NOW,
    (S.NOT_NOW, T.JOIN): S.WAITING,
    (S.WAITING, T.NOT_NOW): S.NOT_NOW,
    (S.WAITING, T.PROPOSE): S.PROPOSED,
    (S.PROPOSED, T.MATCH): S.MATCHED,
    (S.PROPOSED, T.WITHDRAW): S.WAITING,
    (S.MATCHED, T.CLOSE): S.CLOSED,
    (S.CLOSED, T.JOIN): S.WAITING,
} | {(status, T.DIE): S.DECEASED for status in S}


def after(status: str, turn: Turn) -> ParticipantStatus:
    """The status that follows; Refused when this cannot happen to somebody with this status."""
    try:
        return ALLOWED[ParticipantStatus(status), turn]
    except (KeyError, ValueError):
        raise Refused(Refusal.WRONG_PARTICIPANT_STATUS) from None
