"""F3: everything is killed at once, and started again: as if the plug had been pulled from the machine."""

from __future__ import annotations

import time

from tests.faults.company import company_of
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import scenario

ROUNDS = 300
RUNS = 20


def test_after_a_power_cut_everything_goes_on_where_it_was(home: Home, times: Times) -> None:
    with company_of(home) as company:
        for number in range(times(ROUNDS)):
            company.begin_again()
            plan = scenario(f"f3-{number % 5}", loans=RUNS // 4, errands=RUNS - RUNS // 4)
            cuts = [time.monotonic() + home.dice.uniform(0.05, 1.5)]
            company.open(workers=2)

            def cut(cuts: list[float] = cuts) -> None:
                if cuts and time.monotonic() > cuts[0]:
                    cuts.pop()
                    company.kill_all()
                    company.bell.kill()
                    company.bell.start()
                    company.open(workers=2)

            company.play(plan, cut)
            company.account(plan)
            company.kill_all()
