"""A step that takes long stays its worker's; one whose worker shows no sign of life does not."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from forms_service.engine.claim import claim
from forms_service.engine.heartbeat import beat, beating
from forms_service.engine.sweep import sweep
from forms_service.engine.work import work
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import WorkerRow
from tests.integration.engine.conftest import Desk


def test_a_long_step_keeps_its_lease_while_its_worker_lives(desk: Desk) -> None:
    desk.borrow()
    [(_, step_id)] = desk.bell.rings

    class Slow:
        def warm(self) -> None:
            return None

        def render(self, document: object, data: object, stamp: object) -> bytes:
            for _ in range(10):
                desk.clock.move(timedelta(seconds=30))
                beat(rt, "worker-1")
                sweep(rt, lambda worker: False)
            return b"at last"

    rt = replace(desk.rt, press=Slow())
    work(rt, step_id, "worker-1")
    assert [row.attempt for row in desk.steps() if row.path == "slip"] == [1]
    assert len(desk.rows(DocumentRow)) == 1


def test_without_a_sign_of_life_the_step_is_taken_over(desk: Desk) -> None:
    desk.borrow()
    [(_, step_id)] = desk.bell.rings

    class Dead:
        def warm(self) -> None:
            return None

        def render(self, document: object, data: object, stamp: object) -> bytes:
            desk.clock.move(timedelta(seconds=61))
            sweep(desk.rt, lambda worker: False)
            return b"too late"

    work(replace(desk.rt, press=Dead()), step_id, "worker-1")
    assert desk.rows(DocumentRow) == []
    desk.work_all()
    assert len(desk.rows(DocumentRow)) == 1


@pytest.mark.parametrize(("ahead", "status"), [({"days": 2}, "ready"), ({"minutes": 10}, "running")])
def test_a_lease_from_a_clock_that_was_days_ahead_is_not_waited_for(
    desk: Desk, ahead: dict[str, float], status: str
) -> None:
    """Some minutes may be the difference between the clocks of two machines that both work."""
    desk.borrow()
    [(_, step_id)] = desk.bell.rings
    desk.clock.move(timedelta(**ahead))
    with desk.rt.database.writing() as session:
        assert claim(desk.rt, session, step_id, "elsewhere", lambda verb: None) is not None
    desk.clock.move(-timedelta(**ahead))
    sweep(desk.rt, lambda worker: False)
    assert desk.step("slip").status == status


def test_a_worker_says_that_it_lives_from_beginning_to_end(desk: Desk) -> None:
    with beating(replace(desk.rt, lease=timedelta(milliseconds=20)), "worker-1"):
        for _ in range(200):
            if desk.rows(WorkerRow):
                break
            threading.Event().wait(0.02)
    assert [row.id for row in desk.rows(WorkerRow)] == ["worker-1"]
    assert "heartbeat" not in [thread.name for thread in threading.enumerate()]
