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
    NOT_A_CONTACT = "not_a_contact"
    STARTS_TOO_LATE = "starts_too_late"
    STARTED_TOO_EARLY = "started_too_early"
    CLOSED_BEFORE_START = "closed_before_start"
    CLOSED_AHEAD = "closed_ahead"
    DIED_AHEAD = "died_ahead"


class Refused(MoveRefused):
    """The domain does not allow this move. ``hours`` is how many there would have been, where that is the reason."""

    def __init__(self, refusal: Refusal, hours: float | None = None) -> None:
        self.refusal = refusal
        super().__init__(refusal.value if hours is None else f"{refusal.value} {hours}")
