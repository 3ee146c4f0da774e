"""F4: Valkey is emptied, dies, hangs, or is full. It is a doorbell: what is to be done stands in the database."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest
import redis

from tests.faults.company import Company, company_of
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import Scenario, scenario

RUNS = 500
A_TIME = 50
"""Runs in one round; with more, the people of the test, who look at every task each time, are what takes time."""

Mischief = Callable[[], object]


def every(seconds: float, act: Mischief) -> Mischief:
    """The same mischief, not more often than this."""
    last = [time.monotonic()]

    def now_and_then() -> None:
        if time.monotonic() - last[0] >= seconds:
            act()
            last[0] = time.monotonic()

    return now_and_then


def ask(company: Company) -> redis.Redis:
    return redis.Redis.from_url(company.bell.url, socket_timeout=5)


def emptied(company: Company, long: bool) -> Mischief:
    return every(2.0 if long else 0.3, lambda: ask(company).flushall())


def killed(company: Company, long: bool) -> Mischief:
    def kill() -> None:
        company.bell.kill()
        company.bell.start()
        company.kills += 1

    return every(5.0 if long else 1.0, kill)


def hanging(company: Company, long: bool) -> Mischief:
    """It accepts connections and says nothing, once."""
    done: list[bool] = []

    def hang() -> None:
        if done:
            return
        done.append(True)
        company.bell.signal(signal.SIGSTOP)
        time.sleep(20.0 if long else 1.5)
        company.bell.signal(signal.SIGCONT)

    return every(0.3, hang)


def full(company: Company, long: bool) -> Mischief:
    """It refuses every word that would need memory, and then is given some again."""
    limits = [1, 128_000_000]

    def fill() -> None:
        ask(company).config_set("maxmemory", limits[0])
        limits.reverse()

    return every(1.0 if long else 0.4, fill)


def plan_for(runs: int, name: str) -> Scenario:
    return scenario(f"f4-{name}", loans=runs // 10, repairs=runs // 50, errands=runs - runs // 10 - runs // 50)


@pytest.mark.parametrize("mischief", [emptied, killed, hanging, full], ids=lambda mischief: mischief.__name__)
def test_trouble_with_the_doorbell_costs_time_and_nothing_else(
    home: Home, times: Times, mischief: Callable[[Company, bool], Mischief]
) -> None:
    runs = times(RUNS, minimum=10)
    long = runs > A_TIME
    with company_of(home) as company:
        company.open(workers=2)
        for batch in range(0, runs, A_TIME):
            company.begin_again()
            plan = plan_for(min(A_TIME, runs - batch), f"{mischief.__name__}-{batch}")
            company.play(plan, mischief(company, long), seconds=300 if long else 70)
            company.account(plan)
