"""F9: a process stands still longer than its lease, and goes on when somebody else has done its work."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import timedelta
from multiprocessing.process import BaseProcess

import pytest

from tests.faults.cast import Fate, is_stopped, play_alone, wait_until
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import Scenario, borrow

ROUNDS = 200
PLACES = (
    "claimed",
    "worked",
    "finished",
    "step_over",
    "submitted",
    "dispatch_marked",
    "message_claimed",
    "message_dot_marked",
    "message_handed_over",
)
"""Outside of every transaction: nobody else can do anything about a process that stops while it holds SQLite's lock."""


def stop_at(home: Home, point: str, plan: Scenario, passes: int, standstill: str = "") -> BaseProcess:
    site = replace(home.site, standstill=standstill)
    zombie = home.cast.start(play_alone, site, Fate(point, passes, signal.SIGSTOP), plan)
    wait_until(lambda: is_stopped(zombie) or zombie.exitcode is not None, 60)
    if zombie.exitcode is None:
        return zombie
    assert passes, f"{point} was never reached"
    home.begin_again()
    return stop_at(home, point, plan, passes - 1, standstill)


def go_on(home: Home, zombie: BaseProcess) -> int:
    """Its exit status."""
    assert zombie.pid is not None
    os.kill(zombie.pid, signal.SIGCONT)
    zombie.join(60)
    home.cast.alive.remove(zombie)
    assert zombie.exitcode is not None
    return zombie.exitcode


@pytest.mark.parametrize("point", PLACES)
def test_a_process_that_wakes_after_its_lease_changes_nothing(home: Home, times: Times, point: str) -> None:
    for number in range(times(ROUNDS // len(PLACES) + 1)):
        home.begin_again()
        plan = (borrow(f"f9-{number % 3}-l"), borrow(f"f9-{number % 3}-e", "errand"))
        zombie = stop_at(home, point, plan, home.dice.randrange(2))
        home.clock.move_to(home.clock.now() + timedelta(minutes=5))
        home.solo(plan).play()
        assert go_on(home, zombie) == 0
        home.account(plan, kills=1)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("point", ["finishing", "document_written", "step_taken_back", "message_ending"])
def test_a_process_that_stops_in_a_transaction_does_not_hold_its_locks_for_ever(
    home: Home, times: Times, point: str
) -> None:
    """The server ends the transaction (here after half a second), and the others go on."""
    for number in range(times(ROUNDS // 8)):
        home.begin_again()
        plan = (borrow(f"f9-{number % 3}-e", "errand"),)
        if point == "step_taken_back":
            died = home.cast.start(play_alone, home.site, Fate("worked"), plan)
            died.join(60)
        zombie = stop_at(home, point, plan, 0, standstill="500ms")
        home.clock.move_to(home.clock.now() + timedelta(minutes=5))
        home.solo(plan).play()
        go_on(home, zombie)
        home.account(plan, kills=1)
