"""Why the domain says no to a move, in codes that a screen can put into words."""

from __future__ import annotations

from enum import StrEnum

from forms_service.errors import MoveRefused


class Refusal(StrEnum):
    """A reason; its text for people is ``casework.refusals.<reason>``."""

    WRONG_PARTICIPANT_STATUS = "wrong_participant_status"
    WRONG_MATCH_STATUS = "wrong_match_status"
    OTHER_OFFICE = "other_office"
    NOT_A_CASEWORKER = "not_a_caseworker"
    NOT_A_PEER = "not_a_peer"
    ALREADY_MATCHED = "already_matched"
    NOT_OWN_MATCH = "not_own_match"
    OTHER_GENDER = "other_gender"
    NOT_READY = "not_ready"
    COURSES_MISSING = "courses_missing"
    TOO_FEW_HOURS = "too_few_hours"


class Refused(MoveRefused):
    """The domain does not allow this move."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.value)
