"""F5: PostgreSQL is stopped at once, in the middle of everything, again and again."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.company import SPEED, company_of
from tests.faults.conftest import Times
from tests.faults.home import open_home
from tests.faults.ledger import Ledger
from tests.faults.people import scenario
from tests.faults.postgresql import Server
from tests.fixtures.mail import Mailbox

RUNS = 500
LEASE = 6 * SPEED
"""A worker whose database went away holds its step for so long, though it has forgotten it."""


@pytest.mark.parametrize("engine", ["postgresql"])
def test_what_postgresql_has_said_yes_to_is_there_after_it_was_stopped(
    own_postgresql: Server,
    tmp_path: Path,
    smtp: Mailbox,
    ledger: Ledger,
    fault: str,
    seed: str,
    times: Times,
    engine: str,
) -> None:
    runs = times(RUNS, minimum=12)
    pause, most = ((5.0, 40.0), 1000) if runs >= 100 else ((0.5, 2.0), 3)
    with (
        closing(open_home(own_postgresql.url, tmp_path, smtp, ledger, fault, seed)) as home,
        company_of(home, lease=LEASE) as company,
    ):
        company.begin_again()
        company.open(workers=2)
        plan = scenario("f5", loans=runs // 4, repairs=runs // 20, errands=runs - runs // 4 - runs // 20)
        stops = [time.monotonic() + home.dice.uniform(*pause)]

        def stop() -> None:
            if len(stops) <= most and time.monotonic() > stops[-1]:
                own_postgresql.stop_at_once()
                own_postgresql.start()
                stops.append(time.monotonic() + home.dice.uniform(*pause))

        company.play(plan, stop, seconds=60 + 2 * runs)
        company.kills += len(stops) - 1
        company.account(plan)
        assert len(stops) > 1
