"""Two at the same time, on two real connections: one goes first, and the other sees what she did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from forms_service.casework.releases import find_release, withdraw_release
from forms_service.domain.releases import Content
from forms_service.errors import MoveRefused
from forms_service.storage.cases import MatchRow, ReleaseRow
from forms_service.storage.people import PeerRow
from tests.integration.casework.town import AGREED, NOW, TODAY, Town


def at_once(acts: Iterable[Callable[[], object]]) -> list[str]:
    """Everybody starts together; each gives "done" or the code of her refusal, sorted."""
    acts = list(acts)
    gate = Barrier(len(acts))

    def go(act: Callable[[], object]) -> str:
        gate.wait()
        try:
            act()
        except MoveRefused as refused:
            return str(refused)
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(go, acts))


def test_a_peers_last_hours_are_given_away_once(town: Town) -> None:
    waiting = [town.waiting() for _ in range(4)]
    results = at_once([partial(town.propose, subject, "berit", hours=7.5) for subject in waiting])
    assert results == ["done", "too_few_hours 0.0", "too_few_hours 0.0", "too_few_hours 0.0"]


def test_a_participant_gets_one_match_of_two_that_are_proposed_at_once(town: Town) -> None:
    subject = town.waiting()
    results = at_once([lambda: town.propose(subject, "berit"), lambda: town.propose(subject, "gunn")])
    assert results == ["already_matched", "done"]
    with town.database.reading() as session:
        assert len(session.scalars(select(MatchRow)).all()) == 1


def test_crossed_proposals_do_not_wait_for_each_other_for_ever(town: Town) -> None:
    first, second = town.waiting(), town.waiting()
    pairs = [(first, "berit"), (second, "gunn"), (first, "gunn"), (second, "berit")]
    results = at_once([partial(town.propose, *pair) for pair in pairs])
    assert results == ["already_matched", "already_matched", "done", "done"]


def test_no_two_cases_get_the_same_number(town: Town) -> None:
    at_once([town.requested for _ in range(8)])
    numbers = {town.participant(town.requested()).case_number}
    assert numbers == {"2026-0009"}


def test_a_match_is_opened_or_withdrawn_but_not_both(town: Town) -> None:
    subject = town.proposed()
    results = at_once([lambda: town.move("open_match", subject, AGREED), lambda: town.move("withdraw_match", subject)])
    assert results == ["done", "wrong_match_status"]
    expected = {"active": "matched", "withdrawn": "waiting"}
    assert town.participant(subject).status == expected[town.match(subject).status]


def test_of_two_closures_the_first_says_why(town: Town) -> None:
    subject = town.active()
    results = at_once([lambda: town.closed(subject, reason="moved"), lambda: town.closed(subject, reason="died")])
    assert results == ["done", "wrong_match_status"]
    expected = {"moved": "closed", "died": "deceased"}
    assert town.participant(subject).status == expected[town.match(subject).closure_reason]


def test_a_proposal_waits_for_what_is_being_changed_about_the_peer(town: Town) -> None:
    subject = town.waiting()
    with ThreadPoolExecutor(1) as pool:
        with town.database.writing() as session:
            row = session.get_one(PeerRow, "berit", with_for_update=True)
            proposal = pool.submit(at_once, [lambda: town.propose(subject)])
            row.ready = False
            session.flush()
            must_wait(proposal)
        assert proposal.result(timeout=20) == ["not_ready"]


def test_a_release_that_a_sending_has_found_is_withdrawn_after_it_and_not_during_it(town: Town) -> None:
    subject = town.active()
    participant_id = town.match(subject).participant_id

    def withdraw() -> int:
        with town.database.writing() as session:
            return withdraw_release(session, participant_id, Content.AGREEMENT, "primary_contact", NOW)

    with ThreadPoolExecutor(1) as pool:
        with town.database.writing() as sending:
            assert find_release(sending, participant_id, "agreement", "primary_contact", TODAY)
            withdrawal = pool.submit(withdraw)
            must_wait(withdrawal)
            assert still_given(town, participant_id)
        assert withdrawal.result(timeout=20) == 1
    assert not still_given(town, participant_id)


def must_wait(act: Future[Any]) -> None:
    with pytest.raises(TimeoutError):
        act.result(timeout=0.3)


def still_given(town: Town, participant_id: str) -> bool:
    given = select(ReleaseRow.id).where(ReleaseRow.participant_id == participant_id, ReleaseRow.content == "agreement")
    with town.database.reading() as session:
        return session.scalar(given.where(ReleaseRow.withdrawn_at.is_(None))) is not None
