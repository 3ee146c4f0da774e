"""F3: everything is killed at once, and started again: as if the plug had been pulled from the machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from tests.faults.company import Company, company_of
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import Scenario, scenario
from tests.faults.town import lay_out_templates

ROUNDS = 300
RUNS = 20


def cut_the_power(company: Company) -> None:
    company.kill_all()
    company.bell.kill()
    company.bell.start()
    company.open(workers=2)


def once_after(seconds: float, act: Callable[[], object]) -> Callable[[], object]:
    """Something that happens once, some time after it is first asked for."""
    due = [time.monotonic() + seconds]

    def now_or_later() -> None:
        if due and time.monotonic() > due[0]:
            due.clear()
            act()

    return now_or_later


def one_round(company: Company, plan: Scenario, longest: float) -> None:
    company.begin_again()
    company.open(workers=2)
    company.play(plan, once_after(company.home.dice.uniform(0.05, longest), partial(cut_the_power, company)))
    company.account(plan)
    company.kill_all()


def test_after_a_power_cut_everything_goes_on_where_it_was(home: Home, times: Times) -> None:
    with company_of(home) as company:
        for number in range(times(ROUNDS)):
            plan = scenario(f"f3-{number % 5}", loans=RUNS // 4, repairs=1, errands=RUNS - RUNS // 4 - 1)
            one_round(company, plan, longest=1.5)


def test_the_same_with_the_real_press(home: Home, times: Times) -> None:
    lay_out_templates(home.site.folder)
    with company_of(home, prints=True) as company:
        for number in range(times(ROUNDS // 10)):
            one_round(company, scenario(f"f3-p{number % 5}", loans=1, errands=3), longest=4.0)
