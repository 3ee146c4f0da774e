"""Which peer suits a participant."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.domain.matching import COURSES_NEEDED, Merit, Peer, Seeker, obstacles, suggest
from forms_service.domain.people import Gender
from forms_service.domain.refusal import Refusal

SEEKER = Seeker(Gender.WOMAN, birth_year=1985, wishes="Turer i marka, og noen å gå på kafé med.")
PEER = Peer("1", "Ragnhild Vik", Gender.WOMAN, 1982, ready=True, courses_passed=3, hours=7.5)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"gender": Gender.MAN}, Refusal.OTHER_GENDER),
        ({"ready": False}, Refusal.NOT_READY),
        ({"courses_passed": 2}, Refusal.COURSES_MISSING),
        ({"hours_taken": 7.0}, Refusal.TOO_FEW_HOURS),
    ],
)
def test_each_hard_rule_alone_is_enough_to_stop_a_match(change: dict[str, Any], refusal: Refusal) -> None:
    assert obstacles(SEEKER, replace(PEER, **change), hours=3.5) == (refusal,)


def test_all_broken_rules_are_named_at_once() -> None:
    peer = replace(PEER, gender=Gender.MAN, ready=False, courses_passed=0, hours=0)
    assert len(obstacles(SEEKER, peer)) == 4


def test_hours_that_are_just_enough_are_enough() -> None:
    assert obstacles(SEEKER, replace(PEER, hours=7.5, hours_taken=3.8), hours=3.7) == ()


def test_a_shared_interest_comes_before_an_equal_peer_without_one() -> None:
    hiker = replace(PEER, person_id="2", name="Å", interests="Marka, strikking")
    assert [each.peer.person_id for each in suggest(SEEKER, [PEER, hiker])] == ["2", "1"]
    assert Merit.SHARED_INTEREST in suggest(SEEKER, [hiker])[0].merits


def test_short_words_are_no_shared_interest() -> None:
    assert Merit.SHARED_INTEREST not in suggest(SEEKER, [replace(PEER, interests="og på å i")])[0].merits


def test_a_peer_who_is_much_younger_comes_last() -> None:
    young = replace(PEER, person_id="2", name="A", birth_year=2001)
    assert [each.peer.person_id for each in suggest(SEEKER, [young, PEER])] == ["1", "2"]


def test_an_unknown_age_weighs_for_everybody_alike() -> None:
    unknown = replace(SEEKER, birth_year=None)
    young, old = replace(PEER, birth_year=2003), replace(PEER, birth_year=1950)
    assert {each.points for each in suggest(unknown, [young, old])} == {suggest(unknown, [young])[0].points}


some_peers = st.lists(
    st.builds(
        Peer,
        person_id=st.uuids().map(str),
        name=st.text(max_size=5),
        gender=st.sampled_from(Gender),
        birth_year=st.integers(1940, 2007),
        ready=st.booleans(),
        courses_passed=st.integers(0, 3),
        hours=st.sampled_from([0.0, 3.5, 7.5, 18.75]),
        hours_taken=st.sampled_from([0.0, 3.5, 7.5]),
        interests=st.text(max_size=10),
    ),
    max_size=8,
)


@given(some_peers, st.sampled_from(Gender), st.sampled_from([1.0, 3.5]))
def test_nobody_is_ever_suggested_against_a_hard_rule(peers: list[Peer], gender: Gender, hours: float) -> None:
    for suggestion in suggest(Seeker(gender, 1980), peers, hours):
        peer = suggestion.peer
        assert peer.gender is gender
        assert peer.ready
        assert peer.courses_passed >= COURSES_NEEDED
        assert peer.hours_free >= hours


@given(some_peers, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_the_peers_come(peers: list[Peer], random: Random) -> None:
    shuffled = list(peers)
    random.shuffle(shuffled)
    assert suggest(SEEKER, peers) == suggest(SEEKER, shuffled)
