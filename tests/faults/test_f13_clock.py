"""F13: the machine's clock jumps, by an hour or by years, forward and back."""

from __future__ import annotations

import signal
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forms_service.clock import SteadyClock
from forms_service.engine.dispatch import dispatch
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import StepRow
from tests.faults.cast import Fate, play_alone
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import borrow, start_what_is_due
from tests.faults.solo import Solo

ROUNDS = 200
FAR = (timedelta(days=1), timedelta(days=40), timedelta(days=800), timedelta(days=3000))


def stand_at_the_counter(home: Home) -> None:
    """Two loans in which somebody has a task."""
    home.begin_again()
    start_what_is_due(home.rt, (borrow("f13-a"), borrow("f13-b")))
    settle_down(home)


def settle_down(home: Home) -> None:
    """Machines do all that is due now."""
    while home.solo(()).machines():
        pass


@pytest.mark.parametrize("jump", FAR, ids=str)
def test_after_a_leap_forward_a_word_is_said_once(home: Home, times: Times, jump: timedelta) -> None:
    for _ in range(times(ROUNDS // len(FAR))):
        stand_at_the_counter(home)
        home.clock.move_to(home.clock.now() + jump)
        settle_down(home)
        with home.database.reading() as session:
            said = Counter(map(tuple, session.execute(select(MessageRow.run_id, MessageRow.message))))
        assert set(said.values()) == {1}
        home.account(kills=0)


@pytest.mark.parametrize("leap", FAR, ids=str)
@pytest.mark.parametrize("point", ["dispatch_marked", "claimed", "worked"])
def test_what_was_marked_in_a_false_future_is_taken_up_in_the_present(
    home: Home, times: Times, leap: timedelta, point: str
) -> None:
    """Rings and leases that were written down while the clock was wrong, by a machine that nobody hears from again."""
    for number in range(times(ROUNDS // len(FAR) // 3)):
        home.begin_again()
        plan = (borrow(f"f13-{number % 4}", "errand"),)
        before = home.clock.now()
        start_what_is_due(home.rt, plan)
        home.clock.move_to(before + leap)
        lost = home.cast.start(play_alone, home.site, Fate(point), ())
        lost.join(60)
        assert lost.exitcode == -signal.SIGKILL
        home.clock.move_to(before + timedelta(minutes=1))
        from_elsewhere(home)
        Solo(home.rt, plan).play(until=before + timedelta(days=1))
        home.account(plan, kills=1)


def from_elsewhere(home: Home) -> None:
    """As if whoever holds leases were on another machine: nobody can see that it is gone."""
    with home.database.writing() as session:
        for table in (StepRow, MessageRow):
            held = update(table).where(table.claimed_by.is_not(None))
            session.execute(held.values(claimed_by="another-machine:1:1"))


def test_the_poller_waits_out_a_leap_that_is_taken_back(home: Home, times: Times) -> None:
    """With the poller's own clock, a machine that is years ahead for a minute sends no reminders."""
    for _ in range(times(ROUNDS)):
        stand_at_the_counter(home)
        steady = replace(home.rt, clock=SteadyClock(home.clock, lambda: 0.0))
        steady.clock.now()
        before = home.clock.now()
        home.clock.move_to(before + home.dice.choice(FAR))
        assert dispatch(steady) == 0
        home.clock.move_to(before)
        with home.database.reading() as session:
            assert not list(session.scalars(select(MessageRow.id).where(MessageRow.message == "reminder")))
        home.account(at_rest=False)
