"""F8: many claim the same step. One gets it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from forms_service.storage.runs import StepRow
from tests.faults.cast import NONE, a_gate, a_pipe, claim_all
from tests.faults.company import company_of
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import scenario, start_what_is_due

CLAIMS = 10_000
WORKERS = 4


def test_of_four_that_claim_at_once_one_gets_each_step(home: Home, times: Times) -> None:
    plan = scenario("f8", loans=0, errands=times(CLAIMS // WORKERS, minimum=40))
    home.clock.move_to(max(start.at for start in plan))
    start_what_is_due(home.rt, plan)
    with home.rt.database.reading() as session:
        ready = list(session.scalars(select(StepRow.id).where(StepRow.status == "ready").order_by(StepRow.id)))
    assert len(ready) == len(plan)
    gate, pipes = a_gate(WORKERS), [a_pipe() for _ in range(WORKERS)]
    for _, won in pipes:
        home.cast.start(claim_all, home.site, NONE, ready, gate, won)
    claims = [said.recv() for said, _ in pipes]
    assert Counter(step_id for got in claims for step_id in got) == Counter(ready)
    assert len(ready) < 500 or sum(map(bool, claims)) > 1, "there was no race"
    home.ledger.add(home.fault, home.engine, rounds=len(ready) * WORKERS)


def test_two_pollers_and_four_workers_do_each_step_once(home: Home, times: Times) -> None:
    with company_of(home) as company:
        company.begin_again()
        company.open(workers=WORKERS, pollers=2)
        plan = scenario("f8-all", loans=0, errands=times(CLAIMS // WORKERS // 2, minimum=10))
        company.play(plan, seconds=60 + len(plan))
        company.account(plan)
        with company.rt.database.reading() as session:
            tries = Counter(session.scalars(select(StepRow.attempt).where(StepRow.verb == "make")))
        assert set(tries) == {1}
