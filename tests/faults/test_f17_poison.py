"""F17: a step that kills every worker that takes it becomes an incident, and the queue moves on."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.failure import MAX_ATTEMPTS
from forms_service.engine.sweep import WORKER_DIED
from forms_service.storage.runs import RunRow, StepRow
from tests.faults.company import company_of
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import borrow

ROUNDS = 20


def test_a_poisonous_step_stops_its_own_run_and_no_other(home: Home, times: Times) -> None:
    with company_of(home) as company:
        company.open(workers=2)
        for number in range(times(ROUNDS)):
            company.begin_again()
            poison = borrow(f"f17-{number}-p", "errand", title="Poison")
            others = tuple(borrow(f"f17-{number}-{n}", "errand") for n in range(6))
            company.play((poison, *others), retries=False)
            with home.database.reading() as session:
                stopped = session.scalars(select(StepRow).where(StepRow.status == "incident")).one()
                outcomes = list(session.scalars(select(RunRow.status)))
            assert (stopped.path, stopped.problem, stopped.attempt) == ("first", WORKER_DIED, MAX_ATTEMPTS)
            assert company.kills == MAX_ATTEMPTS
            assert sorted(outcomes) == ["active", *["ended"] * 6]
            company.account((poison, *others), expected=None)
