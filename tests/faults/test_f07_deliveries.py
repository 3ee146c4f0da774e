"""F7: rings come twice, late, and in another order. A ring says only that somebody should look."""

from __future__ import annotations

import redis

from tests.faults.cast import RINGS, bell_of
from tests.faults.company import company_of
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import scenario

DELIVERIES = 2000


def test_rings_that_come_twice_and_late_do_nothing_twice(home: Home, times: Times) -> None:
    wanted = times(DELIVERIES, minimum=40)
    with company_of(home, stutters=True) as company:
        object.__setattr__(company.rt, "bell", bell_of(company.site))
        company.open(workers=3)
        valkey = redis.Redis.from_url(company.bell.url)
        number = 0
        while int(valkey.incrby(RINGS, 0)) < wanted:
            company.begin_again()
            plan = scenario(f"f7-{number % 5}", loans=1, errands=3, repairs=1)
            company.play(plan)
            company.account(plan)
            number += 1
