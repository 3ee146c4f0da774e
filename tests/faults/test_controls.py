"""Controls: with one guarantee taken away, and a fault at the right moment, the auditor must find something."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest

from tests.faults.audit import Kind
from tests.faults.cast import Fate, is_stopped, play_alone, press_all, wait_until
from tests.faults.home import Home
from tests.faults.people import Scenario, borrow, start_what_is_due
from tests.faults.sabotage import FENCE, MARK

PLAN: Scenario = (borrow("control", "errand"),)


@pytest.fixture
def fault() -> str:
    """Counted on a line of their own, as F0: what is found here is meant to be found."""
    return "F0"


def put_to_sleep(home: Home, fate: Fate) -> None:
    """A process that stops at a place, until its lease is over."""
    home.cast.start(play_alone, home.site, fate, PLAN)
    wait_until(lambda: is_stopped(home.cast.alive[-1]))
    home.clock.move_to(home.clock.now() + timedelta(minutes=5))


def wake(home: Home) -> None:
    home.cast.signal(home.cast.alive[-1], signal.SIGCONT)
    home.cast.alive[-1].join(30)


def die(home: Home, fate: Fate) -> None:
    died = home.cast.start(play_alone, home.site, fate, PLAN)
    died.join(30)
    assert died.exitcode == -signal.SIGKILL


def kinds(home: Home, plan: Scenario = PLAN) -> set[Kind]:
    return {violation.kind for violation in home.look(plan)}


def test_with_the_fence_nothing_is_found(home: Home) -> None:
    put_to_sleep(home, Fate("worked", by=signal.SIGSTOP))
    home.solo(PLAN).play()
    wake(home)
    assert kinds(home) == set()


def test_without_the_fence_a_zombie_is_found_out(home: Home) -> None:
    put_to_sleep(home, Fate("worked", by=signal.SIGSTOP, without=FENCE))
    home.solo(PLAN).play()
    wake(home)
    assert Kind.LOST in kinds(home)


def test_with_the_mark_before_the_dot_nothing_is_found(home: Home) -> None:
    die(home, Fate("message_dot_marked"))
    home.solo(PLAN).play()
    assert kinds(home) == set()


def test_with_send_then_mark_the_second_letter_is_found(home: Home) -> None:
    die(home, Fate("message_dot_marked", without=MARK))
    home.solo(PLAN).play()
    assert Kind.TWICE in kinds(home)


def test_without_the_sweeper_what_is_lost_is_found(home: Home) -> None:
    die(home, Fate("worked"))
    solo = home.solo(PLAN)
    solo.sweeps = False
    solo.play()
    assert Kind.LOST in kinds(home)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_a_unique_start_the_second_run_is_found(home: Home) -> None:
    """On SQLite writers wait for each other, so that nobody can press the button in between."""
    with home.database.writing() as session:
        for constraint in ("run DROP CONSTRAINT uq_run_start_key", "submission DROP CONSTRAINT uq_submission_nonce"):
            session.connection().exec_driver_sql(f"ALTER TABLE {constraint}")
    slow = home.cast.start(press_all, home.site, Fate("run_begun", by=signal.SIGSTOP), PLAN)
    wait_until(lambda: is_stopped(slow))
    start_what_is_due(home.rt, PLAN)
    wake(home)
    home.solo(PLAN).play()
    assert Kind.TWICE in kinds(home)
