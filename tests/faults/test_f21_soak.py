"""F21: everything at once, for as long as one likes (FAULTS_MINUTES): only with make faults."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial

import pytest
import redis

from tests.faults.company import Company, company_of
from tests.faults.conftest import factor
from tests.faults.home import Home
from tests.faults.people import scenario
from tests.fixtures.mail import POINTS

MINUTES = 10.0


def minutes() -> float:
    given = os.environ.get("FAULTS_MINUTES")
    return float(given) if given else MINUTES * factor()


def mischief(company: Company) -> Callable[[], None]:
    """Now and then something breaks; nobody knows what comes next."""
    dice, due = company.home.dice, [time.monotonic() + 1.0]
    mailbox = company.home.mailbox

    def restart_valkey() -> None:
        company.bell.kill()
        company.bell.start()

    kinds: list[Callable[[], object]] = [
        company.kill_one,
        lambda: redis.Redis.from_url(company.bell.url).flushall(),
        restart_valkey,
        lambda: mailbox.cut(dice.choice(POINTS)),
        lambda: mailbox.refuse("RCPT", "451 4.3.0 later"),
        mailbox.mend,
        mailbox.mend,
    ]

    def break_something() -> None:
        if time.monotonic() > due[0]:
            dice.choice(kinds)()
            due[0] = time.monotonic() + dice.uniform(0.2, 2.0)

    return break_something


def heal(company: Company, breaks: Callable[[], None], until: float) -> None:
    """Mischief, but not for ever: everything must come to rest."""
    if time.monotonic() < until:
        breaks()
    else:
        company.home.mailbox.mend()


@pytest.mark.skipif(minutes() < 0.5, reason="a soak takes minutes: make faults")
def test_a_long_day_with_all_kinds_of_trouble(home: Home) -> None:
    end, number = time.monotonic() + minutes() * 60, 0
    with company_of(home) as company:
        company.open(workers=2)
        while time.monotonic() < end:
            company.begin_again()
            plan = scenario(f"f21-{number % 10}", loans=10, repairs=3, books=2, errands=15)
            breaks, until = mischief(company), time.monotonic() + 20.0
            company.play(plan, partial(heal, company, breaks, until), seconds=240.0)
            company.account(plan)
            number += 1
