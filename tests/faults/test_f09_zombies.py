"""F9: a process stands still longer than its lease, and goes on when somebody else has done its work."""

from __future__ import annotations

import os
import signal
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


def stop_at(home: Home, point: str, plan: Scenario, passes: int) -> BaseProcess:
    zombie = home.cast.start(play_alone, home.site, Fate(point, passes, signal.SIGSTOP), plan)
    wait_until(lambda: is_stopped(zombie) or zombie.exitcode is not None, 60)
    if zombie.exitcode is None:
        return zombie
    assert passes, f"{point} was never reached"
    home.begin_again()
    return stop_at(home, point, plan, passes - 1)


def go_on(home: Home, zombie: BaseProcess) -> None:
    assert zombie.pid is not None
    os.kill(zombie.pid, signal.SIGCONT)
    zombie.join(60)
    home.cast.alive.remove(zombie)
    assert zombie.exitcode == 0


@pytest.mark.parametrize("point", PLACES)
def test_a_process_that_wakes_after_its_lease_changes_nothing(home: Home, times: Times, point: str) -> None:
    for number in range(times(ROUNDS // len(PLACES) + 1)):
        home.begin_again()
        plan = (borrow(f"f9-{number % 3}-l"), borrow(f"f9-{number % 3}-e", "errand"))
        zombie = stop_at(home, point, plan, home.dice.randrange(2))
        home.clock.move_to(home.clock.now() + timedelta(minutes=5))
        home.solo(plan).play()
        go_on(home, zombie)
        home.account(plan, kills=1)
