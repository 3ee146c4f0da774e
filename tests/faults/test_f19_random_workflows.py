"""F19: any workflow at all, with a restart after every step, comes to the same end as without."""

from __future__ import annotations

from dataclasses import replace

from forms_service.language.definitions import Ask, Choose, Do, Each, Make, RunWorkflow, Send, Together, Wait
from forms_service.language.load import load
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import Scenario, borrow
from tests.faults.solo import Solo
from tests.faults.town import ListBell, open_town
from tests.faults.workflows import any_workflow
from tests.integration.engine.loan import LIBRARY

WORKFLOWS = 1000
PLAN: Scenario = (borrow("f19", "any"),)


def play_with_restarts(home: Home) -> None:
    """Each turn is a new process; the doorbell has kept its rings, unless it was lost too."""
    bell = ListBell()
    while True:
        rt = open_town(home.site, bell, home.rt.post)
        solo = Solo(rt, PLAN)
        goes_on = solo.act() or solo.let_time_pass()
        rt.database.close()
        if not goes_on:
            return
        if home.dice.random() < 0.1:
            bell.rings.clear()


def test_restarts_after_every_step_change_nothing(home: Home, times: Times, seed: str) -> None:
    for number in range(times(WORKFLOWS, minimum=3)):
        home.begin_again()
        files = any_workflow(f"{seed} {number}")
        one = replace(home, site=replace(home.site, files=files))
        try:
            play_with_restarts(one)
            one.account(PLAN)
        except BaseException:
            print(f"{seed} {number}:\n{files['any.yaml']}")
            raise


def test_random_workflows_are_valid_and_of_many_kinds(seed: str) -> None:
    """Else the test above would show little."""
    found = [load(any_workflow(f"{seed} {number}"), LIBRARY).workflows["any"] for number in range(60)]
    kinds = {type(step) for workflow in found for step in workflow.all_steps()}
    assert kinds == {Ask, Choose, Do, Each, Make, RunWorkflow, Send, Together, Wait}
