"""F1: a process killed at any named place. Another goes on, and nothing is lost, nothing comes twice."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from forms_service.engine.crash import POINTS, choose_crash_points
from tests.faults.cast import Fate, play_alone
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import Scenario, borrow, mend, scenario
from tests.faults.town import INPUTS

FIRST = {
    "sweeping": "worked",
    "step_taken_back": "worked",
    "swept": "claimed",
    "message_taken_back": "message_claimed",
}
"""Places that one comes to only after somebody else has died elsewhere."""

REFUSED = {"message_putting_off", "message_put_off"}
"""Places that one comes to only when the mail server says: later."""

CODE = INPUTS.parents[1] / "forms_service"


ELSEWHERE: dict[str, Callable[[str], Scenario]] = {
    "lane_ended": lambda name: (mend(name),),
    "round_set": lambda name: scenario(name, loans=0, errands=0, books=1),
}
"""Places that not every workflow comes to."""


def plan_of(point: str, name: str) -> Scenario:
    """People, papers, letters, reminders, and a press that jams once."""
    if point in ELSEWHERE:
        return ELSEWHERE[point](name)
    return (borrow(f"{name}-l"), borrow(f"{name}-e", "errand", title="Jammed"))


def die_at(home: Home, plan: Scenario, point: str, passes: int) -> int:
    """Let a process that is everybody play until it dies there; how many had to die."""
    if point in FIRST:
        die_at(home, plan, FIRST[point], 0)
    if point in REFUSED:
        home.mailbox.refuse("MAIL", "451 4.3.0 later")
    died = home.cast.start(play_alone, home.site, Fate(point, passes), plan)
    died.join(60)
    home.cast.alive.remove(died)
    home.mailbox.mend()
    if died.exitcode == 0 and passes:  # it never came here so often
        home.begin_again()
        return die_at(home, plan, point, 0)
    assert died.exitcode == -signal.SIGKILL, f"{point} was never reached"
    return 1 + (point in FIRST)


@pytest.mark.parametrize("point", sorted(POINTS))
def test_whoever_is_killed_at_a_named_place_is_replaced_without_loss(home: Home, point: str, times: Times) -> None:
    for number in range(times(40)):
        home.begin_again()
        plan = plan_of(point, f"f1-{number % 4}")
        kills = die_at(home, plan, point, home.dice.randrange(3))
        home.solo(plan).play()
        home.account(plan, kills=kills)


def test_every_place_stands_once_in_the_code_and_no_other_does() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CODE.rglob("*.py")))
    assert sorted(re.findall(r'crash_point\("(\w+)"\)', code)) == sorted(POINTS)


def test_there_are_at_least_twenty_five_places() -> None:
    assert len(POINTS) >= 25


def test_a_place_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no crash point nowhere"):
        choose_crash_points("nowhere")


def test_the_list_of_places_is_for_tests_only() -> None:
    """Nothing in the service chooses one."""
    users = [path for path in sorted(CODE.rglob("*.py")) if "choose_crash_points" in path.read_text(encoding="utf-8")]
    assert users == [Path(CODE / "engine/crash.py")]
