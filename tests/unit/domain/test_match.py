"""States and moves of a match, and of a participant."""

from __future__ import annotations

import pytest

from forms_service.domain import match, participation
from forms_service.domain.match import NOT_ENDED, TAKES_HOURS, MatchMove, MatchStatus
from forms_service.domain.participation import Turn
from forms_service.domain.people import ParticipantStatus
from forms_service.domain.refusal import Refusal, Refused
from forms_service.errors import MoveRefused


@pytest.mark.parametrize("move", MatchMove)
@pytest.mark.parametrize("status", [MatchStatus.CLOSED, MatchStatus.WITHDRAWN])
def test_an_ended_match_makes_no_more_moves(status: MatchStatus, move: MatchMove) -> None:
    with pytest.raises(MoveRefused) as refused:
        match.after(status, move)
    assert isinstance(refused.value, Refused)
    assert refused.value.refusal is Refusal.WRONG_MATCH_STATUS
    assert str(refused.value) == "wrong_match_status"


def test_a_proposed_match_opens_or_is_withdrawn_but_is_not_closed() -> None:
    assert match.after("proposed", MatchMove.OPEN) is MatchStatus.ACTIVE
    assert match.after("proposed", MatchMove.WITHDRAW) is MatchStatus.WITHDRAWN
    with pytest.raises(Refused):
        match.after("proposed", MatchMove.CLOSE)


def test_a_paused_match_comes_back_or_closes() -> None:
    assert match.after("paused", MatchMove.RESUME) is MatchStatus.ACTIVE
    assert match.after("paused", MatchMove.CLOSE) is MatchStatus.CLOSED


def test_a_paused_match_frees_the_peer_and_is_still_not_ended() -> None:
    assert MatchStatus.PAUSED not in TAKES_HOURS
    assert MatchStatus.PAUSED in NOT_ENDED


def test_not_now_is_no_end_one_can_join_later() -> None:
    assert participation.after("not_now", Turn.JOIN) is ParticipantStatus.WAITING


@pytest.mark.parametrize("status", [s for s in ParticipantStatus if s is not ParticipantStatus.WAITING])
def test_only_somebody_who_waits_can_be_proposed_for_a_match(status: ParticipantStatus) -> None:
    with pytest.raises(Refused) as refused:
        participation.after(status, Turn.PROPOSE)
    assert refused.value.refusal is Refusal.WRONG_PARTICIPANT_STATUS


@pytest.mark.parametrize("turn", [turn for turn in Turn if turn is not Turn.DIE])
def test_nothing_happens_to_somebody_who_has_died(turn: Turn) -> None:
    with pytest.raises(Refused):
        participation.after("deceased", turn)


@pytest.mark.parametrize("status", ParticipantStatus)
def test_death_can_come_at_any_time(status: ParticipantStatus) -> None:
    assert participation.after(status, Turn.DIE) is ParticipantStatus.DECEASED


def test_a_status_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused):
        match.after("asleep", MatchMove.OPEN)
