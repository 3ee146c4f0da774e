"""F2: whoever has started a worker dies, and the worker goes on without anybody to look after it."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest
from sqlalchemy import select

from forms_service.storage.runs import StepRow
from tests.faults.cast import NONE, poll, wait_until, work, work_for_a_parent
from tests.faults.company import Company, company_of
from tests.faults.conftest import Times
from tests.faults.home import Home
from tests.faults.people import scenario, start_what_is_due

ROUNDS = 200


def is_at_work(company: Company) -> bool:
    with company.rt.database.reading() as session:
        return session.scalar(select(StepRow.id).where(StepRow.status == "running")) is not None


def end_orphan(company: Company) -> None:
    try:
        os.kill(int((company.site.folder / "orphan").read_text(encoding="ascii")), signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.mark.parametrize("leashed", [True, False], ids=["on_a_leash", "loose"])
def test_an_orphan_and_its_successor_do_nothing_twice(home: Home, times: Times, leashed: bool) -> None:
    """On a leash it finishes its step and leaves; loose, it works on beside the new one."""
    with company_of(home, slow=0.05) as company:
        for number in range(times(ROUNDS // 2)):
            company.begin_again()
            plan = scenario(f"f2-{number % 5}", errands=2)
            parent = home.cast.start(work_for_a_parent, company.site, NONE, leashed)
            poller = company.hire(poll)
            company.home.clock.move_to(max(start.at for start in plan))
            start_what_is_due(company.rt, plan)
            wait_until(partial(is_at_work, company))
            home.cast.kill(parent)
            worker = company.hire(work)
            company.play(plan)
            end_orphan(company)
            company.kills = 1
            company.account(plan)
            company.kill(worker)
            company.kill(poller)
